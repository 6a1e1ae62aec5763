"""The table of all notable models, to search, filter and sort; each row has an address of its own.

In: the table `data.models` of a bundle. Out: HTML whose filters work without scripts, and a plain table for the copy.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from analysis.numerals import numeral
from analysis.units import convert, to_base
from site_src import addresses
from site_src.components.edition_links import linked
from site_src.components.figure_controls import Choice, Group
from site_src.components.what_if_panel import PERCENT, Field
from site_src.context import PageContext
from site_src.errors import find
from site_src.formatting import SHORT_DIGITS

TABLE: Final = "data.models"
ACCELERATORS: Final = "data.accelerators"
# The run from which the estimate of a reader's own starts, besides the utilisation of the first post.
START: Final = {"devices": 1000.0, "days": 30.0}
FIRST_ACCELERATOR: Final = "NVIDIA H100 SXM5 80GB"
NOT_KNOWN: Final = "–"
UNKNOWN: Final = "unknown"
# What a reader can filter by: legend, then the words of each value. Rows carry the values.
FILTERS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "domain": (
        "Domains",
        {name: name for name in ("biology", "games", "language", "multimodal", "vision", "other")},
    ),
    "confidence": ("Confidence", {name: name for name in ("confident", "likely", "speculative")}),
    "open": ("Weights", {"yes": "open", "no": "closed", UNKNOWN: "not known"}),
    "years": (
        "Years",
        {"y0": "to 2009", "y2010": "2010 to 2017", "y2018": "2018 to 2022", "y2023": "2023 on"},
    ),
}
# The first year of each period of the filter, latest first.
PERIODS: Final = {2023: "y2023", 2018: "y2018", 2010: "y2010", 0: "y0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A row as it is written: the anchor, its filters' values, and its cells."""

    id: str
    name: str
    link: str
    date: str
    organisations: str
    domains: str
    flop: str
    flop_value: float
    confidence: str
    parameters: str
    parameters_value: float
    cost: str
    cost_value: float
    weights: str
    charted: Markup
    filters: Mapping[str, str]


def models_table(context: PageContext) -> Markup:
    """Every model of the edition, newest first."""
    table = find(context.bundle.tables, TABLE, "table")
    return context.component("models", models=list(_models(context, table.rows)), filters=list(_filters()))


def own_run(context: PageContext) -> Markup:
    """A form that estimates a reader's own run and finds its place in the table; without scripts it is hidden."""
    rows: Iterable[Mapping[str, Any]] = find(context.bundle.tables, ACCELERATORS, "table").rows
    peaks = {row["name"]: row["best"] for row in rows if row["best"] is not None}
    utilisation = context.bundle.results["constant.gpu_utilisation_charted.value"].value
    fields = (
        Field(name="devices", label="Devices", value=START["devices"]),
        Field(name="days", label="Days", value=START["days"], scale=to_base(1, "day")),
        Field(name="peak", label="Peak (TFLOP/s)", value=peaks[FIRST_ACCELERATOR], scale=to_base(1, "TFLOP/s")),
        Field(
            name="utilisation",
            label="Utilisation (%)",
            value=convert(utilisation, "1", PERCENT),
            high=100,
            scale=to_base(1, PERCENT),
        ),
    )
    return context.component("own_run", fields=fields, accelerators=peaks, pfs_day=to_base(1, "pfs-day"))


def _filters() -> Iterator[Group]:
    for name, (legend, values) in FILTERS.items():
        choices = (
            Choice(name=f"models-{name}-{value}", value=value, words=words, checked=True)
            for value, words in values.items()
        )
        yield Group(legend=legend, kind="checkbox", choices=tuple(choices))


def _models(context: PageContext, rows: Iterable[Mapping[str, Any]]) -> Iterator[Model]:
    drawn: Iterable[Mapping[str, Any]] = context.bundle.figures["compute.field"].rows
    groups = {row["model"]: row["domain"] for row in drawn}
    for row in rows:
        year = int(row["date"][:4])
        weights = row["open_weights"] or UNKNOWN
        yield Model(
            id=row["id"],
            name=row["name"],
            link=row["link"],
            date=row["date"],
            organisations=row["organisations"] or NOT_KNOWN,
            domains=row["domains"] or NOT_KNOWN,
            flop=numeral(row["flop"], SHORT_DIGITS),
            flop_value=row["flop"],
            confidence=row["confidence"],
            parameters=_number(row["parameters"]),
            parameters_value=row["parameters"] or 0.0,
            cost=_number(row["cost_usd_2023"]),
            cost_value=row["cost_usd_2023"] or 0.0,
            weights=FILTERS["open"][1][weights],
            charted=_charted(context, row["system"]),
            filters={
                "domain": groups[row["id"]],
                "confidence": row["confidence"],
                "open": weights,
                "years": next(period for first, period in PERIODS.items() if year >= first),
            },
        )


def _number(value: float | None) -> str:
    return NOT_KNOWN if value is None else numeral(value, 2)


def _charted(context: PageContext, system: Any) -> Markup:
    if not system:
        return context.face.text(NOT_KNOWN)
    return linked(context, addresses.system_page(system), context.bundle.systems[system].name)
