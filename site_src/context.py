"""What a page knows of its surroundings, and what it collects while it is rendered."""

from dataclasses import dataclass, field
from typing import Any

from analysis.artifacts import Bundle
from analysis.contract import Quantity
from site_src import addresses


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
    numbers: dict[str, Quantity] = field(default_factory=dict)
    figures: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    fragments: list[str] = field(default_factory=list)

    def link(self, target: str) -> str:
        """The path of another page or file relative to this page, for a link in Markdown."""
        return addresses.relative_source(self.page, target)

    def url(self, target: str) -> str:
        """The address of another page or file relative to this page, for a link in HTML."""
        return addresses.relative_url(self.page, target)

    def set_aside(self, html: str) -> str:
        """Keeps HTML away from Markdown and from the search; gives the mark that stands for it."""
        self.fragments.append(html)
        return f"<!--fragment:{len(self.fragments) - 1}-->"
