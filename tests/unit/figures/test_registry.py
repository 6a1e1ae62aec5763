"""The register of figures."""

import re

import pytest

from analysis.errors import DuplicateNameError
from analysis.figures.canvas import Canvas, Content, Drawing
from analysis.figures.catalogue import figures_at
from analysis.figures.registry import FigureEntry, figure
from analysis.input_files import ROOT
from analysis.results.collect import Findings
from tests.editions import NEWEST

EVERY_FIGURE = pytest.mark.parametrize("entry", figures_at(NEWEST), ids=lambda entry: entry.name)


def nothing(_findings: Findings) -> Content:
    """A figure without a row."""
    return Content(rows=())


def draw(content: Content, canvas: Canvas) -> Drawing:
    """A drawing that is never drawn."""
    raise NotImplementedError


def test_figures_are_numbered_from_one_without_a_gap() -> None:
    numbers = [entry.number for entry in figures_at(NEWEST)]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("edition", "numbers"),
    [
        # The two-era chart was added in November 2019, the two figures of the efficiency post in May 2020.
        ("2018-05", [1, 2, 4, 5, 8]),
        ("2019-11", [1, 2, 3, 4, 5, 8]),
        ("2020-05", [1, 2, 3, 4, 5, 6, 7, 8]),
    ],
)
def test_an_edition_has_the_figures_that_stood_then(edition: str, numbers: list[int]) -> None:
    assert [entry.number for entry in figures_at(edition)] == numbers


def test_a_second_figure_of_a_name_is_refused() -> None:
    register = figure("compute.modern_trend", number=99, since="2018-05", title="T", alt="A", shows=nothing)
    with pytest.raises(
        DuplicateNameError,
        match=r"^figure 'compute\.modern_trend', number 99: found figure 'compute\.modern_trend', number ",
    ):
        register(draw)


def test_a_second_figure_of_a_number_is_refused() -> None:
    register = figure("some.figure", number=1, since="2018-05", title="T", alt="A", shows=nothing)
    with pytest.raises(
        DuplicateNameError, match=r"^figure 'some\.figure', number 1: found figure '[a-z_.]+', number 1; expected "
    ):
        register(draw)


@EVERY_FIGURE
def test_alt_text_says_more_than_the_title(entry: FigureEntry, findings: Findings) -> None:
    title, alt = entry.title_for(findings), entry.alt_for(findings)
    assert alt.strip()
    assert title.lower() not in alt.lower()


@EVERY_FIGURE
def test_alt_text_begins_with_what_is_drawn(entry: FigureEntry, findings: Findings) -> None:
    # The kind of drawing, or the runs or panels it shows, before anything they mean.
    assert re.search(r"plot|panels|training runs", entry.alt_for(findings).split(".")[0])


@EVERY_FIGURE
def test_a_figure_knows_where_its_code_is(entry: FigureEntry) -> None:
    file, line = entry.code.split(":")
    text = (ROOT / file).read_text(encoding="utf-8").splitlines()
    # Those of the tracker are drawn by one function, which a loop registers.
    assert text[int(line) - 1].startswith(("@figure(", "def draw_runs("))
