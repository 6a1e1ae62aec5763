"""Builds every edition: takes data/, writes one bundle per edition, and swaps all of them in together."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from analysis import contract
from analysis.artifacts import BUILD_LOCK, HASH_FILE, FolderFiles, input_hash
from analysis.bundle.changes import changes
from analysis.bundle.csv_tables import plain_data
from analysis.bundle.datapackage import Resource, data_package, figure_resource, network_resource, table_resource
from analysis.bundle.drawing_jobs import DRAWING_CODE, Job, drawer
from analysis.bundle.drawings import figure_record, jobs_of, write_network
from analysis.bundle.files import file_hash, write_bytes, write_csv, write_json, write_text
from analysis.bundle.json_documents import bibliography, documents, table_records
from analysis.bundle.json_schema import schemas
from analysis.content_store import ContentStore, key_of
from analysis.counting.catalogue import architectures_at, counted
from analysis.disk_faults import disk_faults
from analysis.figures.catalogue import figures_at
from analysis.folder_swap import recover, swap_in
from analysis.input_files import CODE, INPUTS, ROOT, unedited
from analysis.inputs.dataset import Dataset
from analysis.inputs.load import load_dataset
from analysis.locks import alone
from analysis.model.study import analyse
from analysis.results.collect import Findings, find

# Drawings and bundles of earlier builds, below the root.
DRAWINGS: Final = Path(".cache", "drawings")
BUNDLES: Final = Path(".cache", "bundles")
Exhibit = TypeVar("Exhibit", contract.Figure, contract.Table)
# Waits for the files of the drawings of an edition, by their path in its bundle.
Drawings = Callable[[], Mapping[str, bytes]]


def build(root: Path = ROOT, progress: Callable[[str], None] = print) -> None:
    """Rewrites `build/`. Raises: AnalysisError; the old build is then left unchanged."""
    target, fresh = root / "build", root / ".build.partial"
    with alone(root / BUILD_LOCK, target), disk_faults(fresh):
        recover(target)
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            with unedited(root, INPUTS):
                made = _write(root, fresh, progress)
            for key, folder in made.items():
                ContentStore(root / BUNDLES).put(key, FolderFiles(folder))
            swap_in(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def _write(root: Path, fresh: Path, progress: Callable[[str], None]) -> dict[str, Path]:
    """Writes the bundles of all editions into a new folder; gives those that the store does not have, by key."""
    dataset = load_dataset(root)
    keys, store = bundle_keys(dataset), ContentStore(root / BUNDLES)
    kept = {edition: files for edition, key in keys.items() if (files := store.get(key)) is not None}
    found: dict[str, Findings] = {}
    drawings: dict[str, Drawings] = {}
    made: dict[str, Path] = {}
    before = None
    with drawing(root, forget=not kept) as draw:
        # All new numbers first: a fault in the data shows before anything is written.
        for edition in keys:
            if edition not in kept:
                found[edition] = find(analyse(dataset, edition))
                drawings[edition] = draw(found[edition])
        for edition, key in keys.items():
            folder = fresh / edition
            if edition in kept:
                progress(f"analysis: edition {edition}, unchanged")
                _unpack(kept[edition], folder)
            else:
                progress(f"analysis: edition {edition}, {len(found[edition].results.quantities)} quantities")
                earlier = before and (found.get(before) or find(analyse(dataset, before)))
                write_bundle(found[edition], folder, before=earlier, drawings=drawings[edition])
                made[key] = folder
            before = edition
    store.keep(keys.values())
    write_text(fresh / HASH_FILE, f"{input_hash(root)}\n")
    return made


def bundle_keys(dataset: Dataset) -> dict[str, str]:
    """What decides the bundle of each edition: the code, and the records of that edition and of those before it."""
    code, known = input_hash(ROOT, CODE), [dataset.editions[-1].id]
    keys = {}
    for edition in dataset.editions:
        known.append(repr(dataset.at(edition.id)))
        keys[edition.id] = key_of(code, *known)
    return keys


def _unpack(files: Mapping[str, bytes], folder: Path) -> None:
    """Writes the files of a bundle as they were."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_bytes(folder / name, content)


@contextmanager
def drawing(root: Path, *, forget: bool = False) -> Iterator[Callable[[Findings], Drawings]]:
    """A function that has the figures of an edition drawn, by other processes for as long as the block runs.

    `forget` removes every other drawing from the store at its end.
    """
    store, wanted = ContentStore(root / DRAWINGS), list[Job]()
    with drawer(store, module=jobs_of.__module__) as drawers:

        def draw(findings: Findings) -> Drawings:
            jobs = jobs_of(findings)
            wanted.extend(jobs)
            drawn = drawers.begin(jobs)
            return lambda: {name: content for files in drawn() for name, content in files.items()}

        yield draw
    if forget:
        store.keep(job.key for job in wanted)


def write_bundle(findings: Findings, folder: Path, *, before: Findings | None, drawings: Drawings) -> None:
    """Writes everything of one edition into a new folder. What holds drawings comes last: they may still be drawn.

    `before` are the findings of the edition before it.
    """
    edition = findings.study.edition.id
    for name in ("cards", "figures", "tables", "networks", "schema"):
        (folder / name).mkdir(parents=True)
    shown = architectures_at(edition, findings.study.open_edition)
    for architecture in shown:
        write_network(architecture, folder / "networks")
    tables = table_records(findings)
    plain = list(plain_data(findings))
    tabular = [table_resource(record) for record in tables]
    counts = [network_resource(architecture, counted(architecture.name)) for architecture in shown]
    _write_rows([*plain, *tabular, *counts], folder)
    written: dict[str, contract.Content] = {
        **documents(findings),
        "tables.json": tuple(_hashed(record, folder / "tables", _code(record)) for record in tables),
        "changes.json": changes(before, findings),
    }
    _write_documents(written, folder)
    write_text(folder / "references.bib", bibliography(findings))
    files = drawings()
    for name, file in files.items():
        write_bytes(folder / name, file)
    figures = [figure_record(entry, findings, files) for entry in figures_at(edition)]
    drawn = [figure_resource(record) for record in figures]
    _write_rows(drawn, folder)
    described: dict[str, contract.Content] = {
        "figures.json": tuple(_hashed(record, folder / "figures", *DRAWING_CODE) for record in figures),
        "datapackage.json": data_package(findings, [*plain, *drawn, *tabular, *counts], folder),
    }
    _write_documents(described | schemas(edition, written | described), folder)


def _write_rows(resources: Iterable[Resource], folder: Path) -> None:
    for resource in resources:
        (folder / resource.path).parent.mkdir(parents=True, exist_ok=True)
        write_csv(folder / resource.path, resource.columns, resource.rows)


def _write_documents(contents: Mapping[str, Any], folder: Path) -> None:
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_json(folder / name, content)


def _hashed(record: Exhibit, folder: Path, *code: Path) -> Exhibit:
    """The record of a figure or table with a hash of its rows as written and of the code behind it."""
    return record.model_copy(update={"input_hash": file_hash(folder / f"{record.name}.csv", *code)})


def _code(record: contract.Table) -> Path:
    return ROOT / record.code.rpartition(":")[0]
