"""The files of a figure for download: SVG, PNG and PDF that can be used alone, the same bytes on every run.

Each holds in the picture and in its metadata what the figure shows, where it comes from and under which licence.
"""

from dataclasses import dataclass
from typing import Final

from analysis.bundle.datapackage import LICENCE, TITLE
from analysis.figures.canvas import CSS_PIXELS_PER_INCH, Drawing
from analysis.figures.halo import draw_halos
from analysis.figures.saving import pdf_of, png_of, svg_of
from analysis.figures.standalone import add_words

# 2x resolution.
PNG_DOTS_PER_INCH: Final = 2 * CSS_PIXELS_PER_INCH


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
    for part in drawing.optional:
        part.set_visible(False)
    add_words(drawn, title=words.title, source=credit.line)
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
    svg = svg_of(drawn, facts)
    draw_halos(drawn)
    return {"svg": svg.encode(), "png": png_of(drawn, PNG_DOTS_PER_INCH, facts), "pdf": pdf_of(drawn, pdf)}
