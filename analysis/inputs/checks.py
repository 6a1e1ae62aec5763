"""Checks that need more than one record: names must exist, ids must be unique, dates must agree.

`faults_of` yields every fault in file order, one line each; `check` raises them.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any, Final

from analysis.counting.catalogue import ARCHITECTURES
from analysis.errors import InputError, UnknownNameError, did_you_mean
from analysis.inputs.dataset import COLLECTIONS, Dataset, file_of
from analysis.inputs.edition_checks import date_faults, edition_list_faults, errata_faults, span_faults
from analysis.inputs.faults import Faults
from analysis.inputs.known_names import (
    Errors,
    architecture_faults,
    edition_faults,
    is_edition,
    name_faults,
    open_edition,
    source_faults,
)
from analysis.inputs.ranges import COLUMN_RANGES, KEY_UNITS, value_faults
from analysis.inputs.record_checks import record_faults
from analysis.inputs.records import Dated, System
from analysis.inputs.references import Reference
from analysis.inputs.sidecars import Sidecar
from analysis.inputs.system_checks import system_faults
from analysis.inputs.tables import ARCHITECTURE, TABLES, DataTable
from analysis.record_text import fault_in
from analysis.units import UNITS

NO_PLACES: Final[Mapping[int, str]] = MappingProxyType({})


def check(dataset: Dataset) -> None:
    """Raises: InputError, or InputFaultsError where a dataset has several faults."""
    faults = Faults()
    faults.extend(faults_of(dataset))
    faults.raise_any()


def faults_of(
    dataset: Dataset, *, places: Mapping[int, str] = NO_PLACES, unread: Collection[str] = frozenset()
) -> Errors:
    """Every fault of a dataset. `places` maps the `id()` of a record to where it is written; `unread` names the
    collections that could not be read completely.

    A name looked up in an incomplete collection may well exist, so only the original fault is reported.
    """
    doubtful = set(unread)
    for fault in _all_faults(dataset, places, doubtful):
        if not (isinstance(fault, UnknownNameError) and fault.among in doubtful):
            yield fault


def _all_faults(dataset: Dataset, places: Mapping[int, str], doubtful: set[str]) -> Errors:
    if "editions" not in doubtful:
        yield from _noted(edition_list_faults(dataset), "editions", doubtful)
    yield from errata_faults(dataset)
    yield from _of_references(dataset)
    for name, group in dataset.collections.items():
        yield from _noted(_of_ids(COLLECTIONS[name], group, places), name, doubtful)
    units = {table.name: _units_of(dataset, table) for table in TABLES}
    for name, where, record in _records(dataset):
        yield from _of_record(dataset, where, record)
        yield from value_faults(where, record, units.get(name, KEY_UNITS))
    for name, sidecar in dataset.sidecars.items():
        yield from _of_sidecar(dataset, name, sidecar, doubtful)
    for system in dataset.systems:
        yield from system_faults(dataset, system)
    yield from _of_architectures(dataset)
    yield from _of_rows(dataset)
    yield from record_faults(dataset)
    if "claims" not in doubtful:
        yield from _of_repeats(dataset)


def _noted(faults: Errors, collection: str, doubtful: set[str]) -> Errors:
    """Passes on the faults of a collection, and marks it as doubtful if there are any."""
    for fault in faults:
        doubtful.add(collection)
        yield fault


def _of_record(dataset: Dataset, where: str, record: Dated) -> Errors:
    """The faults that any kind of record can have."""
    yield from span_faults(dataset, where, record)
    yield from source_faults(dataset, where, record.sources, since=record.since)  # type: ignore[attr-defined]
    if is_edition(dataset, record.since):
        yield from date_faults(dataset, where, record)


def _units_of(dataset: Dataset, table: DataTable[Dated]) -> dict[str, str]:
    """The units of a table's columns; empty if its sidecar cannot be read."""
    sidecar = dataset.sidecars.get(table.path)
    return {column.name: column.unit for column in sidecar.columns} if sidecar else {}


def _records(dataset: Dataset) -> Iterator[tuple[str, str, Dated]]:
    """Every dated record, with its collection and the place to name in a message."""
    for name, group in dataset.collections.items():
        for record in group:
            file = file_of(record, name)
            yield name, file if isinstance(record, System) else f"{file}: {record.id}", record


def _of_references(dataset: Dataset) -> Errors:
    for key, reference in dataset.references.items():
        for field, text in _texts_of(reference):
            if fault := fault_in(text):
                yield InputError(f"references.bib: {key}: {field}: {fault}; found '{text[:60]}'")
        if reference.since:
            yield from edition_faults(dataset, f"references.bib: {key}: since", reference.since)


def _texts_of(reference: Reference) -> Iterator[tuple[str, str]]:
    """Every text of a work with its field, except the raw entry, which has many lines and is only offered as a file."""
    for name in (field.name for field in fields(reference)):
        value = getattr(reference, name)
        if isinstance(value, str) and name != "bibtex":
            yield name, value
    for author in reference.authors:
        yield from (("author", text) for text in (author.family, author.given, author.literal))


def _of_ids(where: str, records: tuple[Any, ...], places: Mapping[int, str]) -> Errors:
    """A fault for each id used again while the earlier record is still in force."""
    seen: dict[str, Any] = {}
    # By edition, not by file order: a record closed by a later row may be written after it.
    for record in sorted(records, key=lambda r: r.since):
        earlier = seen.get(record.id)
        if earlier is not None and (earlier.until is None or earlier.until > record.since):
            both = [places[id(each)] for each in (earlier, record) if id(each) in places]
            found = f", in {' and '.join(both)}" if both else ""
            yield InputError(f"{where}: duplicate id '{record.id}'{found}")
        seen[record.id] = record


def _of_sidecar(dataset: Dataset, name: str, sidecar: Sidecar, doubtful: Collection[str]) -> Errors:
    """A table must begin with the edition of its first row, and use known units and sources."""
    table = next(table for table in TABLES if table.path == name)
    where = table.sidecar
    yield from edition_faults(dataset, f"{where}: since", sidecar.since)
    yield from source_faults(dataset, where, sidecar.sources, since=sidecar.since)
    for column in sidecar.columns:
        # A column listed in COLUMN_RANGES needs no convertible unit.
        if column.unit and column.unit not in UNITS and column.name not in COLUMN_RANGES:
            hint = did_you_mean(column.unit, UNITS)
            yield InputError(f"{where}: columns: {column.name}: unknown unit '{column.unit}'{hint}")
    first = min((row.since for row in dataset.rows(table)), default=sidecar.since)
    if sidecar.since != first and table.name not in doubtful and is_edition(dataset, sidecar.since):
        yield InputError(f"{where}: since: found '{sidecar.since}'; expected '{first}', the edition of its first row")


def _of_architectures(dataset: Dataset) -> Errors:
    """Networks of the counter must have known sources, and tables must name networks that it has."""
    for architecture in ARCHITECTURES.values():
        where = f"{architecture.code}: {architecture.name}"
        since = architecture.first_edition(open_edition(dataset))
        yield from source_faults(dataset, where, architecture.sources, since=since)
    for table in TABLES:
        for row, column, name in _named_by(dataset, table):
            if table.keys[column] == ARCHITECTURE:
                yield from architecture_faults(dataset, f"{table.file}: {row.id}", name, None, since=row.since)


def _of_rows(dataset: Dataset) -> Errors:
    """Each row must agree with itself, and the records that it names must exist."""
    collections = {"data.systems": "systems"} | {table.resource: table.name for table in TABLES}
    for table in TABLES:
        rows: tuple[Any, ...] = dataset.rows(table)
        for row in rows:
            for fault in row.disagreements():
                yield InputError(f"{table.file}: {row.id}: {fault}")
        for row, column, name in _named_by(dataset, table):
            home, _ = table.keys[column]
            if home in collections:
                yield from name_faults(dataset, f"{table.file}: {row.id}: {column}", name, collections[home], by=row)


def _named_by(dataset: Dataset, table: DataTable[Dated]) -> Iterator[tuple[Any, str, str]]:
    """Each row with each of its foreign-key columns and the name in it; empty cells are skipped."""
    for row in dataset.rows(table):
        for column in table.keys:
            if (name := getattr(row, column)) is not None:
                yield row, column, name


def _of_repeats(dataset: Dataset) -> Errors:
    """A repeat must name the first claim of its kind, and that claim must be in every edition that has the repeat."""
    claims = {claim.id: claim for claim in dataset.claims}
    for claim in dataset.claims:
        if claim.repeats is None:
            continue
        where = f"{claim.file}: {claim.id}: repeats"
        yield from name_faults(dataset, where, claim.repeats, "claims", by=claim)
        first = claims.get(claim.repeats)
        if first and first.repeats is not None:
            yield InputError(f"{where}: '{first.id}' is itself a repeat; expected '{first.repeats}'")
        elif first and first.kind != claim.kind:
            yield InputError(
                f"{where}: '{first.id}' is of kind '{first.kind}'; expected '{claim.kind}', the kind of the repeat"
            )
