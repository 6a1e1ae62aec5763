"""Draws the figures, cards and networks of an edition, for pages, for download and for print; gives their records.

Figures and cards are jobs, which are done at most once for all editions; see `drawing_jobs`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

import matplotlib as mpl
from matplotlib import font_manager, style

from analysis import contract
from analysis.bundle.drawing_files import Credit, Words, files_to_download
from analysis.bundle.drawing_jobs import Files, Job
from analysis.bundle.files import write_text
from analysis.counting.catalogue import ARCHITECTURES, counted
from analysis.counting.folding import opened, stages
from analysis.counting.registry import Architecture
from analysis.figures.canvas import CANVASES, WIDE, Canvas, Content, Drawing
from analysis.figures.cards import DOTS_PER_INCH as CARD_DOTS_PER_INCH
from analysis.figures.cards import Card, cards, draw_card
from analysis.figures.catalogue import figures_at
from analysis.figures.columns import columns_of
from analysis.figures.networks import described, inline_network_svg, network_svg
from analysis.figures.registry import FigureEntry, registered
from analysis.figures.saving import png_of, svg_of
from analysis.figures.svg_annotations import inline_svg, plot_area
from analysis.figures.svg_parts import marks_of, row_id, slug
from analysis.figures.typefaces import drawn_faces
from analysis.numerals import month_in_words
from analysis.results.collect import Findings

STYLE_FILE: Final = Path(__file__).parents[1] / "figures" / "house.mplstyle"
# The networks of earlier editions are drawn by stage, as they were published.
OPENED_SINCE: Final = "2026-11"
# Where a PNG says how wide and how high it is. Source: the PNG specification, 11.2.1.
PNG_WIDTH, PNG_HEIGHT = slice(16, 20), slice(20, 24)


def write_network(architecture: Architecture, folder: Path) -> None:
    """Writes the drawing of a network for the page and for download."""
    svg, inline = _network_drawings(architecture.name)
    write_text(folder / f"{architecture.name}.svg", svg)
    write_text(folder / f"{architecture.name}.inline.svg", inline)


# Cached over editions, as drawing takes most of a build.
@cache
def _network_drawings(name: str) -> tuple[str, str]:
    """The drawing of a network as a file and for its page; it is the same in every edition."""
    entry, parts = ARCHITECTURES[name], stages(counted(name))
    if entry.since is None or entry.since >= OPENED_SINCE:
        parts = opened(parts)
    network = entry.title
    title, description = f"Where the operations of {network} go", described(network, parts)
    svg = network_svg(parts, title=title, description=description)
    prefix = f"network-{name.replace('_', '-')}"
    inline = inline_network_svg(parts, prefix=prefix, title=title, description=description)
    return svg, inline


def jobs_of(findings: Findings) -> list[Job]:
    """The drawings of an edition; each gives files by their path in the bundle."""
    jobs = [Job(_card_files, (topic, card)) for topic, card in cards(findings).items()]
    for entry in figures_at(findings.study.edition.id):
        content, title = entry.shows(findings), entry.title_for(findings)
        words = {"": Words(title=title, alt=entry.alt_for(findings))} | {
            name: Words(title=title, alt=variant.alt_for(findings)) for name, variant in entry.variants.items()
        }
        # Only what can be downloaded names its edition: the rest is drawn once for all editions that show the same.
        for canvas in CANVASES:
            credit = _credit(entry, findings) if canvas == WIDE else None
            jobs.append(Job(_figure_files, (entry.name, canvas, content, words, credit)))
    return jobs


def figure_record(entry: FigureEntry, findings: Findings, files: Mapping[str, bytes]) -> contract.Figure:
    """The record of a figure whose files are drawn, with no hash until its rows are written."""
    content, png = entry.shows(findings), files[f"figures/{entry.name}.png"]
    return contract.Figure(
        name=entry.name,
        number=entry.number,
        since=entry.since,
        title=entry.title_for(findings),
        alt=entry.alt_for(findings),
        code=entry.code,
        controls=entry.controls,
        variants=tuple(entry.variants),
        png_width=int.from_bytes(png[PNG_WIDTH]),
        png_height=int.from_bytes(png[PNG_HEIGHT]),
        columns=columns_of(entry.name, content.rows[0]),
        rows=content.rows,
        row_ids=tuple(row_id(row, content.key) for row in content.rows),
        row_quantities=tuple(content.quantities.get(row[content.key]) for row in content.rows),
        input_hash="",
    )


@contextmanager
def house_style() -> Iterator[None]:
    """The style of every drawing, on a machine with or without a window system."""
    # PNG and PDF are written by backends of their own.
    mpl.use("svg")
    _add_typeface()
    with style.context(str(STYLE_FILE)):
        yield


# A face that is added twice is listed twice.
@cache
def _add_typeface() -> None:
    """Lets matplotlib find the faces by the name of their family. It takes them from files alone."""
    for name, content in drawn_faces().items():
        path = Path(mpl.get_cachedir(), name)
        if not path.is_file() or path.read_bytes() != content:
            # Other processes may do the same now.
            with NamedTemporaryFile(dir=path.parent, delete=False) as partial:
                partial.write(content)
            Path(partial.name).replace(path)
        font_manager.fontManager.addfont(path)


def _card_files(topic: str, card: Card) -> Files:
    """The card of a topic."""
    with house_style():
        return {f"cards/{topic}.png": png_of(draw_card(card), CARD_DOTS_PER_INCH)}


def _credit(entry: FigureEntry, findings: Findings) -> Credit:
    edition = findings.study.edition
    return Credit(
        edition=edition.id,
        evidence=month_in_words(edition.evidence),
        address=f"{edition.id}/figures/{slug(entry.name)}/",
    )


def _figure_files(
    name: str, canvas: Canvas, content: Content, words: Mapping[str, Words], credit: Credit | None
) -> Files:
    """A figure and its variants in one width, for pages; with a credit also for download and for print."""
    entry = next(entry for entry in registered() if entry.name == name)
    with house_style():
        drawing = entry.draw(content, canvas)
        svg = svg_of(drawing.figure)
        inline = {f"{name}.{canvas.name}": _inline(f"{name}.{canvas.name}", drawing, svg, words[""])}
        for variant, other in entry.variants.items():
            full, drawn = f"{name}.{variant}.{canvas.name}", other.draw(content, canvas)
            inline[full] = _inline(full, drawn, svg_of(drawn.figure), words[variant])
        files = {f"figures/{full}.inline.svg": text.encode() for full, text in inline.items()}
        if credit:
            to_download = files_to_download(drawing, words[""], credit)
            files |= {f"figures/{name}.{suffix}": file for suffix, file in to_download.items()}
        return files


def _inline(name: str, drawing: Drawing, svg: str, words: Words) -> str:
    """A drawing for inlining in a page, with its optional parts."""
    return inline_svg(
        svg,
        prefix=slug(name),
        title=words.title,
        description=words.alt,
        attributes={"data-measure": str(drawing.figure.get_label()), **plot_area(drawing.figure)},
        marks=marks_of(drawing),
    )
