"""The rows that a figure drew as a table: what each point is, with links to where it comes from.

A script takes from it what it shows at a point, so that every number is on the page once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from analysis.contract import Figure, FigureColumn
from analysis.numerals import numeral
from site_src import addresses
from site_src.components.edition_links import linked
from site_src.context import PageContext
from site_src.formatting import METHODS, SHORT_DIGITS, unit_label

# What the names of the columns of a range end in.
LOW: Final = "_low"
HIGH: Final = "_high"
# Columns that say what a row is about to a program, not to a reader.
IDENTIFIERS: Final = frozenset({"id", "model", "run", "system"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of the table: what it says, the type of its column, and the number by which it is sorted."""

    text: Markup
    kind: str
    value: Any


def figure_data(context: PageContext, record: Figure) -> Markup:
    """The table; the anchors of its rows end in the rows that points name."""
    columns = [column for column in record.columns if _says_something(column, record)]
    rows = {
        name: list(_cells(context, record, row, columns, quantity=quantity))
        for name, row, quantity in zip(record.row_ids, record.rows, record.row_quantities, strict=True)
    }
    anchor = addresses.exhibit_anchor("figure", record.name)
    headings = [(_heading(column), column.description) for column in columns]
    return context.component("figure_data", record=record, anchor=anchor, headings=headings, rows=rows)


def _says_something(column: FigureColumn, record: Figure) -> bool:
    """Whether a reader needs a column: not an identifier, nor words that are the same in every row.

    The upper end of a range is in the column of the lower end.
    """
    key = column.key
    if key.endswith(HIGH) and key.removesuffix(HIGH) + LOW in record.rows[0]:
        return False
    return key not in IDENTIFIERS and (column.type != "string" or len({row[key] for row in record.rows}) > 1)


def _heading(column: FigureColumn) -> str:
    unit = unit_label(column.unit)
    return f"{column.label} ({unit})" if unit else column.label


def _cells(
    context: PageContext, record: Figure, row: Mapping[str, Any], columns: list[FigureColumn], *, quantity: str | None
) -> Iterator[Cell]:
    for column in columns:
        text = _text(row, column)
        place = _place(context, record.name, row, column.key, quantity=quantity)
        words = linked(context, place, text) if place else context.face.text(text)
        yield Cell(text=words, kind=column.type, value="" if row[column.key] is None else row[column.key])


def _text(row: Mapping[str, Any], column: FigureColumn) -> str:
    key, value = column.key, row[column.key]
    if value is None:
        return "–"
    if key.endswith(LOW):
        return f"{_number(value)} to {_number(row[key.removesuffix(LOW) + HIGH])}"
    if column.type == "number":
        return _number(value)
    if column.type == "boolean":
        return "yes" if value else "no"
    return METHODS[value] if key == "method" else str(value)


def _number(value: float) -> str:
    return numeral(value, SHORT_DIGITS)


def _place(context: PageContext, figure: str, row: Mapping[str, Any], key: str, *, quantity: str | None) -> str:
    """Where the value of a row comes from; nothing where no page shows it."""
    if key == "name":
        return _named_place(context, figure, row)
    if key == "task" and quantity:
        return addresses.quantity_row(quantity)
    if key == "calculation":
        return addresses.calculation_row(context.bundle.worked[row[key]].system, row[key])
    return addresses.originals_row(row[key]) if key == "claim" else ""


def _named_place(context: PageContext, figure: str, row: Mapping[str, Any]) -> str:
    """The page of what a row names; nothing for a point that only the figure knows."""
    if model := row.get("model"):
        return addresses.model_row(model)
    if system := row.get("system"):
        return _system_place(context, system)
    if "run" in row:
        return ""
    return _system_place(context, row["id"]) if figure.startswith("compute.") else _network_place(context, row)


def _system_place(context: PageContext, name: str) -> str:
    """The calculation that a point of the chart is taken from."""
    system = context.bundle.systems[name]
    return addresses.calculation_row(system.id, f"worked.{addresses.name_part(system.id)}.{system.used}")


def _network_place(context: PageContext, row: Mapping[str, Any]) -> str:
    """The network as it is counted here."""
    counted = {row["model"]: row["architecture"] for row in context.bundle.tables["efficiency.recounted"].rows}
    return addresses.network_page(str(counted[row["name"]])) if row["name"] in counted else ""
