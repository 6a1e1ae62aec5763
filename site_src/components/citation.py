"""Citations: the number in the text, the list at the end of a page, and a work as a line of text."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Final

from analysis.contract import Edition, Reference
from analysis.record_text import markdown_text
from site_src.citing.works import DOI_ADDRESS, authors_text, container_text, short_text, work_address, year_text
from site_src.components import margin_notes
from site_src.context import PageContext
from site_src.errors import find

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
    return f'<span class="cite">{link}{margin_notes.mark(key)}</span>'


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
    if where := work_address(reference):
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
