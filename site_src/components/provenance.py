"""Where a number comes from, where it goes, and how it fared: read off the traces that a bundle records."""

from html import escape
from typing import Final

from analysis.artifacts import Bundle
from analysis.contract import Quantity
from site_src import addresses
from site_src.components.edition_links import way
from site_src.context import PageContext

CONSTANT_FILES: Final = ("data/assumptions.toml", "data/observations.toml")
ARCHITECTURES: Final = "analysis/counting/architectures/"


def history(bundles: dict[str, Bundle], name: str) -> list[tuple[str, Quantity]]:
    """The editions in which a quantity came or moved, each with its record there, oldest first."""
    states: list[tuple[str, Quantity]] = []
    for edition, bundle in bundles.items():
        record = bundle.results.get(name)
        if record and not (states and _same(states[-1][1], record)):
            states.append((edition, record))
    return states


def _same(one: Quantity, other: Quantity) -> bool:
    return all(getattr(one, field) == getattr(other, field) for field in ("value", "low", "high", "unit"))


def record_page(bundle: Bundle, record: str, quantity: str) -> str:
    """The page below docs/ that shows a record, with its anchor; nothing where it has none.

    `quantity` is the number whose trace names the record: a module may hold several networks.
    """
    file, _, row = record.partition("#")
    if file in CONSTANT_FILES and f"constant.{row}.value" in bundle.results:
        return addresses.quantity_row(f"constant.{row}.value")
    if file.startswith(ARCHITECTURES):
        network = quantity.split(".")[1]
        return addresses.network_page(network) if network in bundle.architectures else ""
    if file.startswith("data/systems/"):
        system = file.removeprefix("data/systems/").split("@")[0].removesuffix(".toml")
        return addresses.system_page(system) if system in bundle.systems else ""
    if file.startswith("data/claims"):
        ledgers = [claim.ledger for claim in bundle.ledger if claim.file == file]
        return addresses.LEDGER_PAGES[ledgers[0]] if ledgers else ""
    if any(table.file == file for table in bundle.dictionary):
        return addresses.data_table_row(file)
    return ""


def record_link(context: PageContext, record: str, quantity: str) -> str:
    """A record as a link to the page that shows it, in HTML."""
    page = record_page(context.bundle, record, quantity)
    text = f"<code>{escape(record)}</code>"
    if not page:
        return text
    there = way(context, page)
    return f'<a href="{there.address}">{text}{there.mark}</a>'
