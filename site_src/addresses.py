"""Every address of the site: pages, anchors on them, files for download, and where editions are.

A *place* is the path of a page below docs/ or of a file of an edition, with an anchor or without, as in
`results/compute.md#compute.modern.n`. It becomes an address relative to a page, or an absolute one.
"""

import posixpath
from functools import cache, lru_cache
from typing import Final, Literal

from analysis.contract import Claim

ExhibitKind = Literal["figure", "table"]

HOME_PAGE: Final = "index.md"
ABOUT_PAGE: Final = "about/index.md"
DATA_PAGE: Final = "data/index.md"
EDITIONS_PAGE: Final = "editions/index.md"
MODELS_PAGE: Final = "models/index.md"
TRACKER_PAGE: Final = "tracker/index.md"
FIGURES_PAGE: Final = "results/figures.md"
TABLES_PAGE: Final = "results/tables.md"
REFERENCES_PAGE: Final = "references.md"
# The pages that list published statements, by the ledger they belong to.
LEDGER_PAGES: Final = {
    "originals": "results/ledger.md",
    "others": "results/ledger.md",
    "later": "results/ledger-later.md",
    "networks": "results/ledger-networks.md",
}
LICENCE: Final = "about/#licence"
# The topics with more quantities than one page can list: each of their groups has a page of its own.
DIVIDED_TOPICS: Final = frozenset({"compute", "counting", "efficiency"})
# The newest edition, whichever it is.
LATEST: Final = "latest"
FEED: Final = "feed.xml"
GUIDE: Final = "llms.txt"
NOT_FOUND: Final = "404.html"
SITEMAP: Final = "sitemap.xml"
# Read by the theme with every page; the entries are asked for by its worker at the first search.
SEARCH_INDEX: Final = "search/search_index.json"
SEARCH_ENTRIES: Final = "search/entries.json"
STYLES: Final = "assets/site.css"
TYPEFACES: Final = "assets/fonts/"
ICON: Final = "assets/images/favicon.png"
# The copy of a page in Markdown, in the folder of the page.
COPY: Final = "index.md"
FILES: Final = "files/"
CITATIONS: Final = f"{FILES}citations/"


def slug(name: str) -> str:
    """The name of a figure or table in addresses and anchors."""
    return name.replace(".", "-").replace("_", "-")


def name_part(system: str) -> str:
    """A system's id as it appears in the names of its quantities."""
    return system.replace("-", "_")


def group(quantity: str) -> str:
    """The group of a quantity: the first two parts of its name."""
    return ".".join(quantity.split(".")[:2])


def results_page(quantity: str) -> str:
    """The page with the entry of a quantity: that of its topic, or of its group where the topic is divided."""
    topic = quantity.split(".", maxsplit=1)[0]
    return group_page(group(quantity)) if topic in DIVIDED_TOPICS else topic_page(topic)


def topic_page(topic: str) -> str:
    """The page that lists all quantities of a topic; each has an anchor there, which is its name and never moves."""
    return f"results/{topic}.md"


def group_page(group: str) -> str:
    """The page that lists the quantities of one group of a divided topic."""
    return f"results/{group.replace('.', '/')}.md"


def quantity_row(quantity: str) -> str:
    """The entry of a quantity; its anchor is the name of the quantity."""
    return f"{results_page(quantity)}#{quantity}"


def system_page(system: str) -> str:
    """The page of a system, by its id."""
    return f"systems/{system}.md"


def calculation_row(system: str, calculation: str) -> str:
    """A worked calculation on the page of its system, by its full name."""
    return f"{system_page(system)}#{calculation}"


def model_row(model: str) -> str:
    """The row of a notable model on the page of all, by its id."""
    return f"{MODELS_PAGE}#{model}"


def benchmark_page(benchmark: str) -> str:
    """The page of a benchmark of the tracker, by its id."""
    return f"tracker/{benchmark}.md"


def run_row(benchmark: str, run: str) -> str:
    """The row of a run on the page of its benchmark."""
    return f"{benchmark_page(benchmark)}#{run}"


def network_page(network: str) -> str:
    """The page of a network, by its name."""
    return f"architectures/{network}.md"


def exhibit_page(kind: ExhibitKind, name: str) -> str:
    """The page of a figure or table."""
    return f"{kind}s/{slug(name)}.md"


def exhibit_anchor(kind: ExhibitKind, name: str) -> str:
    """The anchor of a figure or table on every page that shows it."""
    return f"{kind}-{slug(name)}"


def ledger_row(claim: Claim) -> str:
    """The row of a published statement."""
    return f"{LEDGER_PAGES[claim.ledger]}#{claim.id}"


def originals_row(claim: str) -> str:
    """The row of a statement of the originals, by its id."""
    return f"{LEDGER_PAGES['originals']}#{claim}"


def reference_row(key: str) -> str:
    """A work in the bibliography."""
    return f"{REFERENCES_PAGE}#{key}"


def data_table_anchor(file: str) -> str:
    """The anchor of a data table on the data page."""
    return file.replace("/", "-").removesuffix(".csv")


def data_table_row(file: str) -> str:
    """A data table on the data page, by its file."""
    return f"{DATA_PAGE}#{data_table_anchor(file)}"


def changes_page(edition: str) -> str:
    """What an edition changed in the one before it."""
    return f"editions/{edition}.md"


def download(path: str) -> str:
    """A file of a bundle, as readers download it."""
    return f"{FILES}{path}"


def exhibit_file(kind: ExhibitKind, name: str, suffix: str) -> str:
    """A file of a figure or table."""
    return download(f"{kind}s/{name}.{suffix}")


def network_file(network: str, suffix: str) -> str:
    """A file of a network."""
    return download(f"networks/{network}.{suffix}")


def data_file(table: str) -> str:
    """A data table as a file, by its name."""
    return download(f"data/{table}.csv")


def benchmark_file(benchmark: str) -> str:
    """A benchmark of the tracker as a file: its rate, its rules and its runs."""
    return download(f"tracker/{benchmark}.json")


def card(topic: str) -> str:
    """The picture that previews of links show for a topic."""
    return download(f"cards/{topic}.png")


def script(name: str) -> str:
    """A script of the site."""
    return f"assets/{name}.js"


def citation_file(citable: str, ending: str) -> str:
    """A citation file of something that can be cited, by its slug."""
    return f"{CITATIONS}{citable}.{ending}"


def archive(name: str) -> str:
    """The zip file of an edition."""
    return download(f"{name}.zip")


def in_edition(edition: str, place: str) -> str:
    """A place of another edition, seen from the root of this one."""
    return f"../{edition}/{place}"


def edition_root(site: str, edition: str) -> str:
    """The absolute address of an edition; `site` is that of the whole site and ends in a slash."""
    return f"{site}{edition}/"


def newest(site: str, place: str) -> str:
    """The absolute address of a page or file in the newest edition."""
    return absolute(edition_root(site, LATEST), place)


def absolute(root: str, place: str) -> str:
    """The absolute address of a page or file below the root of an edition."""
    return root + published(place)


def published(place: str) -> str:
    """A place as it is addressed below the root of its edition: pages are folders."""
    path, mark, anchor = place.partition("#")
    if path.endswith(".md"):
        folder = page_folder(path)
        path = f"{folder}/" if folder else ""
    return path + mark + anchor


def page_folder(page: str) -> str:
    """The folder in which a page is published; empty for the home page."""
    path = page.removesuffix(".md")
    return path.removesuffix("index").rstrip("/") if path == "index" or path.endswith("/index") else path


def relative_url(page: str, place: str) -> str:
    """The address of a place relative to that of a page."""
    path, mark, anchor = place.partition("#")
    return _relative(page, path) + mark + anchor


@lru_cache(maxsize=100_000)
def _relative(page: str, path: str) -> str:
    """As `posixpath.relpath`, which takes a tenth of the time of a build."""
    is_page = path.endswith(".md")
    place, start = _segments(page_folder(path) if is_page else path), _folder_segments(page)
    shared = 0
    for one, other in zip(place, start, strict=False):
        if one != other:
            break
        shared += 1
    steps = [".."] * (len(start) - shared) + place[shared:]
    return ("/".join(steps) or ".") + ("/" if is_page else "")


def _segments(path: str) -> list[str]:
    return posixpath.normpath(path).split("/") if path else []


@cache
def _folder_segments(page: str) -> list[str]:
    return _segments(page_folder(page))


def relative_copy(page: str, place: str) -> str:
    """The address of a place relative to that of a page, with the copy in Markdown in place of a page."""
    path, mark, anchor = place.partition("#")
    if not path.endswith(".md"):
        return relative_url(page, place)
    return relative_url(page, path) + COPY + mark + anchor


def relative_source(page: str, place: str) -> str:
    """The path of a place relative to the source of a page, for a link in Markdown that MkDocs checks."""
    return posixpath.relpath(place, posixpath.dirname(page) or ".")
