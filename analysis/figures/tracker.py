"""The figures of the tracker, one per benchmark: every run by date, the records as a falling step, and their trend.

Each is registered under the name and the number that the sidecar of the benchmark gives, so that a new benchmark needs
no code.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from analysis.errors import DuplicateNameError, InputError
from analysis.figures.canvas import (
    BAND_OPACITY,
    Canvas,
    Content,
    Drawing,
    month_axis,
    powers_around,
    year_axis,
    years_around,
)
from analysis.figures.labels import Label, along_line, place_labels
from analysis.figures.look import BLUE, INK, MUTED
from analysis.figures.models import gid
from analysis.figures.phrases import capitalised
from analysis.figures.registry import figure
from analysis.figures.svg_parts import READ_OUT_DIGITS
from analysis.inputs.benchmarks import Benchmark
from analysis.inputs.load import ROOT
from analysis.inputs.rows import RecordRun
from analysis.inputs.sidecars import Sidecar, read_sidecar
from analysis.inputs.tables import RECORDS, DataTable
from analysis.model.records import Attempt, Tracked, better_by
from analysis.model.trends import Trend
from analysis.numerals import day_in_words, numeral, spelled
from analysis.results.collect import Findings
from analysis.units import MONTHS_PER_YEAR, UNITS, decimal_year

SINCE: Final = "2026-11"
POINT, SMALL = 20, 14
# Room for the labels of the ends, as shares of the decades that the values span, or of so many where they span fewer.
BELOW, ABOVE = 0.15, 0.2
FEWEST_DECADES: Final = 0.4
LINE_SAMPLES: Final = 60
# Labels keep clear of the steps, which are sampled at this distance across and at so many places down.
TREAD_YEARS: Final = 0.02
RISER_SAMPLES: Final = 40
# Up to so many years, every year has a tick, and up to so many months, some of them have one.
FEW_YEARS: Final = 4
FEW_MONTHS: Final = 18
# A span of fewer months is given in days.
FEWEST_MONTHS: Final = 3
# Ticks of a decade; an axis on which fewer than this many of them lie has evenly spaced ones.
STEPS: Final = (1.0, 2.0, 5.0)
FEWEST_TICKS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a drawing needs of a run. Years count from 2000."""

    id: str
    label: str
    year: float
    value: float
    sets_record: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs(Content):
    """The runs at a benchmark by date, what their values are, and the trend of their efficiency."""

    runs: tuple[Run, ...]
    label: str
    better: str
    trend: Trend | None

    @property
    def records(self) -> list[Run]:
        """The runs that set a record."""
        return [run for run in self.runs if run.sets_record]


def _tracked(table: DataTable[RecordRun], findings: Findings) -> Tracked:
    return next(each for each in findings.study.tracker if each.table == table)


def _shown(table: DataTable[RecordRun]) -> Callable[[Findings], Runs]:
    """Chooses every run at a benchmark."""

    def shown(findings: Findings) -> Runs:
        tracked = _tracked(table, findings)
        setters = {attempt.record for attempt in tracked.frontier}
        benchmark = tracked.benchmark
        return Runs(
            rows=tuple(_row(each, tracked, sets_record=each.record in setters) for each in tracked.attempts),
            key="run",
            words={gid(each.row.id): _words(each, benchmark.unit) for each in tracked.attempts},
            runs=tuple(
                Run(
                    id=each.row.id,
                    label=spelled(each.value, benchmark.unit, READ_OUT_DIGITS),
                    year=decimal_year(each.row.date),
                    value=each.value,
                    sets_record=each.record in setters,
                )
                for each in tracked.attempts
            ),
            label=_measured(benchmark),
            better=benchmark.better,
            trend=tracked.trend,
        )

    return shown


def _row(attempt: Attempt, tracked: Tracked, *, sets_record: bool) -> dict[str, Any]:
    row, own = attempt.row, attempt.own
    return {
        "run": row.id,
        "name": row.name,
        "date": row.date.isoformat(),
        "value": attempt.value,
        "unit": tracked.benchmark.unit,
        "sets_record": sets_record,
        "authors": "; ".join(attempt.authors),
        "hardware": own.hardware if own else "",
        "status": own.status if own else "reported",
        "change": own.change if own else row.name,
    }


def _measured(benchmark: Benchmark) -> str:
    """What the values are, with their unit where the words do not name it."""
    unit = UNITS[benchmark.unit].plural
    return capitalised(benchmark.measure if unit in benchmark.measure else f"{benchmark.measure} ({unit})")


def _words(attempt: Attempt, unit: str) -> str:
    value = spelled(attempt.value, unit, READ_OUT_DIGITS)
    return f"{attempt.row.name}, {day_in_words(attempt.row.date)}, {value}"


def _facts(table: DataTable[RecordRun]) -> Callable[[Findings], Mapping[str, str]]:
    """What the words of a figure say of its records."""

    def facts(findings: Findings) -> dict[str, str]:
        tracked = _tracked(table, findings)
        benchmark, first, last = tracked.benchmark, tracked.frontier[0], tracked.frontier[-1]
        start, end = (spelled(each.value, benchmark.unit, READ_OUT_DIGITS) for each in (first, last))
        times = spelled(better_by(benchmark, first.value, last.value), "x", 3)
        if first is last:
            finding = f"the first record is {start}"
            joined = f"The only record, of {first.row.date.year}, is {start}"
        else:
            turn = "down" if benchmark.better == "lower" else "up"
            finding = f"{benchmark.measure} {turn} {times} in {_span(first, last)}"
            years = " to ".join(dict.fromkeys(str(each.row.date.year) for each in (first, last)))
            joined = (
                f"The {spelled(float(len(tracked.frontier)), 'record', None)} of {years} are joined by a step line "
                f"from {start} to {end}"
            )
        return {
            "name": tracked.title,
            "finding": finding,
            "metric": benchmark.metric,
            "runs": "one run" if len(tracked.attempts) == 1 else f"{numeral(len(tracked.attempts))} runs",
            "joined": joined,
            "line": _line(tracked.trend),
            "others": "; runs that set no record are grey triangles" if tracked.attempts != tracked.frontier else "",
        }

    return facts


def _line(trend: Trend | None) -> str:
    """The line of a figure in words."""
    if trend is None:
        return ""
    return f", with a fitted line{' and its interval' if _is_bounded(trend) else ''}"


def _is_bounded(trend: Trend) -> bool:
    """Whether the interval of the halving time has an upper end."""
    return trend.doubling_time_months.high is not None


def _span(first: Attempt, last: Attempt) -> str:
    """The time between two runs in months, or in days where it is short."""
    months = MONTHS_PER_YEAR * (decimal_year(last.row.date) - decimal_year(first.row.date))
    if months < FEWEST_MONTHS:
        return spelled((last.row.date - first.row.date).days, "day", None)
    return spelled(round(months), "month", None)


def draw_runs(shown: Runs, canvas: Canvas) -> Drawing:
    """The runs, those that set a record joined by a step line, and the trend where there are enough of them."""
    drawn = canvas.figure(4.6)
    axes = drawn.add_subplot()
    _date_axis(axes, [run.year for run in shown.runs], canvas)
    values = [run.value for run in shown.runs]
    decades = max(float(np.log10(max(values) / min(values))), FEWEST_DECADES)
    axes.set_ylim(*powers_around(values, below=BELOW * decades, above=ABOVE * decades))
    _value_axis(axes, shown.label)
    if shown.trend is not None:
        _draw_trend(axes, shown.trend, shown.better)
    records = shown.records
    axes.step([run.year for run in records], [run.value for run in records], where="post", color=BLUE, linewidth=1.0)
    for run in shown.runs:
        axes.scatter(
            [run.year],
            [run.value],
            s=POINT if run.sets_record else SMALL,
            color=BLUE if run.sets_record else MUTED,
            marker="o" if run.sets_record else "v",
            linewidths=0,
            zorder=3 if run.sets_record else 2.5,
            gid=gid(run.id),
        )
    _label_ends(axes, shown)
    return Drawing(figure=drawn, content=shown)


def _date_axis(axes: Axes, years: list[float], canvas: Canvas) -> None:
    """A horizontal axis of years, or of months where a year would leave most of the chart empty."""
    if MONTHS_PER_YEAR * (max(years) - min(years)) <= FEW_MONTHS:
        month_axis(axes, min(years), max(years), canvas)
        return
    first, last = years_around(years)
    year_axis(axes, first, last, 1 if last - first <= FEW_YEARS else canvas.years(1))


def _draw_trend(axes: Axes, trend: Trend, better: str) -> None:
    """The line through efficiency in the unit of the values, with the band of its interval.

    Without a bound the band would cover the chart, so there is none.
    """
    years = np.linspace(trend.first_year, trend.last_year, LINE_SAMPLES)
    turned = np.reciprocal if better == "lower" else np.positive
    if _is_bounded(trend):
        low, high = trend.band(years)
        axes.fill_between(
            years, turned(low), turned(high), color=INK, alpha=BAND_OPACITY, linewidth=0, gid="interval.trend"
        )
    axes.plot(years, turned(trend.line(years)), color=INK, linewidth=1.0, linestyle="--", gid="fit.trend")


def _label_ends(axes: Axes, shown: Runs) -> None:
    """The values of the first record and of the last: names can be of any length."""
    records = shown.records
    ends = dict.fromkeys((records[0], records[-1]))
    labels = [Label(text=run.label, x=run.year, y=run.value, gid=f"label.{run.id}") for run in ends]
    place_labels(axes, labels, [(run.year, run.value) for run in shown.runs], _along_lines(shown))


def _along_lines(shown: Runs) -> list[tuple[float, float]]:
    """Places along the steps and the trend, that labels keep clear of."""
    steps = list(pairwise(shown.records))
    treads = [
        (float(year), before.value)
        for before, after in steps
        for year in np.arange(before.year, after.year, TREAD_YEARS)
    ]
    risers = [
        (after.year, float(value))
        for before, after in steps
        for value in np.geomspace(before.value, after.value, RISER_SAMPLES)
    ]
    if shown.trend is None:
        return [*treads, *risers]
    years = np.linspace(shown.trend.first_year, shown.trend.last_year, LINE_SAMPLES)
    turned = np.reciprocal if shown.better == "lower" else np.positive
    return [*treads, *risers, *along_line(years, turned(shown.trend.line(years)))]


def _value_axis(axes: Axes, label: str) -> None:
    """A logarithmic vertical axis with plain numbers, however narrow its range is."""
    axes.set_yscale("log")
    axes.set_ylabel(label)
    axes.yaxis.set_major_locator(FixedLocator(_ticks(*axes.get_ylim())))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: numeral(float(f"{value:.6g}"))))


def _ticks(low: float, high: float) -> Sequence[float]:
    decades = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    for steps in ((1.0,), STEPS):
        ticks = [step * 10.0**decade for decade in decades for step in steps if low <= step * 10.0**decade <= high]
        if len(ticks) >= FEWEST_TICKS:
            return ticks
    return [float(tick) for tick in MaxNLocator(5).tick_values(low, high) if low <= tick <= high]


def _register(table: DataTable[RecordRun], sidecar: Sidecar) -> None:
    assert sidecar.benchmark is not None
    register = figure(
        table.path.replace("records/", "tracker.").replace("-", "_"),
        number=sidecar.benchmark.figure,
        since=max(SINCE, sidecar.since),
        title="{name}: {finding}",
        alt="Scatter plot of {runs} by date on a logarithmic axis, {metric}. {joined}{line}{others}.",
        facts=_facts(table),
        shows=_shown(table),
    )
    try:
        register(draw_runs)
    except DuplicateNameError as error:
        raise InputError(f"{table.sidecar}: benchmark.figure: {error}") from None


for _table in RECORDS:
    _register(_table, read_sidecar(ROOT / _table.file, ROOT))
