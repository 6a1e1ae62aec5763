"""The figure of the forecast: the line of the 2018 post extended, and the largest known run at each date next to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes

from analysis.figures.canvas import (
    BAND_OPACITY,
    EDGE,
    Canvas,
    Content,
    Drawing,
    power_axis,
    powers_around,
    year_axis,
    years_around,
)
from analysis.figures.extended import draw_extended, draw_steps, treads
from analysis.figures.field import field_of
from analysis.figures.labels import Label, name_of_line, place_labels
from analysis.figures.look import BLUE, ORANGE
from analysis.figures.models import COMPUTE_LABEL, ModelPoint, draw_point, gid, model_point, read_out, short_name
from analysis.figures.registry import figure
from analysis.inputs.rows import NotableModel
from analysis.model.field import record_setters
from analysis.model.least_squares import Floats
from analysis.model.study import Point
from analysis.model.trends import Trend
from analysis.numerals import month_in_words, numeral
from analysis.results.collect import Findings
from analysis.results.forecast import LATEST, SCOPE, days_of
from analysis.units import FLOP_PER_PFS_DAY, decimal_year

CHARTED: Final = "charted-"
# Runs later than the chart are named that are this many times the largest before them, or less where there is room.
NAMED_LEAP: Final = {True: 2.5, False: 5.0}
LINE_SAMPLES: Final = 60
# Where along the line its name is, as a share of its length.
NAMED_AT: Final = 0.72


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast(Content):
    """The charted runs, their trend in pfs-days, the runs that were the largest known one, and the last day."""

    charted: tuple[ModelPoint, ...]
    largest: tuple[ModelPoint, ...]
    trend: Trend
    last_year: float

    def drawn_on(self, years: Floats) -> tuple[Floats, Floats, Floats]:
        """The line at these years in FLOP, and the lower and the upper end of its prediction interval."""
        low, high = self.trend.prediction_band(years)
        return self.trend.line(years) * FLOP_PER_PFS_DAY, low * FLOP_PER_PFS_DAY, high * FLOP_PER_PFS_DAY


def forecast_shown(findings: Findings) -> Forecast:
    """The charted runs, and the models that exceeded every earlier one since the chart begins."""
    study = findings.study
    points, trend = study.chosen[SCOPE], study.trends[SCOPE]
    begin = min(point.date for point in points)
    records = [model for model in record_setters(field_of(findings).models) if model.date >= begin]
    return Forecast(
        rows=(*(_charted_row(point) for point in points), *(_largest_row(model) for model in records)),
        key="run",
        words={
            **{
                gid(CHARTED + point.slug): read_out(f"{point.system.name}, charted", point.date, point.compute_flop)
                for point in points
            },
            **{gid(model.id): read_out(model.name, model.date, model.compute_flop) for model in records},
        },
        charted=tuple(_charted(point) for point in points),
        largest=tuple(model_point(model, emphasised=True) for model in records),
        trend=trend,
        last_year=decimal_year(days_of(study)[LATEST]),
    )


def _facts(findings: Findings) -> dict[str, str]:
    study, prefix = findings.study, f"compute.forecast.{LATEST}"
    points = study.chosen[SCOPE]
    line, largest = findings.results[f"{prefix}.line"], findings.results[f"{prefix}.largest"].value
    assert line.low is not None
    return {
        "apart": numeral(findings.results[f"{prefix}.ratio"].value, 2),
        "first_year": str(min(point.date for point in points).year),
        "last_year": str(max(point.date for point in points).year),
        "largest": short_name(field_of(findings).largest_by(days_of(study)[LATEST])),
        "now": month_in_words(days_of(study)[LATEST]),
        "place": "below it" if largest < line.low else "inside it",
    }


@figure(
    "compute.forecast",
    number=9,
    since="2026-11",
    title="The largest known training run is {apart} times below the trend of {first_year} to {last_year}",
    alt=(
        "Line plot of training compute in FLOP on a logarithmic axis. A straight line rises through the "
        "{compute.modern.n:words} charted runs of {first_year} to {last_year} and is extended, dashed, to {now}. A "
        "second series, in steps, shows the largest known run at each date, ending at {largest}. The steps start above "
        "the line, cross it and end {apart} times below it. The shaded prediction interval widens over several powers "
        "of ten; the last step ends {place}."
    ),
    facts=_facts,
    shows=forecast_shown,
    controls=("fit", "prediction"),
)
def forecast(shown: Forecast, canvas: Canvas) -> Drawing:
    """The charted runs with their line extended, its prediction interval, and the largest known run in steps."""
    drawn = canvas.figure(5.6)
    axes = drawn.add_subplot()
    first = shown.trend.first_year
    year_axis(axes, *years_around([first, shown.last_year], before=EDGE, after=0.3), canvas.years(2))
    years = np.linspace(first, shown.last_year, LINE_SAMPLES)
    line, low, high = shown.drawn_on(years)
    axes.set_ylim(*powers_around([*low, *high], below=0.3, above=0.3))
    power_axis(axes, COMPUTE_LABEL, every=3)
    axes.fill_between(years, low, high, color=BLUE, alpha=BAND_OPACITY, linewidth=0, gid="interval.prediction")
    ends = np.array([first, shown.trend.last_year, shown.last_year])
    draw_extended(axes, ends, shown.drawn_on(ends)[0])
    _draw_largest(axes, shown)
    for point in shown.charted:
        draw_point(axes, point.id, (point.year, point.compute_flop), BLUE, "o", size=26)
    _label(axes, shown, canvas, list(zip(years, line, strict=True)))
    return Drawing(figure=drawn, content=shown)


def _draw_largest(axes: Axes, shown: Forecast) -> None:
    """The largest known run at each date, up to the last one."""
    runs = shown.largest
    draw_steps(axes, _places(runs), shown.last_year, color=ORANGE, linewidth=1.4)
    for run in runs:
        draw_point(axes, run.id, (run.year, run.compute_flop), ORANGE, "s", size=24)


def _label(axes: Axes, shown: Forecast, canvas: Canvas, line: list[tuple[float, float]]) -> None:
    """Names of the charted runs at the ends of the line and of the largest known runs that leapt ahead since."""
    runs, leap = shown.largest, NAMED_LEAP[canvas.roomy]
    leapt = [after for before, after in pairwise(runs) if after.compute_flop >= leap * before.compute_flop]
    later = [run for run in (*leapt, runs[-1]) if run.year > shown.trend.last_year]
    ends = (shown.charted[0], max(shown.charted, key=lambda point: point.compute_flop))
    along_x, along_y = line[round(len(line) * NAMED_AT)]
    labels = [
        Label(text="trend extended", x=along_x, y=along_y, colour=BLUE),
        name_of_line("largest known run", _places(runs)[::-1], ORANGE, ""),
        *(Label(text=point.label, x=point.year, y=point.compute_flop, gid=f"label.{point.id}") for point in ends),
        *(Label(text=run.label, x=run.year, y=run.compute_flop, gid=f"label.{run.id}") for run in later),
    ]
    points = [(point.year, point.compute_flop) for point in (*shown.charted, *runs)]
    place_labels(axes, labels, points, [*line, *treads(_places(runs), shown.last_year)])


def _places(runs: Sequence[ModelPoint]) -> list[tuple[float, float]]:
    """Runs by year and compute."""
    return [(run.year, run.compute_flop) for run in runs]


def _charted(point: Point) -> ModelPoint:
    return ModelPoint(
        id=CHARTED + point.slug,
        label=point.system.label,
        domain=point.system.domain,
        year=point.year,
        compute_flop=point.compute_flop,
        emphasised=True,
    )


def _charted_row(point: Point) -> dict[str, Any]:
    return {
        "run": CHARTED + point.slug,
        "system": point.slug,
        "model": None,
        "name": point.system.name,
        "date": point.date.isoformat(),
        "compute_flop": point.compute_flop,
        "series": "charted by OpenAI",
    }


def _largest_row(model: NotableModel) -> dict[str, Any]:
    return {
        "run": model.id,
        "system": None,
        "model": model.id,
        "name": model.name,
        "date": model.date.isoformat(),
        "compute_flop": model.compute_flop,
        "series": f"largest known, {model.confidence}",
    }
