"""Where a number comes from, where it goes, and how it fared: read off the traces that a bundle records."""

from collections.abc import Iterator
from html import escape
from typing import Any, Final

from analysis.artifacts import Bundle
from site_src import addresses
from site_src.components.edition_links import way
from site_src.context import PageContext

CONSTANT_FILES: Final = ("data/assumptions.toml", "data/observations.toml")
ARCHITECTURES: Final = "analysis/counting/architectures/"


def records_of(bundle: Bundle, name: str) -> list[str]:
    """The records that a quantity rests on in the end, each once, in the order in which its trace meets them."""
    return list(dict.fromkeys(_leaves(bundle, name, {name})))


def _leaves(bundle: Bundle, name: str, seen: set[str]) -> Iterator[str]:
    for made_from in bundle.results[name]["inputs"]:
        if made_from not in bundle.results:
            yield made_from
        elif made_from not in seen:
            seen.add(made_from)
            yield from _leaves(bundle, made_from, seen)


def dependants(bundle: Bundle) -> dict[str, list[str]]:
    """For each quantity those that are made from it directly."""
    found: dict[str, list[str]] = {}
    for name, record in bundle.results.items():
        for made_from in record["inputs"]:
            if made_from in bundle.results:
                found.setdefault(made_from, []).append(name)
    return found


def history(bundles: dict[str, Bundle], name: str) -> list[tuple[str, dict[str, Any]]]:
    """The editions in which a quantity came or moved, each with its record there, oldest first."""
    states: list[tuple[str, dict[str, Any]]] = []
    for edition, bundle in bundles.items():
        record = bundle.results.get(name)
        if record and not (states and _same(states[-1][1], record)):
            states.append((edition, record))
    return states


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[field] == other[field] for field in ("value", "low", "high", "unit"))


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
        ledgers = [claim["ledger"] for claim in bundle.ledger if claim["file"] == file]
        return addresses.LEDGER_PAGES[ledgers[0]] if ledgers else ""
    if any(table["file"] == file for table in bundle.dictionary):
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
