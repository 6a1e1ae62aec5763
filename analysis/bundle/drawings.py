"""Draws the figures and networks of an edition, for pages, for download and for print; gives their records."""

import shutil
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from matplotlib.figure import Figure

from analysis import contract
from analysis.bundle.files import write_text
from analysis.counting.catalogue import ARCHITECTURES, counted
from analysis.counting.folding import stages
from analysis.counting.registry import Architecture
from analysis.figures.canvas import CANVASES, CSS_PIXELS_PER_INCH, WIDE, Drawing
from analysis.figures.columns import columns_of
from analysis.figures.networks import described, inline_network_svg, network_svg
from analysis.figures.registry import FigureEntry
from analysis.figures.svg_annotations import inline_svg, plot_area, svg_of
from analysis.figures.svg_parts import marks_of, row_id, slug
from analysis.results.collect import Findings

# 2x resolution.
PNG_DOTS_PER_INCH: Final = 2 * CSS_PIXELS_PER_INCH


def write_network(architecture: Architecture, folder: Path) -> None:
    """Writes the drawing of a network for the page and for download."""
    svg, inline = _network_drawings(architecture.name)
    write_text(folder / f"{architecture.name}.svg", svg)
    write_text(folder / f"{architecture.name}.inline.svg", inline)


# Cached over editions, as drawing takes most of a build.
@cache
def _network_drawings(name: str) -> tuple[str, str]:
    """The drawing of a network as a file and for its page; it is the same in every edition."""
    network, parts = ARCHITECTURES[name].title, stages(counted(name))
    title, description = f"Where the operations of {network} go", described(network, parts)
    svg = network_svg(parts, title=title, description=description)
    prefix = f"network-{name.replace('_', '-')}"
    inline = inline_network_svg(parts, prefix=prefix, title=title, description=description)
    return svg, inline


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a drawing is called and what it shows, with the numbers of an edition."""

    title: str
    alt: str


def write_figure(entry: FigureEntry, findings: Findings, folder: Path) -> contract.Figure:
    """Draws a figure in both widths; gives its record, with no hash until its rows are written."""
    words = Words(title=entry.title_for(findings), alt=entry.alt_for(findings))
    for canvas in CANVASES:
        drawing = entry.draw(findings, canvas)
        _write_inline(f"{entry.name}.{canvas.name}", drawing, words, folder)
        for name, variant in entry.variants.items():
            other = replace(words, alt=variant.alt_for(findings))
            _write_inline(f"{entry.name}.{name}.{canvas.name}", variant.draw(findings, canvas), other, folder)
        # The files for download show what the page shows at first; the optional parts are hidden there.
        for part in drawing.optional:
            part.set_visible(False)
        if canvas is WIDE:
            write_text(folder / f"{entry.name}.svg", svg_of(drawing.figure))
            _write_for_print(drawing.figure, folder, entry.name, words)
            width, height = (round(inches * PNG_DOTS_PER_INCH) for inches in drawing.figure.get_size_inches())
    return contract.Figure(
        name=entry.name,
        number=entry.number,
        since=entry.since,
        title=words.title,
        alt=words.alt,
        code=entry.code,
        controls=entry.controls,
        variants=tuple(entry.variants),
        png_width=width,
        png_height=height,
        columns=columns_of(entry.name, drawing.rows[0]),
        rows=tuple(drawing.rows),
        row_ids=tuple(row_id(row, drawing.key) for row in drawing.rows),
        row_quantities=tuple(drawing.quantities.get(row[drawing.key]) for row in drawing.rows),
        input_hash="",
    )


def _write_inline(name: str, drawing: Drawing, words: Words, folder: Path) -> None:
    """Writes a drawing for inlining in a page, with its optional parts."""
    svg = svg_of(drawing.figure)
    inline = inline_svg(
        svg,
        prefix=slug(name),
        title=words.title,
        description=words.alt,
        attributes=plot_area(drawing.figure),
        marks=marks_of(drawing),
    )
    write_text(folder / f"{name}.inline.svg", inline)


def _write_for_print(drawn: Figure, folder: Path, name: str, words: Words) -> None:
    """Writes a figure as PNG and PDF, the same bytes on every run.

    Both show what the SVG shows: if another edition has the same SVG, its files are reused.
    """
    svg = (folder / f"{name}.svg").read_bytes()
    for other in sorted(folder.parent.parent.glob(f"*/figures/{name}.svg")):
        if other.parent != folder and other.read_bytes() == svg:
            for suffix in (".png", ".pdf"):
                shutil.copyfile(other.with_suffix(suffix), folder / f"{name}{suffix}")
            return
    drawn.savefig(folder / f"{name}.png", dpi=PNG_DOTS_PER_INCH, facecolor="white", metadata={"Software": None})
    # The file must not depend on the date or on the version of the library.
    facts = {"Title": words.title, "Subject": words.alt, "CreationDate": None, "Creator": None, "Producer": None}
    drawn.savefig(folder / f"{name}.pdf", metadata=facts)
