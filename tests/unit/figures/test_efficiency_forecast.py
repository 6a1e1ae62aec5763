"""The line of 2020 drawn on: records, ends of the line and of the other paces, and what a later record changes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.bundle.drawings import house_style
from analysis.figures.canvas import CANVASES, Canvas, Drawing
from analysis.figures.efficiency_forecast import LineOf2020
from analysis.figures.registry import FigureEntry
from analysis.inputs.dataset import Dataset
from analysis.inputs.rows import ImageClassifier, LanguageEvaluation
from analysis.inputs.tables import ERDIL_2022, HO_2024, RECORDS, DataTable
from analysis.model.records import Attempt
from analysis.numerals import spelled
from analysis.results.collect import Findings
from analysis.results.efficiency_forecast import BENCHMARK
from analysis.units import MONTHS_PER_YEAR, decimal_year
from tests.unit.figures.test_efficiency import scattered

Drawings = Mapping[tuple[str, str], Drawing]
NAME = "efficiency.forecast"
BOTH_WIDTHS = pytest.mark.parametrize("width", ["wide", "narrow"])


def line(axes: Axes, test: Callable[[Line2D], bool]) -> tuple[list[float], list[float]]:
    """The places of the one line on axes that passes a test."""
    (found,) = (each for each in axes.lines if test(each))
    return [float(x) for x in np.asarray(found.get_xdata())], [float(y) for y in np.asarray(found.get_ydata())]


@BOTH_WIDTHS
def test_every_record_is_a_point_and_a_row(drawings: Drawings, width: str) -> None:
    drawn = drawings[NAME, width]
    heights = sorted(y for _, y in scattered(drawn.figure.axes[0]))
    assert heights == sorted(row["compute_tfs_days"] for row in drawn.content.rows)


def test_the_line_falls_by_the_factor_that_the_title_gives(drawings: Drawings, findings: Findings) -> None:
    axes = drawings[NAME, "wide"].figure.axes[0]
    _, fitted = line(axes, lambda each: each.get_gid() == "fit.line")
    _, drawn_on = line(axes, lambda each: each.get_gid() == "fit.drawn-on")
    assert fitted[1] == drawn_on[0]
    # AlexNet is the first point of the fit and of the factor, so both rest on the same years and pace.
    factor = findings.results.value("efficiency.forecast.at_latest.factor")
    assert fitted[0] / drawn_on[1] == pytest.approx(factor, rel=1e-9)


def test_the_steps_end_at_the_best_record_on_the_day_of_the_last_look(drawings: Drawings) -> None:
    drawn = drawings[NAME, "wide"]
    assert isinstance(drawn.content, LineOf2020)
    years, heights = line(drawn.figure.axes[0], lambda each: each.get_drawstyle() == "steps-post")
    assert years[-1] == drawn.content.last_year > years[-2]
    assert heights[-1] == min(row["compute_tfs_days"] for row in drawn.content.rows)


@pytest.mark.parametrize(
    ("place", "table", "prefix"), [(0, ERDIL_2022, "efficiency.vision2022"), (1, HO_2024, "efficiency.language")]
)
def test_a_pace_ends_with_its_data_and_halves_in_its_time(
    drawings: Drawings,
    dataset: Dataset,
    findings: Findings,
    place: int,
    table: DataTable[ImageClassifier] | DataTable[LanguageEvaluation],
    prefix: str,
) -> None:
    drawn = drawings[NAME, "wide"]
    assert isinstance(drawn.content, LineOf2020)
    pace = drawn.content.paces[place]
    years, heights = line(drawn.figure.axes[0], lambda each: each.get_color() == pace.colour)
    assert years[-1] == decimal_year(max(row.date for row in dataset.rows(table)))
    months = MONTHS_PER_YEAR * (years[-1] - years[0]) / np.log2(heights[0] / heights[-1])
    assert months == pytest.approx(findings.results.value(f"{prefix}.halving_time"), rel=1e-9)


@pytest.mark.parametrize("canvas", CANVASES, ids=lambda canvas: canvas.name)
def test_a_record_of_the_tracker_lowers_the_steps_whatever_its_name(
    findings: Findings, figures: Mapping[int, FigureEntry], canvas: Canvas
) -> None:
    # A hundredth of AlexNet's 3.08 teraflop/s-days, in 2024, where the line is at about half of that.
    later = with_record(findings, name="A network with a very long name " * 3, value=0.0308, day=date(2024, 5, 1))
    entry = figures[33]
    with house_style():
        drawn = entry.draw(entry.shows(later), canvas)
    _, heights = line(drawn.figure.axes[0], lambda each: each.get_drawstyle() == "steps-post")
    assert heights[-1] == 0.0308
    written = [text.get_text() for text in drawn.figure.axes[0].texts]
    assert spelled(0.0308, "tfs-day", 3) in written
    assert "in 2024" in entry.alt_for(later)


def with_record(findings: Findings, *, name: str, value: float, day: date) -> Findings:
    """The findings with one more record at AlexNet's level, dated after all others."""
    before = next(each for each in findings.study.tracker if each.prefix == BENCHMARK)
    row = findings.study.dataset.rows(RECORDS[0])[0].model_copy(update={"id": "later", "name": name, "date": day})
    record = Attempt(row=row, file=before.table.file, value=value, authors=("Somebody",))
    after = replace(before, attempts=(*before.attempts, record), frontier=(*before.frontier, record))
    tracker = tuple(after if each is before else each for each in findings.study.tracker)
    return replace(findings, study=replace(findings.study, tracker=tracker))
