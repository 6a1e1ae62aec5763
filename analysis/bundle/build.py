"""Builds every edition: data in, one bundle an edition out, all of them swapped in together."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

import matplotlib as mpl
from matplotlib import style
from matplotlib.figure import Figure

from analysis import contract
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
from analysis.bundle.changes import changes
from analysis.bundle.csv_tables import plain_data
from analysis.bundle.datapackage import data_package, figure_resource, network_resource, table_resource
from analysis.bundle.json_documents import bibliography, documents, table_records
from analysis.bundle.json_schema import schemas
from analysis.counting.catalogue import ARCHITECTURES, architectures_at, counted
from analysis.counting.folding import stages
from analysis.counting.registry import Architecture
from analysis.figures.canvas import CANVASES, CSS_PIXELS_PER_INCH, WIDE, Drawing
from analysis.figures.cards import DOTS_PER_INCH as CARD_DOTS_PER_INCH
from analysis.figures.cards import cards
from analysis.figures.catalogue import figures_at
from analysis.figures.columns import columns_of
from analysis.figures.networks import described, draw_network
from analysis.figures.registry import FigureEntry
from analysis.figures.svg_annotations import inline_svg, plot_area, svg_of
from analysis.figures.svg_parts import marks_of, row_id, slug
from analysis.inputs.load import load_dataset
from analysis.model.study import analyse
from analysis.results.collect import Findings, find
from analysis.running import alone, disk_faults

STYLE_FILE: Final = Path(__file__).parents[1] / "figures" / "house.mplstyle"
# What the look of any figure may hang on.
DRAWING_CODE: Final = (STYLE_FILE, *sorted(STYLE_FILE.parent.glob("*.py")))
# Two pixels for each that the drawing takes on a page.
PNG_DOTS_PER_INCH: Final = 2 * CSS_PIXELS_PER_INCH
Exhibit = TypeVar("Exhibit", contract.Figure, contract.Table)


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
    for name in ("cards", "figures", "tables", "networks", "schema"):
        (folder / name).mkdir(parents=True)
    shown = architectures_at(findings.study.edition.id, findings.study.open_edition)
    with style.context(str(STYLE_FILE)):
        drawn = [_write_figure(entry, findings, folder / "figures") for entry in figures_at(findings.study.edition.id)]
        for name, card in cards(findings).items():
            picture = folder / "cards" / f"{name}.png"
            card.savefig(picture, dpi=CARD_DOTS_PER_INCH, facecolor="white", metadata={"Software": None})
        for architecture in shown:
            _write_network(architecture, folder / "networks")
    tables = table_records(findings)
    resources = [
        *plain_data(findings),
        *(figure_resource(record) for record in drawn),
        *(table_resource(record) for record in tables),
        *(network_resource(architecture, counted(architecture.name)) for architecture in shown),
    ]
    for resource in resources:
        (folder / resource.path).parent.mkdir(parents=True, exist_ok=True)
        write_csv(folder / resource.path, resource.columns, resource.rows)
    written = {
        **documents(findings),
        "figures.json": tuple(_hashed(record, folder / "figures", *DRAWING_CODE) for record in drawn),
        "tables.json": tuple(_hashed(record, folder / "tables", _code(record)) for record in tables),
        "changes.json": changes(before, findings),
        "datapackage.json": data_package(findings, resources, folder),
    }
    for name, content in (written | schemas()).items():
        write_json(folder / name, content)
    write_text(folder / "references.bib", bibliography(findings))


def _hashed(record: Exhibit, folder: Path, *code: Path) -> Exhibit:
    """The record of a figure or table with a hash of its rows as written and of the code that it hangs on."""
    return record.model_copy(update={"input_hash": file_hash(folder / f"{record.name}.csv", *code)})


def _code(record: contract.Table) -> Path:
    return ROOT / record.code.rpartition(":")[0]


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


def _write_figure(entry: FigureEntry, findings: Findings, folder: Path) -> contract.Figure:
    """Draws a figure in both widths; gives its record, with no hash until its rows are written."""
    for canvas in CANVASES:
        drawing = entry.draw(findings, canvas)
        _write_inline(entry, drawing, entry.alt, folder, canvas.name)
        for name, variant in entry.variants.items():
            _write_inline(entry, variant.draw(findings, canvas), variant.alt, folder, f"{name}.{canvas.name}")
        for part in drawing.optional:
            part.set_visible(False)
        if canvas is WIDE:
            write_text(folder / f"{entry.name}.svg", svg_of(drawing.figure))
            _write_for_print(drawing.figure, folder, entry)
            width, height = (round(inches * PNG_DOTS_PER_INCH) for inches in drawing.figure.get_size_inches())
    return contract.Figure(
        name=entry.name,
        number=entry.number,
        since=entry.since,
        title=entry.title,
        alt=entry.alt,
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


def _write_inline(entry: FigureEntry, drawing: Drawing, alt: str, folder: Path, suffix: str) -> None:
    """Writes a drawing of a figure as it stands in a page, optional parts and all."""
    svg = svg_of(drawing.figure)
    name = f"{entry.name}.{suffix}"
    inline = inline_svg(
        svg,
        prefix=slug(name),
        title=entry.title,
        description=alt,
        attributes=plot_area(drawing.figure),
        marks=marks_of(drawing),
    )
    write_text(folder / f"{name}.inline.svg", inline)


def _write_for_print(drawn: Figure, folder: Path, entry: FigureEntry) -> None:
    """Writes a figure as PNG and PDF, the same bytes on every run.

    Both show what the SVG shows: where an edition beside this one has the same SVG, they are taken from there.
    """
    svg = (folder / f"{entry.name}.svg").read_bytes()
    for other in sorted(folder.parent.parent.glob(f"*/figures/{entry.name}.svg")):
        if other.parent != folder and other.read_bytes() == svg:
            for suffix in (".png", ".pdf"):
                shutil.copyfile(other.with_suffix(suffix), folder / f"{entry.name}{suffix}")
            return
    drawn.savefig(folder / f"{entry.name}.png", dpi=PNG_DOTS_PER_INCH, facecolor="white", metadata={"Software": None})
    # No date, and no version of the library either.
    facts = {"Title": entry.title, "Subject": entry.alt, "CreationDate": None, "Creator": None, "Producer": None}
    drawn.savefig(folder / f"{entry.name}.pdf", metadata=facts)
