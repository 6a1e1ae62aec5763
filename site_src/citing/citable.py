"""What of this publication can be cited: the site, a post, a figure, a table, the data, each in one edition.

A thing to cite goes in; out comes its citation with the fields of CSL, from which every export is made.
"""

from dataclasses import dataclass
from typing import Final, Literal

from analysis.contract import Reference
from site_src.citing.works import family_names, work_address, year_text
from site_src.edition_dates import as_of

SITE_NAME: Final = "AI and compute, recomputed"
# Without a comma, at which several formats part a family name from given names: so it is the same in all of them.
AUTHOR: Final = "The maintainers of the AI and compute recomputation"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
LANGUAGE: Final = "en"

Kind = Literal["site", "post", "figure", "table", "system", "network", "benchmark", "data"]
CSL_TYPES: Final[dict[Kind, str]] = {
    "site": "webpage",
    # Of all that a post could be, a report alone has a number for its edition in every reference manager.
    "post": "report",
    "figure": "graphic",
    "table": "dataset",
    "system": "dataset",
    "network": "dataset",
    "benchmark": "dataset",
    "data": "dataset",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citable:
    """One thing to cite in one edition.

    `slug` names it among all things of the edition, `address` is its page and `home` the root of its edition, both
    absolute. `published` is the day on which the edition was computed and published, `evidence` that of what it rests
    on, both ISO dates. `number` is that of a figure or table, and `originals` are the works it
    recomputes or, for a network, is counted from.
    """

    slug: str
    kind: Kind
    title: str
    description: str
    edition: str
    published: str
    evidence: str
    address: str
    home: str
    originals: tuple[Reference, ...] = ()
    number: int | None = None
    keywords: tuple[str, ...] = ()
    licence: str = LICENCE

    @property
    def full_title(self) -> str:
        """The title, with the number before that of a figure or table."""
        return _one_line(f"{self.kind.capitalize()} {self.number}: {self.title}" if self.number else self.title)

    @property
    def as_of(self) -> str:
        """What it rests on, in words."""
        return as_of(self.evidence)

    @property
    def credit(self) -> str:
        """One sentence that names the works it comes after, with titles and addresses; empty without any."""
        works = [f"{named(work)}, {work.title}, {work_address(work)}".removesuffix(", ") for work in self.originals]
        verb = "Counted from" if self.kind == "network" else "Recomputes"
        return _one_line(f"{verb} {'; '.join(works)}") if works else ""

    @property
    def dated_title(self) -> str:
        """The full title with what it rests on, for formats that have no other place for it in a printed citation."""
        return f"{self.full_title} ({self.as_of})"

    @property
    def abstract(self) -> str:
        """The description on one line."""
        return _one_line(self.description)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A thing to cite as reference managers take it: the variables of CSL, empty where they do not apply.

    `author` is one group, `issued` an ISO date.
    """

    id: str
    type: str
    author: str
    title: str
    container_title: str
    publisher: str
    number: str
    version: str
    issued: str
    url: str
    abstract: str
    keywords: tuple[str, ...]
    language: str
    license: str
    note: str


def citation(citable: Citable) -> Citation:
    """The citation of a thing."""
    is_post = citable.kind == "post"
    return Citation(
        id=f"{citable.slug}-{citable.edition}",
        type=CSL_TYPES[citable.kind],
        author=AUTHOR,
        title=citable.dated_title,
        container_title="" if is_post or citable.kind == "site" else SITE_NAME,
        publisher=SITE_NAME if is_post else "",
        number=citable.edition if is_post else "",
        version=citable.edition,
        issued=citable.published,
        url=citable.address,
        abstract=citable.abstract,
        keywords=tuple(_one_line(word) for word in citable.keywords),
        language=LANGUAGE,
        license=citable.licence,
        note=". ".join(part for part in (_capitalized(citable.as_of), citable.credit) if part),
    )


def named(work: Reference) -> str:
    """A work in running text, by the names of at most two authors and its year."""
    return f"{family_names(work)} ({year_text(work)})"


def as_family_name(group: str) -> str:
    """A group for formats in which a comma parts family from given names: all of it family name, none given.

    Without that comma they take the last word for the family name. The group itself may have none.
    """
    return f"{group},"


def _capitalized(text: str) -> str:
    return text[0].upper() + text[1:]


def _one_line(text: str) -> str:
    return " ".join(text.split())
