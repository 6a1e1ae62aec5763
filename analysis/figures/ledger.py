"""The figure of the ledger: every printed result of a worked calculation over what its printed factors give."""

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures.canvas import Canvas, Content, Drawing
from analysis.figures.look import BLUE, GREY, INK, ORANGE
from analysis.figures.phrases import in_words
from analysis.figures.registry import figure
from analysis.figures.svg_parts import READ_OUT_DIGITS, slug
from analysis.model.worked import Worked
from analysis.numerals import numeral
from analysis.results.claims import LedgerRow
from analysis.results.collect import Findings

METHOD_WORDS = {"operations": "operations", "gpu_time": "GPU time"}
# The axis reaches at least so far each way, and beyond the outermost dot by a share of its length, for what names it.
LEAST_PERCENT = 25
ROOM = 0.16
ROOM_WHEN_NARROW = 0.3
GAP_PT = 7
MINUS = "−"


def _facts(findings: Findings) -> dict[str, str]:
    """How many dots lie where, and which are outermost."""
    dots = sorted(_compared(findings), key=lambda pair: pair[1].ratio or 0.0)
    ratios = [row.ratio or 0.0 for _, row in dots]
    band = findings.study.constant("claimed_accuracy_low")
    share = findings.results.value("claims.rule.exact_share") / 100
    inside = sum(1 / band <= ratio <= band for ratio in ratios)
    close = sum(abs(ratio - 1) <= share for ratio in ratios)
    return {
        "exact": f"{close} of {len(ratios)}",
        "count": in_words(float(len(ratios))),
        "close": in_words(float(close)),
        "lowest": _at(*dots[0]),
        "highest": _at(*dots[-1]),
        "inside": "all" if inside == len(ratios) else f"{in_words(float(inside))} of them",
    }


def _at(calculation: Worked, row: LedgerRow) -> str:
    ratio = numeral(row.ratio or 0.0, READ_OUT_DIGITS)
    return f"{calculation.system_name} by {METHOD_WORDS[calculation.method]} at {ratio}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A printed result of a calculation, by its unit and its place from the top; `gid` is the id of its mark."""

    place: int
    unit: str
    ratio: float
    gid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratios(Content):
    """The dots, the system and method of each calculation by its error, and the percentage that counts as exact."""

    dots: tuple[Dot, ...]
    calculations: tuple[tuple[str, str], ...]
    exact_percent: float


def printed_ratios(findings: Findings) -> Ratios:
    """The ratio of every printed result to the recomputed one."""
    compared = _compared(findings)
    errors: dict[str, float] = {}
    for calculation, row in compared:
        errors[calculation.name] = max(errors.get(calculation.name, 0.0), abs((row.ratio or 0.0) - 1))
    order = sorted(errors, key=lambda name: -errors[name])
    printed = {calculation.name: calculation for calculation, _ in compared}
    places = {name: place for place, name in enumerate(order)}
    return Ratios(
        rows=tuple(
            {
                "calculation": calculation.name,
                "claim": row.claim.id,
                "printed": row.claim.value,
                "recomputed": row.ours,
                "unit": row.claim.unit,
                "ratio": row.ratio,
                "verdict": row.verdict,
            }
            for calculation, row in compared
        ),
        key="claim",
        words={_gid(row): _words(calculation, row) for calculation, row in compared},
        dots=tuple(
            Dot(place=places[c.name], unit=row.claim.unit, ratio=row.ratio or 0.0, gid=_gid(row)) for c, row in compared
        ),
        calculations=tuple((printed[name].system_label, METHOD_WORDS[printed[name].method]) for name in order),
        exact_percent=findings.results.value("claims.rule.exact_share"),
    )


@figure(
    "ledger.worked_ratios",
    number=8,
    since="2018-05",
    title="{exact} printed results are within {claims.rule.exact_share} of what their factors give",
    alt=(
        "Dot plot with one row for each worked calculation of the appendix, the largest error at the top; the "
        "horizontal axis is how far the printed result is from the product of the printed factors, in percent. "
        "{close:Words} of the {count} dots lie in the shaded band, within {claims.rule.exact_share}. The smallest is "
        "{lowest} of the product, the largest {highest}; {inside} lie within the factor of "
        "{constant.claimed_accuracy_low.value:words} each way that the authors aim at."
    ),
    facts=_facts,
    shows=printed_ratios,
)
def worked_ratios(shown: Ratios, canvas: Canvas) -> Drawing:
    """How far every worked calculation is from the product of its factors, in PF and in pfs-days."""
    drawn = canvas.figure(4.8 if canvas.roomy else 8.0)
    axes = drawn.add_subplot()
    axes.axvspan(-shown.exact_percent, shown.exact_percent, color=GREY, alpha=0.16, linewidth=0)
    axes.axvline(0, color=GREY, linewidth=0.8)
    for unit, colour, marker, offset, label in (
        ("PF", BLUE, "o", -0.14, "printed PF"),
        ("pfs-day", ORANGE, "D", 0.14, "printed pfs-days"),
    ):
        look: dict[str, Any] = {"s": 26, "color": colour, "marker": marker, "linewidths": 0, "zorder": 3}
        for dot in shown.dots:
            if dot.unit == unit:
                axes.scatter([_percent(dot.ratio)], [dot.place + offset], gid=dot.gid, **look)
        # An empty series gives the legend one entry per unit instead of one per dot.
        axes.scatter([], [], label=label, **look)
    _percent_axis(axes, shown, canvas)
    _name_errors(axes, shown)
    between = ", " if canvas.roomy else "\n"
    axes.set_yticks(range(len(shown.calculations)), [between.join(names) for names in shown.calculations])
    # Reversed, so that the largest error is at the top.
    axes.set_ylim(len(shown.calculations) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    drawn.legend(loc="outside upper right", ncols=2, handletextpad=0.2, columnspacing=1.0, borderaxespad=0.1)
    return Drawing(figure=drawn, content=shown)


def _percent(ratio: float) -> float:
    """How far a printed result is from the recomputed one, in percent of that."""
    return 100 * (ratio - 1)


def _percent_axis(axes: Axes, shown: Ratios, canvas: Canvas) -> None:
    """An axis of percentages, a quarter each way or as far as the outermost dot."""
    errors = [_percent(dot.ratio) for dot in shown.dots]
    low, high = min(-LEAST_PERCENT, *errors), max(LEAST_PERCENT, *errors)
    room = (ROOM if canvas.roomy else ROOM_WHEN_NARROW) * (high - low)
    axes.set_xlim(low - room, high + room)
    axes.xaxis.set_major_locator(MaxNLocator(6 if canvas.roomy else 4, steps=[1, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _signed(value)))
    axes.set_xlabel(f"{'Distance of the printed result from' if canvas.roomy else 'Printed against'} ours (percent)")


def _name_errors(axes: Axes, shown: Ratios) -> None:
    """The largest error of each calculation that is beyond what counts as exact, next to its dot."""
    for place in range(len(shown.calculations)):
        error = max((_percent(dot.ratio) for dot in shown.dots if dot.place == place), key=abs)
        if abs(error) > shown.exact_percent:
            side, gap = ("left", GAP_PT) if error > 0 else ("right", -GAP_PT)
            axes.annotate(
                _signed(round(error)),
                (error, place),
                xytext=(gap, 0),
                textcoords="offset points",
                ha=side,
                va="center",
                color=INK,
            )


def _signed(percent: float) -> str:
    return f"{'+' if percent > 0 else MINUS if percent < 0 else ''}{numeral(abs(round(percent, 6)))}%"


def _compared(findings: Findings) -> list[tuple[Worked, LedgerRow]]:
    """The printed calculations with the claims about their results, in order of name."""
    printed = {c.name: c for c in findings.study.calculations if c.role == "printed" and c.method in METHOD_WORDS}
    rows = [
        (printed[row.claim.compares], row) for row in findings.ledger if row.claim.compares in printed and row.ratio
    ]
    return sorted(rows, key=lambda pair: (pair[0].system_name.lower(), pair[0].id, pair[1].claim.unit))


def _gid(row: LedgerRow) -> str:
    """The id of the part that shows a printed result."""
    return f"point.{slug(row.claim.id)}"


def _words(calculation: Worked, row: LedgerRow) -> str:
    method, ratio = METHOD_WORDS[calculation.method], numeral(row.ratio or 0.0, READ_OUT_DIGITS)
    return f"{calculation.system_name}, {method}, {row.claim.unit}: printed over recomputed {ratio}"
