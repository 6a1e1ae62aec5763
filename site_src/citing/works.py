"""A work of the bibliography as text: its authors, year, place and address. CSL-JSON records go in."""

from typing import Any, Final
from urllib.parse import quote

MOST_NAMES: Final = 6
DOI_ADDRESS: Final = "https://doi.org/"
# What a DOI may hold as it is in an address; all else, as the angle brackets of a SICI, is percent-encoded there.
PLAIN_IN_ADDRESS: Final = "/:;()!*,=@$+~"


def short_text(reference: dict[str, Any]) -> str:
    """A work by its first author, or both of two, and its year."""
    names = [author.get("literal", author.get("family")) for author in reference["author"]]
    who = " and ".join(names) if len(names) <= 2 and names[-1] != "others" else f"{names[0]} et al."
    return f"{who} {year_text(reference)}"


def authors_text(reference: dict[str, Any]) -> str:
    """The authors, the first six of many."""
    names = [_name(author) for author in reference["author"]]
    others = names[-1:] == ["others"]
    names = names[:-1] if others else names
    if others or len(names) > MOST_NAMES:
        return ", ".join(names[:MOST_NAMES]) + " et al."
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def year_text(reference: dict[str, Any]) -> str:
    """The year of publication."""
    return str(reference["issued"]["date-parts"][0][0])


def container_text(reference: dict[str, Any]) -> str:
    """Where the work appeared: journal, volume and pages, publisher, arXiv."""
    place = reference.get("container-title", "")
    if place and "volume" in reference:
        place += f" {reference['volume']}" + (f"({reference['issue']})" if "issue" in reference else "")
    if place and "page" in reference:
        place += f", {reference['page']}"
    parts = [place, reference.get("publisher", "")]
    if "archive_location" in reference:
        parts.append(f"arXiv:{reference['archive_location']}")
    return ". ".join(part for part in parts if part)


def work_address(reference: dict[str, Any]) -> str:
    """The DOI as an address, or the URL."""
    if "DOI" in reference:
        return f"{DOI_ADDRESS}{quote(reference['DOI'], safe=PLAIN_IN_ADDRESS)}"
    return str(reference.get("URL", ""))


def _name(author: dict[str, str]) -> str:
    if "literal" in author:
        return author["literal"]
    initials = " ".join(f"{part[0]}." for part in author["given"].replace("-", " ").split())
    return f"{author['family']}, {initials}" if initials else author["family"]
