"""The figures of the specification curves: a headline under every choice, and what each choice does to it.

Above, all specifications from the shortest time to the longest. Below, a row for each option of each choice, with a
tick for every specification that takes it and a point at their median.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes

from analysis.figures.canvas import BAND_OPACITY, Canvas, Content, Drawing
from analysis.figures.field import field_of
from analysis.figures.look import BLUE, INK, MUTED, ORANGE
from analysis.figures.registry import figure
from analysis.figures.svg_parts import READ_OUT_DIGITS, row_id
from analysis.model.specifications import Specification
from analysis.numerals import grouped, numeral, spelled
from analysis.results.collect import Findings
from analysis.results.field_specifications import field_curve
from analysis.results.specifications import HIGH, LOW, Curve, compute_curve, efficiency_curve

# Heights in inches: the curve, and a row of an option or the name of a choice.
CURVE_HEIGHT: Final = 2.2
ROW_HEIGHT: Final = 0.21
POINT: Final = 26
# Ticks closer than this share of the range of times are drawn as one.
TICKS_APART: Final = 1 / 300
TICK: Final = 0.32
TICK_OPACITY: Final = 0.55
# Room beside the curve, as a share of the range of times.
ROOM: Final = 0.04
ALT: Final = (
    "Two panels over one axis of months. The upper one is a rising curve of {n} specifications, sorted from {shortest} "
    "to {longest} months; a band marks {low} to {high}, where {share}% of them are, and a vertical line marks the "
    "headline at {headline}, with {above}% of the curve above it. The lower one has a row for each option of each "
    "choice, with a tick for every specification and a point at their median. The medians range from {least} months "
    "({least_option}) to {most} months ({most_option}); {widest_choice} moves them most."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curved(Content):
    """A row per option; all times from the shortest, those of each option, and the options of the headline."""

    months: tuple[float, ...]
    of_option: dict[str, tuple[float, ...]]
    headline: Specification


def curved(curve: Curve, findings: Findings) -> Curved:
    """A specification curve with its options in the order in which they are met; the first one is the headline."""
    listed = curve.listed(findings.results)
    of_option: dict[tuple[str, str], list[float]] = {}
    for place, choice in enumerate(curve.kinds.values()):
        for each in listed:
            of_option.setdefault((choice, each.labels[place]), []).append(each.doubling_time_months)
    reach = float(np.ptp([each.doubling_time_months for each in listed]))
    rows = tuple(_row(choice, option, months) for (choice, option), months in of_option.items())
    return Curved(
        rows=rows,
        key="option",
        words={_gid(row): _words(row) for row in rows},
        months=tuple(sorted(each.doubling_time_months for each in listed)),
        of_option={option: _ticks(months, reach) for (_, option), months in of_option.items()},
        headline=listed[0],
    )


def _row(choice: str, option: str, months: list[float]) -> dict[str, Any]:
    low, median, high = np.percentile(months, [LOW, 50, HIGH])
    return {
        "choice": choice,
        "option": option,
        "specifications": len(months),
        "months": float(median),
        "months_low": float(low),
        "months_high": float(high),
    }


def _ticks(months: list[float], reach: float) -> tuple[float, ...]:
    """The times of some specifications, those that are too close to be told apart as one."""
    apart = TICKS_APART * reach
    return tuple(apart * place for place in sorted({round(each / apart) for each in months}))


def _words(row: dict[str, Any]) -> str:
    median = spelled(row["months"], "month", READ_OUT_DIGITS)
    return f"{row['choice']}, {row['option']}: median {median} over {row['specifications']} specifications"


def _compute(findings: Findings) -> Curved:
    return curved(compute_curve(findings.study), findings)


def _efficiency(findings: Findings) -> Curved:
    assert findings.study.efficiency is not None
    return curved(efficiency_curve(findings.study, findings.study.efficiency), findings)


def _field(findings: Findings) -> Curved:
    return curved(field_curve(field_of(findings)), findings)


def _facts_of(shown: Curved) -> dict[str, str]:
    months, rows = np.asarray(shown.months), shown.rows
    low, high = np.percentile(months, [LOW, HIGH])
    least, most = (end(rows, key=lambda row: float(row["months"])) for end in (min, max))
    spread = {
        choice: np.ptp([row["months"] for row in rows if row["choice"] == choice])
        for choice in dict.fromkeys(row["choice"] for row in rows)
    }
    return {
        "n": grouped(len(months)),
        "share": numeral(HIGH - LOW),
        "shortest": numeral(months[0], 2),
        "longest": numeral(months[-1], 2),
        "low": numeral(float(low), 2),
        "high": numeral(float(high), 2),
        "headline": numeral(shown.headline.doubling_time_months, 2),
        "above": numeral(100 * float(np.mean(months > shown.headline.doubling_time_months)), 2),
        "least": numeral(least["months"], 2),
        "least_option": least["option"],
        "most": numeral(most["months"], 2),
        "most_option": most["option"],
        "widest_choice": f"the choice of {max(spread, key=lambda choice: spread[choice]).lower()}",
    }


def _compute_facts(findings: Findings) -> dict[str, str]:
    return _facts_of(_compute(findings))


def _efficiency_facts(findings: Findings) -> dict[str, str]:
    return _facts_of(_efficiency(findings))


def _field_facts(findings: Findings) -> dict[str, str]:
    return _facts_of(_field(findings))


@figure(
    "compute.specifications",
    number=28,
    since="2026-11",
    title="Of {n} ways to compute the 2018 trend, {share}% give {low} to {high} months",
    alt=ALT,
    facts=_compute_facts,
    shows=_compute,
)
def compute_specifications(shown: Curved, canvas: Canvas) -> Drawing:
    """The curve of the charted systems."""
    return _drawn(shown, canvas, "Doubling time (months)")


@figure(
    "efficiency.specifications",
    number=31,
    since="2026-11",
    title="Of {n} ways to compute the halving at AlexNet's level, {share}% give {low} to {high} months",
    alt=ALT,
    facts=_efficiency_facts,
    shows=_efficiency,
)
def efficiency_specifications(shown: Curved, canvas: Canvas) -> Drawing:
    """The curve of the runs at AlexNet's level."""
    return _drawn(shown, canvas, "Halving time (months)")


@figure(
    "compute.field_specifications",
    number=32,
    since="2026-11",
    title="Of {n} ways to compute the growth since 2010, {share}% give {low} to {high} months",
    alt=ALT,
    facts=_field_facts,
    shows=_field,
)
def field_specifications(shown: Curved, canvas: Canvas) -> Drawing:
    """The curve of the wider field."""
    return _drawn(shown, canvas, "Doubling time (months)")


def _drawn(shown: Curved, canvas: Canvas, label: str) -> Drawing:
    """The curve over its options."""
    places = _places(shown)
    below = ROW_HEIGHT * (max(places.values()) + 1)
    drawn = canvas.figure((CURVE_HEIGHT + below) / canvas.height_share)
    above, rows = drawn.subplots(2, 1, sharex=True, height_ratios=[CURVE_HEIGHT, below])
    room = ROOM * (shown.months[-1] - shown.months[0])
    above.set_xlim(shown.months[0] - room, shown.months[-1] + room)
    for axes in (above, rows):
        axes.axvspan(*np.percentile(shown.months, [LOW, HIGH]), color=BLUE, alpha=BAND_OPACITY, linewidth=0, zorder=0)
        axes.axvline(shown.headline.doubling_time_months, color=ORANGE, linewidth=1.2)
    _draw_curve(above, shown)
    _draw_options(rows, shown, places)
    rows.set_xlabel(label)
    return Drawing(figure=drawn, content=shown)


def _draw_curve(axes: Axes, shown: Curved) -> None:
    """All specifications from the shortest to the longest."""
    axes.plot(shown.months, range(1, len(shown.months) + 1), color=BLUE)
    # Over its axis, so that the words around the figure name what both panels measure: the time.
    axes.set_title("Specifications", loc="left")
    axes.tick_params(axis="x", labelbottom=False)
    months = shown.headline.doubling_time_months
    # The curve leaves the lower right and the upper left empty.
    late = 2 * months > sum(axes.get_xlim())
    axes.annotate(
        f"headline, {numeral(months, 2)}",
        (months, len(shown.months) if late else 0),
        xytext=(-5 if late else 5, 0),
        textcoords="offset points",
        ha="right" if late else "left",
        va="top" if late else "bottom",
        color=ORANGE,
    )


def _places(shown: Curved) -> dict[str, int]:
    """The line of each choice and of each of its options, from the top."""
    return {name: place for place, name in enumerate(_names(shown))}


def _names(shown: Curved) -> Iterator[str]:
    choice = ""
    for row in shown.rows:
        if row["choice"] != choice:
            choice = row["choice"]
            yield choice
        yield row["option"]


def _draw_options(axes: Axes, shown: Curved, places: dict[str, int]) -> None:
    """A row per option: its specifications, and their median, marked where it is an option of the headline."""
    axes.set_yticks(list(places.values()), list(places))
    axes.set_ylim(len(places) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    for label in axes.get_yticklabels():
        if label.get_text() not in shown.of_option:
            label.set(fontweight="bold", color=INK)
    for row in shown.rows:
        place, option = places[row["option"]], row["option"]
        axes.vlines(shown.of_option[option], place - TICK, place + TICK, color=MUTED, alpha=TICK_OPACITY, linewidth=0.6)
        of_headline = option in shown.headline.labels
        axes.scatter(
            [row["months"]],
            [place],
            s=POINT,
            color=ORANGE if of_headline else BLUE,
            marker="D" if of_headline else "o",
            linewidths=0,
            zorder=3,
            gid=_gid(row),
        )


def _gid(row: dict[str, Any]) -> str:
    """The id of the part that shows a row."""
    return f"point.{row_id(row, 'option')}"
