"""The Atom feed of an edition: its posts, all editions up to it, and the newest records. Source: RFC 4287.

The identifier of an entry is its permanent address in the edition that added it; its link leads to the newest one.
"""

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from analysis.artifacts import Bundle
from analysis.numerals import spelled
from site_src import addresses, tracker
from site_src.citing.citable import AUTHOR, LANGUAGE, SITE_NAME
from site_src.components.faces import plain_text
from site_src.context import Surroundings
from site_src.edition_dates import as_of

ATOM: Final = "http://www.w3.org/2005/Atom"
# A reader of feeds does not want the whole history of the tracker.
MOST_RECORDS: Final = 20
RIGHTS: Final = "Text and data: CC BY 4.0"


def feed(site: Surroundings) -> str:
    """The feed as XML, the entry that changed last first."""
    # Of several that were published on one day, the newest edition comes first.
    listed = [*_posts(site), *reversed([*_editions(site)]), *_records(site)]
    entries = sorted(listed, key=lambda entry: entry["updated"], reverse=True)
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": LANGUAGE})
    _texts(root, id=site.address, title=SITE_NAME, updated=entries[0]["updated"], rights=RIGHTS)
    _texts(ET.SubElement(root, "author"), name=AUTHOR)
    _link(root, "self", addresses.newest(site.address, addresses.FEED), "application/atom+xml")
    _link(root, "alternate", addresses.edition_root(site.address, addresses.LATEST), "text/html")
    for entry in entries:
        element = ET.SubElement(root, "entry")
        _link(element, "alternate", entry.pop("page"), "text/html")
        _texts(element, **entry)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _posts(site: Surroundings) -> Iterator[dict[str, str]]:
    """A post is published with its first edition, and last updated with the edition that its numbers are from.

    The day in its name is that of the text which it recomputes.
    """
    for page, front in site.posts.items():
        edition = min(site.edition, front.get("settled", site.edition))
        yield {
            "id": addresses.absolute(addresses.edition_root(site.address, front["since"]), page),
            "page": addresses.newest(site.address, page),
            "title": front["title"],
            "published": _midnight(site.bundles[front["since"]].edition.published),
            "updated": _midnight(site.bundles[edition].edition.published),
            "summary": front["description"],
        }


def _editions(site: Surroundings) -> Iterator[dict[str, str]]:
    for edition, bundle in site.bundles.items():
        page = addresses.changes_page(edition) if bundle.changes.before else addresses.EDITIONS_PAGE
        yield {
            "id": addresses.edition_root(site.address, edition),
            "page": addresses.newest(site.address, page),
            "title": f"Edition {edition} ({as_of(bundle.edition.evidence)}): {bundle.edition.title}",
            "published": _midnight(bundle.edition.published),
            "updated": _midnight(bundle.edition.published),
            "summary": _summary(bundle),
        }


def _records(site: Surroundings) -> Iterator[dict[str, str]]:
    """The newest records of the tracker. One is published with the first edition that has it."""
    titles = {each["benchmark"]: each["title"] for each in tracker.benchmarks(site.bundle)}
    for run in tracker.newest_records(site.bundle, MOST_RECORDS):
        row = addresses.run_row(run["benchmark"], run["run"])
        since = next(edition for edition, bundle in site.bundles.items() if tracker.has_run(bundle, run))
        published = _midnight(site.bundles[since].edition.published)
        yield {
            "id": addresses.absolute(addresses.edition_root(site.address, since), row),
            "page": addresses.newest(site.address, row),
            "title": f"{titles[run['benchmark']]}: {spelled(run['value'], run['unit'], None)}",
            "published": published,
            "updated": published,
            "summary": plain_text("feed_record", run=run),
        }


def _summary(bundle: Bundle) -> str:
    """What an edition changed, as plain text."""
    changes = bundle.changes
    counts = {name: len(getattr(changes.quantities, name)) for name in ("moved", "added", "removed")}
    return plain_text("feed_edition", changes=changes, numbers=len(bundle.results), **counts)


def _midnight(day: str) -> str:
    return f"{day}T00:00:00Z"


def _texts(parent: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, name).text = text


def _link(parent: ET.Element, relation: str, address: str, media_type: str) -> None:
    ET.SubElement(parent, "link", {"rel": relation, "type": media_type, "href": address})
