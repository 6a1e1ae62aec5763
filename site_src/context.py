"""What a page knows of its surroundings, and what it collects while it is rendered."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from analysis.artifacts import Bundle

# The pages that list published statements, by the ledger they belong to.
LEDGER_PAGES: Final = {
    "originals": "results/ledger.md",
    "others": "results/ledger.md",
    "networks": "results/ledger-networks.md",
}


@dataclass(slots=True, kw_only=True)
class Surroundings:
    """What all pages of one edition share.

    `address` is where the whole publication lives, `bundles` are those of the editions up to this one, oldest first.
    `posts` holds their front matter by page,
    `captions` and `shown_on` go by kind and name of a figure or table, `commits` by file of code.
    """

    address: str
    bundles: dict[str, Bundle]
    pages: frozenset[str] = frozenset()
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    captions: dict[tuple[str, str], str] = field(default_factory=dict)
    shown_on: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    commits: dict[str, str] = field(default_factory=dict)

    @property
    def edition(self) -> str:
        """The edition of the site."""
        return next(reversed(self.bundles))


@dataclass(slots=True, kw_only=True)
class PageContext:
    """One page under way. `page` is its path below docs/, `bundle` the edition it takes its numbers from.

    `meta` is its front matter, `asides` the HTML for each cited work beside the text, `above` the works cited so far in
    the table or calculation under way.
    """

    page: str
    bundle: Bundle
    site: Surroundings
    meta: dict[str, Any] = field(default_factory=dict)
    cited: dict[str, int] = field(default_factory=dict)
    citings: dict[str, list[str]] = field(default_factory=dict)
    asides: dict[str, str] = field(default_factory=dict)
    above: set[str] | None = None
    numbers: dict[str, dict[str, Any]] = field(default_factory=dict)
    figures: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    fragments: list[str] = field(default_factory=list)

    def link(self, target: str) -> str:
        """The path of another page or file relative to this page, for a link in Markdown."""
        return posixpath.relpath(target, posixpath.dirname(self.page) or ".")

    def url(self, target: str) -> str:
        """The address of another page or file relative to this page, for a link in HTML."""
        return relative_url(self.page, target)

    def set_aside(self, html: str) -> str:
        """Keeps HTML away from Markdown and from the search; gives the mark that stands for it."""
        self.fragments.append(html)
        return f"<!--fragment:{len(self.fragments) - 1}-->"


def ledger_row(claim: Mapping[str, Any]) -> str:
    """The row of a published statement: its page below docs/ and its anchor there."""
    return f"{LEDGER_PAGES[claim['ledger']]}#{claim['id']}"


def relative_url(page: str, target: str) -> str:
    """The address of a page or file, which may name an anchor, relative to that of a page."""
    path, mark, anchor = target.partition("#")
    is_page = path.endswith(".md")
    relative = posixpath.relpath((page_folder(path) if is_page else path) or ".", page_folder(page) or ".")
    return relative + ("/" if is_page else "") + mark + anchor


def slug(name: str) -> str:
    """The name of a figure or table in addresses and anchors."""
    return name.replace(".", "-").replace("_", "-")


def page_label(page: str) -> str:
    """A page in a list of places: its folder and name in words."""
    folder, _, name = page.removesuffix(".md").rpartition("/")
    if not folder:
        return "home page" if name == "index" else name
    words = re.sub(r"^\d{4}-\d{2}-\d{2}-", "", name).replace("-", " ").replace("index", "start")
    return f"{folder}: {words}"


def page_folder(page: str) -> str:
    """The folder in which a page is published."""
    path = page.removesuffix(".md")
    return path.removesuffix("index").rstrip("/") if path == "index" or path.endswith("/index") else path
