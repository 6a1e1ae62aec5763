"""A work of the bibliography as text: its authors, year, place and address."""

from typing import Final
from urllib.parse import quote

from analysis.contract import Person, Reference

MOST_NAMES: Final = 6
DOI_ADDRESS: Final = "https://doi.org/"
# What a DOI may hold as it is in an address; all else, as the angle brackets of a SICI, is percent-encoded there.
PLAIN_IN_ADDRESS: Final = "/:;()!*,=@$+~"


def short_text(reference: Reference) -> str:
    """A work by its first author, or both of two, and its year."""
    return f"{family_names(reference)} {year_text(reference)}"


def family_names(reference: Reference) -> str:
    """The first author, or both of two, by family name."""
    names = [author.literal or author.family for author in reference.author]
    return " and ".join(names) if len(names) <= 2 and names[-1] != "others" else f"{names[0]} et al."


def authors_text(reference: Reference) -> str:
    """The authors, the first six of many."""
    names = [_name(author) for author in reference.author]
    others = names[-1:] == ["others"]
    names = names[:-1] if others else names
    if others or len(names) > MOST_NAMES:
        return ", ".join(names[:MOST_NAMES]) + " et al."
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def year_text(reference: Reference) -> str:
    """The year of publication."""
    return str(reference.issued.date_parts[0][0])


def container_text(reference: Reference) -> str:
    """Where the work appeared: journal, volume and pages, publisher, arXiv."""
    place = reference.container_title
    if place and reference.volume:
        place += f" {reference.volume}" + (f"({reference.issue})" if reference.issue else "")
    if place and reference.page:
        place += f", {reference.page}"
    parts = [place, reference.publisher]
    if reference.archive_location:
        parts.append(f"arXiv:{reference.archive_location}")
    return ". ".join(part for part in parts if part)


def work_address(reference: Reference) -> str:
    """The DOI as an address, or the URL."""
    if reference.doi:
        return f"{DOI_ADDRESS}{quote(reference.doi, safe=PLAIN_IN_ADDRESS)}"
    return reference.url


def _name(author: Person) -> str:
    if author.literal:
        return author.literal
    initials = " ".join(f"{part[0]}." for part in author.given.replace("-", " ").split())
    return f"{author.family}, {initials}" if initials else author.family
