"""Where a number comes from, where it goes, and how it fared: read off the traces that a bundle records."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from markupsafe import Markup

from analysis.artifacts import Bundle
from analysis.contract import Quantity
from site_src import addresses
from site_src.components.edition_links import linked
from site_src.context import PageContext

CONSTANT_FILES: Final = ("data/assumptions.toml", "data/observations.toml")
ARCHITECTURES: Final = "analysis/counting/architectures/"


def history(bundles: Mapping[str, Bundle], name: str) -> list[tuple[str, Quantity]]:
    """The editions that added or changed a quantity, each with its record there, oldest first."""
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
    if file.startswith("data/records/") and row:
        return addresses.run_row(file.removeprefix("data/records/").removesuffix(".csv"), row)
    if file.startswith("data/claims"):
        return _ledger_of(bundle).get(file, "")
    return addresses.data_table_row(file) if file in _dictionary_files(bundle) else ""


def record_link(context: PageContext, record: str, quantity: str) -> Markup:
    """A record as a link to the page that shows it, where one does."""
    page = record_page(context.bundle, record, quantity)
    code: Markup = context.face.inline.code(record)
    return linked(context, page, code) if page else code


@cache
def _ledger_of(bundle: Bundle) -> dict[str, str]:
    """The page that lists the statements of each file of claims."""
    return {claim.file: addresses.LEDGER_PAGES[claim.ledger] for claim in reversed(bundle.ledger)}


@cache
def _dictionary_files(bundle: Bundle) -> frozenset[str]:
    return frozenset(table.file for table in bundle.dictionary)
