"""What a page knows of its surroundings, and what it collects while it is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from markupsafe import Markup

from analysis.artifacts import Bundle
from analysis.contract import Quantity
from site_src import addresses
from site_src.addresses import ExhibitKind


class Face(Protocol):
    """The language that a page is rendered in; see `components.faces`."""

    @property
    def name(self) -> str:
        """`html` or `markdown`."""

    @property
    def inline(self) -> Any:
        """Macros for parts of a line."""

    def component(self, name: str, /, **values: Any) -> Markup:
        """A component with its values."""

    def text(self, text: str) -> Markup:
        """Text as part of a line."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Surroundings:
    """What all pages of one edition share. It is the same only as itself, and so can be the key of a cache.

    `address` is where the whole publication lives, `bundles` are those of the editions up to this one, oldest first.
    `pages` are all pages of the edition, `posts` holds the front matter of posts by page, `captions` and `shown_on` go
    by kind and name of a figure or table, `titles` by page, `commits` by file of code. `stated_on` and `cited_on` hold
    the pages that state a quantity or cite a work, once these are rendered.
    """

    address: str
    bundles: Mapping[str, Bundle]
    pages: frozenset[str] = frozenset()
    posts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    captions: Mapping[tuple[ExhibitKind, str], str] = field(default_factory=dict)
    shown_on: Mapping[tuple[ExhibitKind, str], list[str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    commits: Mapping[str, str] = field(default_factory=dict)
    stated_on: Mapping[str, list[str]] = field(default_factory=dict)
    cited_on: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def edition(self) -> str:
        """The edition of the site."""
        return list(self.bundles)[-1]

    @property
    def bundle(self) -> Bundle:
        """The bundle of that edition."""
        return self.bundles[self.edition]

    @property
    def root(self) -> str:
        """The absolute address of the edition."""
        return addresses.edition_root(self.address, self.edition)


@dataclass(slots=True, kw_only=True)
class PageContext:
    """One page under way. `page` is its path below docs/, `bundle` the edition it takes its numbers from.

    `face` is the language it is rendered in, `meta` its front matter. While it is rendered it collects the works it
    cites with their numbers and the places that cite them, the margin notes on them, the numbers, figures and tables
    it shows, and the finished `blocks` that its Markdown names by marks. `above` holds the works cited so far in the
    table or calculation under way. `helpers` are what the templates of components may call.
    """

    page: str
    bundle: Bundle
    site: Surroundings
    face: Face
    meta: Mapping[str, Any] = field(default_factory=dict)
    cited: dict[str, int] = field(default_factory=dict)
    citings: dict[str, list[str]] = field(default_factory=dict)
    margin_notes: dict[str, Markup] = field(default_factory=dict)
    above: set[str] | None = None
    numbers: dict[str, Quantity] = field(default_factory=dict)
    shown: set[tuple[ExhibitKind, str]] = field(default_factory=set)
    blocks: list[Markup] = field(default_factory=list)
    helpers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_copy(self) -> bool:
        """Whether the page is rendered as a copy in Markdown."""
        return self.face.name == "markdown"

    def link(self, place: str) -> str:
        """A page or file relative to this page, for a link that is written in Markdown."""
        return self.url(place) if self.is_copy else addresses.relative_source(self.page, place)

    def url(self, place: str) -> str:
        """The address of a page or file relative to this page; from a copy it leads to the copy of a page."""
        return (addresses.relative_copy if self.is_copy else addresses.relative_url)(self.page, place)

    def component(self, name: str, /, **values: Any) -> Markup:
        """A component in the face of the page; its template may also call what `helpers` holds."""
        return self.face.component(name, inline=self.face.inline, **self.helpers, **values)

    def block(self, finished: Markup) -> str:
        """A finished component as a block of the page's Markdown: a mark, as HTML does not pass through Markdown."""
        if self.is_copy:
            return finished
        self.blocks.append(finished)
        return block_mark(len(self.blocks) - 1)


def block_mark(number: int) -> str:
    """The mark in the Markdown of a page for one of its finished blocks."""
    return f"<!--block:{number}-->"
