"""The pages of one edition, from their sources to finished HTML and copies in Markdown.

Sources and bundles go in. Pages are rendered in two rounds, as some list the pages that state a number or cite a work.
MkDocs turns their Markdown into HTML in between; it is not known here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from analysis.artifacts import Bundle
from analysis.input_files import is_input
from site_src import addresses
from site_src.citing import cite_this
from site_src.components.faces import HTML, MARKDOWN
from site_src.components.figure import proportions
from site_src.context import Face, PageContext, Surroundings
from site_src.pages import authored, notebooks
from site_src.pages.finished_html import finished
from site_src.pages.generated import generated_pages, lists_uses
from site_src.pages.render import RenderedPage, render_page
from site_src.pages.reuse import Made, begin_notes, notes, noting, same_for_all

# What every post ends with, before its references.
CITE_PAGE: Final = "\n\n## Cite this page { #cite }\n\n{{ cite_page() }}\n"
_FRONT_MATTER: Final = re.compile(r"---\n.*?\n---\n\n*", re.DOTALL)


@dataclass(slots=True)
class EditionPages:
    """All pages of one edition: source text by path, and what became of them.

    `made` holds each page by its path and face as this build rendered it, `earlier` as the last build did.
    """

    site: Surroundings
    sources: Mapping[str, str]
    generated: Mapping[str, str]
    rendered: dict[str, RenderedPage] = field(default_factory=dict)
    made: dict[tuple[str, str], Made] = field(default_factory=dict)
    earlier: Mapping[tuple[str, str], Made] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.site = noting(self.site)

    @classmethod
    def of(
        cls,
        authored_sources: Mapping[str, str],
        bundles: Mapping[str, Bundle],
        *,
        earlier: "EditionPages | None" = None,
        **known: Any,
    ) -> "EditionPages":
        """The pages that an edition has: those that people wrote, and those that are made from records.

        Those of an `earlier` build that would be the same again are reused.
        """
        edition = list(bundles)[-1]
        sources = authored.pages_at(edition, authored_sources)
        generated = generated_pages(bundles)
        everything = {**sources, **generated}
        site = Surroundings(
            bundles=bundles,
            pages=frozenset(everything),
            posts={page: authored.post(page, text) for page, text in sources.items() if page.startswith("posts/")},
            captions=authored.captions(sources),
            shown_on=authored.shown_on(sources),
            titles={page: authored.title(page, text) for page, text in everything.items()},
            **known,
        )
        reusable = earlier.made if earlier and same_for_all(site, earlier.site) else {}
        return cls(site, everything, generated, earlier=reusable)

    @property
    def bundle(self) -> Bundle:
        """The bundle of the edition."""
        return self.site.bundle

    def numbers_of(self, page: str) -> Bundle:
        """The bundle that a page takes its numbers from: that of an earlier edition where it is settled there."""
        settled = authored.front_matter(self.sources[page]).get("settled", self.site.edition)
        return self.site.bundles[min(self.site.edition, str(settled))]

    def render(self) -> None:
        """Renders every page but the notebooks. Raises: PageError."""
        texts = [page for page in sorted(self.sources) if page.endswith(".md")]
        for page in texts:
            if not lists_uses(page, self.sources[page]):
                self.rendered[page] = self._rendered(page, HTML)
        known = replace(
            self.site,
            stated_on=_by_name({page: self.rendered[page].stated for page in self._as_listed()}),
            cited_on=_by_name({page: self.rendered[page].cited for page in self._as_listed()}),
        )
        self.site = noting(known)
        for page in texts:
            if page not in self.rendered:
                self.rendered[page] = self._rendered(page, HTML)

    def edit(self, authored_sources: Mapping[str, str]) -> list[str]:
        """Takes over the texts of rendered pages that are others by now; gives these pages. Raises: PageError.

        What other pages say of them stays as it was.
        """
        edited = [
            page for page, text in authored_sources.items() if page in self.rendered and self.sources[page] != text
        ]
        self.sources = {**self.sources, **{page: authored_sources[page] for page in edited}}
        self.made = {place: made for place, made in self.made.items() if place[0] not in edited}
        for page in edited:
            self.rendered[page] = self._rendered(page, HTML)
        return edited

    def finished_html(self, page: str, html: str) -> str:
        """The HTML of a page, with its blocks and margin notes in place."""
        if page not in self.rendered:
            return notebooks.slimmed(finished(html))
        result = self.rendered[page]
        return finished(html, result.blocks, result.margin_notes)

    def anchors(self, page: str) -> set[str]:
        """The anchors inside the blocks of a page, which MkDocs does not see."""
        blocks = self.rendered[page].blocks if page in self.rendered else ()
        return {anchor for block in blocks for anchor in re.findall(r' id="([^"]+)"', block)}

    def copy(self, page: str) -> str:
        """The text of a page in Markdown, rendered in that face; that of a notebook without its results."""
        if page.endswith(".py"):
            return notebooks.as_markdown(self.sources[page])
        return self._rendered(page, MARKDOWN).markdown

    def head(self, page: str) -> str:
        """The metadata in the head of a page."""
        context = self._context(page, HTML)
        context.cited = dict.fromkeys(self.rendered[page].cited, 0)
        return cite_this.head(context)

    def proportions(self) -> str:
        """The rules of style that give all drawings their height."""
        return proportions(self.site.bundles.values())

    def stated(self) -> frozenset[str]:
        """The names of the quantities that authored pages state."""
        return frozenset().union(
            *(result.stated for page, result in self.rendered.items() if page not in self.generated)
        )

    def _as_listed(self) -> list[str]:
        """The rendered pages as lists name them: the home page, those that people wrote, those made from records."""
        return sorted(self.rendered, key=lambda page: (page in self.generated, page != addresses.HOME_PAGE, page))

    def _context(self, page: str, face: Face) -> PageContext:
        meta = authored.front_matter(self.sources[page])
        return PageContext(page=page, bundle=self.numbers_of(page), site=self.site, face=face, meta=meta)

    def _rendered(self, page: str, face: Face) -> RenderedPage:
        source, place = self.sources[page], (page, face.name)
        if place not in self.made:
            made = self.earlier.get(place)
            if not made or not made.holds(source, self.site):
                begin_notes(self.site)
                rendered = self._rendered_anew(page, face)
                made = Made(page=rendered, source=source, noted=notes(self.site))
            self.made[place] = made
        return self.made[place].page

    def _rendered_anew(self, page: str, face: Face) -> RenderedPage:
        source = self.sources[page]
        front = _FRONT_MATTER.match(source)
        body = source[front.end() :] if front else source
        first_line = source[: front.end()].count("\n") + 1 if front else 1
        text = body + CITE_PAGE if page in self.site.posts else body
        if face is MARKDOWN:
            text = authored.led_to_copies(text, page)
        return render_page(text, self._context(page, face), first_line=first_line)


def _by_name(named: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """For each name the pages that have it."""
    pages: dict[str, list[str]] = {}
    for page, names in named.items():
        for name in names:
            pages.setdefault(name, []).append(page)
    return pages


def authored_sources(docs: Path) -> dict[str, str]:
    """The text of every authored page and notebook by its path below docs/."""
    names = sorted(path.relative_to(docs) for path in docs.rglob("*") if path.suffix in (".md", ".py"))
    return {name.as_posix(): (docs / name).read_text(encoding="utf-8") for name in names if is_input(name)}


def edited_at(bundle: Bundle, page: str) -> str | None:
    """The record or module that a generated page is made from."""
    folder, name = page.split("/", 1)
    name = name.removesuffix(".md")
    if folder == "systems":
        return f"data/systems/{name}.toml"
    if folder == "tracker":
        return f"data/records/{name}.csv"
    return bundle.architectures[name].code if folder == "architectures" else None
