"""Reads one TOML file or one CSV table into records, and says in one line what cannot be used.

CSV cells stay text until our own strict rules accept them: the usual readers take NaN, 1_000,
short rows and doubled headers without a word; here each is an error naming file, row and column.
"""

import csv
import io
import json
import re
import tomllib
import types
import typing
from collections.abc import Mapping
from datetime import date
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Self, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from analysis.errors import InputError, InputFaultsError, did_you_mean
from analysis.inputs.faults import Faults, as_found
from analysis.inputs.records import EditionId, Name, Record, Remark, Rounding, Sources, Text

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
R = TypeVar("R", bound=Record)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OVERWRITTEN = re.compile(r"Cannot overwrite a value \(at line ([0-9]+)")
# What programs write for a cell that has no value: a page would show it as a word.
STAND_INS: Final = frozenset({"None", "null", "NULL", "nan", "NaN", "NA", "N/A", "#N/A", "undefined"})
NO_CELLS: Final[Mapping[str, str]] = MappingProxyType({})


class Written(float):
    """A number of a TOML file that a message shows as it is written."""

    def __new__(cls, text: str) -> Self:
        """The number that a text spells."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    text: str

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__


class Column(Rounding):
    """One column of a table: name, unit (empty where none), meaning, and how finely its source prints it."""

    name: Name
    unit: str
    description: Remark


class Sidecar(Record):
    """What a table is, where it comes from, since which edition it is there, and what its columns mean."""

    title: Text
    description: Remark
    sources: Sources
    licence: Text
    since: EditionId
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of this name."""
        return {column.name: column for column in self.columns}[name]


def frozen(value: Any) -> Any:
    """A parsed TOML value with every list as a tuple, as the strict records expect."""
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: frozen(item) for key, item in value.items()}
    return value


def read_toml(path: Path, root: Path) -> dict[str, Any]:
    """A parsed TOML file. Raises: InputError naming the file."""
    text = read_text(path, root)
    try:
        return {key: frozen(value) for key, value in tomllib.loads(text, parse_float=Written).items()}
    except tomllib.TOMLDecodeError as error:
        earlier = _earlier_line(text, str(error))
        raise InputError(f"{path.relative_to(root)}: not readable as TOML: {error}{earlier}") from None


def _earlier_line(text: str, message: str) -> str:
    """Where a key that may not appear again appeared first in its table."""
    place = _OVERWRITTEN.search(message)
    if not place:
        return ""
    number, lines = int(place[1]), text.splitlines()
    key = lines[number - 1].partition("=")[0].strip()
    for earlier in range(number - 1, 0, -1):
        line = lines[earlier - 1]
        if line.partition("=")[0].strip() == key:
            return f"; '{key}' has a value on line {earlier} already"
        if line.lstrip().startswith("["):
            break
    return ""


def read_json(path: Path, root: Path) -> Any:
    """A parsed JSON file. Raises: InputError naming the file."""
    try:
        return json.loads(read_text(path, root))
    except json.JSONDecodeError as error:
        raise InputError(f"{path.relative_to(root)}: not readable as JSON: {error}") from None


def read_text(path: Path, root: Path) -> str:
    """The text of a file, without a byte-order mark. Raises: InputError naming the file."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{path.relative_to(root)}: no such file") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path.relative_to(root)}: not UTF-8 text: {error}") from None


def validated(model: type[R], value: Any, where: str, *, cells: Mapping[str, str] = NO_CELLS) -> R:
    """A record of this kind. `cells` are the texts of a row, which messages show as they are written.

    Raises: InputError, or InputFaultsError, with place, key, what was found and what was expected.
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        faults = Faults()
        for detail in _without_consequences(model, error.errors()):
            faults.add(InputError(f"{where}: {_told(model, detail, cells)}"))
        faults.raise_any()
        raise


def _without_consequences(model: type[BaseModel], details: list[ErrorDetails]) -> list[ErrorDetails]:
    """A key that is missing because it is misspelt is one fault, and the misspelling is the one to report."""
    hints = {
        (d["loc"][:-1], _nearest_key(model, d["loc"])) for d in details if d["type"] == "extra_forbidden" and d["loc"]
    }
    return [
        d
        for d in details
        if d["type"] != "missing"
        or not any(parent == d["loc"][:-1] and f"'{d['loc'][-1]}'" in hint for parent, hint in hints)
    ]


def _told(model: type[BaseModel], detail: ErrorDetails, cells: Mapping[str, str]) -> str:
    place = detail["loc"]
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")
    whole_record = detail["type"] in {"missing", "value_error"} and isinstance(detail["input"], dict)
    written = cells.get(str(place[0]), detail["input"]) if place else detail["input"]
    found = "" if whole_record else f"; found {as_found(written)}"
    hint = _nearest_key(model, place) if detail["type"] == "extra_forbidden" else ""
    message = detail["msg"].removeprefix("Value error, ")
    return f"{key + ': ' if key else ''}{message}{found}{hint}"


def _nearest_key(model: type[BaseModel], place: tuple[int | str, ...]) -> str:
    """The nearest key of the part of a record in which an unknown key stands."""
    for part in place[:-1]:
        if isinstance(part, str):
            inner = [kind for kind in _kinds(model.model_fields[part].annotation) if isinstance(kind, type)]
            model = next(kind for kind in inner if issubclass(kind, BaseModel))
    return did_you_mean(str(place[-1]), model.model_fields)


def numbered_records(model: type[R], path: Path, root: Path, faults: Faults) -> list[tuple[int, R]]:
    """The rows of a CSV file that can be used, each with its line; the faults of all others are added to `faults`."""
    name = str(path.relative_to(root))
    records: list[tuple[int, R]] = []
    with faults.gathered():
        header, rows = _rows(path, root)
        _check_header(header, model, path, name, read_sidecar(path, root))
        if not rows:
            raise InputError(f"{name}: a header and no row; expected at least one row")
        for number, row in rows:
            with faults.gathered():
                records.append((number, _record(model, header, row, f"{name}: row {number}")))
    return records


def _check_header(header: list[str], model: type[Record], path: Path, name: str, sidecar: Sidecar) -> None:
    told = [column.name for column in sidecar.columns]
    missing = [column for column in told if column not in header]
    if missing and len(header) < len(told):
        raise InputError(
            f"{name}: header: found {len(header)} columns, {', '.join(header)}; "
            f"expected also {', '.join(missing)}, as {path.stem}.toml has it{_separated(header)}"
        )
    if header != told:
        found, expected = next(pair for pair in zip_longest(header, told, fillvalue="no column") if pair[0] != pair[1])
        raise InputError(f"{name}: header: found {found!r}; expected {expected!r}, as {path.stem}.toml has it")
    for column in header:
        if column not in model.model_fields:
            raise InputError(f"{name}: unknown column '{column}'{did_you_mean(column, model.model_fields)}")


def _record(model: type[R], header: list[str], row: list[str], where: str) -> R:
    """One row as a record. Raises: InputFaultsError with every cell that cannot be used."""
    if len(row) != len(header):
        raise InputError(f"{where}: {len(row)} cells; expected {len(header)}{_separated(row)}")
    faults, cells = Faults(), dict(zip(header, row, strict=True))
    values = {}
    for column, cell in cells.items():
        with faults.gathered():
            values[column] = _cell(cell, model.model_fields[column].annotation, f"{where}: {column}")
    try:
        record = validated(model, values, where, cells=cells)
    except InputError as error:
        # A cell that could not be read is no missing one.
        unread = tuple(f"{where}: {column}: Field required" for column in header if column not in values)
        faults.extend(fault for fault in _each(error) if not str(fault).startswith(unread or "\n"))
        faults.raise_any()
        raise
    faults.raise_any()
    return record


def _each(error: InputError) -> tuple[InputError, ...]:
    return error.faults if isinstance(error, InputFaultsError) else (error,)


def _separated(row: list[str]) -> str:
    """What seems to part the cells of a row that was read as a single one."""
    found = next((mark for mark in ("\t", ";", "|") if len(row) == 1 and mark in row[0]), "")
    shown = {"\t": "tabs"}.get(found, f"'{found}'")
    return f"; cells are separated by {shown}, expected commas" if found else ""


def read_sidecar(path: Path, root: Path) -> Sidecar:
    """The description of a CSV file."""
    sidecar = path.with_suffix(".toml")
    return validated(Sidecar, read_toml(sidecar, root), str(sidecar.relative_to(root)))


def _rows(path: Path, root: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Header and (line on which it starts, cells) of each row of a CSV file."""
    name = str(path.relative_to(root))
    text = read_text(path, root)
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise InputError(f"{name}: row {line}: holds a NUL byte; expected text")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, start = [], 1
    try:
        for row in reader:
            if row:
                rows.append((start, row))
            start = reader.line_num + 1
    except csv.Error as error:
        opened = _opened_quote(text) if "end of data" in str(error) else start
        told = f"; a quotation mark opens on line {opened}" if opened != reader.line_num or opened == start else ""
        raise InputError(f"{name}: row {opened}: {error}{told}") from None
    if not rows:
        raise InputError(f"{name}: empty; expected a header")
    header = rows[0][1]
    doubled = next((column for column in header if header.count(column) > 1), None)
    if doubled is not None:
        places = " and ".join(str(i) for i, column in enumerate(header, start=1) if column == doubled)
        raise InputError(f"{name}: header: found {as_found(doubled)} in columns {places}; expected each name once")
    return header, rows[1:]


def _opened_quote(text: str) -> int:
    """The line of the quotation mark that is not closed: the last one that opens."""
    return text[: text.rindex('"')].count("\n") + 1


def _cell(text: str, annotation: Any, where: str) -> Any:
    """A cell as the type its column has; an empty cell is None, or empty text in a text column."""
    kinds = _kinds(annotation)
    if tuple in kinds:
        return tuple(part.strip() for part in text.split(";") if part.strip())
    if float in kinds:
        if not text and type(None) in kinds:
            return None
        if not _NUMBER.fullmatch(text):
            raise InputError(f"{where}: found {as_found(text)}; expected a plain decimal number")
        return float(text)
    if date in kinds:
        if not _DATE.fullmatch(text):
            raise InputError(f"{where}: found {as_found(text)}; expected a date such as 2012-06-01")
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise InputError(f"{where}: found '{text}'; {error}") from None
    if text in STAND_INS or (text and not text.strip()):
        raise InputError(f"{where}: found {as_found(text)}; expected text, or an empty cell where there is none")
    return None if not text and type(None) in kinds else text


def _kinds(annotation: Any) -> set[Any]:
    """The plain types behind an annotation: unions opened, a tuple with the types of its members."""
    origin, options = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _kinds(options[0])
    if origin in (typing.Union, types.UnionType):
        return set().union(*map(_kinds, options))
    return {tuple}.union(*map(_kinds, options)) if origin is tuple else {origin or annotation}
