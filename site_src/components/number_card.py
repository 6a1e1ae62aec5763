"""A number that opens: the card with value, formula, inputs and sources, and its entry among the results.

HTML, because a page may hold hundreds of them, and Markdown of this size is slow.
"""

from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Final

from latex2mathml.converter import convert as mathml_of

from analysis.contract import Claim, Quantity, Symbol
from site_src import addresses
from site_src.citing.works import short_text
from site_src.components import backlinks, provenance
from site_src.components.edition_links import way
from site_src.components.number import Number
from site_src.context import PageContext
from site_src.formatting import beside_printed, shortly, unit_label

# More origins than this are folded away.
MOST_IN_LINE: Final = 3


def cards(context: PageContext) -> str:
    """One card for every number that the page shows, to be opened where it stands in the text."""
    if not context.numbers:
        return ""
    opened = "".join(
        f'<div popover id="card-{name}" class="number-card" role="dialog" tabindex="-1" aria-label="{escape(name)}">'
        f"{_card(context, record)}{_links(context, record)}</div>"
        for name, record in context.numbers.items()
    )
    # On paper the cards are end notes, each with the address of its entry below that of the edition.
    edition = f"{context.site.address}{context.bundle.edition.id}/"
    title = f'<p class="cards-title">Numbers on this page <small>Addresses below {edition}</small></p>'
    return f'<div class="number-cards" data-search-exclude>{title}{opened}</div>'


def entry(context: PageContext, record: Quantity, made_into: Sequence[str]) -> str:
    """The entry of a number on its results page; its anchor is its name and never changes."""
    name = record.name
    return (
        f'<section class="quantity-entry" id="{name}" aria-label="{escape(name)}">'
        f'<p class="quantity-name"><a href="#{name}"><code>{escape(name)}</code></a></p>'
        f"{_card(context, record)}"
        f'<div data-search-exclude class="quantity-trace">{_rests_on(context, name)}{_made_into(context, made_into)}'
        f"<p>{backlinks.mark('Stated', name)}</p>{_history(context, name)}{_compared(context, name)}</div></section>"
    )


def _card(context: PageContext, record: Quantity) -> str:
    return (
        f'<p class="card-value"><strong>{escape(Number.of(context, record).text)}</strong> {_exactly(record)}</p>'
        f"<p>{escape(record.summary)}</p>{_interval(record)}"
        f'<div class="card-formula" data-search-exclude>{mathml(record.formula, display="block")}</div>'
        f'<div class="card-formula" data-search-exclude>{mathml(record.filled, display="block")}</div>'
        f"{_symbols(context, record)}{_sources(context, record)}"
    )


def _exactly(record: Quantity) -> str:
    unit = unit_label(record.unit)
    value = record.value if isinstance(record.value, int) else f"{record.value:.12g}"
    return f"<span>exactly <code>{value}</code>{' ' + escape(unit) if unit else ''}</span>"


def _interval(record: Quantity) -> str:
    if not record.interval:
        return ""
    low, high = ("no bound" if end is None else f"<code>{end}</code>" for end in (record.low, record.high))
    return f"<p>From {low} to {high} {escape(unit_label(record.unit))}: {escape(record.interval)}.</p>"


def _symbols(context: PageContext, record: Quantity) -> str:
    """What each sign of the formula stands for, with its value and a link to where that comes from."""
    symbols = record.symbols
    before = [None, *(symbol.record for symbol in symbols)]
    lines = "".join(
        f"<li>{_symbol(symbol)}{_origin(context, record.name, symbol, told)}</li>"
        for symbol, told in zip(symbols, before, strict=False)
    )
    return f'<ul class="card-symbols" data-search-exclude>{lines}</ul>'


def _symbol(symbol: Symbol) -> str:
    equal = "" if symbol.value is None else f" = {escape(shortly(symbol.value, symbol.unit))}"
    return f"{mathml(symbol.symbol)}{equal}: {escape(symbol.label)}"


def _origin(context: PageContext, quantity: str, symbol: Symbol, told: str | None) -> str:
    """The quantities or the record that a symbol is taken from, as links; not again the record `told` last."""
    names = [symbol.name] if symbol.name else symbol.names
    links = [_quantity_link(context, name) for name in names]
    if symbol.record and symbol.record != told:
        links.append(provenance.record_link(context, symbol.record, quantity))
    if len(links) > MOST_IN_LINE:
        return f"<details><summary>{len(links)} numbers</summary>{', '.join(links)}</details>"
    return f" ({', '.join(links)})" if links else ""


def _sources(context: PageContext, record: Quantity) -> str:
    references = context.bundle.references
    links = "; ".join(
        f'<a href="{context.url(addresses.reference_row(key))}">{escape(short_text(references[key]))}</a>'
        for key in record.sources
    )
    return f'<p class="card-sources" data-search-exclude>Sources: {links}.</p>'


def _links(context: PageContext, record: Quantity) -> str:
    """The way from a card to the entry, and to the same entry in the edition that the number is taken from."""
    place = f"{addresses.results_page(record.name)}#{record.name}"
    edition = context.bundle.edition.id
    # Where the number is another in the edition that is read, the permanent link alone leads to this one.
    leaves = way(context, place).edition
    within = "" if leaves else f'<a href="{context.url(place)}">All about this number</a> · '
    return (
        f'<p class="card-links">{within}'
        f'<a href="{context.url(addresses.in_edition(edition, place))}">Permanent link, edition {edition}</a></p>'
        f'<p class="card-address">{addresses.results_page(record.name).removesuffix(".md")}/#{record.name}</p>'
    )


def _rests_on(context: PageContext, name: str) -> str:
    records = context.bundle.results[name].rests_on
    links = ", ".join(provenance.record_link(context, record, name) for record in records)
    count = f"{len(records)} records" if len(records) > 1 else "one record"
    return f"<details><summary>Rests on {count}</summary><p>{links}.</p></details>"


def _made_into(context: PageContext, names: Sequence[str]) -> str:
    if not names:
        return ""
    links = ", ".join(_quantity_link(context, name) for name in names)
    count = "one other number" if len(names) == 1 else f"{len(names)} other numbers"
    return f"<details><summary>Goes into {count}</summary><p>{links}.</p></details>"


def _history(context: PageContext, name: str) -> str:
    """Since when the number stands, and what it was before."""
    *before, (since, _) = provenance.history(context.site.bundles, name)
    if not before:
        return f"<p>Unchanged since edition {since}.</p>"
    states = "; ".join(
        f"{escape(Number.of(context, record).text)} in edition "
        f'<a href="{context.url(addresses.in_edition(edition, addresses.quantity_row(name)))}">{edition}</a>'
        for edition, record in before
    )
    return f"<p>Unchanged since edition {since}; before that {states}.</p>"


def _compared(context: PageContext, name: str) -> str:
    """What published texts print for the number."""
    claims = [(claim, claim.ours) for claim in context.bundle.ledger if claim.compares == name]
    return "".join(
        f"<p>Printed: {_claim_link(context, claim)}, "
        f"ours {escape(beside_printed(ours, claim.unit))}: "
        f'<span class="verdict verdict-{claim.verdict.replace(" ", "-")}">{claim.verdict}</span></p>'
        for claim, ours in claims
        if ours is not None
    )


def _quantity_link(context: PageContext, name: str) -> str:
    there = way(context, addresses.quantity_row(name))
    return f'<a href="{there.address}"><code>{escape(name)}</code>{there.mark}</a>'


def _claim_link(context: PageContext, claim: Claim) -> str:
    there = way(context, addresses.ledger_row(claim))
    return f'<a href="{there.address}">{escape(claim.printed)}{there.mark}</a>'


@cache
def mathml(latex: str, display: str = "inline") -> str:
    """A formula as MathML, within a line or on its own; the same formulas stand on many pages."""
    return str(mathml_of(latex, display=display))
