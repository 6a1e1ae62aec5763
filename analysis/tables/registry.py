"""The register of tables: a decorator registers a function under a permanent name and number."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from analysis.errors import DuplicateNameError
from analysis.figures.phrases import filled
from analysis.results.collect import Findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its key in the rows and the CSV, its heading, unit, and how its cells are written.

    A `from` column and the `to` column after it are written as one range.
    """

    key: str
    label: str
    kind: Literal["text", "number", "from", "to", "date", "system", "architecture", "sources", "code"] = "text"
    unit: str = ""
    digits: int | None = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table ready to be written: columns in order, and one mapping per row."""

    columns: tuple[Column, ...]
    rows: tuple[dict[str, Any], ...]


Build = Callable[[Findings], Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableEntry:
    """A registered table. `since` is the first edition that has it; `code` is where it is built.

    `title` is a template of quantities.
    """

    name: str
    number: int
    since: str
    title: str
    code: str
    build: Build

    def title_for(self, findings: Findings) -> str:
        """The title with the numbers of an edition."""
        return filled(self.title, findings)


# Filled by the decorator while the modules are imported.
_TABLES: dict[str, TableEntry] = {}


def table(name: str, *, number: int, since: str, title: str) -> Callable[[Build], Build]:
    """Registers a function. Raises: DuplicateNameError on a second entry of a name or number."""

    def register(build: Build) -> Build:
        if name in _TABLES or any(entry.number == number for entry in _TABLES.values()):
            raise DuplicateNameError(f"two tables are named '{name}' or numbered {number}")
        code = build.__code__
        where = f"analysis/tables/{Path(code.co_filename).name}:{code.co_firstlineno}"
        _TABLES[name] = TableEntry(name=name, number=number, since=since, title=title, code=where, build=build)
        return build

    return register


def registered() -> tuple[TableEntry, ...]:
    """Every entry so far, by number."""
    return tuple(sorted(_TABLES.values(), key=lambda entry: entry.number))


def table_of(columns: Iterable[Column], rows: Iterable[dict[str, Any]]) -> Table:
    """A table from any columns and rows."""
    return Table(columns=tuple(columns), rows=tuple(rows))
