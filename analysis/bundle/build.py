"""Builds every edition: takes data/, writes one bundle per edition, and swaps all of them in together."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import matplotlib as mpl
from matplotlib import style

from analysis import contract
from analysis.artifacts import BUILD_LOCK, HASH_FILE, ROOT, input_hash
from analysis.bundle.changes import changes
from analysis.bundle.csv_tables import plain_data
from analysis.bundle.datapackage import data_package, figure_resource, network_resource, table_resource
from analysis.bundle.drawings import write_figure, write_network
from analysis.bundle.files import file_hash, write_csv, write_json, write_text
from analysis.bundle.json_documents import bibliography, documents, table_records
from analysis.bundle.json_schema import schemas
from analysis.counting.catalogue import architectures_at, counted
from analysis.disk_faults import disk_faults
from analysis.figures.cards import DOTS_PER_INCH as CARD_DOTS_PER_INCH
from analysis.figures.cards import cards
from analysis.figures.catalogue import figures_at
from analysis.folder_swap import recover, swap_in
from analysis.inputs.load import load_dataset
from analysis.locks import alone
from analysis.model.study import analyse
from analysis.results.collect import Findings, find

STYLE_FILE: Final = Path(__file__).parents[1] / "figures" / "house.mplstyle"
# Files that can change how any figure looks; hashed with the rows of each figure.
DRAWING_CODE: Final = (STYLE_FILE, *sorted(STYLE_FILE.parent.glob("*.py")))
Exhibit = TypeVar("Exhibit", contract.Figure, contract.Table)


def build(root: Path = ROOT, progress: Callable[[str], None] = print) -> None:
    """Rewrites `build/`. Raises: AnalysisError; the old build is then left unchanged."""
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
    # No window system is needed, and PNG and PDF are written by their own backends.
    mpl.use("svg")
    # Before reading: a file changed during the build makes the result out of date, not silently current.
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
        drawn = [write_figure(entry, findings, folder / "figures") for entry in figures_at(findings.study.edition.id)]
        for name, card in cards(findings).items():
            picture = folder / "cards" / f"{name}.png"
            card.savefig(picture, dpi=CARD_DOTS_PER_INCH, facecolor="white", metadata={"Software": None})
        for architecture in shown:
            write_network(architecture, folder / "networks")
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
    """The record of a figure or table with a hash of its rows as written and of the code behind it."""
    return record.model_copy(update={"input_hash": file_hash(folder / f"{record.name}.csv", *code)})


def _code(record: contract.Table) -> Path:
    return ROOT / record.code.rpartition(":")[0]
