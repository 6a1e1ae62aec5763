"""Citations: the number of a work in the text, its note in the margin, and the list of works at the end of a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from markupsafe import Markup

from analysis.contract import Reference
from site_src.citing.works import DOI_ADDRESS, authors_text, container_text, short_text, work_address, year_text
from site_src.context import PageContext
from site_src.errors import find

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# A work has at most so many links back in a row; of more, the first ones are shown and the others folded.
MOST_LINKS_BACK: Final = 6
FIRST_LINKS_BACK: Final = 3


def cites(context: PageContext, *keys: str) -> Markup:
    """The numbers of one or several works. Raises: PageError for a work that is not in the bibliography."""
    numbers: Markup = context.face.inline.cites([_cite(context, key) for key in keys])
    return numbers


def _cite(context: PageContext, key: str) -> Markup:
    """The number of a work, linked to the list at the end of the page."""
    reference = find(context.bundle.references, key, "reference")
    number = context.cited.setdefault(key, len(context.cited) + 1)
    if key not in context.margin_notes:
        context.margin_notes[key] = context.component("work_note", number=number, work=reference, **_texts(reference))
    place = ""
    if context.above is None or key not in context.above:
        places = context.citings.setdefault(key, [])
        place = f"cite-{key}-{len(places) + 1}"
        places.append(place)
    if context.above is not None:
        context.above.add(key)
    cited: Markup = context.face.inline.cite(key, number, place)
    return cited


@contextmanager
def one_way_back(context: PageContext) -> Iterator[None]:
    """A table or a calculation: from the list of works one link leads back to it, however often it cites a work."""
    context.above = set()
    try:
        yield
    finally:
        context.above = None


def bibliography(context: PageContext) -> str:
    """The cited works in order of number, each with links back to where it is cited; nothing where none is cited."""
    if not context.cited:
        return ""
    works = [
        {"key": key, "number": number, "text": reference_text(context, key), **_back(context.citings[key])}
        for key, number in context.cited.items()
    ]
    return f"\n\n## References {{ #references }}\n\n{context.block(context.component('bibliography', works=works))}\n"


def reference_text(context: PageContext, key: str) -> Markup:
    """One work with its address, and what it is to an edition whose evidence is older."""
    reference, edition = context.bundle.references[key], context.bundle.edition
    where = work_address(reference)
    return context.component(
        "reference",
        work=reference,
        **_texts(reference),
        address=where,
        shown=f"{DOI_ADDRESS}{reference.doi}" if reference.doi else where,
        note=reference.note[:1].upper() + reference.note[1:],
        edition=edition.id,
        younger=edition.younger_works.get(key),
    )


def _texts(reference: Reference) -> dict[str, str]:
    return {
        "authors": authors_text(reference),
        "short": short_text(reference),
        "year": year_text(reference),
        "container": container_text(reference),
    }


def _back(places: list[str]) -> dict[str, dict[str, str]]:
    """An arrow for each place that cites a work, numbered where there are several: those shown and those folded."""
    arrows = [
        (place, f"↩{str(number).translate(_RAISED)}" if len(places) > 1 else "↩")
        for number, place in enumerate(places, start=1)
    ]
    shown = len(arrows) if len(arrows) <= MOST_LINKS_BACK else FIRST_LINKS_BACK
    return {"back": dict(arrows[:shown]), "folded": dict(arrows[shown:])}
