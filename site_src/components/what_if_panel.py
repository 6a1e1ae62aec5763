"""The what-if panel of the compute post: its chart, its controls, and what its script starts from.

In: what_if.json and a published drawing of a bundle. Out: HTML and values for the templates of the panel. The chart is
that of a figure on the page, which the script copies, so that the page holds it once. Without scripts the panel shows
the published result.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from analysis.artifacts import Bundle
from analysis.contract import PublishedSettings, WhatIfFactor
from analysis.numerals import numeral
from analysis.record_text import script_json
from analysis.units import convert, to_base
from site_src import addresses
from site_src.components.figure import WIDTHS, Drawing, drawing
from site_src.components.number import Number
from site_src.context import PageContext

FIGURE: Final = "compute.modern_trend"
# More than any run takes; products of such numbers stay finite.
LARGEST: Final = 1e15
# Where a field takes any number above zero, it takes none smaller than this.
SMALLEST: Final = 1e-9
PERCENT: Final = "percent"
WAYS: Final = {"gpu_time": "devices and time", "operations": "operations counted"}
# What of a run is entered, in which unit and under which label; its other factors are constants.
ENTERED: Final = {
    "devices": ("device", "Devices"),
    "training_time": ("day", "Days"),
    "peak_rate": ("TFLOP/s", "Peak (TFLOP/s)"),
    "utilisation": (PERCENT, "Utilisation (%)"),
    "forward_macs": ("GMAC", "Multiply-adds a forward pass (billions)"),
    "images": ("image", "Examples"),
    "epochs": ("epoch", "Epochs"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A number to enter: its initial value, its bounds, and the base units in one of what is entered.

    `slider` holds the ends of its slider, where it has one.
    """

    name: str
    label: str
    value: float
    low: float = SMALLEST
    high: float = LARGEST
    scale: float = 1.0
    slider: tuple[float, float] | None = None

    @property
    def expected(self) -> str:
        """The message for anyone who enters something else."""
        low = "above 0" if self.low == SMALLEST else f"from {numeral(self.low)}"
        return f"Enter a number {low}, up to {numeral(self.high)}."


def panel(context: PageContext) -> str:
    """The panel as a block of the page; where no script runs, it shows the published result alone."""
    known = context.bundle.what_if
    drawn = context.component(
        "what_if",
        known=known,
        drawings=[_drawing(context.bundle, width) for width in WIDTHS],
        copied=f"#{addresses.exhibit_anchor('figure', FIGURE)}",
        data=Markup(script_json(json.loads(context.bundle.text("what_if.json")))),  # noqa: S704 - safe in a script
        results=_results(context),
        assumptions=_assumptions(known.published),
        years=list(range(known.published.first_year, known.last_year + 1)),
        domains=list(dict.fromkeys(point.domain for point in known.points)),
        ways=WAYS,
        runs={way: _run(way, known.runs[way]) for way in WAYS},
    )
    return context.block(drawn)


def _results(context: PageContext) -> list[tuple[str, Number, str]]:
    """The published results next to those of the panel: label, number, and the output that shows the reader's."""
    names = (f"compute.modern.{thing}" for thing in ("doubling_time", "growth_per_year", "n"))
    time, growth, count = (Number.of(context, context.bundle.results[name]) for name in names)
    return [
        ("Doubling time", time, "doubling-time"),
        ("Its 95% interval", replace(time, as_interval=True), "interval"),
        ("Growth", growth, "growth"),
        ("Systems", replace(count, bare=True), "n"),
    ]


def _drawing(bundle: Bundle, width: str) -> Drawing:
    return drawing(bundle.text(f"figures/{FIGURE}.{width}.inline.svg"), f"drawing-{width}")


def _assumptions(published: PublishedSettings) -> tuple[Field, ...]:
    return (
        Field(
            name="utilisation",
            label="Utilisation (%)",
            value=convert(published.utilisation, "1", PERCENT),
            high=100,
            scale=to_base(1, PERCENT),
            slider=(5, 100),
        ),
        Field(
            name="error",
            label="Error factor",
            value=published.error_factor,
            low=1,
            high=1000,
            slider=(1, 10),
        ),
    )


def _run(way: str, factors: Iterable[WhatIfFactor]) -> tuple[Field, ...]:
    """The fields of one way to estimate a run, in the order of the worked calculation."""
    entered = [(factor, *ENTERED[factor.name]) for factor in factors if factor.name in ENTERED]
    return tuple(
        Field(
            name=f"{way}.{factor.name}",
            label=label,
            value=convert(factor.value, factor.unit, unit),
            high=100 if unit == PERCENT else LARGEST,
            scale=to_base(1, unit),
        )
        for factor, unit, label in entered
    )
