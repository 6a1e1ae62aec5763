"""Where a link leads from a page that takes its numbers from an earlier edition than the one that is read.

In: a page or file by its path in an edition. Out: the address of the same thing in the edition that is read, where it
shows the same there; else its address in the earlier edition, with words that say so.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from markupsafe import Markup

from analysis.artifacts import Bundle
from site_src import addresses
from site_src.context import PageContext

# What is published about a record and is no part of it: what others count for a network, what rests on a number.
_ALONGSIDE: Final = {"peers", "used_by"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The address that a link leads to, and the edition that it leads out to, if it does."""

    address: str
    edition: str = ""


def target(context: PageContext, place: str) -> Target:
    """Where a link leads to a page or file of the edition that the page takes its numbers from."""
    edition = context.bundle.edition.id
    if edition == context.site.edition or shows_the_same(context.bundle, context.site.bundle, place):
        return Target(address=context.url(place))
    return Target(address=context.url(addresses.in_edition(edition, place)), edition=edition)


def linked(context: PageContext, place: str, text: str, kind: str = "") -> Markup:
    """A text as a link of some kind; it names the edition that it leads out to."""
    there = target(context, place)
    link: Markup = context.face.inline.link(there.address, context.face.text(text), there.edition, kind)
    return link


@cache
def shows_the_same(one: Bundle, other: Bundle, place: str) -> bool:
    """Whether a page or file, by its path in an edition, shows the same in two editions; lists of records do."""
    path, _, anchor = place.partition("#")
    if path.startswith(addresses.FILES):
        name = path.removeprefix(addresses.FILES)
        return name in one.files and name in other.files and one.files[name] == other.files[name]
    return bool(_shown(one, path, anchor) == _shown(other, path, anchor))


def _shown(bundle: Bundle, path: str, anchor: str) -> Any:
    """The records of a bundle that a place on a page is made from, or nothing for a page of many."""
    if path in addresses.LEDGER_PAGES.values():
        return next((claim for claim in bundle.ledger if claim.id == anchor), None)
    folder, _, name = path.removesuffix(".md").rpartition("/")
    if folder in ("figures", "tables"):
        records = bundle.figures if folder == "figures" else bundle.tables
        return next((record for record in records.values() if addresses.slug(record.name) == name), None)
    if folder == "systems":
        return bundle.systems.get(name), [worked for worked in bundle.worked.values() if worked.system == name]
    if folder == "architectures":
        network = bundle.architectures.get(name)
        return network and network.model_dump(exclude=_ALONGSIDE)
    quantity = bundle.results.get(anchor) if path.startswith("results/") else None
    return quantity and quantity.model_dump(exclude=_ALONGSIDE)
