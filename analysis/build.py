"""Builds every edition: data in, one bundle an edition out, all of them swapped in together."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib import style

from analysis.artifacts import HASH_FILE, ROOT, input_hash, swap_in, write_csv, write_json, write_text
from analysis.counting.catalogue import ARCHITECTURES, architectures_at, counted
from analysis.counting.folding import stages
from analysis.counting.registry import Architecture
from analysis.counting.report import layer_record
from analysis.documents import documents
from analysis.figures.canvas import CANVASES, WIDE
from analysis.figures.catalogue import figures_at
from analysis.figures.networks import described, draw_network
from analysis.figures.registry import FigureEntry
from analysis.figures.svg import inline_svg, svg_of
from analysis.inputs.load import load_dataset
from analysis.model.study import analyse
from analysis.results.collect import Findings, find

STYLE_FILE: Final = Path(__file__).parent / "figures" / "house.mplstyle"
PNG_DOTS_PER_INCH: Final = 200


def build(root: Path = ROOT, progress: Callable[[str], None] = print) -> None:
    """Writes `build/` anew. Raises: AnalysisError; then the old build stands as it was."""
    mpl.use("svg")
    stamp = input_hash(root)
    dataset = load_dataset(root)
    # All numbers of all editions first: a fault in the data shows before anything is drawn.
    found = [find(analyse(dataset, edition.id)) for edition in dataset.editions]
    fresh = root / ".build.partial"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for findings in found:
            progress(f"analysis: edition {findings.study.edition.id}, {len(findings.results.quantities)} quantities")
            write_bundle(findings, fresh / findings.study.edition.id)
        write_text(fresh / HASH_FILE, stamp + "\n")
        swap_in(fresh, root / "build")
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def write_bundle(findings: Findings, folder: Path) -> None:
    """Writes everything of one edition into a new folder."""
    (folder / "figures").mkdir(parents=True)
    (folder / "tables").mkdir()
    (folder / "networks").mkdir()
    written = documents(findings)
    for name, content in written.items():
        write_json(folder / name, content)
    for table in written["tables.json"]:
        write_csv(
            folder / "tables" / f"{table['name']}.csv", [column["key"] for column in table["columns"]], table["rows"]
        )
    with style.context(str(STYLE_FILE)):
        records = [
            _write_figure(entry, findings, folder / "figures") for entry in figures_at(findings.study.edition.id)
        ]
        for architecture in architectures_at(findings.study.edition.id):
            _write_network(architecture, folder / "networks")
    write_json(folder / "figures.json", records)


def _write_network(architecture: Architecture, folder: Path) -> None:
    """Writes the layers of a network as a table, and its drawing for the page and for download."""
    layers = [layer_record(row) for row in counted(architecture.name).rows]
    write_csv(folder / f"{architecture.name}.csv", list(layers[0]), layers)
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


def _write_figure(entry: FigureEntry, findings: Findings, folder: Path) -> dict[str, Any]:
    """Draws a figure in both widths; gives its record for figures.json."""
    for canvas in CANVASES:
        drawing = entry.draw(findings, canvas)
        svg = svg_of(drawing.figure)
        prefix = f"{entry.name.replace('.', '-').replace('_', '-')}-{canvas.name}"
        inline = inline_svg(svg, prefix=prefix, title=entry.title, description=entry.alt)
        write_text(folder / f"{entry.name}.{canvas.name}.inline.svg", inline)
        if canvas is WIDE:
            write_text(folder / f"{entry.name}.svg", svg)
            png = folder / f"{entry.name}.png"
            drawing.figure.savefig(png, dpi=PNG_DOTS_PER_INCH, facecolor="white", metadata={"Software": None})
            write_csv(folder / f"{entry.name}.csv", list(drawing.rows[0]), drawing.rows)
    return {
        "name": entry.name,
        "number": entry.number,
        "since": entry.since,
        "title": entry.title,
        "alt": entry.alt,
        "code": entry.code,
        "rows": list(drawing.rows),
    }
