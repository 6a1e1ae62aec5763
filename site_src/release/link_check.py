"""Checks the built site as a browser would meet it: every link, anchor and source, every id once a page, and nothing
within a page that runs or styles, as the policy of the site forbids it.

MkDocs' strict mode never sees raw HTML, links in notebooks, what a hook puts into a page, or a link from one
edition to another. Addresses of the published site, as in citations and metadata, are looked up in the built tree.
"""

import multiprocessing
import os
import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Final
from urllib.parse import unquote, urlsplit

from site_src import addresses
from site_src.html_stream import HtmlStream, Tag

ADDRESSES: Final = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src", "iframe": "src"}
PAGES_AT_ONCE: Final = 8
# Scripts that hold data, and so do not run.
DATA: Final = ("application/json", "application/ld+json")
# Up to what ends an address in HTML, BibTeX, RIS, JSON or a sentence.
_REST_OF_ADDRESS: Final = r"([^\s\"'<>\\,;{}()&]*[^\s\"'<>\\,;{}()&.])"
# Where addresses of the published site appear, other than in pages.
OTHER_FILES: Final = (
    f"*/{addresses.CITATIONS}*",
    f"*/{addresses.FEED}",
    f"*/{addresses.GUIDE}",
    f"*/{addresses.SITEMAP}",
    "*.txt",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """The ids of a page, the addresses in it with their tags, what is forbidden, and those of the published site."""

    ids: Counter[str]
    addresses: list[tuple[str, str]]
    forbidden: list[str]
    own: set[str]


class _Reader(HtmlStream):
    """Collects ids, addresses and what is forbidden while it reads a page."""

    def __init__(self) -> None:
        super().__init__()
        # Only start tags count, so entities in text need no handling, which is faster.
        self.convert_charrefs = True
        self.ids: list[str] = []
        self.addresses: list[tuple[str, str]] = []
        self.forbidden: list[str] = []

    def start(self, tag: Tag) -> str:
        """Notes ids, the address of a tag that has one, and what the policy forbids."""
        name, values, _ = tag
        within = name == "style" or (name == "script" and "src" not in values and values.get("type") not in DATA)
        if within or [attribute for attribute in values if attribute == "style" or attribute.startswith("on")]:
            self.forbidden.append(tag.written)
        if "id" in values and (identifier := values["id"]):
            self.ids.append(identifier)
        if name in ADDRESSES and (address := values.get(ADDRESSES[name])):
            self.addresses.append((name, address))
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """A built tree: its pages by path, the copy of its newest edition left out, and editions it may lack."""

    root: Path
    pages: dict[str, _Page]
    newest: str
    absent: Collection[str]

    def fault_at(self, path: str, fragment: str) -> str:
        """What is wrong with a place in the tree, or nothing."""
        first, _, rest = path.partition("/")
        if first in self.absent:
            return ""
        if first == addresses.LATEST:
            path = f"{self.newest}/{rest}" if self.newest else rest
        path = posixpath.normpath(path)
        if (self.root / path).is_dir():
            path = posixpath.normpath(f"{path}/index.html")
        if path.startswith("..") or not (self.root / path).is_file():
            return "leads to no file"
        if fragment and path in self.pages and fragment not in self.pages[path].ids:
            return "leads to no anchor"
        return ""


def faults(root: Path, address: str = "", absent: Collection[str] = ()) -> Iterator[str]:
    """One line for every fault of a built site, pages in order.

    `address` is where the site is to be published, `absent` are editions that exist but were not built here.
    """
    paths = sorted(path for path in root.rglob("*.html") if not path.is_relative_to(root / addresses.LATEST))
    with ProcessPoolExecutor(initializer=_end_with_parent) as pool:
        read = pool.map(partial(_read, address=address), paths, chunksize=PAGES_AT_ONCE)
        pages = {path.relative_to(root).as_posix(): page for path, page in zip(paths, read, strict=True)}
    editions = sorted(path.name for path in root.iterdir() if path.is_dir() and path.name != addresses.LATEST)
    site = _Site(root=root, pages=pages, newest=editions[-1] if editions else "", absent=absent)
    for name, page in pages.items():
        for identifier, count in page.ids.items():
            if count > 1:
                yield f"{name}: id '{identifier}' appears {count} times"
        for tag, target in page.addresses:
            if fault := _fault_of(site, name, tag, target):
                yield f"{name}: {fault}"
        for tag in page.forbidden:
            yield f"{name}: {tag} runs or styles within the page, which the policy of the site forbids"
        yield from _own_faults(site, name, page.own)
    for file in sorted(path for pattern in OTHER_FILES for path in root.glob(pattern)):
        if not file.is_relative_to(root / addresses.LATEST):
            yield from _own_faults(site, file.relative_to(root).as_posix(), _own(file.read_text("utf-8"), address))


def _end_with_parent() -> None:
    """Ends a process of the pool when the build is killed; by itself it would wait for work indefinitely."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


def _fault_of(site: _Site, name: str, tag: str, target: str) -> str:
    """What is wrong with an address in a page, or nothing."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return f"<{tag}> asks another site for '{target}'" if tag in ("script", "img", "source", "iframe") else ""
    if posixpath.basename(name) == addresses.NOT_FOUND:
        return ""  # It is shown at any depth, so its addresses start at the root of the published site.
    path = posixpath.join(posixpath.dirname(name), unquote(parts.path)) if parts.path else name
    fault = site.fault_at(posixpath.normpath(path), unquote(parts.fragment))
    return f"'{target}' {fault}" if fault else ""


def _own_faults(site: _Site, name: str, places: set[str]) -> Iterator[str]:
    """The addresses of the published site that are not in the tree."""
    for place in sorted(places):
        path, _, fragment = place.partition("#")
        if fault := site.fault_at(unquote(path) or ".", unquote(fragment)):
            yield f"{name}: the published address of '{place}' {fault}"


def _read(path: Path, address: str) -> _Page:
    text = path.read_text(encoding="utf-8")
    reader = _Reader()
    reader.read(text)
    return _Page(
        ids=Counter(reader.ids), addresses=reader.addresses, forbidden=reader.forbidden, own=_own(text, address)
    )


def _own(text: str, address: str) -> set[str]:
    """Every address of the published site in a text, without the part that all have."""
    if not address:
        return set()
    return set(re.findall(re.escape(address) + _REST_OF_ADDRESS, text))
