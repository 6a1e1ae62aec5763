"""What the templates of components may call, in both faces: links, numbers, citations and formulas of one page."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from markupsafe import Markup

from analysis.contract import Claim
from analysis.numerals import grouped, numeral
from analysis.record_text import copied_with_numbers, with_numbers
from site_src import addresses
from site_src.citing.works import short_text
from site_src.components.citation import cites
from site_src.components.edition_links import linked
from site_src.components.formula import formula
from site_src.components.number import Number
from site_src.components.provenance import record_link
from site_src.context import PageContext
from site_src.errors import find
from site_src.formatting import (
    METHODS,
    SHORT_DIGITS,
    abbreviated,
    beside_printed,
    counted_as,
    full_stop,
    in_a_row,
    large_count,
    limit_of,
    percent,
    plain_name,
    range_in_a_row,
    unit_label,
)

# A published number of so many letters is not broken at the end of a line.
LONGEST_ON_ONE_LINE: Final = 24


def helpers(context: PageContext) -> dict[str, Any]:
    """The functions by the names under which templates call them, each bound to the page."""
    bound: tuple[Callable[..., Any], ...] = (
        cites,
        claim_link,
        formula,
        linked,
        named_quantity,
        quantity,
        quantity_link,
        record_link,
        reference_link,
        rendered,
    )
    return {
        **{function.__name__: partial(function, context) for function in bound},
        "abbreviated": abbreviated,
        "addresses": addresses,
        "beside_printed": beside_printed,
        "bound": lambda value: "none" if value is None else numeral(value, SHORT_DIGITS),
        "counted_as": counted_as,
        "full_stop": full_stop,
        "grouped": grouped,
        "in_a_row": in_a_row,
        "large_count": large_count,
        "joined": "; ".join,
        "limit_of": limit_of,
        "method": METHODS.__getitem__,
        "numeral": numeral,
        "percent": percent,
        "range_in_a_row": range_in_a_row,
        "titles": context.site.titles,
        "unit_label": unit_label,
        "url": context.url,
    }


def quantity(context: PageContext, name: str) -> Number:
    """A quantity by its name. Raises: PageError."""
    return Number.of(context, find(context.bundle.results, name, "quantity"))


def quantity_link(context: PageContext, name: str) -> Markup:
    """The name of a quantity, linked to its entry."""
    return linked(context, addresses.quantity_row(name), context.face.inline.code(name))


def named_quantity(context: PageContext, edition: str, name: str) -> Markup:
    """A quantity in the words of an edition, linked to its entry."""
    record = find(context.site.bundles[edition].results, name, "quantity")
    return linked(context, addresses.quantity_row(name), plain_name(record))


def claim_link(context: PageContext, claim: Claim, text: str) -> Markup:
    """A text linked to the row of a published statement; a short one stays on one line."""
    kind = "claim nowrap" if len(text) <= LONGEST_ON_ONE_LINE else "claim"
    return linked(context, addresses.ledger_row(claim), text, kind)


def reference_link(context: PageContext, key: str) -> Markup:
    """A work by author and year, linked to its place in the bibliography."""
    return linked(context, addresses.reference_row(key), short_text(context.bundle.references[key]))


def rendered(context: PageContext, text: str) -> Markup:
    """Text of a data record: what it holds is shown as it is, with a number in place of the name of a quantity."""
    write = copied_with_numbers if context.is_copy else with_numbers
    return Markup(write(text, lambda name: str(quantity(context, name))))  # noqa: S704 - escaped part by part
