"""Reads a table of dated values from a CSV file; a row that cannot be used is kept with the reason, not refused.

A row whose cells are all those of an earlier row counts once. No clock is read: a date in the future counts as written.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import isinf
from pathlib import Path

from analysis.errors import InputError
from analysis.fitting.columns import Columns, columns_of
from analysis.fitting.dates import FORMS, Period, period_of
from analysis.inputs.csv_rows import PLAIN_NUMBER, numbered_rows, separator_hint
from analysis.inputs.faults import as_found
from analysis.inputs.files import named_text
from analysis.numerals import numbered


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A row that can be fitted: its line in the file, its period, its value and its group, if rows are grouped."""

    row: int
    period: Period
    value: float
    group: str

    @property
    def date(self) -> date:
        """The day that it is fitted at."""
        return self.period.middle


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused:
    """A row that cannot be fitted: its line in the file, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a file, usable and not, and the columns that they were read from."""

    file: str
    columns: Columns
    readings: tuple[Reading, ...]
    unused: tuple[Unused, ...]

    @property
    def kinds(self) -> dict[str, int]:
        """How many dates are days, months and years."""
        return dict(sorted(Counter(reading.period.kind for reading in self.readings).items()))


def read_table(file: str, *, date: str | None, value: str | None, by: str | None) -> Table:
    """The table in a file, its columns guessed where None is given. Raises: InputError."""
    if not file:
        raise InputError("'': names no file; expected one such as runs.csv")
    header, rows = numbered_rows(named_text(Path(file), file), file)
    columns = columns_of(file, header, [cells for _, cells in rows], date=date, value=value, by=by)
    readings: list[Reading] = []
    unused: list[Unused] = []
    for each in _each(header, rows, columns):
        if isinstance(each, Reading):
            readings.append(each)
        else:
            unused.append(each)
    return Table(file=file, columns=columns, readings=tuple(readings), unused=tuple(unused))


def _each(header: list[str], rows: list[tuple[int, list[str]]], columns: Columns) -> Iterator[Reading | Unused]:
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in rows:
        first = seen.setdefault(tuple(map(str.strip, cells)), number)
        if first != number:
            yield Unused(row=number, reason=f"found the cells of row {first} again; expected each row once")
        elif len(cells) != len(header):
            reason = f"found {numbered(len(cells), 'cell')}; expected {len(header)}{separator_hint(cells)}"
            yield Unused(row=number, reason=reason)
        else:
            yield _reading(number, dict(zip(header, map(str.strip, cells), strict=True)), columns)


def _reading(number: int, cells: dict[str, str], columns: Columns) -> Reading | Unused:
    """One row, or the first of its cells that cannot be used."""
    period = period_of(cells[columns.date])
    if period is None:
        return _unused(number, columns.date, cells, f"a date such as {FORMS}")
    if not PLAIN_NUMBER.fullmatch(cells[columns.value]):
        return _unused(number, columns.value, cells, "a plain decimal number")
    value = float(cells[columns.value])
    if value <= 0:
        return _unused(number, columns.value, cells, "a number above zero, because its logarithm is fitted")
    if isinf(value):
        return _unused(number, columns.value, cells, "a number below 1e308")
    group = "" if columns.by is None else cells[columns.by]
    if columns.by is not None and not (group and group.isprintable()):
        return _unused(number, columns.by, cells, "the name of a group on one line")
    return Reading(row=number, period=period, value=value, group=group)


def _unused(number: int, column: str, cells: dict[str, str], expected: str) -> Unused:
    return Unused(row=number, reason=f"{column}: found {as_found(cells[column])}; expected {expected}")
