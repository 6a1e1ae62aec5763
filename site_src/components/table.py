"""Tables in a page: numbered, captioned, to be downloaded, with each cell written as its column asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from analysis.contract import Column, Row, Table
from analysis.numerals import numeral
from site_src import addresses
from site_src.components.citation import cites, one_way_back
from site_src.components.edition_links import linked
from site_src.components.exhibit_links import exhibit_links, show_once
from site_src.components.network_groups import TABLE as NETWORKS
from site_src.components.network_groups import network_groups
from site_src.context import PageContext
from site_src.errors import find
from site_src.formatting import one_paragraph, unit_label

NUMBERS: Final = ("number", "from")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The heading of a column; those of numbers are to the right."""

    text: str
    is_number: bool


def table(context: PageContext, name: str, caption: str) -> str:
    """A table with number, caption and download. Raises: PageError."""
    record = find(context.bundle.tables, name, "table")
    show_once(context, "table", name)
    with one_way_back(context):
        rows = _LAYOUTS.get(name, _plain)(context, record)
    return context.component(
        "table",
        record=record,
        anchor=addresses.exhibit_anchor("table", name),
        caption=Markup(one_paragraph(caption)),  # noqa: S704 - Markdown of the page
        links=Markup(context.block(exhibit_links(context, "table", name))),  # noqa: S704 - a mark
        rows=Markup(context.block(rows)),  # noqa: S704
    )


def _plain(context: PageContext, record: Table) -> Markup:
    # The upper end of a range is in the column of the lower end.
    columns = [column for column in record.columns if column.kind != "to"]
    rows = [[_cell(context, row, column, record) for column in columns] for row in record.rows]
    headings = [Heading(text=_heading(column), is_number=column.kind in NUMBERS) for column in columns]
    return context.component("table_rows", headings=headings, rows=rows)


# Tables whose rows are not written one below the other.
_LAYOUTS: Final[Mapping[str, Callable[[PageContext, Table], Markup]]] = {NETWORKS: network_groups}


def _heading(column: Column) -> str:
    unit = unit_label(column.unit)
    return f"{column.label} ({unit})" if unit and column.label else column.label or unit


def _cell(context: PageContext, row: Row, column: Column, record: Table) -> Markup:
    value: Any = row[column.key]
    if column.kind == "from":
        end = record.columns[record.columns.index(column) + 1]
        return _range(context, value, row[end.key], column.digits)
    if value is None:
        return Markup("–")
    return _WRITERS[column.kind](context, value, column)


def _number(context: PageContext, value: float, column: Column) -> Markup:
    return context.face.text(numeral(value, column.digits))


def _system(context: PageContext, value: str, _column: Column) -> Markup:
    return linked(context, addresses.system_page(value), context.bundle.systems[value].name)


def _network(context: PageContext, value: str, _column: Column) -> Markup:
    return linked(context, addresses.network_page(value), context.bundle.architectures[value].title)


def _sources(context: PageContext, value: tuple[str, ...], _column: Column) -> Markup:
    return cites(context, *value)


def _text(context: PageContext, value: str, _column: Column) -> Markup:
    return context.face.text(str(value))


def _code(context: PageContext, value: str, _column: Column) -> Markup:
    code: Markup = context.face.inline.code(value) if value else Markup()
    return code


_WRITERS: Final[dict[str, Callable[[PageContext, Any, Column], Markup]]] = {
    "text": _text,
    "number": _number,
    "date": _text,
    "system": _system,
    "architecture": _network,
    "sources": _sources,
    "code": _code,
}


def _range(context: PageContext, low: float | None, high: Any, digits: int | None) -> Markup:
    """Two numbers as a range; a missing end says that there is no bound."""
    if low is None and high is None:
        return Markup("–")
    start, end = ("no bound" if number is None else numeral(number, digits) for number in (low, high))
    both: Markup = context.face.inline.nowrap(f"{start} to {end}")
    return both
