"""Reads what built pages link to and what can be linked to in them, once for each page, on all cores."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final

from analysis.content_store import ContentStore, key_of
from analysis.workers import cores, workers
from site_src import html_stream
from site_src.html_stream import ADDRESSES, HtmlStream, Tag

PAGES_AT_ONCE: Final = 8
# Scripts that hold data, and so do not run.
DATA: Final = ("application/json", "application/ld+json", "text/html")
# What a tag has of which something may be noted, in any place: browsers also read attributes that no space sets apart.
_NOTED: Final = re.compile(r"\b(?:id|href|src|style|script|on\w+)\b", re.IGNORECASE)
# Up to what ends an address in HTML, BibTeX, RIS, JSON or a sentence.
_REST_OF_ADDRESS: Final = r"([^\s\"'<>\\,;{}()&]*[^\s\"'<>\\,;{}()&.])"
# What is stored is of use as long as pages are read as they were.
READING_CODE: Final = (Path(__file__), Path(html_stream.__file__))
ENTRY: Final = "pages.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinks:
    """The ids of a page, the addresses in it with their tags, what is forbidden, and those of the published site."""

    ids: dict[str, int]
    addresses: list[tuple[str, str]]
    forbidden: list[str]
    own: list[str]


class _Reader(HtmlStream):
    """Collects ids, addresses and what is forbidden while it reads a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[tuple[str, str]] = []
        self.forbidden: list[str] = []

    def start(self, tag: Tag) -> str:
        """Notes ids, the address of a tag that has one, and what the policy forbids."""
        # Most tags have none of these, and need not be taken apart.
        if not _NOTED.search(tag.written):
            return ""
        name, values = tag.name, tag.attributes
        within = name == "style" or (name == "script" and "src" not in values and values.get("type") not in DATA)
        if within or [attribute for attribute in values if attribute == "style" or attribute.startswith("on")]:
            self.forbidden.append(tag.written)
        if "id" in values and (identifier := values["id"]):
            self.ids.append(identifier)
        if name in ADDRESSES and (address := values.get(ADDRESSES[name])):
            self.addresses.append((name, address))
        return ""


def links_of(root: Path, paths: Sequence[Path], address: str, store: ContentStore) -> dict[str, PageLinks]:
    """What is in each page, by its path below the root. The pages of a folder are kept together."""
    folders: dict[str, dict[str, bytes]] = {}
    for path in paths:
        name = path.relative_to(root).as_posix()
        folders.setdefault(name.partition("/")[0], {})[name] = path.read_bytes()
    keys = [key_of(_reading_code(), address, repr(texts)) for texts in folders.values()]
    pages: dict[str, PageLinks] = {}
    for key, texts in zip(keys, folders.values(), strict=True):
        entry = store.get(key)
        if entry is None:
            found = dict(zip(texts, _read_all(list(texts.values()), address), strict=True))
            store.put(key, {ENTRY: json.dumps({name: asdict(page) for name, page in found.items()}).encode()})
        else:
            found = {name: PageLinks(**page) for name, page in json.loads(entry[ENTRY]).items()}
        pages |= found
    store.keep(keys)
    return pages


def own_addresses(text: str, address: str) -> list[str]:
    """Every address of the published site in a text, without the part that all have."""
    return sorted(set(re.findall(re.escape(address) + _REST_OF_ADDRESS, text))) if address else []


def _read_all(texts: Sequence[bytes], address: str) -> list[PageLinks]:
    read = partial(_read, address=address)
    if len(texts) <= PAGES_AT_ONCE:
        return [read(text) for text in texts]
    with workers(cores(), module=__name__) as pool:
        return list(pool.map(read, texts, chunksize=PAGES_AT_ONCE))


def _read(page: bytes, address: str) -> PageLinks:
    text, reader = page.decode(), _Reader()
    reader.read(text)
    return PageLinks(
        ids=dict(Counter(reader.ids)),
        addresses=reader.addresses,
        forbidden=reader.forbidden,
        own=own_addresses(text, address),
    )


@cache
def _reading_code() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in READING_CODE)
