"""Reads the rows of a CSV file into records, and reports in one line each what cannot be used.

Cells stay text until our own strict rules accept them: the usual readers silently accept NaN, 1_000, short rows and
duplicate headers; here each is an error that names file, row and column.
"""

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final, TypeVar

from analysis.errors import InputError, InputFaultsError, did_you_mean
from analysis.inputs.faults import Faults, as_found
from analysis.inputs.files import read_text
from analysis.inputs.records import Record
from analysis.inputs.sidecars import Sidecar, read_sidecar
from analysis.inputs.validation import kinds_of, validated

R = TypeVar("R", bound=Record)
PLAIN_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What programs write for a missing value: a page would show it as a word.
STAND_INS: Final = frozenset({"None", "null", "NULL", "nan", "NaN", "NA", "N/A", "#N/A", "undefined"})


def numbered_records(model: type[R], path: Path, root: Path, faults: Faults) -> list[tuple[int, R]]:
    """The valid rows of a CSV file, each with its line number; faults of the others are added to `faults`."""
    name = str(path.relative_to(root))
    records: list[tuple[int, R]] = []
    with faults.gathered():
        header, rows = numbered_rows(read_text(path, root), name)
        sidecar = read_sidecar(path, root)
        _check_header(header, model, path, name, sidecar)
        # The first records of such a benchmark are runs of the efficiency paper.
        continues = sidecar.benchmark is not None and sidecar.benchmark.continues is not None
        if not rows and not continues:
            raise InputError(f"{name}: found a header and no rows; expected at least one row")
        annotations: dict[str, Any] = {column: model.model_fields[column].annotation for column in header}
        columns = {column: kinds_of(annotation) for column, annotation in annotations.items()}
        for number, row in rows:
            with faults.gathered():
                records.append((number, _record(model, columns, row, f"{name}: row {number}")))
    return records


def _check_header(header: list[str], model: type[Record], path: Path, name: str, sidecar: Sidecar) -> None:
    declared = [column.name for column in sidecar.columns]
    missing = [column for column in declared if column not in header]
    if missing and len(header) < len(declared):
        raise InputError(
            f"{name}: header: found {len(header)} columns, {', '.join(header)}; "
            f"expected also {', '.join(missing)}, as declared in {path.stem}.toml{separator_hint(header)}"
        )
    if header != declared:
        found, expected = next(
            pair for pair in zip_longest(header, declared, fillvalue="no column") if pair[0] != pair[1]
        )
        raise InputError(f"{name}: header: found {found!r}; expected {expected!r}, as declared in {path.stem}.toml")
    for column in header:
        if column not in model.model_fields:
            raise InputError(f"{name}: unknown column '{column}'{did_you_mean(column, model.model_fields)}")


def _record(model: type[R], columns: Mapping[str, frozenset[Any]], row: list[str], where: str) -> R:
    """One row as a record, given the types of each column. Raises: InputFaultsError with every unusable cell."""
    if len(row) != len(columns):
        raise InputError(f"{where}: {len(row)} cells; expected {len(columns)}{separator_hint(row)}")
    faults, cells = Faults(), dict(zip(columns, row, strict=True))
    values = {}
    for column, cell in cells.items():
        try:
            values[column] = _cell(cell, columns[column])
        except InputError as error:
            faults.add(InputError(f"{where}: {column}: {error}"))
    try:
        record = validated(model, values, where, cells=cells)
    except InputError as error:
        # pydantic calls a cell that was refused above "missing"; it has been reported already.
        unread = tuple(f"{where}: {column}: Field required" for column in columns if column not in values)
        faults.extend(fault for fault in _each(error) if not str(fault).startswith(unread or "\n"))
        faults.raise_any()
        raise
    faults.raise_any()
    return record


def _each(error: InputError) -> tuple[InputError, ...]:
    return error.faults if isinstance(error, InputFaultsError) else (error,)


def separator_hint(row: list[str]) -> str:
    """A hint for a row read as a single cell, if it seems to use another separator than the comma."""
    found = next((mark for mark in ("\t", ";", "|") if len(row) == 1 and mark in row[0]), "")
    shown = {"\t": "tabs"}.get(found, f"'{found}'")
    return f"; cells are separated by {shown}, expected commas" if found else ""


def numbered_rows(text: str, name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header of a CSV file, and for each row the line on which it starts and its cells. Raises: InputError."""
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise InputError(f"{name}: row {line}: found a NUL byte; expected text")
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, strict=True)
    rows, start = [], 1
    try:
        for row in reader:
            if row:
                rows.append((start, row))
            start = reader.line_num + 1
    except csv.Error as error:
        opened = _opened_quote(text) if "end of data" in str(error) else start
        begun = '"' in lines[opened - 1] and (opened != reader.line_num or opened == start)
        hint = f"; a quotation mark opens on line {opened}" if begun else ""
        raise InputError(f"{name}: row {opened}: {error}{hint}") from None
    if not rows:
        raise InputError(f"{name}: empty; expected a header")
    header = rows[0][1]
    doubled = next((column for column in header if header.count(column) > 1), None)
    if doubled is not None:
        places = " and ".join(str(i) for i, column in enumerate(header, start=1) if column == doubled)
        raise InputError(f"{name}: header: found {as_found(doubled)} in columns {places}; expected each name once")
    return header, rows[1:]


def _opened_quote(text: str) -> int:
    """The line of the unclosed quotation mark, which is the last one in the file."""
    return text[: text.rindex('"')].count("\n") + 1


def _cell(text: str, kinds: frozenset[Any]) -> Any:
    """A cell converted to the type of its column; an empty cell is None, or "" in a required text column."""
    if tuple in kinds:
        return tuple(part.strip() for part in text.split(";") if part.strip())
    if not text and type(None) in kinds:
        return None
    if float in kinds:
        if not PLAIN_NUMBER.fullmatch(text):
            raise InputError(f"found {as_found(text)}; expected a plain decimal number")
        return float(text)
    if date in kinds:
        if not _DATE.fullmatch(text):
            raise InputError(f"found {as_found(text)}; expected a date such as 2012-06-01")
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise InputError(f"found '{text}'; {error}") from None
    if text in STAND_INS or (text and not text.strip()):
        raise InputError(f"found {as_found(text)}; expected text, or an empty cell where there is none")
    return text
