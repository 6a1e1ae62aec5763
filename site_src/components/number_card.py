"""A number that opens: the card with value, formula, inputs and sources, and its entry among the results."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from markupsafe import Markup

from analysis.artifacts import Bundle
from analysis.contract import Claim, Quantity, Symbol
from site_src import addresses
from site_src.components import backlinks, provenance
from site_src.components.edition_links import target
from site_src.components.number import Number
from site_src.context import PageContext
from site_src.formatting import plain_name

# More origins than this are folded away.
MOST_IN_LINE: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """A sign of a formula, and the quantities or the record that it is taken from, as links."""

    symbol: Symbol
    links: tuple[Markup, ...]
    folded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a number was in an earlier edition, and its entry there."""

    edition: str
    text: str
    address: str


def cards(context: PageContext) -> Markup:
    """One card for every number that the page shows, to be opened where it is in the text."""
    # On paper the cards are end notes, each with the address of its entry below that of the edition.
    root = addresses.edition_root(context.site.address, context.bundle.edition.id)
    opened = {name: (plain_name(record), _opened(context, record)) for name, record in context.numbers.items()}
    return context.component("number_cards", root=root, cards=opened)


def _opened(context: PageContext, record: Quantity) -> Markup:
    """A card with the way to the entry, and to the same entry in the edition that the number is taken from."""
    place = addresses.quantity_row(record.name)
    edition = context.bundle.edition.id
    return context.component(
        "number_card",
        card=_card(context, record, open=False),
        record=record,
        text=Number.of(context, record).text,
        # Where the number is another in the edition that is read, the permanent link alone leads to this one.
        entry="" if target(context, place).edition else context.url(place),
        permanent=context.url(addresses.in_edition(edition, place)),
        edition=edition,
        published=addresses.published(place),
    )


def entry(context: PageContext, record: Quantity) -> Markup:
    """The entry of a number on its results page; its anchor is its name and never changes."""
    *before, (since, _) = provenance.history(context.site.bundles, record.name)
    return context.component(
        "number_entry",
        record=record,
        words=plain_name(record),
        text=Number.of(context, record).text,
        card=_card(context, record, open=True),
        uses=backlinks.uses(context, "stated", record.name),
        since=since,
        before=[_state(context, edition, state) for edition, state in before],
        compared=_claims(context.bundle).get(record.name, []),
    )


@cache
def _claims(bundle: Bundle) -> dict[str, list[Claim]]:
    """The published statements by the quantity that they are compared with."""
    found: dict[str, list[Claim]] = {}
    for claim in bundle.ledger:
        found.setdefault(claim.compares or "", []).append(claim)
    return found


def _card(context: PageContext, record: Quantity, *, open: bool) -> Markup:  # noqa: A002 - as in HTML
    """What card and entry share, its formula and inputs folded away or open."""
    number = Number.of(context, record)
    return context.component(
        "number",
        record=record,
        text=number.text,
        interval=replace(number, as_interval=True).text if record.interval else "",
        steps=_steps(record),
        exact=record.value if isinstance(record.value, int) else f"{record.value:.12g}",
        origins=_origins(context, record),
        open=open,
    )


def _steps(record: Quantity) -> list[str]:
    """The formula, and the same with its inputs filled in; one line where the second would only repeat the first."""
    if [record.formula] == [symbol.symbol for symbol in record.symbols]:
        return [f"{record.formula} = {record.filled.rpartition(' = ')[2]}"]
    return [record.filled] if record.filled.startswith(record.formula) else [record.formula, record.filled]


def _origins(context: PageContext, record: Quantity) -> list[Origins]:
    """Where each sign of the formula comes from; a record is not named again right after it was named."""
    found, named = [], None
    for symbol in record.symbols:
        names = [symbol.name] if symbol.name else symbol.names
        links = [context.helpers["quantity_link"](name) for name in names]
        if symbol.record and symbol.record != named:
            links.append(provenance.record_link(context, symbol.record, record.name))
        named = symbol.record
        found.append(Origins(symbol=symbol, links=tuple(links), folded=len(links) > MOST_IN_LINE))
    return found


def _state(context: PageContext, edition: str, record: Quantity) -> State:
    address = context.url(addresses.in_edition(edition, addresses.quantity_row(record.name)))
    return State(edition=edition, text=Number.of(context, record).text, address=address)
