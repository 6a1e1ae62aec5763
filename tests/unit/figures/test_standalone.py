"""The words around a figure that is used alone: what they are, and that they leave the chart as it is."""

from collections.abc import Mapping

import pytest
from matplotlib.figure import Figure

from analysis.bundle.drawings import house_style
from analysis.figures.canvas import Drawing
from analysis.figures.standalone import MARGIN, TITLE, add_words, measure_of


def chart(*labels: tuple[str, str]) -> Figure:
    drawn = Figure(figsize=(4, 3), layout="none")
    for axes, (across, up) in zip(drawn.subplots(1, len(labels), squeeze=False)[0], labels, strict=True):
        axes.set_xlabel(across)
        axes.set_ylabel(up)
    return drawn


@pytest.mark.parametrize(
    ("labels", "measure"),
    [
        ([("", "Compute (FLOP)")], "Compute (FLOP)"),
        ([("Year", "Compute (FLOP)"), ("Year", "")], "Compute (FLOP)"),
        ([("Less compute,\ntimes", ""), ("Months", "")], "Less compute, times; Months"),
        ([("", "")], ""),
    ],
)
def test_a_chart_measures_what_its_upright_axis_says_else_the_other(
    labels: list[tuple[str, str]], measure: str
) -> None:
    assert measure_of(chart(*labels)) == measure


def test_every_figure_says_what_it_measures(drawings: Mapping[tuple[str, str], Drawing]) -> None:
    assert [name for name, drawing in drawings.items() if not measure_of(drawing.figure)] == []


def test_words_are_outside_of_the_chart_within_the_box_and_leave_the_layout() -> None:
    with house_style():
        drawn = chart(("", "Compute (FLOP)"))
        before = drawn.axes[0].get_position().bounds
        box = add_words(drawn, title="A long title that needs more than one line of so narrow a figure", source="Us")
        drawn.draw_without_rendering()
        dots, whole = drawn.dpi, drawn.bbox
        texts = {text.get_text(): text.get_window_extent() for text in drawn.texts}
        assert drawn.axes[0].get_position().bounds == before
    assert len(texts) == 4
    assert all(place.y0 >= whole.y1 or place.y1 <= 0 for place in texts.values())
    assert all(box.y0 * dots <= place.y0 and place.y1 <= box.y1 * dots for place in texts.values())
    assert all(place.x1 <= whole.x1 for place in texts.values())


def test_a_text_is_broken_only_where_it_must_be_and_a_long_word_never() -> None:
    with house_style():
        assert TITLE.lines("One line", 400) == ["One line"]
        assert TITLE.lines("One line", MARGIN) == ["One", "line"]
