"""How this work is cited: what can be cited in an edition, the block that offers it, its files and its metadata."""

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, Final

from analysis.artifacts import Bundle
from analysis.contract import Figure, Network, System, Table
from site_src import addresses, tracker
from site_src.citing import formats, head_metadata
from site_src.citing.citable import SITE_NAME, Citable, Kind
from site_src.context import PageContext, Surroundings
from site_src.errors import PageError
from site_src.site_config import archive_name

# The works that each topic recomputes; what belongs to no topic goes by all of them.
ORIGINALS: Final = {
    "compute": ("amodei2018ai", "sastry2019addendum"),
    "compute-to-2026": ("amodei2018ai", "epoch2026models"),
    "efficiency-to-2026": ("hernandez2020aiefficiency", "hernandez2020measuring", "ho2024algorithmic"),
    "efficiency": ("hernandez2020aiefficiency", "hernandez2020measuring"),
}
KEYWORDS: Final = ("artificial intelligence", "training compute", "algorithmic efficiency", "reproducible research")
LABELS: Final = {"txt": "Text", "bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
# The pages that are not cited by themselves, by path, and why.
UNCITED: Final = {
    "index.md": "carries the tags of the site as a whole, whose citation is on the page about it",
    "results/*.md": "an index: each number, figure and table in it has an address or a page of its own",
    "architectures/index.md": "an index: each network has a page of its own",
    "editions/*.md": "compares what the editions hold, and each edition is cited as a whole",
    "models/index.md": "lists the rows of a table, which has a page of its own",
    "tracker/index.md": "an index: each benchmark has a page of its own",
    "references.md": "a list of the works of others",
    "appendix/*.md": "a part of the post whose methods it gives, which is what is cited",
    "methods/*.md": "what is behind networks, numbers and tables, each of which has a page of its own",
    "notebooks/*.py": "a program to be run; the numbers that it gives are cited by the post that states them",
    "about/*.md": "concerns the publication, and holds no result",
}
CARD_SIZE: Final = (1200, 630)
DATA_TYPES: Final = {"csv": "text/csv", "json": "application/json", "zip": "application/zip"}


@cache
def citables(site: Surroundings) -> dict[str, Citable]:
    """Everything of an edition that can be cited, by the page that it is cited from."""
    bundle = site.bundles[site.edition]
    return {
        addresses.ABOUT_PAGE: of_site(site),
        addresses.DATA_PAGE: of_data(site),
        **{page: of_post(site, page) for page in site.posts},
        **{
            addresses.exhibit_page("figure", name): of_exhibit(site, "figure", record)
            for name, record in bundle.figures.items()
        },
        **{
            addresses.exhibit_page("table", name): of_exhibit(site, "table", record)
            for name, record in bundle.tables.items()
        },
        **{addresses.system_page(name): of_system(site, record) for name, record in bundle.systems.items()},
        **{addresses.network_page(name): of_network(site, record) for name, record in bundle.architectures.items()},
        **{
            addresses.benchmark_page(record["benchmark"]): of_benchmark(site, record)
            for record in tracker.benchmarks(bundle)
        },
    }


def why_uncited(page: str) -> str:
    """Why a page is not cited by itself; empty for one that is."""
    return next((reason for pattern, reason in UNCITED.items() if fnmatchcase(page, pattern)), "")


def of_site(site: Surroundings) -> Citable:
    """The whole edition."""
    description = "An independent recomputation from data, in which every number opens to its formula and sources."
    originals = _recomputed(site.bundles[site.edition])
    return _citable(
        site, "site", addresses.HOME_PAGE, slug="site", title=SITE_NAME, description=description, originals=originals
    )


def of_data(site: Surroundings) -> Citable:
    """The data and results of the edition."""
    description = (
        "Training compute of machine learning systems, compute to reach fixed levels of skill, published statements, "
        "and every number computed from them, each with its sources."
    )
    return _citable(
        site,
        "data",
        addresses.DATA_PAGE,
        slug="data",
        title=f"Data of “{SITE_NAME}”",
        description=description,
        originals=_recomputed(site.bundles[site.edition]),
    )


def of_post(site: Surroundings, page: str) -> Citable:
    """A post."""
    front = site.posts[page]
    settled = min(site.edition, str(front.get("settled", site.edition)))
    return _citable(
        site,
        "post",
        page,
        slug=page.removesuffix(".md").replace("/", "-"),
        title=f"{front['title']}: an independent recomputation",
        description=front["description"],
        originals=_recomputed(site.bundles[settled], front["topic"]),
        numbers_of=settled,
    )


def of_exhibit(site: Surroundings, kind: addresses.ExhibitKind, record: Figure | Table) -> Citable:
    """A figure or a table."""
    name = record.name
    return _citable(
        site,
        kind,
        addresses.exhibit_page(kind, name),
        slug=f"{kind}-{addresses.slug(name)}",
        title=record.title,
        description=record.alt if isinstance(record, Figure) else record.title,
        number=record.number,
        originals=_recomputed(site.bundles[site.edition], name.split(".")[0]),
    )


def of_system(site: Surroundings, record: System) -> Citable:
    """A system, after the analysis that charts it."""
    return _citable(
        site,
        "system",
        addresses.system_page(record.id),
        slug=f"system-{record.id}",
        title=f"Training compute of {record.name}",
        description=f"Every estimate of the training compute of {record.name}, factor by factor, with its sources.",
        originals=_recomputed(site.bundles[site.edition], "compute"),
    )


def of_network(site: Surroundings, record: Network) -> Citable:
    """A network, after the works that describe it."""
    return _citable(
        site,
        "network",
        addresses.network_page(record.name),
        slug=f"network-{record.name}",
        title=f"Operations and parameters of {record.title}",
        description=f"Operations and parameters of {record.title}, counted layer by layer.",
        originals=record.sources,
    )


def of_benchmark(site: Surroundings, record: Mapping[str, Any]) -> Citable:
    """A benchmark of the tracker, after the lists of its records."""
    return _citable(
        site,
        "benchmark",
        addresses.benchmark_page(record["benchmark"]),
        slug=f"tracker-{record['benchmark']}",
        title=f"Efficiency records: {record['title']}",
        description=f"Every record at the level of {record['title']}, how fast they fall, and the rules.",
        originals=record["sources"],
    )


def citation_files(site: Surroundings) -> dict[str, str]:
    """The text of every citation file of an edition by its path in the edition."""
    return {
        addresses.citation_file(citable.slug, ending): text
        for citable in citables(site).values()
        for ending, text in formats.files(citable).items()
    }


def block(context: PageContext, citable: Citable) -> str:
    """The citation to read, to copy and to download."""
    texts = {ending: text.strip() for ending, text in formats.files(citable).items()}
    return context.block(context.component("citation", slug=citable.slug, texts=texts, labels=LABELS))


def head(context: PageContext) -> str:
    """The metadata in the head of a page that can be cited. Raises: PageError."""
    page, site = context.page, context.site
    citable = of_site(site) if page == addresses.HOME_PAGE else citables(site).get(page)
    if not citable:
        if not why_uncited(page):
            raise PageError(f"{page}: it can neither be cited nor is it among those that need no citation")
        return ""
    cited = [context.bundle.references[key] for key in context.cited]
    downloads = tuple(_downloads(site, citable))
    return head_metadata.head(
        citable, context.face, picture=_picture(context, citable), cited=cited, downloads=downloads
    )


def _citable(
    site: Surroundings,
    kind: Kind,
    page: str,
    *,
    slug: str,
    title: str,
    description: str,
    originals: Sequence[str],
    numbers_of: str = "",
    number: int | None = None,
) -> Citable:
    """One thing to cite; `numbers_of` is the edition of its numbers where that is not the one of the site."""
    bundle = site.bundles[site.edition]
    numbers = site.bundles[numbers_of or site.edition]
    home = addresses.edition_root(site.address, site.edition)
    return Citable(
        slug=slug,
        kind=kind,
        title=title,
        description=description,
        edition=site.edition,
        published=bundle.edition.published,
        evidence=numbers.edition.evidence,
        address=addresses.absolute(home, page),
        home=home,
        originals=tuple(bundle.references[key] for key in originals),
        keywords=KEYWORDS,
        number=number,
    )


def _recomputed(bundle: Bundle, topic: str = "") -> list[str]:
    """The works that an edition recomputes, on one topic or on all; a work younger than its evidence is commentary."""
    keys = ORIGINALS.get(topic) or dict.fromkeys(sum(ORIGINALS.values(), ()))
    return [key for key in keys if key in bundle.references and key not in bundle.edition.younger_works]


def _picture(context: PageContext, citable: Citable) -> head_metadata.Picture | None:
    """The figure itself, or the card of a post's topic in the edition that the post takes its numbers from."""
    if citable.kind == "figure":
        record = next(r for r in context.bundle.figures.values() if r.number == citable.number)
        address = addresses.absolute(citable.home, addresses.exhibit_file("figure", record.name, "png"))
        return head_metadata.Picture(address=address, width=record.png_width, height=record.png_height, alt=record.alt)
    topic = context.meta.get("topic", "compute" if citable.kind == "site" else "")
    # A post on a topic that no card is drawn for has no picture.
    if f"cards/{topic}.png" not in context.bundle.files:
        return None
    width, height = CARD_SIZE
    home = addresses.edition_root(context.site.address, context.bundle.edition.id)
    address = addresses.absolute(home, addresses.card(topic))
    return head_metadata.Picture(address=address, width=width, height=height, alt=citable.abstract)


def _downloads(site: Surroundings, citable: Citable) -> Iterator[head_metadata.Download]:
    for file in _files(site, citable):
        address = addresses.absolute(citable.home, file)
        yield head_metadata.Download(address=address, media_type=DATA_TYPES[file.rpartition(".")[2]])


def _files(site: Surroundings, citable: Citable) -> Iterator[str]:
    """The files of a data set by their paths in the edition."""
    if citable.kind == "data":
        yield addresses.archive(archive_name(site.edition))
        yield addresses.download("datapackage.json")
    if citable.kind == "system":
        yield from map(addresses.data_file, ("systems", "estimates"))
    if citable.kind == "network":
        network = citable.slug.removeprefix("network-")
        yield from (addresses.network_file(network, suffix) for suffix in ("csv", "json"))
    if citable.kind == "benchmark":
        benchmark = citable.slug.removeprefix("tracker-")
        yield addresses.data_file(f"records/{benchmark}")
        yield addresses.benchmark_file(benchmark)
    if citable.kind == "table":
        tables = site.bundles[site.edition].tables.values()
        name = next(record.name for record in tables if record.number == citable.number)
        yield addresses.exhibit_file("table", name, "csv")
