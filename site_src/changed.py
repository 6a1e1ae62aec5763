"""The numbers that moved between two editions, as a table: HTML, because each row opens to the records behind it."""

from collections.abc import Sequence
from html import escape
from typing import Final, Literal

from analysis.contract import Changes, MovedQuantity
from analysis.numerals import numeral
from site_src import tracing
from site_src.context import PageContext
from site_src.formatting import results_page, shortly

HEADINGS: Final = ("Number", "From", "To", "To over from", "Moved by")


def moved_table(context: PageContext, changes: Changes) -> str:
    """Each number that moved: from, to, by what ratio, and whether data or code moved it."""
    head = "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS)
    rows = "".join(_row(context, moved) for moved in changes.quantities.moved)
    return (
        '<div class="data-table sortable" data-search-exclude>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def name_list(context: PageContext, edition: str, names: Sequence[str]) -> str:
    """Numbers that came or went, folded, each a link to its entry in the edition that has it."""
    links = ", ".join(
        f'<a href="{context.url(f"../{edition}/{results_page(name)}#{name}")}"><code>{escape(name)}</code></a>'
        for name in names
    )
    count = "One number" if len(names) == 1 else f"{len(names)} numbers"
    return f'<div class="sortable"><details><summary>{count}</summary>{links}.</details></div>' if names else "None."


def _row(context: PageContext, moved: MovedQuantity) -> str:
    name = moved.name
    entry = context.url(f"{results_page(name)}#{name}")
    ratio = "–" if moved.ratio is None else numeral(moved.ratio, 4)
    return (
        f'<tr><td><a href="{entry}"><code>{escape(name)}</code></a></td>'
        f"{_number(moved, 'before')}{_number(moved, 'after')}"
        f'<td class="number">{ratio}</td><td>{_cause(context, moved)}</td></tr>'
    )


def _number(moved: MovedQuantity, side: Literal["before", "after"]) -> str:
    """A value, with the ends of its interval where they moved."""
    ends = [(name, getattr(end, side)) for name, end in (("low", moved.low), ("high", moved.high)) if end]
    bounds = [f"{name} {'none' if value is None else numeral(value, 4)}" for name, value in ends]
    interval = f"<br><small>{', '.join(bounds)}</small>" if bounds else ""
    value = moved.before if side == "before" else moved.after
    return f'<td class="number" data-value="{value}">{escape(shortly(value, moved.unit))}{interval}</td>'


def _cause(context: PageContext, moved: MovedQuantity) -> str:
    """Data, with the records that are not the same, or code."""
    if not moved.because:
        return escape(moved.cause)
    count = len(moved.because)
    records = ", ".join(tracing.record_link(context, record, moved.name) for record in moved.because)
    summary = f"{moved.cause}: {count} {'record' if count == 1 else 'records'}"
    return f"<details><summary>{escape(summary)}</summary>{records}</details>"
