"""The figure of the ledger: every printed result of a worked calculation over what its printed factors give."""

from dataclasses import dataclass
from typing import Any

from analysis.figures.canvas import Canvas, Content, Drawing, powers_around, ratio_axis
from analysis.figures.look import BLUE, GREY, ORANGE
from analysis.figures.phrases import in_words
from analysis.figures.registry import figure
from analysis.figures.svg_parts import READ_OUT_DIGITS, slug
from analysis.model.worked import Worked
from analysis.numerals import numeral
from analysis.results.claims import LedgerRow
from analysis.results.collect import Findings

METHOD_WORDS = {"operations": "operations", "gpu_time": "GPU time"}
# Decades beyond the band or the outermost dot.
ROOM = 0.08


def _facts(findings: Findings) -> dict[str, str]:
    """How many dots lie where, and which are outermost."""
    dots = sorted(_compared(findings), key=lambda pair: pair[1].ratio or 0.0)
    ratios = [row.ratio or 0.0 for _, row in dots]
    band = findings.study.constant("claimed_accuracy_low")
    share = findings.results.value("claims.rule.exact_share") / 100
    inside = sum(1 / band <= ratio <= band for ratio in ratios)
    return {
        "count": in_words(float(len(ratios))),
        "close": in_words(float(sum(abs(ratio - 1) <= share for ratio in ratios))),
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
    """The dots, the system and method of each calculation in order, and the factors that both bands reach each way."""

    dots: tuple[Dot, ...]
    calculations: tuple[tuple[str, str], ...]
    low: float
    high: float


def printed_ratios(findings: Findings) -> Ratios:
    """The ratio of every printed result to the recomputed one."""
    compared = _compared(findings)
    places = {name: place for place, name in enumerate(dict.fromkeys(c.name for c, _ in compared))}
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
        calculations=tuple({c.name: (c.system_label, METHOD_WORDS[c.method]) for c, _ in compared}.values()),
        low=findings.study.constant("claimed_accuracy_low"),
        high=findings.study.constant("claimed_accuracy_high"),
    )


@figure(
    "ledger.worked_ratios",
    number=8,
    since="2018-05",
    title="Printed results over recomputed ones",
    alt=(
        "Dot plot with one row for each worked calculation of the appendix; the horizontal logarithmic axis is the "
        "printed result divided by the product of the printed factors. {close:Words} of the {count} dots lie within "
        "{claims.rule.exact_share} of one. The lowest is {lowest}, the highest {highest}; {inside} lie inside the "
        "darker band, a factor of {constant.claimed_accuracy_low.value:words} each way."
    ),
    facts=_facts,
    shows=printed_ratios,
)
def worked_ratios(shown: Ratios, canvas: Canvas) -> Drawing:
    """The ratio of every worked calculation in PF and in pfs-days, with the band the authors aim at."""
    low, high = shown.low, shown.high
    drawn = canvas.figure(5.8 if canvas.roomy else 8.6)
    axes = drawn.add_subplot()
    axes.axvspan(1 / high, high, color=GREY, alpha=0.10, linewidth=0)
    axes.axvspan(1 / low, low, color=GREY, alpha=0.16, linewidth=0)
    axes.axvline(1, color=GREY, linewidth=0.8)
    for unit, colour, marker, offset, label in (
        ("PF", BLUE, "o", -0.14, "printed PF"),
        ("pfs-day", ORANGE, "D", 0.14, "printed pfs-days"),
    ):
        look: dict[str, Any] = {"s": 26, "color": colour, "marker": marker, "linewidths": 0, "zorder": 3}
        for dot in shown.dots:
            if dot.unit == unit:
                axes.scatter([dot.ratio], [dot.place + offset], gid=dot.gid, **look)
        # An empty series gives the legend one entry per unit instead of one per dot.
        axes.scatter([], [], label=label, **look)
    axes.set_xlim(*powers_around([1 / high, high, *(dot.ratio for dot in shown.dots)], below=ROOM, above=ROOM))
    ratio_axis(axes, (1 / high, 1 / low, 1, low, high) if canvas.roomy else (1 / low, 1, low))
    axes.set_xlabel("Printed over recomputed")
    between = ", " if canvas.roomy else "\n"
    axes.set_yticks(range(len(shown.calculations)), [between.join(names) for names in shown.calculations])
    # Reversed, so that the names read downwards like a list.
    axes.set_ylim(len(shown.calculations) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    drawn.legend(loc="outside upper right", ncols=2, handletextpad=0.2, columnspacing=1.0, borderaxespad=0.1)
    return Drawing(figure=drawn, content=shown)


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
