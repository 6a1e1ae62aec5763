"""Reads everything under data/ and references.bib into one validated, frozen `Dataset` of all editions."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from analysis.errors import InputError
from analysis.input_files import is_input
from analysis.inputs.bibliography import load_bibliography
from analysis.inputs.changelog import load_errata
from analysis.inputs.checks import faults_of
from analysis.inputs.csv_rows import numbered_records
from analysis.inputs.dataset import Dataset
from analysis.inputs.faults import Faults
from analysis.inputs.files import read_text, read_toml
from analysis.inputs.records import Claim, Constant, Dated, Edition, Erratum, Period, Record, System
from analysis.inputs.references import Reference
from analysis.inputs.sidecars import Sidecar, read_sidecar
from analysis.inputs.tables import TABLES, DataTable
from analysis.inputs.validation import validated

ROOT: Final = Path(__file__).resolve().parents[2]
# Assumptions and observations are looked up together, so their ids share one namespace.
CONSTANT_FILES: Final = ("assumptions.toml", "observations.toml")
R = TypeVar("R", bound=Record)


def load_dataset(root: Path = ROOT) -> Dataset:
    """Every record of the repository, all editions.

    Raises: InputError for a single fault, or InputFaultsError with one line per fault over all files.
    """
    reading = _Reading(root)
    dataset = Dataset(
        editions=reading.entries(Edition, "editions.toml", "editions"),
        constants=tuple(
            constant for name in CONSTANT_FILES for constant in reading.entries(Constant, name, "constants")
        ),
        periods=reading.entries(Period, "periods.toml", "periods"),
        systems=reading.systems(),
        tables={table.name: reading.rows(table) for table in TABLES},
        claims=reading.claims(),
        sidecars=reading.sidecars(),
        references=reading.references(),
        errata=reading.errata(),
    )
    # After all files: a fault between two records is reported even where a third file cannot be read.
    reading.faults.extend(faults_of(dataset, places=reading.places, unread=reading.unread))
    reading.faults.raise_any()
    return dataset


class _Reading:
    """State of reading all files: the faults so far, where each record is written, and what could not be read."""

    def __init__(self, root: Path) -> None:
        self.faults = Faults()
        self.places: dict[int, str] = {}
        self.unread: set[str] = set()
        self._root = root
        self._data = root / "data"

    @contextmanager
    def _gathered(self, collection: str) -> Iterator[None]:
        """Adds the faults of a collection, and marks it as not read completely if there are any."""
        before = len(self.faults)
        with self.faults.gathered():
            yield
        if len(self.faults) > before:
            self.unread.add(collection)

    def rows(self, table: DataTable[Dated]) -> tuple[Dated, ...]:
        """The valid rows of one table."""
        records: list[tuple[int, Dated]] = []
        with self._gathered(table.name):
            records = numbered_records(table.row, self._root / table.file, self._root, self.faults)
        self.places |= {id(record): f"row {number}" for number, record in records}
        return tuple(record for _, record in records)

    def entries(self, model: type[R], name: str, table: str) -> tuple[R, ...]:
        """The entries of one array of tables in a TOML file."""
        records: list[R] = []
        with self._gathered(table):
            path = self._data / name
            entries, lines = _entries(model, path, table, self._root)
            for i, entry in enumerate(entries):
                with self._gathered(table):
                    records.append(validated(model, entry, f"data/{name}: {table}[{i}]"))
                    self.places[id(records[-1])] = _line(lines, i, f"data/{name}", table)
        return tuple(records)

    def claims(self) -> tuple[Claim, ...]:
        """The claims of all publications."""
        records: list[Claim] = []
        for path in self._files("claims"):
            with self._gathered("claims"):
                name = str(path.relative_to(self._root))
                lines = _lines_of(read_text(path, self._root), "claims")
                for i, entry in enumerate(_claims(path, self._root)):
                    with self._gathered("claims"):
                        records.append(validated(Claim, entry, f"{name}: claims[{i}]"))
                        self.places[id(records[-1])] = _line(lines, i, name, "claims")
        return tuple(records)

    def systems(self) -> tuple[System, ...]:
        """The systems, one per file."""
        records: list[System] = []
        for path in self._files("systems"):
            with self._gathered("systems"):
                records.append(_system(path, self._root))
                self.places[id(records[-1])] = records[-1].file
        return tuple(records)

    def sidecars(self) -> dict[str, Sidecar]:
        """The sidecars of all tables; one that cannot be read has been reported with its table."""
        found: dict[str, Sidecar] = {}
        for table in TABLES:
            with self.faults.gathered():
                found[table.path] = read_sidecar(self._root / table.file, self._root)
        return found

    def references(self) -> dict[str, Reference]:
        """The works of the bibliography."""
        with self._gathered("references"):
            return load_bibliography(self._root / "references.bib")
        return {}

    def errata(self) -> tuple[Erratum, ...]:
        """The corrections of closed editions."""
        with self.faults.gathered():
            return load_errata(self._root / "CHANGELOG.md")
        return ()

    def _files(self, folder: str) -> list[Path]:
        files = sorted(path for path in (self._data / folder).glob("*.toml") if is_input(path.relative_to(self._root)))
        if not files:
            self.faults.add(InputError(f"data/{folder}: no .toml file; expected at least one"))
            self.unread.add(folder)
        return files


def _lines_of(text: str, table: str) -> list[int]:
    """The lines on which the entries of an array of tables begin."""
    heading = re.compile(rf"\s*\[\[\s*{table}\s*\]\]")
    return [number for number, line in enumerate(text.splitlines(), start=1) if heading.match(line)]


def _line(lines: list[int], i: int, name: str, table: str) -> str:
    """The place of an entry: its line, or its index where entries are written as an inline array."""
    return f"{name}:{lines[i]}" if i < len(lines) else f"{name}: {table}[{i}]"


def _entries(model: type[R], path: Path, table: str, root: Path) -> tuple[list[Any], list[int]]:
    """The entries of one array of tables in a TOML file, and the lines on which they begin."""
    name = str(path.relative_to(root))
    content = read_toml(path, root)
    if set(content) != {table} or not isinstance(content[table], tuple):
        raise InputError(f"{name}: found {', '.join(sorted(content)) or 'nothing'}; expected only [[{table}]]")
    shared = {"file": name} if "file" in model.model_fields else {}
    return [_with(value, shared) for value in content[table]], _lines_of(read_text(path, root), table)


def _claims(path: Path, root: Path) -> list[Any]:
    """The claims of one publication, each with the publication's name and the file."""
    name = str(path.relative_to(root))
    content = read_toml(path, root)
    shared = {key: content.pop(key, None) for key in ("publication", "ledger")}
    claims = content.pop("claims", None)
    if content or None in shared.values() or not isinstance(claims, tuple):
        found = f"; found also '{next(iter(content))}'" if content else ""
        raise InputError(f"{name}: expected 'publication', 'ledger' and [[claims]]{found}")
    return [_with(claim, {**shared, "file": name}) for claim in claims]


def _with(entry: Any, shared: dict[str, str]) -> Any:
    """An entry with the keys that all entries of its file share; anything else than a table is left to the checks."""
    return {**entry, **shared} if isinstance(entry, dict) else entry


def _system(path: Path, root: Path) -> System:
    """One system; a record that replaces a closed one is named `<id>@<since>`."""
    name = path.relative_to(root).as_posix()
    system = validated(System, {**read_toml(path, root), "file": name}, name)
    expected, _, since = path.stem.partition("@")
    if system.id != expected:
        raise InputError(f"{name}: id: found '{system.id}'; expected the file's name '{expected}'")
    if since and system.since != since:
        raise InputError(f"{name}: since: found '{system.since}'; expected the edition in the file's name, '{since}'")
    return system
