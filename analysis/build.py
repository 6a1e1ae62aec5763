"""Builds every edition: data in, one bundle an edition out, all of them swapped in together."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib import style
from matplotlib.figure import Figure

from analysis.artifacts import (
    BUILD_LOCK,
    HASH_FILE,
    ROOT,
    file_hash,
    input_hash,
    recover,
    swap_in,
    write_csv,
    write_json,
    write_text,
)
from analysis.changes import changes
from analysis.counting.catalogue import ARCHITECTURES, architectures_at, counted
from analysis.counting.folding import stages
from analysis.counting.registry import Architecture
from analysis.documents import bibliography, documents
from analysis.figures.canvas import CANVASES, CSS_PIXELS_PER_INCH, WIDE, Drawing
from analysis.figures.cards import DOTS_PER_INCH as CARD_DOTS_PER_INCH
from analysis.figures.cards import cards
from analysis.figures.catalogue import figures_at
from analysis.figures.columns import columns_of
from analysis.figures.marks import marks_of, row_id, slug
from analysis.figures.networks import described, draw_network
from analysis.figures.registry import FigureEntry
from analysis.figures.svg import inline_svg, plot_area, svg_of
from analysis.inputs.load import load_dataset
from analysis.model.study import analyse
from analysis.package import data_package, figure_resource, network_resource, table_resource
from analysis.plain_data import plain_data
from analysis.results.collect import Findings, find
from analysis.running import alone, disk_faults
from analysis.schema import RESULTS_SCHEMA

STYLE_FILE: Final = Path(__file__).parent / "figures" / "house.mplstyle"
# What the look of any figure may hang on.
DRAWING_CODE: Final = (STYLE_FILE, *sorted(STYLE_FILE.parent.glob("*.py")))
# Two pixels for each that the drawing takes on a page.
PNG_DOTS_PER_INCH: Final = 2 * CSS_PIXELS_PER_INCH


def build(root: Path = ROOT, progress: Callable[[str], None] = print) -> None:
    """Writes `build/` anew. Raises: AnalysisError; then the old build stands as it was."""
    target, fresh = root / "build", root / ".build.partial"
    with alone(root / BUILD_LOCK, target), disk_faults(fresh):
        recover(target)
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            _write(root, fresh, progress)
            swap_in(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def _write(root: Path, fresh: Path, progress: Callable[[str], None]) -> None:
    """Writes the bundles of all editions into a new folder."""
    mpl.use("svg")
    stamp = input_hash(root)
    dataset = load_dataset(root)
    # All numbers of all editions first: a fault in the data shows before anything is drawn.
    found = [find(analyse(dataset, edition.id)) for edition in dataset.editions]
    for before, findings in zip([None, *found], found, strict=False):
        progress(f"analysis: edition {findings.study.edition.id}, {len(findings.results.quantities)} quantities")
        write_bundle(findings, fresh / findings.study.edition.id, before=before)
    write_text(fresh / HASH_FILE, stamp + "\n")


def write_bundle(findings: Findings, folder: Path, *, before: Findings | None) -> None:
    """Writes everything of one edition into a new folder; `before` are the findings of the edition before it."""
    for name in ("cards", "figures", "tables", "networks", "schema", "data/efficiency", "data/counting"):
        (folder / name).mkdir(parents=True)
    shown = architectures_at(findings.study.edition.id)
    written = documents(findings)
    with style.context(str(STYLE_FILE)):
        drawn = [_write_figure(entry, findings, folder / "figures") for entry in figures_at(findings.study.edition.id)]
        for name, card in cards(findings).items():
            picture = folder / "cards" / f"{name}.png"
            card.savefig(picture, dpi=CARD_DOTS_PER_INCH, facecolor="white", metadata={"Software": None})
        for architecture in shown:
            _write_network(architecture, folder / "networks")
    resources = [
        *plain_data(findings),
        *(figure_resource(record) for record in drawn),
        *(table_resource(record) for record in written["tables.json"]),
        *(network_resource(architecture, counted(architecture.name)) for architecture in shown),
    ]
    for resource in resources:
        write_csv(folder / resource.path, resource.columns, resource.rows)
    written["figures.json"] = [_hashed(record, folder / "figures", *DRAWING_CODE) for record in drawn]
    written["tables.json"] = [_hashed(record, folder / "tables", _code(record)) for record in written["tables.json"]]
    written["schema/results.schema.json"] = RESULTS_SCHEMA
    written["changes.json"] = changes(before, findings)
    written["datapackage.json"] = data_package(findings, resources, folder)
    for name, content in written.items():
        write_json(folder / name, content)
    write_text(folder / "references.bib", bibliography(findings))


def _hashed(record: dict[str, Any], folder: Path, *code: Path) -> dict[str, Any]:
    """The record of a figure or table with a hash of its rows as written and of the code that it hangs on."""
    return {**record, "input_hash": file_hash(folder / f"{record['name']}.csv", *code)}


def _code(record: dict[str, Any]) -> Path:
    return ROOT / str(record["code"]).rpartition(":")[0]


def _write_network(architecture: Architecture, folder: Path) -> None:
    """Writes the drawing of a network for the page and for download."""
    svg, inline = _network_drawings(architecture.name)
    write_text(folder / f"{architecture.name}.svg", svg)
    write_text(folder / f"{architecture.name}.inline.svg", inline)


@cache
def _network_drawings(name: str) -> tuple[str, str]:
    """The drawing of a network as a file and for its page; it is the same in every edition."""
    title, parts = ARCHITECTURES[name].title, stages(counted(name))
    svg = svg_of(draw_network(parts))
    inline = inline_svg(
        svg,
        prefix=f"network-{name.replace('_', '-')}",
        title=f"Where the operations of {title} go",
        description=described(title, parts),
    )
    return svg, inline


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a drawing is called and what it shows, with the numbers of an edition."""

    title: str
    alt: str


def _write_figure(entry: FigureEntry, findings: Findings, folder: Path) -> dict[str, Any]:
    """Draws a figure in both widths; gives its record for figures.json."""
    words = Words(title=entry.title_for(findings), alt=entry.alt_for(findings))
    for canvas in CANVASES:
        drawing = entry.draw(findings, canvas)
        _write_inline(f"{entry.name}.{canvas.name}", drawing, words, folder)
        for name, variant in entry.variants.items():
            other = replace(words, alt=variant.alt_for(findings))
            _write_inline(f"{entry.name}.{name}.{canvas.name}", variant.draw(findings, canvas), other, folder)
        for part in drawing.optional:
            part.set_visible(False)
        if canvas is WIDE:
            write_text(folder / f"{entry.name}.svg", svg_of(drawing.figure))
            _write_for_print(drawing.figure, folder, entry.name, words)
            width, height = (round(inches * PNG_DOTS_PER_INCH) for inches in drawing.figure.get_size_inches())
    return {
        "name": entry.name,
        "number": entry.number,
        "since": entry.since,
        "title": words.title,
        "alt": words.alt,
        "code": entry.code,
        "controls": list(entry.controls),
        "variants": list(entry.variants),
        "png_width": width,
        "png_height": height,
        "columns": columns_of(entry.name, drawing.rows[0]),
        "rows": list(drawing.rows),
        "row_ids": [row_id(row, drawing.key) for row in drawing.rows],
        "row_quantities": [drawing.quantities.get(row[drawing.key]) for row in drawing.rows],
    }


def _write_inline(name: str, drawing: Drawing, words: Words, folder: Path) -> None:
    """Writes a drawing of a figure as it stands in a page, optional parts and all."""
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

    Both show what the SVG shows: where an edition beside this one has the same SVG, they are taken from there.
    """
    svg = (folder / f"{name}.svg").read_bytes()
    for other in sorted(folder.parent.parent.glob(f"*/figures/{name}.svg")):
        if other.parent != folder and other.read_bytes() == svg:
            for suffix in (".png", ".pdf"):
                shutil.copyfile(other.with_suffix(suffix), folder / f"{name}{suffix}")
            return
    drawn.savefig(folder / f"{name}.png", dpi=PNG_DOTS_PER_INCH, facecolor="white", metadata={"Software": None})
    # No date, and no version of the library either.
    facts = {"Title": words.title, "Subject": words.alt, "CreationDate": None, "Creator": None, "Producer": None}
    drawn.savefig(folder / f"{name}.pdf", metadata=facts)
