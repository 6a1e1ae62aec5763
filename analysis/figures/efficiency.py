"""The figure of the AlexNet level: every run that reaches it, the frontier with its trend, and Moore's law."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.canvas import (
    BAND_OPACITY,
    Canvas,
    Content,
    Drawing,
    linear_axis,
    power_axis,
    powers_around,
    values_around,
    year_axis,
    years_around,
)
from analysis.figures.labels import Label, along_line, name_of_line, place_labels
from analysis.figures.look import BLUE, GREY, INK, MUTED, ORANGE
from analysis.figures.phrases import in_words, listed
from analysis.figures.registry import Variant, figure
from analysis.figures.svg_parts import READ_OUT_DIGITS
from analysis.model.efficiency import EfficiencyStudy, TrainingRun, frontier_runs
from analysis.model.trends import Trend, growth_over
from analysis.numerals import day_in_words, spelled
from analysis.results.collect import Findings

# Shares of the span of a line at which its name may be.
FIT_NAMED_AT = (0.35, 0.4, 0.3, 0.45, 0.5, 0.25)
MOORE_NAMED_AT = tuple(share / 100 for share in range(95, 40, -2))
SLOPE_DIGITS = 2
LEVEL_LABEL = "Compute to the level (teraflop/s-days)"
LINEAR_ALT = (
    "The same {efficiency.alexnet_all_points.n:words} networks on a linear axis. {tall} lie in its upper half; from "
    "{low_from} on the record runs lie close to the horizontal axis, and the fitted line flattens out towards it, "
    "below the dashed line for Moore's law."
)
# Room on the axes: decades below and above the runs, and shares of the largest on the linear axis.
POWER_ROOM = {"below": 0.36, "above": 0.45}
LINEAR_ROOM = {"below": 0.05, "above": 0.22}
# On the linear axis only runs above this compute, in teraflop/s-days, are far enough apart to be named.
NAMED_FROM = 0.5
# Labels keep clear of the steps, which are sampled at this distance.
TREAD_YEARS = 0.1


def _level_facts(findings: Findings) -> dict[str, str]:
    """The ends of the frontier, and which runs lie high or low on a linear axis."""
    efficiency = _efficiency(findings)
    runs, frontier = efficiency.runs, efficiency.frontier
    half = max(_tfs_days(run) for run in runs) / 2
    low = [run for run in frontier if _tfs_days(run) < NAMED_FROM]
    return {
        "first": _short(frontier[0]),
        "last": _short(frontier[-1]),
        "first_year": str(frontier[0].model.date.year),
        "last_year": str(frontier[-1].model.date.year),
        "others": in_words(float(len(runs) - len(frontier))),
        "tall": listed(_short(run) for run in runs if _tfs_days(run) > half),
        "low_from": str((low or frontier[-1:])[0].model.date.year),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Content):
    """The runs to a level of accuracy by date, the trend of its records, and Moore's law in months."""

    runs: tuple[TrainingRun, ...]
    trend: Trend
    moore_doubling: float

    @property
    def frontier(self) -> tuple[TrainingRun, ...]:
        """The runs that set a record."""
        return frontier_runs(self.runs)


def level_shown(findings: Findings) -> Level:
    """The runs to AlexNet's accuracy."""
    efficiency = _efficiency(findings)
    return Level(
        rows=tuple(_row(run) for run in efficiency.runs),
        words={_gid(run): _words(run) for run in efficiency.runs},
        runs=efficiency.runs,
        trend=efficiency.trend,
        moore_doubling=findings.study.constant("moore_doubling"),
    )


def _alexnet_level_linear(shown: Level, canvas: Canvas) -> Drawing:
    """The same on a linear axis, with the names of those runs that do not crowd at its foot."""
    axes = _level_axes(shown.runs, canvas)
    axes.set_ylim(*values_around([_tfs_days(run) for run in shown.runs], **LINEAR_ROOM))
    linear_axis(axes, LEVEL_LABEL)
    return _level(shown, axes, [run for run in _named(shown, canvas) if _tfs_days(run) > NAMED_FROM])


@figure(
    "efficiency.alexnet_level",
    number=6,
    since="2020-05",
    title=(
        "The compute to reach AlexNet's accuracy halved every {efficiency.alexnet.doubling_time:short} "
        "from {first_year} to {last_year}"
    ),
    alt=(
        "Scatter plot of {efficiency.alexnet_all_points.n:words} networks trained to AlexNet's accuracy, compute in "
        "teraflop/s-days on a logarithmic axis against publication date. {efficiency.alexnet.n:Words} record runs, "
        "joined by steps, fall from {first} in {first_year} to {last} in {last_year}; the other {others} lie above "
        "them in grey. A dashed line for Moore's law falls less far than the fitted line."
    ),
    facts=_level_facts,
    shows=level_shown,
    controls=("scale", "runs", "line", "interval", "moore"),
    variants={"linear": Variant(alt=LINEAR_ALT, draw=_alexnet_level_linear, facts=_level_facts)},
)
def alexnet_level(shown: Level, canvas: Canvas) -> Drawing:
    """All runs in grey, the frontier in colour with its trend, and Moore's law."""
    axes = _level_axes(shown.runs, canvas)
    axes.set_ylim(*powers_around([_tfs_days(run) for run in shown.runs], **POWER_ROOM))
    power_axis(axes, LEVEL_LABEL)
    return _level(shown, axes, _named(shown, canvas))


def _efficiency(findings: Findings) -> EfficiencyStudy:
    assert findings.study.efficiency is not None
    return findings.study.efficiency


def _named(shown: Level, canvas: Canvas) -> tuple[TrainingRun, ...]:
    """The runs that there is room to name."""
    return shown.runs if canvas.roomy else shown.frontier


def _level_axes(runs: Iterable[TrainingRun], canvas: Canvas) -> Axes:
    axes = canvas.figure(5.2).add_subplot()
    year_axis(axes, *years_around([run.year for run in runs], before=0, after=0), canvas.years(1))
    return axes


def _level(shown: Level, axes: Axes, named: Iterable[TrainingRun]) -> Drawing:
    """The runs to the level of AlexNet and both lines on axes that are set up, some of the runs named."""
    runs, frontier = shown.runs, shown.frontier
    _draw_halving(axes, shown.trend)
    moore = _draw_moore(axes, frontier[0], frontier[-1].year, shown.moore_doubling)
    trend = shown.trend
    fit_years = trend.first_year + np.array(FIT_NAMED_AT) * trend.span_years
    halving = spelled(trend.doubling_time_months.value, "month", SLOPE_DIGITS)
    axes.step(
        [run.year for run in frontier], [_tfs_days(run) for run in frontier], where="post", color=BLUE, linewidth=0.9
    )
    for run in runs:
        _draw_run(axes, run)
    labels = [
        *(
            Label(
                text=_short(run),
                x=run.year,
                y=_tfs_days(run),
                colour=INK if run.on_frontier else MUTED,
                gid=f"label.{run.model.id}",
            )
            for run in named
        ),
        name_of_line(f"Halving every\n{halving}", along_line(fit_years, 1 / trend.line(fit_years)), BLUE, "fit.name"),
        name_of_line(
            "Moore's law", [moore[round(share * len(moore))] for share in MOORE_NAMED_AT], ORANGE, "moore.label"
        ),
    ]
    place_labels(axes, labels, [(run.year, _tfs_days(run)) for run in runs], _along(shown, moore))
    assert isinstance(axes.figure, Figure)
    return Drawing(figure=axes.figure, content=shown)


def _draw_run(axes: Axes, run: TrainingRun) -> None:
    """A record run as a circle in colour, any other as a smaller grey square."""
    colour, marker, size = (BLUE, "o", 36) if run.on_frontier else (GREY, "s", 22)
    axes.scatter(
        [run.year], [_tfs_days(run)], s=size, color=colour, marker=marker, linewidths=0, zorder=3, gid=_gid(run)
    )


def _draw_halving(axes: Axes, trend: Trend) -> None:
    """The fitted line of compute, one over the fitted efficiency, with its band."""
    years = np.linspace(trend.first_year, trend.last_year, 60)
    low, high = trend.band(years)
    axes.fill_between(
        years,
        1 / high,
        1 / low,
        color=BLUE,
        alpha=BAND_OPACITY,
        linewidth=0,
        gid="interval",
    )
    axes.plot(years, 1 / trend.line(years), color=BLUE, gid="fit")


def _draw_moore(axes: Axes, first: TrainingRun, last_year: float, doubling_months: float) -> list[tuple[float, float]]:
    """Moore's law from the first run on; returns places along it."""
    years = np.linspace(first.year, last_year, 60)
    values = [_tfs_days(first) / growth_over(float(year - first.year), doubling_months) for year in years]
    axes.plot(years, values, color=ORANGE, linestyle="--", linewidth=1.3, gid="moore.line")
    return along_line(years, np.array(values))


def _along(shown: Level, moore: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points along both lines and the steps, that labels keep clear of."""
    years = np.linspace(shown.trend.first_year, shown.trend.last_year, 40)
    fitted = 1 / shown.trend.line(years)
    steps = list(pairwise(shown.frontier))
    treads = [
        (float(year), _tfs_days(before))
        for before, after in steps
        for year in np.arange(before.year, after.year, TREAD_YEARS)
    ]
    risers = [
        (after.year, float(value))
        for before, after in steps
        for value in np.geomspace(_tfs_days(before), _tfs_days(after), 8)
    ]
    return [*along_line(years, fitted), *moore, *treads, *risers]


def _gid(run: TrainingRun) -> str:
    """The id of the part that shows a run."""
    return f"point.{run.model.id}"


def _words(run: TrainingRun) -> str:
    compute = spelled(_tfs_days(run), "tfs-day", READ_OUT_DIGITS)
    return f"{run.model.name}, {day_in_words(run.model.date)}, {compute}"


def _tfs_days(run: TrainingRun) -> float:
    return run.compute_tfs_days


def _short(run: TrainingRun) -> str:
    return run.model.name.split(" (")[0]


def _row(run: TrainingRun) -> dict[str, Any]:
    return {
        "id": run.model.id,
        "name": run.model.name,
        "date": run.model.date.isoformat(),
        "epochs": run.model.epochs,
        "gmacs_per_image": run.model.gmacs_per_image,
        "compute_tfs_days": _tfs_days(run),
        "compute_flop": run.compute_flop,
        "on_frontier": run.on_frontier,
    }
