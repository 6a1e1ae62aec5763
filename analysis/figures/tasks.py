"""The figure of the gains across tasks: the factor and the halving time of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from analysis.figures.canvas import Canvas, Content, Drawing, month_ticks, powers_around, ratio_axis, ratio_ticks
from analysis.figures.look import BLUE, MUTED, ORANGE, PAPER
from analysis.figures.phrases import SHORT_DIGITS, capitalised, in_words
from analysis.figures.registry import figure
from analysis.figures.svg_parts import READ_OUT_DIGITS, row_id
from analysis.numerals import numeral, spelled
from analysis.results.collect import Findings

# Room next to the dots of the tasks, in decades.
FACTOR_ROOM = {"below": 0.0, "above": 0.39}
MONTHS_ROOM = {"below": 0.5, "above": 0.22}
VALUE_DIGITS = 2
# A hollow dot is as large as a filled one with its edge, in square points.
FILLED, HOLLOW = 44, 30
GAP_PT = 7
# Where notes are, above the first row.
KEY_PLACE = -0.62
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


def _task_facts(findings: Findings) -> dict[str, str]:
    """The tasks with the least and the most gain, the fastest and the slowest one, and how all compare with Moore."""
    value = findings.results.value
    gains = sorted((value(factor), label) for label, factor, _ in TASKS)
    times = sorted((value(time), label) for label, _, time in TASKS)
    below = sum(months < findings.study.constant("moore_doubling") for months, _ in times)
    return {
        "least_gain": f"{_times(gains[0][0])} ({gains[0][1]})",
        "most_gain": f"{_times(gains[-1][0])} ({gains[-1][1]})",
        "shortest": numeral(times[0][0], SHORT_DIGITS),
        "longest": spelled(times[-1][0], "month", SHORT_DIGITS),
        "fastest": f"{_months(times[0][0])} ({times[0][1]})",
        "slowest": f"{_months(times[-1][0])} ({times[-1][1]})",
        "below_moore": "All halving times"
        if below == len(times)
        else f"{capitalised(in_words(float(below)))} of the {in_words(float(len(times)))} halving times",
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks(Content):
    """A row per task, and the doubling time of Moore's law in months."""

    moore_doubling: float


def tasks_shown(findings: Findings) -> Tasks:
    """The factor and the halving time of each task."""
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
    words = {_dot(row, "factor"): f"{row['task']}, {_times(row['factor'])} less compute" for row in rows}
    words |= {
        _dot(row, "halving_time_months"): f"{row['task']}, halving time {_months(row['halving_time_months'])}"
        for row in rows
    }
    return Tasks(
        rows=rows,
        key="task",
        words=words,
        quantities={label: factor for label, factor, _ in TASKS},
        moore_doubling=findings.study.constant("moore_doubling"),
    )


@figure(
    "efficiency.across_tasks",
    number=7,
    since="2020-05",
    title="Across tasks, compute for the same result halved every {shortest} to {longest}",
    alt=(
        "Two dot plots side by side with one row per task. On the left the factor gained, from {least_gain} to "
        "{most_gain}; on the right the halving time, from {fastest} to {slowest}. {below_moore} lie left of the "
        "{constant.moore_doubling.value} of Moore's law. Each dot has its value; those of tasks with too few runs for "
        "an interval are hollow."
    ),
    facts=_task_facts,
    shows=tasks_shown,
    controls=("intervals",),
)
def across_tasks(shown: Tasks, canvas: Canvas) -> Drawing:
    """Factor and halving time of each task, on logarithmic axes."""
    rows, moore = shown.rows, shown.moore_doubling
    drawn = canvas.figure(4.2 if canvas.roomy else 10.0)
    left, right = drawn.subplots(1, 2, sharey=True) if canvas.roomy else drawn.subplots(2, 1)
    for axes in (left, right):
        axes.set_yticks(
            range(len(rows)), [row["task"] if canvas.roomy else row["task"].replace(", ", "\n") for row in rows]
        )
    # The axis of gains starts at a factor of one, which means no gain.
    gains = powers_around([1, *(row["factor"] for row in rows)], **FACTOR_ROOM)
    months = powers_around([moore, *_ends(rows, "halving_time_months")], **MONTHS_ROOM)
    _dots(left, rows, "factor", gains)
    _dots(right, rows, "halving_time_months", months)
    left.set_xlabel("Fall in compute (factor)")
    right.set_xlabel("Halving time (months)")
    for place, row in enumerate(rows):
        # Values are on the side where neither an interval nor Moore's law is.
        _write(left, f"{numeral(row['factor'], VALUE_DIGITS)}×", (row["factor"], place), BLUE, after=True)
        nearest = min(_ends((row,), "halving_time_months"))
        _write(right, numeral(row["halving_time_months"], VALUE_DIGITS), (nearest, place), BLUE, after=False)
    ratio_axis(left, ratio_ticks(gains))
    ratio_axis(right, month_ticks(months))
    right.axvline(moore, color=ORANGE, linestyle="--", linewidth=1.2)
    _write(right, "Moore's law", (moore, KEY_PLACE), ORANGE, after=False)
    _write(left, "Hollow: two runs only", (gains[1], KEY_PLACE), MUTED, after=False)
    return Drawing(figure=drawn, content=shown)


def _dots(axes: Axes, rows: tuple[dict[str, Any], ...], column: str, limits: tuple[float, float]) -> None:
    """One dot per row, hollow where two runs allow no interval; the interval where there is one."""
    axes.set_xlim(*limits)
    axes.set_ylim(len(rows) - 0.4, -0.95)
    axes.tick_params(axis="y", length=0)
    for place, row in enumerate(rows):
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
        hollow = row["halving_time_months_low"] is None
        axes.scatter(
            [row[column]],
            [place],
            s=HOLLOW if hollow else FILLED,
            facecolor=PAPER if hollow else BLUE,
            edgecolor=BLUE,
            linewidths=1.4 if hollow else 0,
            zorder=3,
            gid=_dot(row, column),
        )


def _write(axes: Axes, text: str, place: tuple[float, float], colour: str, *, after: bool) -> None:
    """Words on one side of a place."""
    side, gap = ("left", GAP_PT) if after else ("right", -GAP_PT)
    axes.annotate(text, place, xytext=(gap, 0), textcoords="offset points", ha=side, va="center", color=colour)


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
