"""The figures of the efficiency post: the AlexNet level with its frontier, and the gains across tasks."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.canvas import (
    BAND_OPACITY,
    BLUE,
    GREY,
    INK,
    MUTED,
    ORANGE,
    Canvas,
    Drawing,
    linear_axis,
    month_ticks,
    power_axis,
    powers_around,
    ratio_axis,
    ratio_ticks,
    values_around,
    year_axis,
    years_around,
)
from analysis.figures.labels import Label, place_labels
from analysis.figures.phrases import capitalised, in_words, listed
from analysis.figures.registry import Variant, figure
from analysis.figures.svg_parts import READ_OUT_DIGITS, row_id
from analysis.model.efficiency import EfficiencyStudy, TrainingRun
from analysis.model.trends import Trend, growth_over
from analysis.numerals import day_in_words, numeral, spelled
from analysis.results.collect import Findings

LEVEL_LABEL = "Compute to the level (teraflop/s-days)"
LINEAR_ALT = (
    "The same {efficiency.alexnet_all_points.n:words} networks on a linear axis. {tall} lie in its upper half; from "
    "{low_from} on the record runs lie close to the horizontal axis, and the fitted line flattens out towards it, "
    "below the dashed line for Moore's law."
)
# Room on the axes: decades below and above the runs, and shares of the largest on the linear axis.
POWER_ROOM = {"below": 0.36, "above": 0.45}
LINEAR_ROOM = {"below": 0.05, "above": 0.22}
# Room next to the dots of the tasks, in decades.
FACTOR_ROOM = {"below": 0.0, "above": 0.39}
MONTHS_ROOM = {"below": 0.22, "above": 0.22}
# On the linear axis only runs above this compute, in teraflop/s-days, are far enough apart to be named.
NAMED_FROM = 0.5
# Labels keep clear of the steps, which are sampled at this distance.
TREAD_YEARS = 0.1
# Label in the figure and prefix of its quantities, from the longest span to the shortest.
TASKS = (
    ("Vision, AlexNet level", "efficiency.alexnet.factor", "efficiency.alexnet.doubling_time"),
    ("Vision, ResNet-50 level", "efficiency.resnet50.factor", "efficiency.resnet50.doubling_time"),
    (
        "Inference, AlexNet level",
        "efficiency.inference.shufflenet_factor",
        "efficiency.inference.shufflenet_doubling_time",
    ),
    (
        "Inference, ResNet-50 level",
        "efficiency.inference.efficientnet_factor",
        "efficiency.inference.efficientnet_doubling_time",
    ),
    (
        "Translation, Seq2Seq level",
        "efficiency.translation.seq2seq_factor",
        "efficiency.translation.seq2seq_doubling_time",
    ),
    ("Translation, GNMT level", "efficiency.translation.gnmt_factor", "efficiency.translation.gnmt_doubling_time"),
    ("Go, AlphaGo Zero level", "efficiency.go.factor", "efficiency.go.doubling_time"),
    ("Dota 2, OpenAI Five level", "efficiency.dota.factor", "efficiency.dota.doubling_time"),
)


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


def _task_facts(findings: Findings) -> dict[str, str]:
    """The tasks with the least and the most gain, the fastest and the slowest one, and how all compare with Moore."""
    value = findings.results.value
    gains = sorted((value(factor), label) for label, factor, _ in TASKS)
    times = sorted((value(time), label) for label, _, time in TASKS)
    below = sum(months < findings.study.constant("moore_doubling") for months, _ in times)
    return {
        "least_gain": f"{_times(gains[0][0])} ({gains[0][1]})",
        "most_gain": f"{_times(gains[-1][0])} ({gains[-1][1]})",
        "fastest": f"{_months(times[0][0])} ({times[0][1]})",
        "slowest": f"{_months(times[-1][0])} ({times[-1][1]})",
        "below_moore": "All halving times"
        if below == len(times)
        else f"{capitalised(in_words(float(below)))} of the {in_words(float(len(times)))} halving times",
    }


def _alexnet_level_linear(findings: Findings, canvas: Canvas) -> Drawing:
    """The same on a linear axis, with the names of those runs that do not crowd at its foot."""
    runs = _efficiency(findings).runs
    axes = _level_axes(runs, canvas)
    axes.set_ylim(*values_around([_tfs_days(run) for run in runs], **LINEAR_ROOM))
    linear_axis(axes, LEVEL_LABEL)
    return _level(findings, axes, [run for run in _named(findings, canvas) if _tfs_days(run) > NAMED_FROM])


@figure(
    "efficiency.alexnet_level",
    number=6,
    since="2020-05",
    title="Compute to train to AlexNet's accuracy, {first_year} to {last_year}",
    alt=(
        "Scatter plot of {efficiency.alexnet_all_points.n:words} networks trained to AlexNet's accuracy, compute in "
        "teraflop/s-days on a logarithmic axis against publication date. {efficiency.alexnet.n:Words} record runs, "
        "joined by steps, fall from {first} in {first_year} to {last} in {last_year}; the other {others} lie above "
        "them in grey. A dashed line for Moore's law falls less far than the fitted line."
    ),
    facts=_level_facts,
    controls=("scale", "runs", "line", "interval", "moore"),
    variants={"linear": Variant(alt=LINEAR_ALT, draw=_alexnet_level_linear, facts=_level_facts)},
)
def alexnet_level(findings: Findings, canvas: Canvas) -> Drawing:
    """All runs in grey, the frontier in colour with its trend, and Moore's law."""
    runs = _efficiency(findings).runs
    axes = _level_axes(runs, canvas)
    axes.set_ylim(*powers_around([_tfs_days(run) for run in runs], **POWER_ROOM))
    power_axis(axes, LEVEL_LABEL)
    return _level(findings, axes, _named(findings, canvas))


@figure(
    "efficiency.across_tasks",
    number=7,
    since="2020-05",
    title="Gain in efficiency and halving time across tasks",
    alt=(
        "Two dot plots side by side with one row per task. On the left the factor gained, from {least_gain} to "
        "{most_gain}; on the right the halving time, from {fastest} to {slowest}. {below_moore} lie left of the "
        "{constant.moore_doubling.value} of Moore's law."
    ),
    facts=_task_facts,
    controls=("intervals",),
)
def across_tasks(findings: Findings, canvas: Canvas) -> Drawing:
    """Factor and halving time of each task, on logarithmic axes."""
    rows: tuple[dict[str, Any], ...] = tuple(
        {
            "task": label,
            "factor": findings.results.value(factor),
            "halving_time_months": findings.results.value(time),
            "halving_time_months_low": findings.results[time].low,
            "halving_time_months_high": findings.results[time].high,
        }
        for label, factor, time in TASKS
    )
    drawn = canvas.figure(4.0 if canvas.roomy else 10.0)
    left, right = drawn.subplots(1, 2, sharey=True) if canvas.roomy else drawn.subplots(2, 1)
    for axes in (left, right):
        axes.set_yticks(
            range(len(rows)), [label if canvas.roomy else label.replace(", ", "\n") for label, _, _ in TASKS]
        )
    moore = findings.study.constant("moore_doubling")
    # The axis of gains starts at a factor of one, which means no gain.
    gains = powers_around([1, *(row["factor"] for row in rows)], **FACTOR_ROOM)
    months = powers_around([moore, *_ends(rows, "halving_time_months")], **MONTHS_ROOM)
    _dots(left, rows, "factor", "Less compute, times", gains)
    _dots(right, rows, "halving_time_months", "Halving time (months)", months)
    ratio_axis(left, ratio_ticks(gains))
    ratio_axis(right, month_ticks(months))
    right.axvline(moore, color=ORANGE, linestyle="--", linewidth=1.2)
    right.annotate(
        "Moore's law", (moore, -0.62), color=ORANGE, ha="right", va="center", xytext=(-4, 0), textcoords="offset points"
    )
    words = {_dot(row, "factor"): f"{row['task']}, {_times(row['factor'])} less compute" for row in rows}
    words |= {
        _dot(row, "halving_time_months"): f"{row['task']}, halving time {_months(row['halving_time_months'])}"
        for row in rows
    }
    quantities = {label: factor for label, factor, _ in TASKS}
    return Drawing(figure=drawn, rows=rows, key="task", words=words, quantities=quantities)


def _efficiency(findings: Findings) -> EfficiencyStudy:
    assert findings.study.efficiency is not None
    return findings.study.efficiency


def _named(findings: Findings, canvas: Canvas) -> tuple[TrainingRun, ...]:
    """The runs that there is room to name."""
    efficiency = _efficiency(findings)
    return efficiency.runs if canvas.roomy else efficiency.frontier


def _level_axes(runs: Iterable[TrainingRun], canvas: Canvas) -> Axes:
    axes = canvas.figure(5.2).add_subplot()
    year_axis(axes, *years_around([run.year for run in runs], before=0, after=0), canvas.years(1))
    return axes


def _level(findings: Findings, axes: Axes, named: Iterable[TrainingRun]) -> Drawing:
    """The runs to the level of AlexNet and both lines on axes that are set up, some of the runs named."""
    study, efficiency = findings.study, _efficiency(findings)
    runs, frontier = efficiency.runs, efficiency.frontier
    _draw_halving(axes, efficiency.trend)
    moore = _draw_moore(axes, frontier[0], frontier[-1].year, study.constant("moore_doubling"))
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
        Label(text="Moore's law", x=moore[0], y=moore[1], colour=ORANGE, gid="moore.label"),
    ]
    place_labels(axes, labels, [*((run.year, _tfs_days(run)) for run in runs), *_along(efficiency, moore)])
    assert isinstance(axes.figure, Figure)
    return Drawing(
        figure=axes.figure, rows=tuple(_row(run) for run in runs), words={_gid(run): _words(run) for run in runs}
    )


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


def _draw_moore(axes: Axes, first: TrainingRun, last_year: float, doubling_months: float) -> tuple[float, float]:
    """Moore's law from the first run on; returns the point of its label."""
    years = np.linspace(first.year, last_year, 60)
    values = [_tfs_days(first) / growth_over(float(year - first.year), doubling_months) for year in years]
    axes.plot(years, values, color=ORANGE, linestyle="--", linewidth=1.3, gid="moore.line")
    return float(years[-1]), float(values[-1])


def _along(efficiency: EfficiencyStudy, moore: tuple[float, float]) -> list[tuple[float, float]]:
    """Points along both lines and the steps, that labels keep clear of."""
    first = efficiency.frontier[0]
    years = np.linspace(efficiency.trend.first_year, efficiency.trend.last_year, 40)
    fitted = 1 / efficiency.trend.line(years)
    falling = np.geomspace(_tfs_days(first), moore[1], 40)
    steps = list(pairwise(efficiency.frontier))
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
    return [*zip(years, fitted, strict=True), *zip(years, falling, strict=True), *treads, *risers]


def _dots(
    axes: Axes,
    rows: tuple[dict[str, Any], ...],
    column: str,
    label: str,
    limits: tuple[float, float],
) -> None:
    places = range(len(rows))
    axes.set_xlim(*limits)
    axes.set_xlabel(label)
    axes.set_ylim(len(rows) - 0.4, -0.95)
    axes.tick_params(axis="y", length=0)
    for place, row in zip(places, rows, strict=True):
        low, high = row.get(f"{column}_low"), row.get(f"{column}_high")
        if low is not None and high is not None:
            axes.plot(
                [low, high],
                [place, place],
                color=BLUE,
                linewidth=4,
                alpha=0.3,
                solid_capstyle="round",
                gid=f"error-bar.{row_id(row, 'task')}",
            )
        axes.scatter([row[column]], [place], s=40, color=BLUE, linewidths=0, zorder=3, gid=_dot(row, column))


def _ends(rows: Iterable[dict[str, Any]], column: str) -> list[float]:
    """The values of a column with the ends of their intervals."""
    ends = [row.get(f"{column}{end}") for row in rows for end in ("", "_low", "_high")]
    return [end for end in ends if end is not None]


def _dot(row: dict[str, Any], column: str) -> str:
    """The id of the part that shows a cell."""
    return f"point.{row_id(row, 'task')}.{column}"


def _times(factor: float) -> str:
    return f"{numeral(factor, READ_OUT_DIGITS)} times"


def _months(months: float) -> str:
    return spelled(months, "month", READ_OUT_DIGITS)


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
