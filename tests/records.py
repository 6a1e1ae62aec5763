"""Records of the repository by the names that traces give them, `<file>` or `<file>#<id>`; those of bundles as data."""

import csv
import tomllib
from functools import cache
from typing import Any

from analysis.contract import Content
from analysis.input_files import ROOT


def record_exists(record: str) -> bool:
    """Whether the file exists and, if an id is given, has an entry with it."""
    file, marked, entry = record.partition("#")
    return (ROOT / file).is_file() and (not marked or entry in _ids(file))


@cache
def _ids(file: str) -> frozenset[str]:
    """The ids of the rows of a CSV table, or of the entries of a TOML file."""
    text = (ROOT / file).read_text(encoding="utf-8")
    if file.endswith(".csv"):
        return frozenset(row["id"] for row in csv.DictReader(text.splitlines()))
    entries = [entry for group in tomllib.loads(text).values() if isinstance(group, list) for entry in group]
    return frozenset(entry["id"] for entry in entries)


def plain(content: Content) -> Any:
    """What a file of a bundle holds as JSON has it, with lists for tuples and floats to their last digit."""
    if isinstance(content, tuple):
        return [plain(record) for record in content]
    return _listed(content.model_dump(by_alias=True))


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    return [_listed(item) for item in value] if isinstance(value, list | tuple) else value
