"""What the search of an edition finds: the sections of authored pages, and every record by its name.

Records go in as a bundle has them, the sections as MkDocs reads them from the pages; out come entries with a title
that finds best, a text, both HTML, and the location of a page or of an anchor on it.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from html import escape
from typing import Any, Final

from analysis.artifacts import Bundle
from analysis.contract import System
from analysis.numerals import grouped, numeral, spelled
from site_src import addresses
from site_src.citing.works import authors_text, container_text, short_text
from site_src.context import Surroundings
from site_src.formatting import unit_label
from site_src.pages.authored import front_matter

# Read by the theme with every page; the entries are asked for by its worker at the first search.
INDEX: Final = "search/search_index.json"
ENTRIES: Final = "search/entries.json"
# Sections that every long page has, and that lead to nothing of their own.
LEFT_OUT: Final = ("#references", "#cite")
# A system stands before its networks and numbers, a number that authored pages state before the others. The theme
# counts a word found in a page two and a half times as much as one found at an anchor.
SYSTEM_BOOST: Final = 6
PAGE_BOOST: Final = 2
STATED_BOOST: Final = 6
# What is said in place of the compute of a system that is no point of the chart, by its listing.
NO_POINT: Final = {"modest": "modest", "own": "in no trend"}

Entry = dict[str, Any]


def index_files(written: str, records: Iterator[Entry]) -> dict[str, str]:
    """The two files of the search by path, from the one that MkDocs wrote: settings alone, and all entries."""
    index = json.loads(written)
    sections = [entry for entry in index["docs"] if not entry["location"].endswith(LEFT_OUT)]
    return {INDEX: _compact({**index, "docs": []}), ENTRIES: _compact([*sections, *records])}


def record_entries(site: Surroundings, generated: Mapping[str, str], stated: Collection[str]) -> Iterator[Entry]:
    """An entry for every page in `generated`, source text by path, and one for each record without a page."""
    bundle = site.bundles[site.edition]
    told = dict(_told(bundle))
    for page, source in generated.items():
        front = front_matter(source)
        boost = SYSTEM_BOOST if page.startswith("systems/") else PAGE_BOOST
        yield _entry(page, front["title"], told.get(page, front["description"]), boost=boost)
    for name, record in bundle.results.items():
        value = spelled(record.value, record.unit, record.digits)
        boost = STATED_BOOST if name in stated else 1
        yield _entry(addresses.quantity_row(name), name, f"{value}. {record.summary}", boost=boost)
    for claim in bundle.ledger:
        text = f"{claim.statement} {claim.publication}. Verdict: {claim.verdict}."
        yield _entry(addresses.ledger_row(claim), f"Printed: {claim.printed}", text)
    for key, reference in bundle.references.items():
        work = " ".join((authors_text(reference), reference.title, container_text(reference)))
        yield _entry(addresses.reference_row(key), short_text(reference), work)


def _told(bundle: Bundle) -> Iterator[tuple[str, str]]:
    """What the search tells of a page that is made from a record, where that is more than its description."""
    for system in bundle.systems.values():
        yield addresses.system_page(system.id), _of_system(bundle, system)
    for network in bundle.architectures.values():
        counted = f"{grouped(network.macs)} multiply-adds, {grouped(network.params)} parameters"
        yield addresses.network_page(network.name), f"Network of {counted}. {network.note}"
    for figure in bundle.figures.values():
        yield addresses.exhibit_page("figure", figure.name), figure.alt
    for table in bundle.tables.values():
        columns = ", ".join(column.label or unit_label(column.unit) for column in table.columns)
        yield addresses.exhibit_page("table", table.name), f"{len(table.rows)} rows: {columns}."


def _of_system(bundle: Bundle, system: System) -> str:
    """A system in a line: what it is, when it was trained, with how much, and what its record remarks."""
    name = f"system.{addresses.name_part(system.id)}.compute"
    compute = bundle.results.get(name)
    value = (
        f"{numeral(compute.value, compute.digits)} {unit_label(compute.unit)}" if compute else NO_POINT[system.listing]
    )
    return f"System of {system.date[:4]}, {system.domain}. Training compute: {value}. {system.note}"


def _entry(target: str, title: str, text: str, *, boost: int = 1) -> Entry:
    """One entry; `target` is a page below docs/, with an anchor or without."""
    page, mark, anchor = target.partition("#")
    folder = addresses.page_folder(page)
    entry = {
        "location": (f"{folder}/" if folder else "") + mark + anchor,
        "title": escape(title, quote=False),
        "text": escape(text, quote=False),
    }
    return entry if boost == 1 else {**entry, "boost": boost}


def _compact(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
