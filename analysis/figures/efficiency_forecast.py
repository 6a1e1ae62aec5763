"""The figure of the line of 2020: the trend of the records at AlexNet's level drawn on, and the records known by now.

Next to it is what the average pace of two newer studies would make of the same start, over the years of their data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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
from analysis.figures.efficiency import LEVEL_LABEL
from analysis.figures.extended import draw_extended, draw_steps, treads
from analysis.figures.labels import Label, along_line, name_of_line, place_labels
from analysis.figures.look import BLUE, GREEN, INK, ORANGE
from analysis.figures.models import draw_point, gid
from analysis.figures.phrases import in_words
from analysis.figures.registry import figure
from analysis.figures.svg_parts import READ_OUT_DIGITS
from analysis.inputs.tables import ERDIL_2022, HO_2024
from analysis.model.least_squares import Floats
from analysis.model.records import Attempt, Tracked
from analysis.model.trends import Trend, growth_over
from analysis.numerals import day_in_words, month_in_words, numeral, spelled
from analysis.results.collect import Findings
from analysis.results.efficiency_forecast import BENCHMARK
from analysis.units import decimal_year

FACTOR: Final = "efficiency.forecast.at_latest.factor"
# The studies whose pace is drawn: name in the figure, quantity, colour and dashes.
STUDIES: Final = (
    ("image classifiers", "efficiency.vision2022.halving_time", GREEN, (1.0, 1.4)),
    ("language models", "efficiency.language.halving_time", ORANGE, (4.0, 1.2, 1.0, 1.2)),
)
LINE_SAMPLES: Final = 60
# Shares of the length of a line at which its name may be, the best ones first.
EXTENSION_NAMED_AT: Final = (0.86, 0.9, 0.82, 0.78, 0.94)
PACE_NAMED_AT: Final = (0.97, 0.93, 0.88, 0.83, 0.78, 0.72)
RECORD_NAMED_AT: Final = (0.85, 0.9, 0.8, 0.75, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a drawing needs of a record. Years count from 2000."""

    id: str
    label: str
    year: float
    compute_tfs_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The halving time of another study, in months, and the last year of its data."""

    label: str
    months: float
    last_year: float
    colour: str
    dashes: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOf2020(Content):
    """The records, the trend of efficiency up to 2020, other paces, and the day of the last look for records."""

    records: tuple[Record, ...]
    trend: Trend
    paces: tuple[Pace, ...]
    last_year: float

    @property
    def best(self) -> list[tuple[float, float]]:
        """Each record by its year and compute."""
        return [(record.year, record.compute_tfs_days) for record in self.records]

    def at_pace(self, pace: Pace, years: Floats) -> Floats:
        """The compute at these years, in teraflop/s-days, had it fallen at a pace from the start of the line on."""
        first = self.trend.first_year
        start = 1 / float(self.trend.line(np.array([first]))[0])
        return np.array([start / growth_over(float(year) - first, pace.months) for year in years])


def line_shown(findings: Findings) -> LineOf2020:
    """The records at AlexNet's level, those of the tracker among them, and the trend of those known in 2020."""
    tracked = _tracked(findings)
    assert findings.study.efficiency is not None
    dataset = findings.study.dataset
    newest = (
        max(row.date for row in dataset.rows(ERDIL_2022)),
        max(row.date for row in dataset.rows(HO_2024)),
    )
    return LineOf2020(
        rows=tuple(_row(each) for each in tracked.frontier),
        key="run",
        words={gid(each.row.id): _words(each) for each in tracked.frontier},
        records=tuple(
            Record(
                id=each.row.id,
                label=_label_of(each),
                year=decimal_year(each.row.date),
                compute_tfs_days=each.value,
            )
            for each in tracked.frontier
        ),
        trend=findings.study.efficiency.trend,
        paces=tuple(
            Pace(
                label=label,
                months=findings.results.value(name),
                last_year=decimal_year(day),
                colour=colour,
                dashes=dashes,
            )
            for (label, name, colour, dashes), day in zip(STUDIES, newest, strict=True)
        ),
        last_year=decimal_year(tracked.benchmark.looked),
    )


def _tracked(findings: Findings) -> Tracked:
    return next(each for each in findings.study.tracker if each.prefix == BENCHMARK)


def _row(record: Attempt) -> dict[str, Any]:
    return {
        "run": record.row.id,
        "name": record.row.name,
        "date": record.row.date.isoformat(),
        "compute_tfs_days": record.value,
    }


def _words(record: Attempt) -> str:
    value = spelled(record.value, "tfs-day", READ_OUT_DIGITS)
    return f"{record.row.name}, {day_in_words(record.row.date)}, {value}"


def _short(record: Attempt) -> str:
    return record.row.name.split(" (")[0]


def _label_of(record: Attempt) -> str:
    """The name of a network of the paper; a row of the tracker has its value, as its name can be of any length."""
    return spelled(record.value, "tfs-day", READ_OUT_DIGITS) if record.own else _short(record)


def _facts(findings: Findings) -> dict[str, str]:
    assert findings.study.efficiency is not None
    tracked, trend = _tracked(findings), findings.study.efficiency.trend
    last = tracked.frontier[-1]
    # Compute is one over efficiency, so its upper end is one over the lower end of efficiency.
    day = np.array([decimal_year(tracked.benchmark.looked)])
    lowest, _ = trend.prediction_band(day)
    upper_end = 1 / float(lowest[0])
    return {
        "drawn_on": numeral(findings.results.value(FACTOR), 2),
        "reached": numeral(findings.results.value(f"{BENCHMARK}.factor"), 2),
        "n": in_words(float(len(tracked.frontier))),
        "first": _short(tracked.frontier[0]),
        "last": _short(last),
        "first_year": str(tracked.frontier[0].row.date.year),
        "last_year": str(last.row.date.year),
        "line_year": str(findings.study.efficiency.frontier[-1].model.date.year),
        "apart": numeral(last.value * float(trend.line(day)[0]), 2),
        "now": month_in_words(tracked.benchmark.looked),
        "place": "above" if last.value > upper_end else "not above",
    }


@figure(
    "efficiency.forecast",
    number=33,
    since="2026-11",
    title="Compute for AlexNet's accuracy since 2012: {drawn_on} times less on the trend, {reached} times on record",
    alt=(
        "Line plot of the compute to reach AlexNet's accuracy, in teraflop/s-days on a logarithmic axis. A straight "
        "line falls from {first_year} to {line_year} and is extended, dashed, to {now}, with a prediction interval "
        "that widens. {n:Words} records, joined by steps, go from {first} in {first_year} to {last} in {last_year}; "
        "from then on the step is level, and by {now} it is {apart} times the line, {place} the interval. Broken "
        "lines from the same start halve every {efficiency.vision2022.halving_time:short}, for image classifiers, and "
        "every {efficiency.language.halving_time:short}, for language models."
    ),
    facts=_facts,
    shows=line_shown,
    controls=("prediction",),
)
def line_of_2020(shown: LineOf2020, canvas: Canvas) -> Drawing:
    """The line up to 2020 and drawn on, its prediction interval, the records in steps, and two other paces."""
    drawn = canvas.figure(5.6)
    axes = drawn.add_subplot()
    first, trend = shown.trend.first_year, shown.trend
    year_axis(axes, *years_around([first, shown.last_year], before=EDGE, after=0.3), canvas.years(2))
    years = np.linspace(first, shown.last_year, LINE_SAMPLES)
    low, high = (1 / ends for ends in trend.prediction_band(years))
    paced = {pace: np.linspace(first, pace.last_year, LINE_SAMPLES) for pace in shown.paces}
    lowest = [float(shown.at_pace(pace, along)[-1]) for pace, along in paced.items()]
    axes.set_ylim(*powers_around([*low, *high, *lowest], below=0.5, above=0.3))
    power_axis(axes, LEVEL_LABEL)
    axes.fill_between(years, high, low, color=BLUE, alpha=BAND_OPACITY, linewidth=0, gid="interval.prediction")
    ends = np.array([first, trend.last_year, shown.last_year])
    draw_extended(axes, ends, 1 / trend.line(ends))
    for pace, along in paced.items():
        axes.plot(along, shown.at_pace(pace, along), color=pace.colour, linewidth=1.2, linestyle=(0, pace.dashes))
    draw_steps(axes, shown.best, shown.last_year, color=INK, linewidth=1.2)
    for record in shown.records:
        draw_point(axes, record.id, (record.year, record.compute_tfs_days), INK, "o", size=26)
    _label(axes, shown, along_line(years, 1 / trend.line(years)))
    return Drawing(figure=drawn, content=shown)


def _label(axes: Axes, shown: LineOf2020, line: list[tuple[float, float]]) -> None:
    """Names of the first and the last record, of the steps after it, of the line drawn on, and of both paces."""
    first, last = shown.records[0], shown.records[-1]
    level = treads(shown.best, shown.last_year)
    labels = [
        *(
            Label(text=each.label, x=each.year, y=each.compute_tfs_days, gid=f"label.{each.id}")
            for each in dict.fromkeys((first, last))
        ),
        name_of_line("best known run", _at(RECORD_NAMED_AT, level), INK, ""),
        name_of_line("trend extended", _at(EXTENSION_NAMED_AT, line), BLUE, ""),
    ]
    paced = []
    for pace in shown.paces:
        years = np.linspace(shown.trend.first_year, pace.last_year, LINE_SAMPLES)
        places = along_line(years, shown.at_pace(pace, years))
        labels.append(name_of_line(pace.label, _at(PACE_NAMED_AT, places), pace.colour, ""))
        paced += places
    place_labels(axes, labels, shown.best, [*line, *level, *paced])


def _at(shares: Sequence[float], places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The places at these shares of the length of a line."""
    return [places[round(share * (len(places) - 1))] for share in shares]
