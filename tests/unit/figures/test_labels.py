"""Placing names next to points, on axes made for the test."""

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from analysis.errors import AnalysisError
from analysis.figures.labels import Label, place_labels


def axes_of(width: float, height: float) -> Axes:
    """Empty axes over the whole of a figure, both scales from 0 to 1."""
    axes = Figure(figsize=(width, height)).add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    return axes


def boxes(axes: Axes) -> list[Bbox]:
    """The boxes of all names as they are rendered, without lines that lead to points."""
    axes.figure.draw_without_rendering()  # type: ignore[union-attr]
    return [Text.get_window_extent(text) for text in axes.texts]


def test_a_name_is_written_next_to_its_point() -> None:
    axes = axes_of(6, 4)
    place_labels(axes, [Label(text="AlexNet", x=0.5, y=0.5)], [(0.5, 0.5)])
    (box,) = boxes(axes)
    x, y = axes.transData.transform((0.5, 0.5))
    assert not box.contains(x, y)
    # The nearest places are 6 points away from the point; half of a marker is 3.5.
    assert box.padded(10 * axes.figure.dpi / 72).contains(x, y)


def test_names_of_one_point_do_not_overlap() -> None:
    axes = axes_of(6, 4)
    place_labels(axes, [Label(text=name, x=0.5, y=0.5) for name in ("ResNet-18", "ResNet-34")], [(0.5, 0.5)])
    first, second = boxes(axes)
    assert not first.overlaps(second)


def test_a_name_far_from_its_point_is_led_to_it_by_a_line() -> None:
    # Names of one point fill the places near it, so that others are placed away from it.
    axes = axes_of(8, 6)
    place_labels(axes, [Label(text=f"A rather long name {i}", x=0.5, y=0.5) for i in range(6)], [(0.5, 0.5)])
    led = [isinstance(text, Annotation) and text.arrow_patch is not None for text in axes.texts]
    assert set(led) == {False, True}


def test_a_name_without_room_is_an_error() -> None:
    # An inch of width holds no name of this length.
    with pytest.raises(AnalysisError, match=r"^no room for the label 'Neural Architecture Search' in a figure$"):
        place_labels(axes_of(1, 1), [Label(text="Neural Architecture Search", x=0.5, y=0.5)], [(0.5, 0.5)])


def test_a_name_gives_way_to_other_points() -> None:
    axes = axes_of(6, 4)
    # A wall of points to the right, where the first place would be.
    wall = [(0.5 + 0.01 * i, 0.5) for i in range(1, 30)]
    place_labels(axes, [Label(text="AlexNet", x=0.5, y=0.5)], [(0.5, 0.5), *wall])
    (box,) = boxes(axes)
    assert not any(box.contains(*axes.transData.transform(point)) for point in wall)
