"""Units, the calendar and conversions between them: the only module that converts units.

Inside the model a count is in FLOP, a time in seconds or decimal years. Data may use any unit of
`UNITS`; `to_base` brings it to the base unit of its dimension and `convert` from one unit to another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from analysis.errors import InputError, did_you_mean

SECONDS_PER_DAY: Final = 86_400
# The Gregorian calendar repeats after 400 years of 146,097 days.
DAYS_PER_YEAR: Final = 146_097 / 400
MONTHS_PER_YEAR: Final = 12
DAYS_PER_MONTH: Final = DAYS_PER_YEAR / MONTHS_PER_YEAR
# A petaflop/s-day: 1e15 operations per second for one day. Source: amodei2018ai, note A.
FLOP_PER_PFS_DAY: Final = 1e15 * SECONDS_PER_DAY
FLOP_PER_TFS_DAY: Final = 1e12 * SECONDS_PER_DAY
# Fits count years from here, which keeps intercepts small.
ORIGIN: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of measurement: its dimension, its size in base units, how it is written, and the edition it came with."""

    dimension: str
    scale: float
    symbol: str
    plural: str
    since: str


def _unit(dimension: str, scale: float, symbol: str, plural: str | None = None, *, since: str = "2018-05") -> Unit:
    return Unit(dimension=dimension, scale=scale, symbol=symbol, plural=plural or symbol, since=since)


UNITS: Final = {
    "FLOP": _unit("operations", 1.0, "FLOP"),
    "PF": _unit("operations", 1e15, "PF"),
    "pfs-day": _unit("operations", FLOP_PER_PFS_DAY, "pfs-day", "pfs-days"),
    "tfs-day": _unit("operations", FLOP_PER_TFS_DAY, "tfs-day", "tfs-days"),
    "FLOP/s": _unit("rate", 1.0, "FLOP/s"),
    "TFLOP/s": _unit("rate", 1e12, "TFLOP/s"),
    "MAC": _unit("multiply-adds", 1.0, "multiply-add", "multiply-adds"),
    "MMAC": _unit("multiply-adds", 1e6, "M multiply-adds"),
    "GMAC": _unit("multiply-adds", 1e9, "G multiply-adds"),
    "second": _unit("time", 1.0, "second", "seconds"),
    "minute": _unit("time", 60.0, "minute", "minutes", since="2026-11"),
    "hour": _unit("time", 3600.0, "hour", "hours"),
    "day": _unit("time", SECONDS_PER_DAY, "day", "days"),
    "month": _unit("time", DAYS_PER_MONTH * SECONDS_PER_DAY, "month", "months"),
    "year": _unit("time", DAYS_PER_YEAR * SECONDS_PER_DAY, "year", "years"),
    # The month of Sevilla et al.; ours is a twelfth of a year.
    "30 days": _unit("time", 30 * SECONDS_PER_DAY, "month of 30 days", "months of 30 days", since="2026-11"),
    # A point in time, in years since 2000; it is written as its month.
    "date": _unit("calendar", 1.0, "", since="2026-11"),
    "x": _unit("ratio", 1.0, "×"),
    "1": _unit("ratio", 1.0, ""),
    "percent": _unit("ratio", 0.01, "%"),
    "x/year": _unit("growth", 1.0, "× per year"),
    "doubling": _unit("ratio", 1.0, "doubling", "doublings"),
    "doubling/year": _unit("pace", 1.0, "doubling per year", "doublings per year"),
    # For the sums over the points of a trend, from which its slope is computed.
    "year^2": _unit("time squared", 1.0, "year²", "years²"),
    "doubling-year": _unit("doublings by time", 1.0, "doubling-year", "doubling-years"),
    "doubling^2": _unit("doublings squared", 1.0, "doubling²", "doublings²"),
    "device": _unit("count", 1.0, "device", "devices"),
    "epoch": _unit("count", 1.0, "epoch", "epochs"),
    "pass": _unit("count", 1.0, "forward pass", "forward passes"),
    "example": _unit("count", 1.0, "example", "examples"),
    "image": _unit("count", 1.0, "image", "images"),
    "word": _unit("count", 1.0, "word", "words"),
    "token": _unit("count", 1.0, "token", "tokens", since="2026-11"),
    "evaluation": _unit("count", 1.0, "evaluation", "evaluations", since="2026-11"),
    "parameter": _unit("count", 1.0, "parameter", "parameters"),
    "update": _unit("count", 1.0, "update", "updates"),
    "network": _unit("count", 1.0, "network", "networks"),
    "step": _unit("count", 1.0, "step", "steps"),
    "step/second": _unit("frequency", 1.0, "step per second", "steps per second"),
    "system": _unit("count", 1.0, "system", "systems"),
    "model": _unit("count", 1.0, "model", "models", since="2026-11"),
    "record": _unit("count", 1.0, "record", "records", since="2026-11"),
    "specification": _unit("count", 1.0, "specification", "specifications", since="2026-11"),
    "statement": _unit("count", 1.0, "statement", "statements"),
    "transistor": _unit("count", 1.0, "transistor", "transistors"),
    "FLOP/MAC": _unit("operations per multiply-add", 1.0, "FLOP per multiply-add"),
    "dollar": _unit("money", 1.0, "US$"),
    "FLOP/dollar": _unit("operations per money", 1.0, "FLOP per US$", since="2026-11"),
    "FLOP/s/dollar": _unit("rate per money", 1.0, "FLOP/s per US$", since="2026-11"),
    "FLOP/s/W": _unit("rate per power", 1.0, "FLOP/s per W", since="2026-11"),
    "BLEU": _unit("score", 1.0, "BLEU"),
}

# Powers of (operation, multiply-add, second) in each dimension that a factor may have; all others are pure counts.
_POWERS: Final = {
    "operations": (1, 0, 0),
    "rate": (1, 0, -1),
    "multiply-adds": (0, 1, 0),
    "operations per multiply-add": (1, -1, 0),
    "time": (0, 0, 1),
    "frequency": (0, 0, -1),
}


def is_operations(unit_names: Iterable[str]) -> bool:
    """Whether factors in these units multiply to a number of operations."""
    powers = [_POWERS.get(unit(name).dimension, (0, 0, 0)) for name in unit_names]
    return tuple(map(sum, zip(*powers, strict=True))) == _POWERS["operations"]


def units_at(edition: str) -> list[str]:
    """The names of the units that an edition may use, sorted."""
    return sorted(name for name, each in UNITS.items() if each.since <= edition)


def unit(name: str) -> Unit:
    """The unit of this name. Raises: InputError with the nearest valid name."""
    if name not in UNITS:
        raise InputError(f"unknown unit '{name}'{did_you_mean(name, UNITS)}")
    return UNITS[name]


def to_base(value: float, unit_name: str) -> float:
    """A value in the base unit of its dimension: FLOP, FLOP/s, seconds, multiply-adds, or a bare count."""
    return value * unit(unit_name).scale


def convert(value: float, from_unit: str, to_unit: str) -> float:
    """A value of one unit in another of the same dimension. Raises: InputError."""
    source, target = unit(from_unit), unit(to_unit)
    if source.dimension != target.dimension:
        raise InputError(f"cannot convert {from_unit} ({source.dimension}) to {to_unit} ({target.dimension})")
    return value if from_unit == to_unit else value * source.scale / target.scale


def decimal_year(day: date) -> float:
    """Years since 1 January 2000 of a calendar day, in mean Gregorian years; negative before."""
    return (day - ORIGIN).days / DAYS_PER_YEAR


def day_at(decimal_year: float) -> date:
    """The calendar day of a number of years since 1 January 2000."""
    return ORIGIN + timedelta(days=int(decimal_year * DAYS_PER_YEAR // 1))
