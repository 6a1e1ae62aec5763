"""Which columns of a table hold the dates and the values: as named by the user, or guessed where it is obvious.

A column is guessed if it is the only one whose cells are mostly of the kind, or the only one of several whose name
says so.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.errors import InputError, did_you_mean
from analysis.fitting.dates import FORMS, period_of
from analysis.inputs.csv_rows import PLAIN_NUMBER, separator_hint
from analysis.inputs.faults import as_found
from analysis.model.trends import FEWEST_POINTS

DATE_WORDS: Final = frozenset({"date", "day", "month", "year", "time"})
VALUE_WORDS: Final = frozenset({"value"})
# What the cells of a column for each role hold, for messages.
EXPECTED: Final = {"date": f"dates such as {FORMS}", "value": "numbers such as 1860 or 1.86e3"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of dates, values and groups by their names, and which of them were guessed."""

    date: str
    value: str
    by: str | None
    guessed: tuple[str, ...]


def columns_of(
    name: str, header: list[str], rows: Sequence[list[str]], *, date: str | None, value: str | None, by: str | None
) -> Columns:
    """The columns of a file.

    Raises: InputError for a column that does not exist, that has two uses, or that cannot be guessed.
    """
    if len(header) < 2:
        raise InputError(
            f"{name}: header: found one column, {as_found(header[0])}; expected dates and values"
            f"{separator_hint(header)}"
        )
    if broken := [column for column in header if not column.isprintable()]:
        raise InputError(f"{name}: header: found {as_found(broken[0])}; expected names on one line")
    for column in (date, value, by):
        if column is not None and column not in header:
            raise InputError(f"{name}: header: no column {as_found(column)}{did_you_mean(column, header)}")
    given = [column for column in (date, value, by) if column is not None]
    if doubled := [column for column in given if given.count(column) > 1]:
        raise InputError(f"{name}: column {as_found(doubled[0])}: found two uses of it; expected one")
    if not rows:
        raise InputError(f"{name}: found a header and no rows; expected at least {FEWEST_POINTS}")
    guess = _Guess(name=name, header=header, rows=rows)
    dates = guess.column("date", _is_date, DATE_WORDS, given) if date is None else date
    values = guess.column("value", _is_number, VALUE_WORDS, [*given, dates]) if value is None else value
    guessed = tuple(column for column, known in ((dates, date), (values, value)) if known is None)
    if guessed and _is_date(dates.strip()) and _is_number(values.strip()):
        raise InputError(
            f"{name}: header: found {as_found(dates)} and {as_found(values)}, a date and a number; expected the names "
            "of the columns on the first line, or --date and --value if these are names"
        )
    return Columns(date=dates, value=values, by=by, guessed=guessed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guess:
    """A table whose columns are guessed."""

    name: str
    header: list[str]
    rows: Sequence[list[str]]

    def column(self, role: str, fits: Callable[[str], bool], words: frozenset[str], taken: Collection[str]) -> str:
        """The obvious column for a role. Raises: InputError listing those that could be meant."""
        able = [column for i, column in enumerate(self.header) if column not in taken and _mostly(fits, self._cells(i))]
        named = [column for column in able if _is_called(column, words)]
        for choice in (able, named):
            if len(choice) == 1:
                return choice[0]
        count = f"{len(able)} columns" if able else "no column"
        found = f"{count} that can be the {role}{''.join(f', {as_found(column)}' for column in able)}"
        if not able:
            found += self._unfit(fits, words, taken)
        raise InputError(f"{self.name}: header: found {found}; expected --{role} COLUMN, with {EXPECTED[role]}")

    def _unfit(self, fits: Callable[[str], bool], words: frozenset[str], taken: Collection[str]) -> str:
        """What keeps the first column of a fitting name from being the one."""
        for i, column in enumerate(self.header):
            if column not in taken and _is_called(column, words):
                unfit = next((cell for cell in self._cells(i) if not fits(cell)), "")
                return f", as {as_found(column)} has {as_found(unfit)}"
        return ""

    def _cells(self, column: int) -> list[str]:
        """The cells of a column that are not empty."""
        return [row[column].strip() for row in self.rows if len(row) == len(self.header) and row[column].strip()]


def _is_called(column: str, words: frozenset[str]) -> bool:
    return bool(words & set(re.split(r"[\W_]+", column.casefold())))


def _is_date(cell: str) -> bool:
    return period_of(cell) is not None


def _is_number(cell: str) -> bool:
    return bool(PLAIN_NUMBER.fullmatch(cell))


def _mostly(fits: Callable[[str], bool], cells: Sequence[str]) -> bool:
    return 2 * sum(map(fits, cells)) > len(cells)
