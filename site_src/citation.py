"""A work of the bibliography as a line of text: names, year, title, where it appeared, address."""

from typing import Any

MOST_NAMES = 6


def authors_text(reference: dict[str, Any]) -> str:
    """The authors, the first six of many."""
    names = [_name(author) for author in reference["author"]]
    others = names and names[-1] == "others"
    names = [name for name in names if name != "others"]
    if others or len(names) > MOST_NAMES:
        return ", ".join(names[:MOST_NAMES]) + " et al."
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def year_text(reference: dict[str, Any]) -> str:
    """The year of publication."""
    return str(reference["issued"]["date-parts"][0][0])


def container_text(reference: dict[str, Any]) -> str:
    """Where the work appeared: journal, volume, pages, or publisher; arXiv where that is all."""
    place = reference.get("container-title", "")
    if place and "volume" in reference:
        place += f" {reference['volume']}" + (f"({reference['issue']})" if "issue" in reference else "")
    if place and "page" in reference:
        place += f", {reference['page']}"
    parts = [place, reference.get("publisher", "")]
    if "archive_location" in reference:
        parts.append(f"arXiv:{reference['archive_location']}")
    return ". ".join(part for part in parts if part)


def address(reference: dict[str, Any]) -> str:
    """The DOI as an address, or the URL."""
    return f"https://doi.org/{reference['DOI']}" if "DOI" in reference else str(reference.get("URL", ""))


def plain_text(reference: dict[str, Any]) -> str:
    """The whole reference without markup, for a preview."""
    parts = [f"{authors_text(reference)} ({year_text(reference)})", reference["title"], container_text(reference)]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _name(author: dict[str, str]) -> str:
    if "literal" in author:
        return author["literal"]
    initials = " ".join(f"{part[0]}." for part in author["given"].replace("-", " ").split() if part)
    return f"{author['family']}, {initials}" if initials else author["family"]
