"""The files of a figure for download: SVG, PNG and PDF that can be used alone, the same bytes on every run.

Each holds in the picture and in its metadata what the figure shows, where it comes from and under which licence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.bundle.datapackage import LICENCE, TITLE
from analysis.figures.canvas import CSS_PIXELS_PER_INCH, Drawing
from analysis.figures.halo import draw_halos
from analysis.figures.standalone import add_words
from analysis.figures.svg_annotations import NOTHING, svg_of

# 2x resolution.
PNG_DOTS_PER_INCH: Final = 2 * CSS_PIXELS_PER_INCH
Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a drawing is called and what it shows, with the numbers of an edition."""

    title: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Where a figure comes from: its edition, the month of the evidence, and its address below that of the site."""

    edition: str
    evidence: str
    address: str

    @property
    def work(self) -> str:
        """The publication in its edition."""
        return f"{TITLE}, edition {self.edition}"

    @property
    def line(self) -> str:
        """All of it in one line, with the licence."""
        return f"Source: {self.work} (evidence as of {self.evidence}), {self.address}. Licence: {LICENCE}."


def files_to_download(drawing: Drawing, words: Words, credit: Credit) -> dict[str, bytes]:
    """What the page shows at first, by suffix."""
    drawn = drawing.figure
    # The layout that was found for the page is kept, so that all files show the same.
    drawn.set_layout_engine("none")
    for part in drawing.optional:
        part.set_visible(False)
    box = add_words(drawn, title=words.title, source=credit.line)
    facts = {
        "Title": words.title,
        "Description": words.alt,
        "Source": credit.work,
        "Rights": LICENCE,
        "Identifier": credit.address,
    }
    pdf = {
        "Title": words.title,
        "Subject": words.alt,
        "Author": TITLE,
        "Keywords": f"{credit.work}; {credit.address}; {LICENCE}",
    }
    svg = svg_of(drawn, box=box, facts=facts)
    draw_halos(drawn)
    return {
        "svg": svg.encode(),
        "png": png_of(drawn, PNG_DOTS_PER_INCH, box=box, facts=facts),
        "pdf": _pdf_of(drawn, box, pdf),
    }


def png_of(drawn: Figure, dots_per_inch: float, *, box: Bbox | None = None, facts: Facts = NOTHING) -> bytes:
    """A picture of what is in a box, else of all, without the name of the library, whose version would change it."""
    buffer = BytesIO()
    metadata = {**facts, "Software": None}
    drawn.savefig(buffer, format="png", dpi=dots_per_inch, facecolor="white", bbox_inches=box, metadata=metadata)
    return buffer.getvalue()


def _pdf_of(drawn: Figure, box: Bbox, facts: Facts) -> bytes:
    """A page for print that does not depend on the date or on the version of the library."""
    buffer = BytesIO()
    metadata = {**facts, "CreationDate": None, "Creator": None, "Producer": None}
    drawn.savefig(buffer, format="pdf", bbox_inches=box, metadata=metadata)
    return buffer.getvalue()
