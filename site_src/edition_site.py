"""Everything of one edition that a builder of sites needs: its pages, the files next to them, and what search finds.

`hooks` alone knows MkDocs and calls this; another builder would call the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Final

from analysis import artifacts
from analysis.errors import AnalysisError
from analysis.record_text import html_text
from site_src import addresses, edition_dates
from site_src.citing.cite_this import citation_files
from site_src.errors import BuildError, PageError
from site_src.outputs import feed, llms_txt, markdown_copies, search_index
from site_src.pages import authored, notebooks
from site_src.pages.edition import EditionPages, authored_sources, edited_at
from site_src.release import git
from site_src.release.subprocesses import Steps
from site_src.theme.bundle import assets
from site_src.theme.typefaces import Typeface, licences, preloaded, typefaces
from site_src.typography import typeset_page

# The kernel warns of its local connection each time it starts; errors still show.
KERNEL_CONFIG: Final = "c = get_config()\nc.IPKernelApp.log_level = 40\n"
SEARCH_WORKER: Final = Path(__file__).parent / "theme" / "workers" / "search.js"
# What stops a build with one line.
FAULTS: Final = (AnalysisError, PageError, BuildError)


@dataclass(slots=True)
class EditionSite:
    """One edition under way. `root` is the folder of the project, `address` that of the whole published site.

    `state` says which bundles and which commit its pages are made from; `faces` are its typefaces by name.
    """

    root: Path
    address: str
    pages: EditionPages
    state: tuple[str, ...] = ()
    faces: Mapping[str, Typeface] = field(default_factory=dict)
    # What a builder puts where, by name.
    latest: ClassVar = addresses.LATEST
    copy_file: ClassVar = addresses.COPY
    guide_file: ClassVar = addresses.GUIDE
    index_file: ClassVar = addresses.SEARCH_INDEX

    @staticmethod
    def compute(root: Path) -> None:
        """Computes the bundles where they are stale. Raises: BuildError."""
        if not artifacts.is_current(root):
            with Steps(root) as steps:
                steps.step(["analysis", "build"])

    @classmethod
    def of(
        cls, root: Path, docs: Path, *, address: str, edition: str, earlier: "EditionSite | None" = None
    ) -> "EditionSite":
        """An edition, the newest if none is named, from the bundles that are built.

        What an `earlier` build in this process has made is reused where it would be the same again.
        """
        state = (edition, artifacts.built_from(root), git.head(root))
        if earlier and earlier.state == state:
            bundles, commits = earlier.pages.site.bundles, earlier.pages.site.commits
        else:
            editions = artifacts.built_editions()
            chosen = edition or editions[-1]
            # Each is read at most once per build, whatever the number of pages.
            bundles = {name: artifacts.open_bundle(name) for name in editions if name <= chosen}
            commits = git.commits_of(root, bundles[chosen].code_files())
        before = earlier.pages if earlier else None
        pages = EditionPages.of(authored_sources(docs), bundles, earlier=before, address=address, commits=commits)
        return cls(root, address, pages, state, typefaces(root))

    def edit(self, docs: Path) -> list[str]:
        """Renders the pages again whose text is another by now; gives them. Raises: PageError."""
        return self.pages.edit(authored_sources(docs))

    @property
    def edition(self) -> str:
        """The edition."""
        return self.pages.site.edition

    @property
    def home(self) -> str:
        """The absolute address of the edition."""
        return self.pages.site.root

    @property
    def sentence(self) -> str:
        """What the edition is, for the foot of every page."""
        return edition_dates.sentence(self.pages.bundle.edition)

    @property
    def as_of(self) -> str:
        """What the edition rests on, for titles."""
        return edition_dates.as_of(self.pages.bundle.edition.evidence)

    def nav(self, nav: list[Any]) -> list[Any]:
        """The navigation with the pages of the edition alone."""
        return authored.nav_at(nav, self.pages.sources)

    def newest(self, url: str) -> str:
        """The address of a page in the newest edition."""
        return addresses.newest(self.address, url)

    @property
    def preloaded(self) -> dict[str, str]:
        """The addresses of the typefaces that pages begin with: each with the element that needs it."""
        return preloaded(self.faces)

    def files(self) -> Iterator[tuple[str, str | bytes | Path]]:
        """Every file next to the pages by its path: its content, or where it is."""
        bundle = self.pages.bundle
        for name in bundle.download_names():
            yield addresses.download(name), bundle.folder / name
        yield from citation_files(self.pages.site).items()
        yield from assets(self.pages.proportions(), self.faces).items()
        yield from ((face.address, face.content) for face in self.faces.values())
        yield from licences().items()
        yield addresses.FEED, feed.feed(self.pages.site)

    def edited_at(self, page: str) -> str | None:
        """What a generated page is made from."""
        return edited_at(self.pages.bundle, page)

    def search_worker(self, theirs: str) -> str:
        """The search worker of the theme, with our part before it."""
        return f"{SEARCH_WORKER.read_text(encoding='utf-8')}\n{theirs}"

    def search_files(self, written: str) -> dict[str, str]:
        """The files of the search by path, from the index that MkDocs wrote."""
        records = search_index.record_entries(self.pages.site, self.pages.generated, self.pages.stated())
        return search_index.index_files(written, records, {**self.pages.sources, **self.pages.generated})

    def guide(self, listed: Iterable[tuple[str, str, str]], *, home: str, description: str) -> str:
        """The guide for programs; `listed` are address, title and description of each page."""
        pages = [llms_txt.Listed(folder=url.lstrip("./"), title=title, description=text) for url, title, text in listed]
        return llms_txt.guide(pages, home=home, edition=self.sentence, description=description)

    def copy(self, page: str, facts: Mapping[str, str]) -> str:
        """A page as Markdown, with facts about it at its head."""
        edition, evidence = self.pages.bundle.edition, self.pages.numbers_of(page).edition.evidence
        known = {"edition": edition.id, "evidence": evidence, "published": edition.published}
        return markdown_copies.copy(self.pages.copy(page), {**facts, **known}, self.root)

    def head(self, page: str) -> dict[str, str]:
        """What the theme puts into the head of a page as it is: tags, and texts that are safe there."""
        meta = authored.front_matter(self.pages.sources[page])
        texts: dict[str, str] = {name: html_text(str(meta[name])) for name in ("title", "description") if name in meta}
        return {**texts, "head": self.pages.head(page)} if page.endswith(".md") else texts

    def typeset(self, html: str) -> str:
        """The file of a page with the signs of print."""
        return typeset_page(html)

    def notebook(self, page: str, *, seconds: int, run: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What a notebook shows; it runs where nothing is kept of it. Raises: PageError, DiskError."""
        return notebooks.shown(self.root, page, seconds=seconds, run=run)

    def kernel_profile(self) -> Path:
        """Writes settings of kernels that know nothing of the user's own, and gives their folder."""
        folder = self.root / ".cache" / "ipython"
        profile = folder / "profile_default"
        profile.mkdir(parents=True, exist_ok=True)
        (profile / "ipython_kernel_config.py").write_text(KERNEL_CONFIG, encoding="utf-8")
        return folder
