"""Reads one TOML file or one CSV table into records, and says in one line what cannot be used.

CSV cells stay text until our own strict rules accept them: the usual readers take NaN, 1_000,
short rows and doubled headers without a word; here each is an error naming file, row and column.
"""

import csv
import json
import re
import tomllib
import types
import typing
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from analysis.errors import InputError, did_you_mean
from analysis.inputs.records import EditionId, Name, Record, Remark, Rounding, Sources, Text

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
R = TypeVar("R", bound=Record)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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
    try:
        return {key: frozen(value) for key, value in tomllib.loads(read_text(path, root)).items()}
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path.relative_to(root)}: not readable as TOML: {error}") from None


def read_json(path: Path, root: Path) -> Any:
    """A parsed JSON file. Raises: InputError naming the file."""
    try:
        return json.loads(read_text(path, root))
    except json.JSONDecodeError as error:
        raise InputError(f"{path.relative_to(root)}: not readable as JSON: {error}") from None


def read_text(path: Path, root: Path) -> str:
    """The text of a file. Raises: InputError naming the file."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(f"{path.relative_to(root)}: no such file") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path.relative_to(root)}: not UTF-8 text: {error}") from None


def validated(model: type[R], value: Any, where: str) -> R:
    """A record of this kind. Raises: InputError with place, key, what was found and what was expected."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        # A misspelt key is told before the key that is missing because of it.
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).lstrip(".")
        whole_record = first["type"] in {"missing", "value_error"} and isinstance(first["input"], dict)
        found = "" if whole_record else _found(first["input"])
        hint = _nearest_key(model, first["loc"]) if first["type"] == "extra_forbidden" else ""
        message = first["msg"].removeprefix("Value error, ")
        raise InputError(f"{where}: {key + ': ' if key else ''}{message}{found}{hint}") from None


def _nearest_key(model: type[BaseModel], place: tuple[int | str, ...]) -> str:
    """The nearest key of the part of a record in which an unknown key stands."""
    for part in place[:-1]:
        if isinstance(part, str):
            inner = [kind for kind in _kinds(model.model_fields[part].annotation) if isinstance(kind, type)]
            model = next(kind for kind in inner if issubclass(kind, BaseModel))
    return did_you_mean(str(place[-1]), model.model_fields)


def read_table(model: type[R], path: Path, root: Path) -> tuple[R, ...]:
    """The rows of a CSV file as records. Raises: InputError naming file, row and column."""
    name = str(path.relative_to(root))
    sidecar = read_sidecar(path, root)
    header, rows = _rows(path, root)
    told = [column.name for column in sidecar.columns]
    if header != told:
        found, expected = next(pair for pair in zip_longest(header, told, fillvalue="no column") if pair[0] != pair[1])
        raise InputError(f"{name}: header: found {found!r}; expected {expected!r}, as {path.stem}.toml has it")
    for column in header:
        if column not in model.model_fields:
            raise InputError(f"{name}: unknown column '{column}'{did_you_mean(column, model.model_fields)}")
    records = []
    for number, row in rows:
        where = f"{name}: row {number}"
        if len(row) != len(header):
            raise InputError(f"{where}: {len(row)} cells; expected {len(header)}")
        cells = {
            column: _cell(cell, model.model_fields[column].annotation, f"{where}: {column}")
            for column, cell in zip(header, row, strict=True)
        }
        records.append(validated(model, cells, where))
    return tuple(records)


def read_sidecar(path: Path, root: Path) -> Sidecar:
    """The description of a CSV file."""
    sidecar = path.with_suffix(".toml")
    return validated(Sidecar, read_toml(sidecar, root), str(sidecar.relative_to(root)))


def _rows(path: Path, root: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Header and (line number, cells) of a CSV file."""
    name = str(path.relative_to(root))
    text = read_text(path, root)
    if "\0" in text:
        raise InputError(f"{name}: holds a NUL byte; expected text")
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        raise InputError(f"{name}: row {reader.line_num}: {error}") from None
    if not rows:
        raise InputError(f"{name}: empty; expected a header")
    header = rows[0][1]
    if len(set(header)) != len(header):
        raise InputError(f"{name}: a column name stands twice in the header")
    return header, rows[1:]


def _cell(text: str, annotation: Any, where: str) -> Any:
    """A cell as the type its column has; an empty cell is None, or empty text in a text column."""
    kinds = _kinds(annotation)
    if tuple in kinds:
        return tuple(part.strip() for part in text.split(";") if part.strip())
    if float in kinds:
        if not text and type(None) in kinds:
            return None
        if not _NUMBER.fullmatch(text):
            raise InputError(f"{where}: found '{text}'; expected a plain decimal number")
        return float(text)
    if date in kinds:
        if not _DATE.fullmatch(text):
            raise InputError(f"{where}: found '{text}'; expected a date such as 2012-06-01")
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise InputError(f"{where}: found '{text}'; {error}") from None
    return None if not text and type(None) in kinds else text


def _kinds(annotation: Any) -> set[Any]:
    """The plain types behind an annotation: unions opened, a tuple with the types of its members."""
    origin, options = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _kinds(options[0])
    if origin in (typing.Union, types.UnionType):
        return set().union(*map(_kinds, options))
    return {tuple}.union(*map(_kinds, options)) if origin is tuple else {origin or annotation}


def _found(value: Any) -> str:
    shown = str(value)
    return f"; found '{shown if len(shown) <= 60 else shown[:57] + '...'}'"
