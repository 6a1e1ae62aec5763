"""The rows that a figure drew as a table: what each point stands for, with the way to where it comes from.

A script takes from it what it shows at a point, so that every number stands on the page once.
"""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

from analysis.contract import Figure, FigureColumn
from analysis.numerals import numeral
from site_src import addresses
from site_src.components.edition_links import way
from site_src.context import PageContext
from site_src.formatting import METHODS, SHORT_DIGITS, unit_label

# What the names of the columns of a range end in.
LOW: Final = "_low"
HIGH: Final = "_high"


def figure_data(context: PageContext, record: Figure, anchor: str) -> str:
    """The table as HTML: its rows are told by the row that a point names."""
    shown = [column for column in record.columns if _says_something(column, record)]
    head = "".join(f'<th scope="col" title="{escape(c.description)}">{escape(_heading(c))}</th>' for c in shown)
    rows = "".join(
        f'<tr id="{anchor}-row-{name}">{"".join(_cells(context, record, row, quantity, shown))}</tr>'
        for name, row, quantity in zip(record.row_ids, record.rows, record.row_quantities, strict=True)
    )
    return (
        f'<div class="data-table sortable" id="{anchor}-data" data-search-exclude>'
        f'<table aria-label="Data of figure {record.number}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _says_something(column: FigureColumn, record: Figure) -> bool:
    """Whether a reader needs a column: not an identifier, nor words that are the same in every row.

    The upper end of a range stands in the column of the lower end.
    """
    key = column.key
    if key.endswith(HIGH) and key.removesuffix(HIGH) + LOW in record.rows[0]:
        return False
    return key != "id" and (column.type != "string" or len({row[key] for row in record.rows}) > 1)


def _heading(column: FigureColumn) -> str:
    unit = unit_label(column.unit)
    return f"{column.label} ({unit})" if unit else column.label


def _cells(
    context: PageContext,
    record: Figure,
    row: Mapping[str, Any],
    quantity: str | None,
    columns: list[FigureColumn],
) -> Iterator[str]:
    for place, column in enumerate(columns):
        key = column.key
        text = _text(row, column)
        if target := _target(context, record.name, row, key, quantity):
            there = way(context, target)
            text = f'<a href="{there.address}">{text}{there.mark}</a>'
        if place == 0:
            yield f'<th scope="row">{text}</th>'
        elif column.type == "number":
            yield f'<td class="number" data-value="{"" if row[key] is None else row[key]}">{text}</td>'
        else:
            yield f'<td class="{column.type}">{text}</td>'


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
    return escape(METHODS[value] if key == "method" else str(value))


def _number(value: float) -> str:
    return numeral(value, SHORT_DIGITS)


def _target(context: PageContext, figure: str, row: Mapping[str, Any], key: str, quantity: str | None) -> str:
    """The page that tells where a row comes from, below docs/; nothing where there is none."""
    if key == "name":
        return _system_page(context, row) if figure.startswith("compute.") else _network_page(context, row)
    if key == "task" and quantity:
        return addresses.quantity_row(quantity)
    if key == "calculation":
        return addresses.calculation_row(context.bundle.worked[row[key]].system, row[key])
    return f"{addresses.LEDGER_PAGES['originals']}#{row[key]}" if key == "claim" else ""


def _system_page(context: PageContext, row: Mapping[str, Any]) -> str:
    """The calculation that a point of the chart is taken from."""
    used = context.bundle.systems[row["id"]].used
    return addresses.calculation_row(row["id"], f"worked.{addresses.name_part(row['id'])}.{used}")


def _network_page(context: PageContext, row: Mapping[str, Any]) -> str:
    """The network as it is counted here."""
    counted = {row["model"]: row["architecture"] for row in context.bundle.tables["efficiency.recounted"].rows}
    return addresses.network_page(str(counted[row["name"]])) if row["name"] in counted else ""
