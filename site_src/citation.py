"""Citations: the number in the text, the list at the end of a page, and a work as a line of text."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Final
from urllib.parse import quote

from analysis.contract import Edition, Person, Reference
from analysis.record_text import markdown_text
from site_src import asides
from site_src.context import PageContext
from site_src.errors import find

MOST_NAMES: Final = 6
DOI_ADDRESS: Final = "https://doi.org/"
# What a DOI may hold as it is in an address; all else, as the angle brackets of a SICI, is percent-encoded there.
PLAIN_IN_ADDRESS: Final = "/:;()!*,=@$+~"
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def cite(context: PageContext, key: str) -> str:
    """A number with an aside, linked to the list at the end of the page. Raises: PageError."""
    reference = find(context.bundle.references, key, "reference")
    number = context.cited.setdefault(key, len(context.cited) + 1)
    context.asides[key] = f"<b>{number}</b> {_briefly(reference)}"
    link = f"[\\[{number}\\]](#ref-{key})"
    if context.above is None or key not in context.above:
        places = context.citings.setdefault(key, [])
        places.append(f"cite-{key}-{len(places) + 1}")
        link += f"{{ #{places[-1]} }}"
    if context.above is not None:
        context.above.add(key)
    return f'<span class="cite">{link}{asides.mark(key)}</span>'


@contextmanager
def one_way_back(context: PageContext) -> Iterator[None]:
    """A table or a calculation: from the list of works one link leads back to it, however often it cites a work."""
    context.above = set()
    try:
        yield
    finally:
        context.above = None


def bibliography(context: PageContext) -> str:
    """The cited works in order of number, each with links back to where it is cited."""
    if not context.cited:
        return ""
    lines = ["", "", "## References { #references }", ""]
    for key, number in context.cited.items():
        text = reference_markdown(context.bundle.references[key])
        younger = younger_note(context.bundle.edition, key)
        lines.append(f'{number}. <span id="ref-{key}"></span>{text}{younger} {_links_back(context.citings[key])}')
    return "\n".join(lines) + "\n"


def reference_markdown(reference: Reference) -> str:
    """One work as a line of Markdown with its address."""
    authors, title = markdown_text(authors_text(reference)), markdown_text(reference.title)
    text = f"{authors} ({year_text(reference)}). *{title}*."
    if place := container_text(reference):
        text += f" {markdown_text(place)}."
    if where := address(reference):
        text += f" {_linked(reference, where)}"
    if note := reference.note:
        text += f" <small>{markdown_text(note[0].upper() + note[1:])}.</small>"
    return text


def younger_note(edition: Edition, key: str) -> str:
    """What a work that is younger than the evidence of an edition is to it, as Markdown; nothing for any other."""
    if key not in edition.younger_works:
        return ""
    records = len(edition.younger_works[key])
    role = f"a source of {records} of its records" if records else "commentary, not a source"
    return f" <small>Published after the evidence of edition {edition.id}; {role}.</small>"


def _briefly(reference: Reference) -> str:
    """A work in the margin: who, when and what; where it appeared is shown where there is room."""
    place = escape(container_text(reference))
    return f"{escape(short_text(reference))}. <cite>{escape(reference.title)}</cite>." + (
        f"<span> {place}.</span>" if place else ""
    )


def short_text(reference: Reference) -> str:
    """A work by its first author, or both of two, and its year."""
    names = [author.literal or author.family for author in reference.author]
    who = " and ".join(names) if len(names) <= 2 and names[-1] != "others" else f"{names[0]} et al."
    return f"{who} {year_text(reference)}"


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


def address(reference: Reference) -> str:
    """The DOI as an address, or the URL."""
    if reference.doi:
        return f"{DOI_ADDRESS}{quote(reference.doi, safe=PLAIN_IN_ADDRESS)}"
    return reference.url


def _linked(reference: Reference, where: str) -> str:
    """A link that shows its address, with a DOI as it is printed."""
    shown = f"{DOI_ADDRESS}{reference.doi}" if reference.doi else where
    return f"<{where}>" if shown == where else f"[{markdown_text(shown)}](<{where}>)"


def _links_back(places: list[str]) -> str:
    """An arrow for each place that cites a work, numbered where there are several."""
    marks = [str(i).translate(_RAISED) if len(places) > 1 else "" for i in range(1, len(places) + 1)]
    return " ".join(
        f'[↩{mark}](#{place}){{ .back title="Back to the text" }}' for mark, place in zip(marks, places, strict=True)
    )


def _name(author: Person) -> str:
    if author.literal:
        return author.literal
    initials = " ".join(f"{part[0]}." for part in author.given.replace("-", " ").split())
    return f"{author.family}, {initials}" if initials else author.family
