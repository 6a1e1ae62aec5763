"""Where a link leads from a page that takes its numbers from an earlier edition than the one that is read.

In: a page or file by its path in an edition. Out: the address of the same thing in the edition that is read, where it
shows the same there; else its address in the earlier edition, with words that say so.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from analysis.artifacts import Bundle
from site_src import addresses
from site_src.context import PageContext

FILES: Final = "files/"
# What others count for a network, and what is made from a number, appear next to it and are no part of it.
_ALONGSIDE: Final = {"peers", "used_by"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The address of a link for HTML, and the edition that it leads out to, if it does."""

    address: str
    edition: str = ""

    @property
    def mark(self) -> str:
        """What a reader sees at the end of the text of a link that leaves the edition, as HTML."""
        return f' <small class="other-edition">in edition {self.edition}</small>' if self.edition else ""

    @property
    def words(self) -> str:
        """The same for a label that is text alone."""
        return f", in edition {self.edition}" if self.edition else ""


def way(context: PageContext, target: str) -> Way:
    """The way from a page to a page or file of the edition that the page takes its numbers from."""
    edition = context.bundle.edition.id
    current = context.site.bundles[context.site.edition]
    if edition == context.site.edition or shows_the_same(context.bundle, current, target):
        return Way(address=context.url(target))
    return Way(address=context.url(addresses.in_edition(edition, target)), edition=edition)


def linked(context: PageContext, target: str, text: str, kind: str = "") -> str:
    """A text of Markdown as a link of some kind, in Markdown; in HTML where it leaves what MkDocs knows of."""
    there = way(context, target)
    if not there.edition:
        return f"[{text}]({context.link(target)})" + (f"{{ .{kind} }}" if kind else "")
    attribute = f' class="{kind}"' if kind else ""
    return f'<a{attribute} href="{there.address}">{text}{there.mark}</a>'


@cache
def shows_the_same(one: Bundle, other: Bundle, target: str) -> bool:
    """Whether a page or file, by its path in an edition, shows the same in two editions; lists of records do."""
    path, _, place = target.partition("#")
    if path.startswith(FILES):
        files = [bundle.folder / path.removeprefix(FILES) for bundle in (one, other)]
        return all(file.is_file() for file in files) and files[0].read_bytes() == files[1].read_bytes()
    return bool(_shown(one, path, place) == _shown(other, path, place))


def _shown(bundle: Bundle, path: str, place: str) -> Any:
    """The records of a bundle that a place on a page is made from, or nothing for a page of many."""
    if path in addresses.LEDGER_PAGES.values():
        return next((claim for claim in bundle.ledger if claim.id == place), None)
    folder, _, name = path.removesuffix(".md").rpartition("/")
    if folder in ("figures", "tables"):
        records = bundle.figures if folder == "figures" else bundle.tables
        return next((record for record in records.values() if addresses.slug(record.name) == name), None)
    if folder == "systems":
        worked = [calculation for calculation in bundle.worked.values() if calculation.system == name]
        return bundle.systems.get(name), worked
    if folder == "architectures":
        network = bundle.architectures.get(name)
        return network and network.model_dump(exclude=_ALONGSIDE)
    quantity = bundle.results.get(place) if folder == "results" else None
    return quantity and quantity.model_dump(exclude=_ALONGSIDE)
