"""The words around a figure that is used alone: what they are, and that they leave the chart as it is."""

import pytest
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.bundle.drawings import house_style
from analysis.figures.canvas import settle
from analysis.figures.standalone import MARGIN, TITLE, add_words


def chart(*labels: tuple[str, str]) -> Figure:
    drawn = Figure(figsize=(4, 3), layout="constrained")
    for axes, (across, up) in zip(drawn.subplots(1, len(labels), squeeze=False)[0], labels, strict=True):
        axes.set_xlabel(across)
        axes.set_ylabel(up)
    settle(drawn)
    return drawn


def boxes(*artists: Artist) -> list[Bbox]:
    """Where they are, in pixels."""
    artists[0].get_figure(root=True).draw_without_rendering()  # type: ignore[union-attr]
    return [artist.get_window_extent().frozen() for artist in artists]


@pytest.mark.parametrize(
    ("labels", "measure"),
    [
        ([("", "Compute (FLOP)")], "Compute (FLOP)"),
        ([("Year", "Compute (FLOP)"), ("Year", "")], "Compute (FLOP)"),
        ([("Fall in\ncompute", ""), ("Months", "")], "Fall in compute · Months"),
        ([("", "")], ""),
    ],
)
def test_a_chart_measures_what_its_upright_axis_says_else_the_other(
    labels: list[tuple[str, str]], measure: str
) -> None:
    assert chart(*labels).get_label() == measure


def test_what_is_said_above_a_chart_is_not_repeated_at_its_upright_axis() -> None:
    assert [axes.get_ylabel() for axes in chart(("", "Compute"), ("", "")).axes] == ["", ""]


def test_words_are_above_and_below_the_chart_which_keeps_its_size_and_its_distances() -> None:
    with house_style():
        drawn = chart(("", "Compute (FLOP)"))
        own = [drawn.text(0.1, 0.5, "A note"), drawn.legend(handles=[], title="Marks", loc="upper right")]
        # The chart with what is outside of its axes.
        before = boxes(drawn.axes[0], *own)
        add_words(drawn, title="A long title that needs more than one line of so narrow a figure", source="Us")
        after, whole = boxes(drawn.axes[0], *own), drawn.bbox
        added = boxes(*(text for text in drawn.texts if text not in own))
    moved = after[0].y0 - before[0].y0
    # Text begins at a whole pixel.
    assert [new.bounds for new in after] == [pytest.approx(box.translated(0, moved).bounds, abs=1) for box in before]
    assert len(added) == 4
    # The figure was three inches high.
    assert all(place.y0 >= moved + 3 * drawn.dpi or place.y1 <= moved for place in added)
    assert all(whole.x0 <= place.x0 and place.x1 <= whole.x1 for place in added)
    assert all(whole.y0 <= place.y0 and place.y1 <= whole.y1 for place in added)


def test_a_text_is_broken_only_where_it_must_be_and_a_long_word_never() -> None:
    with house_style():
        assert TITLE.lines("One line", 400) == ["One line"]
        assert TITLE.lines("One line", MARGIN) == ["One", "line"]
