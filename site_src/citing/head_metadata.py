"""The metadata in the head of a page, for reference managers, search engines, link previews, archives.

A thing to cite goes in, with its picture, its downloads and the works it cites; out comes HTML. The tags are
those that Zotero's reader of embedded metadata and Google Scholar look for, Open Graph, and JSON-LD of schema.org.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from analysis.contract import Person, Reference
from analysis.record_text import script_json
from site_src import addresses
from site_src.citing.citable import AUTHOR, LANGUAGE, SITE_NAME, Citable, Kind, as_family_name
from site_src.citing.formats import MEDIA_TYPES
from site_src.citing.works import work_address
from site_src.context import Face

LINKED_FILES: Final = ("bib", "ris", "json")
# The item types of Zotero, which it takes from here for everything but a report.
ITEM_TYPES: Final[dict[Kind, str]] = {
    "site": "webpage",
    "post": "report",
    "figure": "artwork",
    "table": "dataset",
    "system": "dataset",
    "network": "dataset",
    "benchmark": "dataset",
    "data": "dataset",
}
SCHEMA_TYPES: Final[dict[Kind, str]] = {
    "site": "WebSite",
    "post": "ScholarlyArticle",
    "figure": "ImageObject",
    "table": "Dataset",
    "system": "Dataset",
    "network": "Dataset",
    "benchmark": "Dataset",
    "data": "Dataset",
}

Tags = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The picture that represents a page: its absolute address, its size in pixels and its description."""

    address: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file of a data set: its absolute address, its media type, and its SHA-256 sum where known."""

    address: str
    media_type: str
    sha256: str = ""


def head(
    citable: Citable,
    face: Face,
    *,
    picture: Picture | None = None,
    cited: Sequence[Reference] = (),
    downloads: Sequence[Download] = (),
) -> Markup:
    """The metadata of a page for its head, as the HTML face writes it; `cited` are the works that it cites."""
    files = [
        (MEDIA_TYPES[ending], citable.home + addresses.citation_file(citable.slug, ending)) for ending in LINKED_FILES
    ]
    graph = schema(citable, picture=picture, cited=cited, downloads=downloads)
    return face.component(
        "head",
        address=citable.address,
        files=files,
        named=[*_dublin_core(citable), *_highwire(citable, cited), *_twitter(citable, picture)],
        properties=[*_open_graph(citable, picture)],
        # JSON spells every character by which a text could leave the script.
        graph=Markup(script_json(graph)),  # noqa: S704
    )


def schema(
    citable: Citable,
    *,
    picture: Picture | None = None,
    cited: Sequence[Reference] = (),
    downloads: Sequence[Download] = (),
) -> dict[str, Any]:
    """The thing as an object of schema.org, without empty fields."""
    # These objects stay dictionaries: schema.org lets each have any property of its types, and nothing reads them here.
    maintainers = {"@type": "Organization", "name": AUTHOR, "url": citable.home}
    record = {
        "@context": "https://schema.org",
        "@id": citable.address,
        "@type": SCHEMA_TYPES[citable.kind],
        "url": citable.address,
        "name": citable.dated_title,
        "description": citable.abstract,
        "author": maintainers,
        "creator": maintainers,
        "publisher": maintainers,
        "datePublished": citable.published,
        # From whenever the first record is, up to the evidence.
        "temporalCoverage": f"../{citable.evidence}",
        "version": citable.edition,
        "inLanguage": LANGUAGE,
        "keywords": list(citable.keywords),
        "license": citable.licence,
        "isAccessibleForFree": True,
        "isBasedOn": [_work(original) for original in citable.originals],
        "isPartOf": {"@type": "WebSite", "name": SITE_NAME, "url": citable.home} if citable.kind != "site" else None,
        **_particulars(citable, picture, cited=cited, downloads=downloads),
    }
    return {key: value for key, value in record.items() if value}


def _particulars(
    citable: Citable, picture: Picture | None, *, cited: Sequence[Reference], downloads: Sequence[Download]
) -> dict[str, Any]:
    """What only things of this kind have."""
    if citable.kind == "post":
        return {
            "headline": citable.dated_title,
            "citation": [_work(work) for work in cited],
            "image": _image(picture) if picture else None,
        }
    if citable.kind == "figure" and picture:
        return {
            **_image(picture),
            "caption": citable.abstract,
            "creditText": ". ".join(part for part in (AUTHOR, citable.credit) if part),
            "copyrightNotice": AUTHOR,
            "acquireLicensePage": citable.home + addresses.LICENCE,
        }
    return {"distribution": [_distribution(download) for download in downloads]}


def _image(picture: Picture) -> dict[str, Any]:
    return {
        "@type": "ImageObject",
        "contentUrl": picture.address,
        "width": picture.width,
        "height": picture.height,
        "accessibilitySummary": picture.alt,
    }


def _distribution(download: Download) -> dict[str, str]:
    record = {
        "@type": "DataDownload",
        "contentUrl": download.address,
        "encodingFormat": download.media_type,
        "sha256": download.sha256,
    }
    return {key: value for key, value in record.items() if value}


def _work(work: Reference) -> dict[str, Any]:
    """A work of the bibliography as an object of schema.org."""
    record = {
        "@type": "CreativeWork",
        "name": work.title,
        "author": [_author(author) for author in work.author if author.literal != "others"],
        "datePublished": _written_date(work, "-"),
        "url": work_address(work),
    }
    return {key: value for key, value in record.items() if value}


def _author(author: Person) -> dict[str, str]:
    if author.literal:
        return {"@type": "Organization", "name": author.literal}
    return {"@type": "Person", "name": f"{author.given} {author.family}".strip()}


def _dublin_core(citable: Citable) -> Tags:
    """What is stated for every kind of thing; Zotero takes type, rights and language from here."""
    yield "DC.title", citable.dated_title
    yield "DC.creator", AUTHOR
    yield "DC.date", citable.published
    yield "DC.coverage", citable.as_of
    yield "DC.type", ITEM_TYPES[citable.kind]
    yield "DC.identifier", citable.address
    yield "DC.publisher", SITE_NAME
    yield "DC.description", citable.abstract
    yield "DC.language", LANGUAGE
    yield "DC.rights", citable.licence
    # Zotero reads the author of whatever it finds from this tag, and would take the last word for a family name.
    yield "citation_author", as_family_name(AUTHOR)


def _highwire(citable: Citable, cited: Sequence[Reference]) -> Tags:
    """What is published here and when; the site as a whole is no publication, and a post alone is a report."""
    if citable.kind == "site":
        return
    day = citable.published.replace("-", "/")
    yield "citation_title", citable.dated_title
    yield "citation_publication_date", day
    yield "citation_online_date", day
    yield "citation_public_url", citable.address
    yield "citation_language", LANGUAGE
    if citable.kind == "post":
        yield from _report(citable, cited)


def _report(citable: Citable, cited: Sequence[Reference]) -> Tags:
    """What makes a text to be read in full a report, with the works that it cites."""
    yield "citation_technical_report_institution", SITE_NAME
    yield "citation_technical_report_number", citable.edition
    yield "citation_abstract_html_url", citable.address
    yield "citation_fulltext_html_url", citable.address
    yield "citation_keywords", "; ".join(citable.keywords)
    yield "citation_abstract", citable.abstract
    for work in cited:
        yield "citation_reference", _reference(work)


def _reference(work: Reference) -> str:
    """A cited work in one tag: parts with names, parted by semicolons, of which the values have none."""
    parts = [("citation_title", work.title)]
    parts += [("citation_author", _author(author)["name"]) for author in work.author]
    parts += [
        ("citation_publication_date", _written_date(work, "/")),
        ("citation_journal_title", work.container_title),
        # A semicolon inside a DOI, as in a SICI, is percent-encoded: a comma would make it another DOI.
        ("citation_doi", work.doi.replace(";", "%3B")),
        ("citation_arxiv_id", work.archive_location),
    ]
    return "; ".join(f"{name}={value.replace(';', ',')}" for name, value in parts if value and value != "others")


def _open_graph(citable: Citable, picture: Picture | None) -> Tags:
    # A "website" would be a web page to Zotero, whatever else the page says.
    yield "og:type", "article"
    yield "og:title", citable.dated_title
    yield "og:description", citable.abstract
    yield "og:url", citable.address
    yield "og:site_name", SITE_NAME
    yield "article:published_time", citable.published
    if picture:
        yield "og:image", picture.address
        yield "og:image:width", str(picture.width)
        yield "og:image:height", str(picture.height)
        yield "og:image:alt", picture.alt


def _twitter(citable: Citable, picture: Picture | None) -> Tags:
    yield "twitter:card", "summary_large_image" if picture else "summary"
    yield "twitter:title", citable.dated_title
    yield "twitter:description", citable.abstract
    if picture:
        yield "twitter:image", picture.address
        yield "twitter:image:alt", picture.alt


def _written_date(work: Reference, between: str) -> str:
    return between.join(f"{part:02}" for part in work.issued.date_parts[0])
