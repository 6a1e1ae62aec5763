"""A work of the bibliography as a record, and its conversion to CSL-JSON, the exchange format of citation tools."""

from dataclasses import dataclass
from typing import Final

from analysis import contract
from analysis.inputs.bibtex import arxiv_month

# CSL types by BibTeX entry type.
CSL_TYPES: Final = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "misc": "article",
    "unpublished": "article",
    "online": "webpage",
    "electronic": "webpage",
    "software": "software",
    "dataset": "dataset",
    "techreport": "report",
    "report": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "incollection": "chapter",
    "inbook": "chapter",
    "book": "book",
    "proceedings": "book",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person with family and given names, or an organisation with only `literal`."""

    family: str = ""
    given: str = ""
    literal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One work of the bibliography. `issued` is an ISO date of year, month or day precision.

    `since` is the first edition that has the work, or empty if all have it. `bibtex` is the entry as written, without
    `since` and with @string names replaced by their texts. `further_reading` marks a work that is listed although
    nothing cites it.
    """

    key: str
    type: str
    authors: tuple[Author, ...]
    and_others: bool
    title: str
    issued: str
    container: str
    volume: str
    issue: str
    page: str
    publisher: str
    doi: str
    arxiv: str
    url: str
    note: str
    since: str
    bibtex: str
    further_reading: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Its authors by their full names, in order."""
        names = (author.literal or f"{author.given} {author.family}".strip() for author in self.authors)
        return (*names, "others") if self.and_others else tuple(names)

    @property
    def arxiv_month(self) -> tuple[int, int] | None:
        """Year and month of the arXiv id, or None without one."""
        return arxiv_month(self.arxiv) if self.arxiv else None

    def csl(self) -> contract.Reference:
        """The work as a CSL-JSON record."""
        people = [
            contract.Person(literal=a.literal) if a.literal else contract.Person(family=a.family, given=a.given)
            for a in self.authors
        ]
        if self.and_others:
            # CSL has no mark for "and others"; a literal name is what citation tools import.
            people.append(contract.Person(literal="others"))
        return contract.Reference(
            id=self.key,
            type=self.type,
            author=tuple(people),
            title=self.title,
            issued=contract.Issued(date_parts=(tuple(map(int, self.issued.split("-"))),)),
            container_title=self.container,
            volume=self.volume,
            issue=self.issue,
            page=self.page,
            publisher=self.publisher,
            doi=self.doi,
            archive="arXiv" if self.arxiv else "",
            archive_location=self.arxiv,
            url=self.url or (f"https://arxiv.org/abs/{self.arxiv}" if self.arxiv else ""),
            note=self.note,
        )
