"""Figures as files."""

from matplotlib import rc_context
from matplotlib.figure import Figure

from analysis.figures.saving import svg_of


def test_the_words_of_a_figure_are_typeset_in_its_files() -> None:
    drawn = Figure()
    drawn.text(0.5, 0.5, "Moore's law")
    with rc_context({"svg.fonttype": "none"}):
        svg = svg_of(drawn)
    assert ">Moore’s law</text>" in svg
