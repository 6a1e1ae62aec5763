"""Checks the built site as a browser would meet it: every link, anchor and source, every id once a page, and nothing
within a page that runs or styles, as the policy of the site forbids it.

MkDocs' strict mode never sees raw HTML, links in notebooks, what a hook puts into a page, or a link from one
edition to another. Addresses of the published site, as in citations and metadata, are looked up in the built tree.
"""

import posixpath
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from analysis.content_store import ContentStore
from site_src import addresses
from site_src.release import page_links
from site_src.release.page_links import PageLinks

# Where addresses of the published site appear, other than in pages.
OTHER_FILES: Final = (
    f"*/{addresses.CITATIONS}*",
    f"*/{addresses.FEED}",
    f"*/{addresses.GUIDE}",
    f"*/{addresses.SITEMAP}",
    "*.txt",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """A built tree: its pages by path, the copy of its newest edition left out, and editions it may lack."""

    root: Path
    pages: dict[str, PageLinks]
    newest: str
    absent: Collection[str]
    known: dict[tuple[str, str], str] = field(default_factory=dict)

    def fault_at(self, path: str, fragment: str) -> str:
        """What is wrong with a place in the tree, or nothing; most places are linked from many pages."""
        if (path, fragment) not in self.known:
            self.known[path, fragment] = self._fault_at(path, fragment)
        return self.known[path, fragment]

    def _fault_at(self, path: str, fragment: str) -> str:
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


def faults(root: Path, store: ContentStore, address: str = "", absent: Collection[str] = ()) -> Iterator[str]:
    """One line for every fault of a built site, pages in order.

    What is in the pages is kept in the store. `address` is where the site is to be published, `absent` are editions
    that exist but were not built here.
    """
    paths = sorted(path for path in root.rglob("*.html") if not path.is_relative_to(root / addresses.LATEST))
    pages = page_links.links_of(root, paths, address, store)
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
            yield from _own_faults(
                site, file.relative_to(root).as_posix(), page_links.own_addresses(file.read_text("utf-8"), address)
            )


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


def _own_faults(site: _Site, name: str, places: Iterable[str]) -> Iterator[str]:
    """The addresses of the published site that are not in the tree."""
    for place in sorted(places):
        path, _, fragment = place.partition("#")
        if fault := site.fault_at(unquote(path) or ".", unquote(fragment)):
            yield f"{name}: the published address of '{place}' {fault}"
