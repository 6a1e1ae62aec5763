"""The figures of algorithmic progress: halving times of several studies, and what effective compute is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from analysis.figures.canvas import Canvas, Content, Drawing, month_ticks, powers_around, ratio_axis
from analysis.figures.look import BLUE, GREEN, INK, MUTED, ORANGE, typeset
from analysis.figures.phrases import in_words
from analysis.figures.registry import figure
from analysis.figures.svg_parts import READ_OUT_DIGITS, row_id
from analysis.numerals import numeral, spelled
from analysis.results.collect import Findings
from analysis.results.language_progress import PREFIX as LANGUAGE
from analysis.results.language_progress import VARIANTS

# Label in the figure and quantity of each study, from the oldest to the newest.
STUDIES: Final = (
    ("AlexNet's accuracy,\nrecords to 2019", "efficiency.alexnet.doubling_time"),
    ("Image classifiers\nto 2022", "efficiency.vision2022.halving_time"),
    ("Language models\nto 2023", f"{LANGUAGE}.halving_time"),
)
CHOICES: Final = "Language models,\nchoices of the fit"
ROOM: Final = {"below": 0.08, "above": 0.08}
DOT: Final = 44
# The parts of effective compute: label, quantity and colour, from the largest to the smallest of the first two.
PARTS: Final = (
    ("spending", "spending.growth_per_year", ORANGE),
    ("compute per dollar", "compute_per_dollar.growth_per_year", GREEN),
    ("algorithms", f"{LANGUAGE}.growth_per_year", BLUE),
)
WHOLE: Final = ("effective compute", "effective.growth_per_year", INK)
BAR: Final = 11.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HalvingTimes(Content):
    """A row per study, and one per choice of the fit."""


def halving_times_shown(findings: Findings) -> HalvingTimes:
    """The halving time of each study with its interval, and those that choices of the fit alone give."""
    names = [*STUDIES, *((CHOICES, f"{LANGUAGE}.halving_time{variant.ending}") for variant in VARIANTS)]
    rows = tuple(_row(findings, label, name) for label, name in names)
    return HalvingTimes(
        rows=rows,
        key="quantity",
        words={_gid(row): f"{row['study']}, {_read_out(row['halving_time_months'], 'month')}" for row in rows},
        quantities={row["quantity"]: row["quantity"] for row in rows},
    )


def _row(findings: Findings, label: str, name: str) -> dict[str, Any]:
    quantity = findings.results[name]
    return {
        "quantity": name,
        "study": label.replace("\n", " "),
        "halving_time_months": quantity.value,
        "halving_time_months_low": quantity.low,
        "halving_time_months_high": quantity.high,
    }


def _times_facts(findings: Findings) -> dict[str, str]:
    shown = halving_times_shown(findings)
    values = [row["halving_time_months"] for row in shown.rows]
    chosen = [row["halving_time_months"] for row in shown.rows if row["study"] == CHOICES.replace("\n", " ")]
    studies = values[: len(STUDIES)]
    return {
        "n": in_words(float(len(STUDIES))),
        "fastest": numeral(min(studies), 2),
        "slowest": numeral(max(studies), 2),
        "chosen_low": numeral(min(chosen), 2),
        "chosen_high": numeral(max(chosen), 2),
        "n_chosen": numeral(len(chosen)),
    }


@figure(
    "efficiency.halving_times",
    number=26,
    since="2026-11",
    title="In our fits to the data of {n} studies, the compute needed halves every {fastest} to {slowest} months",
    alt=(
        "Dot plot of halving times in months on a logarithmic axis with one row per study: AlexNet's accuracy, image "
        "classifiers and language models, between {fastest} and {slowest} months, each with a bar for its interval. "
        "The bars of the newer studies are several times as long as that of the first, and all bars overlap. A last "
        "row shows {n_chosen} choices of how to fit the language models, from {chosen_low} to {chosen_high} months."
    ),
    facts=_times_facts,
    shows=halving_times_shown,
    controls=("intervals",),
)
def halving_times(shown: HalvingTimes, canvas: Canvas) -> Drawing:
    """One row per study with its interval, and one for the choices of the fit."""
    drawn = canvas.figure(3.6)
    axes = drawn.add_subplot()
    labels = [*(label for label, _ in STUDIES), CHOICES]
    ends = [
        value for row in shown.rows for key, value in row.items() if key.startswith("halving") and value is not None
    ]
    limits = powers_around(ends, **ROOM)
    axes.set_xlim(*limits)
    axes.set_xlabel("Halving time (months)")
    ratio_axis(axes, month_ticks(limits))
    axes.set_yticks(range(len(labels)), [typeset(label) for label in labels])
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    for place, row in enumerate(shown.rows):
        _dot(axes, row, min(place, len(STUDIES)), chosen=place >= len(STUDIES))
    return Drawing(figure=drawn, content=shown)


def _dot(axes: Axes, row: dict[str, Any], place: int, *, chosen: bool) -> None:
    name = row_id(row, "quantity")
    if row["halving_time_months_low"] is not None:
        axes.plot(
            [row["halving_time_months_low"], row["halving_time_months_high"]],
            [place, place],
            color=BLUE,
            linewidth=4,
            alpha=0.3,
            solid_capstyle="round",
            gid=f"error-bar.{name}",
        )
    axes.scatter(
        [row["halving_time_months"]],
        [place],
        s=DOT,
        color=MUTED if chosen else BLUE,
        marker="D" if chosen else "o",
        linewidths=0,
        zorder=3,
        gid=_gid(row),
    )


def parts_shown(findings: Findings) -> Content:
    """The growth of each part of effective compute per year, and of the whole."""
    rows: tuple[dict[str, Any], ...] = tuple(
        {"quantity": name, "part": label, "growth_per_year": findings.results.value(name)}
        for label, name, _ in (*PARTS, WHOLE)
    )
    return Content(
        rows=rows,
        key="quantity",
        words={_gid(row): f"{row['part']}, {_read_out(row['growth_per_year'], 'x/year')}" for row in rows},
        quantities={row["quantity"]: row["quantity"] for row in rows},
    )


def _parts_facts(findings: Findings) -> dict[str, str]:
    return {
        "share": numeral(findings.results.value("effective.share_of_algorithms"), 2),
        **{label.replace(" ", "_"): numeral(findings.results.value(name), 2) for label, name, _ in (*PARTS, WHOLE)},
    }


@figure(
    "effective.growth",
    number=27,
    since="2026-11",
    title="Algorithms account for {share}% of the growth of effective compute",
    alt=(
        "Bar plot of growth per year on a logarithmic axis, so that lengths add up. Spending grows {spending} times, "
        "compute per dollar {compute_per_dollar} times and what algorithms save {algorithms} times; each bar begins "
        "where the one before it ends. Together they reach the last bar, effective compute, at {effective_compute} "
        "times a year."
    ),
    facts=_parts_facts,
    shows=parts_shown,
)
def effective_growth(shown: Content, canvas: Canvas) -> Drawing:
    """Each part from where the one before it ends, and the whole below them."""
    drawn = canvas.figure(3.0)
    axes = drawn.add_subplot()
    whole = shown.rows[-1]["growth_per_year"]
    axes.set_xlim(1, whole * 2.0)
    axes.set_xlabel("Growth per year (factor)")
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(FixedLocator([1, 2, 3, 5, 10]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: numeral(x)))
    axes.set_yticks(range(len(shown.rows)), [row["part"] for row in shown.rows])
    axes.set_ylim(len(shown.rows) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    for place, (start, end) in enumerate(_spans([row["growth_per_year"] for row in shown.rows[:-1]])):
        _bar(axes, shown.rows[place], place, start, end, PARTS[place][2])
    _bar(axes, shown.rows[-1], len(shown.rows) - 1, 1.0, whole, WHOLE[2])
    return Drawing(figure=drawn, content=shown)


def _spans(growths: Sequence[float]) -> list[tuple[float, float]]:
    """Where each factor begins and ends if it multiplies those before it."""
    spans, start = [], 1.0
    for growth in growths:
        spans.append((start, start * growth))
        start *= growth
    return spans


def _bar(axes: Axes, row: dict[str, Any], place: int, start: float, end: float, colour: str) -> None:
    axes.plot([start, end], [place, place], color=colour, linewidth=BAR, solid_capstyle="butt")
    axes.scatter([end], [place], s=DOT, color=colour, linewidths=0, zorder=3, gid=_gid(row))
    axes.annotate(
        f"×{numeral(row['growth_per_year'], 2)}",
        (end, place),
        xytext=(9, 0),
        textcoords="offset points",
        va="center",
        color=colour,
    )


def _gid(row: dict[str, Any]) -> str:
    """The id of the part that shows a row."""
    return f"point.{row_id(row, 'quantity')}"


def _read_out(value: float, unit: str) -> str:
    return spelled(value, unit, READ_OUT_DIGITS)
