"""Checks a built site as a browser would meet it: every link, anchor and source, and every id once a page.

MkDocs' strict mode never sees raw HTML, links in notebooks, or what a hook puts into a page.
"""

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

ADDRESSES: Final = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src", "iframe": "src"}
# Links that name this site's own place in the world; they hold once it is published.
OWN_PLACE: Final = frozenset({"canonical", "prev", "next"})


@dataclass(slots=True)
class _Page(HTMLParser):
    """The ids and addresses of one page."""

    ids: Counter[str] = field(default_factory=Counter)
    addresses: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes ids, and the address of a tag that has one."""
        values = dict(attrs)
        if identifier := values.get("id"):
            self.ids[identifier] += 1
        address = values.get(ADDRESSES.get(tag, ""))
        if address and values.get("rel") not in OWN_PLACE:
            self.addresses.append((tag, address))


def faults(site: Path) -> Iterator[str]:
    """One line for every fault of a built site, pages in order."""
    pages = {path.relative_to(site).as_posix(): _parsed(path) for path in sorted(site.rglob("*.html"))}
    for name, page in pages.items():
        for identifier, count in page.ids.items():
            if count > 1:
                yield f"{name}: id '{identifier}' stands {count} times"
        for tag, address in page.addresses:
            if fault := _fault_of(site, pages, name, tag, address):
                yield f"{name}: {fault}"


def _fault_of(site: Path, pages: dict[str, _Page], name: str, tag: str, address: str) -> str:
    """What is wrong with an address, or nothing."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return f"<{tag}> asks another site for '{address}'" if tag in ("script", "img", "source", "iframe") else ""
    if name == "404.html":
        return ""  # It is shown at any depth, so its addresses start at the root of the published site.
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
    if (site / path).is_dir():
        path = posixpath.normpath(f"{path}/index.html")
    if not (site / path).is_file():
        return f"'{address}' leads to no file"
    fragment = unquote(parts.fragment)
    if fragment and path in pages and fragment not in pages[path].ids:
        return f"'{address}' leads to no anchor"
    return ""


def _parsed(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page
