"""The command `python -m analysis fit FILE.csv`: reads a table, fits its trend, and says what it found."""

import json
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from analysis.errors import InputError, did_you_mean
from analysis.fitting.dates import FORMS, Period, period_of
from analysis.fitting.fit import FRONTIERS, Choice, Fits, fits_of
from analysis.fitting.report import lines_of, record
from analysis.fitting.series import Table, read_table
from analysis.inputs.faults import as_found


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A table, its fits, which rows they are of in words, and the unit of the values."""

    table: Table
    fits: Fits
    chosen: str
    unit: str


def fitted(options: Namespace) -> Fitted:
    """What the command finds. Raises: InputError; TrendError where nothing can be fitted."""
    choice = _choice(options)
    table = read_table(options.file, date=options.date, value=options.value, by=options.by)
    return Fitted(table=table, fits=fits_of(table, choice), chosen=_chosen(options, choice), unit=options.unit)


def lines(found: Fitted) -> Iterator[str]:
    """The output for a terminal."""
    return lines_of(found.table, found.fits, unit=found.unit, chosen=found.chosen)


def json_lines(found: Fitted) -> Iterator[str]:
    """The output as JSON."""
    yield json.dumps(record(found.table, found.fits, unit=found.unit, chosen=found.chosen), indent=1)


def _choice(options: Namespace) -> Choice:
    if options.frontier not in (None, *FRONTIERS):
        raise InputError(
            f"--frontier: found {as_found(options.frontier)}; expected {', '.join(FRONTIERS)}"
            f"{did_you_mean(options.frontier, FRONTIERS)}"
        )
    first, last = _end("--from", options.first), _end("--to", options.last)
    choice = Choice(
        frontier=None if options.frontier is None else FRONTIERS[options.frontier],
        first=date.min if first is None else first.first,
        last=date.max if last is None else last.last,
    )
    if choice.first > choice.last:
        raise InputError(f"--from: found {options.first}, which is after --to {options.last}; expected a day before it")
    return choice


def _end(option: str, text: str | None) -> Period | None:
    if text is None:
        return None
    period = period_of(text)
    if period is None:
        raise InputError(f"{option}: found {as_found(text)}; expected a date such as {FORMS}")
    return period


def _chosen(options: Namespace, choice: Choice) -> str:
    """Which rows are fitted, in words."""
    parts = [
        choice.frontier.label if choice.frontier else "all rows",
        *([f"from {choice.first}"] if options.first else []),
        *([f"to {choice.last}"] if options.last else []),
    ]
    return " ".join(parts)
