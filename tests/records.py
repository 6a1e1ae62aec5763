"""Records of the repository by the names that traces give them: `<file>` or `<file>#<id>`."""

import csv
import tomllib
from functools import cache

from analysis.artifacts import ROOT


def record_exists(record: str) -> bool:
    """Whether there is such a file, and in it an entry of this id where one is named."""
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
