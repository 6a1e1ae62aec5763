"""What the search of an edition finds: the sections of authored pages, and every record by its name.

Records go in as a bundle has them, the sections as MkDocs reads them from the pages; out come entries with a title
that finds best, a text, both HTML, and the location of a page or of an anchor on it.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from analysis.artifacts import Bundle
from analysis.contract import Record, Row
from analysis.numerals import grouped, numeral, spelled
from site_src import addresses
from site_src.citing.works import authors_text, container_text, short_text
from site_src.components.faces import plain_text
from site_src.components.models_table import TABLE as MODELS
from site_src.context import Surroundings
from site_src.formatting import counted_as, element_text, full_stop, plain_name, unit_label
from site_src.pages.authored import front_matter
from site_src.typography import typeset_entry

# Sections that every long page has, and that lead to nothing of their own; the page about the site says how to cite.
LEFT_OUT: Final = re.compile(r"(?<!^about/)#cite$|#references$")
# A word of a title counts as much as some twenty of a text; the theme has a thousand, and would bring many a number
# before the posts that explain it.
TITLE_BOOST: Final = 20
NETWORKS: Final = "architectures/"
# Posts rank before systems, these before networks and numbers, and those before what is about the site itself; a
# figure of the tracker, which its benchmark's own page shows, no higher than the rest. The theme counts a word found in
# a page two and a half times as much as one found at an anchor.
BOOSTS: Final = {
    "posts/": 10,
    "systems/": 3,
    NETWORKS: 2,
    "figures/tracker-": 1,
    "figures/": 2,
    "tables/": 2,
    "results/": 0.5,
    "about/": 0.5,
    "editions/": 0.5,
}
# A number that the home page says of a post, and one that authored pages state.
HEADLINE_BOOST: Final = 3
STATED_BOOST: Final = 1.5
# A published statement, whose title is a whole sentence.
STATEMENT_BOOST: Final = 0.2
# What a notebook writes after its headings.
ANCHOR: Final = "¶"
NAME: Final = re.compile(r"\w+(?:\.\w+)+")
# What the template of an entry may call.
_WORDS: Final = {
    function.__name__: function
    for function in (authors_text, container_text, counted_as, full_stop, grouped, numeral, spelled, unit_label)
}

Entry = dict[str, Any]


def index_files(written: str, records: Iterator[Entry], sources: Mapping[str, str]) -> dict[str, str]:
    """The two files of the search by path, from the one that MkDocs wrote: settings alone, and all entries.

    `sources` are the texts of the pages, whose settings say what else a page is called.
    """
    index = json.loads(written)
    index["config"]["fields"]["title"]["boost"] = TITLE_BOOST
    sections = [
        _boosted(entry, _boost(entry["location"])) for entry in index["docs"] if not LEFT_OUT.search(entry["location"])
    ]
    names = {addresses.published(page): _names(page, front_matter(source)) for page, source in sources.items()}
    entries = [
        _named(
            {
                **entry,
                "title": typeset_entry(entry["title"].removesuffix(ANCHOR)),
                "text": typeset_entry(entry["text"]),
            },
            names.get(entry["location"], ()),
        )
        for entry in (*sections, *records)
    ]
    return {
        addresses.SEARCH_INDEX: _compact({**index, "docs": []}),
        addresses.SEARCH_ENTRIES: _compact(entries),
    }


def record_entries(site: Surroundings, generated: Mapping[str, str], stated: Collection[str]) -> Iterator[Entry]:
    """An entry for every page in `generated`, source text by path, and one for each record without a page."""
    bundle = site.bundles[site.edition]
    texts = dict(_texts(bundle))
    for page, source in generated.items():
        front = front_matter(source)
        yield _entry(page, front["title"], texts.get(page, front["description"]), boost=_boost(page))
    headlines = set(NAME.findall(" ".join(str(post.get("headline", "")) for post in site.posts.values())))
    for name, record in bundle.results.items():
        boost = HEADLINE_BOOST if name in headlines else STATED_BOOST if name in stated else 1
        yield _entry(addresses.quantity_row(name), plain_name(record), _text("quantity", record), boost=boost)
    for claim in bundle.ledger:
        yield _entry(addresses.ledger_row(claim), claim.statement, _text("claim", claim), boost=STATEMENT_BOOST)
    if MODELS in bundle.tables:
        for row in bundle.tables[MODELS].rows:
            name = str(row["name"])
            found = _entry(addresses.model_row(str(row["id"])), name, _text("model", row))
            # "GPT-4" is what "GPT-4 (Jun 2023)" is asked for as.
            yield _named(found, [name.partition(" (")[0]])
    for key, reference in bundle.references.items():
        yield _entry(addresses.reference_row(key), short_text(reference), _text("reference", reference))


def _names(page: str, front: Mapping[str, Any]) -> list[str]:
    """What a page is called in menus, and by readers; a network also by its family, as "GPT-3" of "GPT-3, 13B"."""
    called = str(front.get("title", ""))
    family = called.partition(", ")[0] if page.startswith(NETWORKS) else called
    return [called, family, *front.get("known_as", ())]


def _named(entry: Entry, names: Iterable[str]) -> Entry:
    """An entry with the names it has besides its title, which no reader sees."""
    others = [other for name in dict.fromkeys(names) if (other := element_text(name)) not in ("", entry["title"])]
    return {**entry, "names": others} if others else entry


def _texts(bundle: Bundle) -> Iterator[tuple[str, str]]:
    """The text that the search shows for a page made from a record, where that is more than its description."""
    for system in bundle.systems.values():
        compute = bundle.results.get(f"system.{addresses.name_part(system.id)}.compute")
        yield addresses.system_page(system.id), _text("system", system, compute=compute)
    for network in bundle.architectures.values():
        yield addresses.network_page(network.name), _text("network", network)
    for figure in bundle.figures.values():
        yield addresses.exhibit_page("figure", figure.name), _text("figure", figure)
    for table in bundle.tables.values():
        yield addresses.exhibit_page("table", table.name), _text("table", table)


def _text(kind: str, record: Record | Row, **values: Any) -> str:
    return plain_text("search_entry", kind=kind, record=record, **_WORDS, **values)


def _boost(place: str) -> float:
    return next((boost for folder, boost in BOOSTS.items() if place.startswith(folder)), 1)


def _entry(target: str, title: str, text: str, *, boost: float = 1) -> Entry:
    """One entry; `target` is a page below docs/, with an anchor or without."""
    entry = {"location": addresses.published(target), "title": element_text(title), "text": element_text(text)}
    return _boosted(entry, boost)


def _boosted(entry: Entry, boost: float) -> Entry:
    return entry if boost == 1 else {**entry, "boost": boost}


def _compact(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
