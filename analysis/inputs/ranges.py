"""Plausible ranges: one for every unit and some columns, and for training compute one that depends on the year.

The ranges are wide: they catch a wrong unit (FLOP for petaflop, a count in millions for a count), not a surprise.
`data/README.md` states the rule for whoever adds a record.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from math import log10
from types import MappingProxyType
from typing import Final, NamedTuple

from analysis.errors import InputError
from analysis.inputs.records import Constant, Dated, Period
from analysis.units import FLOP_PER_PFS_DAY, UNITS, convert, decimal_year, to_base, unit


class Range(NamedTuple):
    """The smallest and largest plausible value, and what the value describes."""

    low: float
    high: float
    why: str


# By dimension, in its base unit.
DIMENSIONS: Final = MappingProxyType(
    {
        "multiply-adds": Range(1e2, 1e17, "one forward pass"),
        "rate": Range(1e3, 1e17, "one processor"),
        "time": Range(1.0, 3.2e9, "one second to a hundred years"),
        "frequency": Range(1e-6, 1e12, "steps of one machine"),
        "operations per multiply-add": Range(1.0, 4.0, "one multiplication and one addition"),
        "ratio": Range(1e-12, 1e15, "a share or a factor"),
        "growth": Range(1e-3, 1e6, "a factor per year"),
        "money": Range(1e-6, 1e13, "a price in dollars"),
    }
)
# By unit, as counts of different things have different ranges.
UNIT_RANGES: Final = MappingProxyType(
    {
        "percent": Range(1e-9, 100.0, "a share of a whole"),
        "BLEU": Range(1e-9, 100.0, "the scale of BLEU"),
        "device": Range(1.0, 1e8, "processors of one run"),
        "epoch": Range(1e-3, 1e6, "passes over a training set"),
        "pass": Range(1.0, 100.0, "forward passes' worth of work in a step"),
        "image": Range(1.0, 1e13, "images of a training set"),
        "network": Range(1.0, 1e9, "networks trained"),
        "system": Range(1.0, 1e6, "systems listed"),
        "record": Range(1.0, 1e6, "records listed"),
        "statement": Range(1.0, 1e6, "statements listed"),
        "example": Range(1.0, 1e18, "examples of a training set"),
        "word": Range(1.0, 1e18, "words of a training set"),
        "parameter": Range(1.0, 1e18, "parameters of one network"),
        "update": Range(1.0, 1e15, "updates of one run"),
        "step": Range(1.0, 1e15, "steps of one run"),
        "transistor": Range(1.0, 1e15, "transistors of one chip"),
    }
)
# Units of the keys of a period; a table declares its units in its sidecar.
KEY_UNITS: Final = MappingProxyType(
    {
        "peak_tflop_per_s_low": "TFLOP/s",
        "peak_tflop_per_s_high": "TFLOP/s",
        "devices_low": "device",
        "devices_high": "device",
        "pfs_days_low": "pfs-day",
        "pfs_days_high": "pfs-day",
    }
)
# Columns whose range does not follow from their unit.
COLUMN_RANGES: Final = MappingProxyType(
    {
        "share_of_run": Range(1e-9, 1.0, "a share of the whole run"),
        "error_factor": Range(1.0, 1e4, "a factor in either direction"),
        "cores": Range(1.0, 1e7, "cores of one processor"),
        "base_clock_mhz": Range(0.01, 1e5, "the clock of a processor"),
        "boost_clock_mhz": Range(0.01, 1e5, "the clock of a processor"),
        "int8_op_per_s": Range(1e3, 1e18, "integer operations per second of one processor"),
        "memory_bytes": Range(1e3, 1e15, "the memory of one processor"),
        "memory_bandwidth_byte_per_s": Range(1e3, 1e17, "the bandwidth of one processor"),
        "tdp_w": Range(1e-3, 1e5, "the power of one processor"),
        "process_nm": Range(0.1, 1e4, "the name of a manufacturing process"),
        "transistors_millions": Range(1e-3, 1e9, "the transistors of one processor"),
        "die_mm2": Range(1.0, 1e6, "the area of one processor"),
    }
)
# Below this a number of petaflop/s-days is too small to help anybody.
SMALLEST_IN_PFS_DAYS: Final = 1e-6
# Training compute by year: (year, least, most) in FLOP, interpolated on a log scale. The known runs are at least a
# factor of 50 inside: 40 FLOP in 1950, 5.4e7 in 1992, 1.6e9 in 2008, 5e17 in 2012, 1.6e23 at the end of 2017, 5e26 in
# 2025.
COMPUTE_BY_YEAR: Final = (
    (1940, 1e-1, 1e9),
    (1950, 5e-1, 1e10),
    (2008, 1e7, 2e20),
    (2012, 1e11, 1e21),
    (2018, 1e11, 1e26),
    (2030, 1e11, 1e32),
    (2060, 1e11, 1e47),
)


def value_faults(where: str, record: Dated, units: Mapping[str, str] = KEY_UNITS) -> Iterator[InputError]:
    """A fault for each number of a record outside its range; `units` gives the unit of each column."""
    if isinstance(record, Constant):
        yield from unit_fault(f"{where}: value", record.value, record.unit)
    for name in type(record).model_fields:
        value = getattr(record, name)
        if not isinstance(value, float):
            continue
        if name in COLUMN_RANGES:
            yield from _outside(f"{where}: {name}", value, "", COLUMN_RANGES[name])
        elif units.get(name) in UNITS:
            yield from _of_unit(f"{where}: {name}", value, units[name], record)


def _of_unit(where: str, value: float, unit_name: str, record: Dated) -> Iterator[InputError]:
    """Faults of a number by its unit; operations in a dated record are the compute of a training run."""
    day = record.end if isinstance(record, Period) else getattr(record, "date", None)
    if day is not None and unit(unit_name).dimension == "operations":
        yield from _of_compute(where, value, unit_name, day)
    else:
        yield from unit_fault(where, value, unit_name)


def unit_fault(where: str, value: float, unit_name: str) -> Iterator[InputError]:
    """A fault if a value is outside the range of its unit."""
    known = UNIT_RANGES.get(unit_name)
    if known is None and (base := DIMENSIONS.get(unit(unit_name).dimension)):
        scale = to_base(1.0, unit_name)
        known = Range(base.low / scale, base.high / scale, base.why)
    if known is not None:
        yield from _outside(where, value, f" {unit_name}" if unit_name not in {"1", "x"} else "", known)


def compute_fault(where: str, compute_flop: float, day: date) -> Iterator[InputError]:
    """A fault if the compute of a training run is implausible for its year."""
    low, high = compute_range(day)
    # A date before the first computers is reported as a wrong date instead.
    if day.year >= COMPUTE_BY_YEAR[0][0] and not low <= compute_flop <= high:
        days = compute_flop / FLOP_PER_PFS_DAY
        also = f", {days:.3g} pfs-days" if days > SMALLEST_IN_PFS_DAYS else ""
        yield InputError(
            f"{where}: found {compute_flop:.3g} FLOP{also}; "
            f"expected {low:.1g} to {high:.1g} FLOP for a training run of {day.year}"
        )


def compute_range(day: date) -> tuple[float, float]:
    """The smallest and largest plausible training compute at a date, in FLOP."""
    year = 2000 + decimal_year(day)
    years = [row[0] for row in COMPUTE_BY_YEAR]
    place = min(max(bisect_right(years, year), 1), len(years) - 1)
    (start, *before), (end, *after) = COMPUTE_BY_YEAR[place - 1 : place + 1]
    share = min(max((year - start) / (end - start), 0.0), 1.0)
    low, high = (10 ** (log10(b) + share * (log10(a) - log10(b))) for b, a in zip(before, after, strict=True))
    return low, high


def _of_compute(where: str, value: float, unit_name: str, day: date) -> Iterator[InputError]:
    """Faults of a compute against the year of its record, or the last year of a period."""
    for fault in compute_fault(where, convert(value, unit_name, "FLOP"), day):
        also = "" if unit_name == "FLOP" else f" {value:.12g} {unit_name}, which is"
        yield InputError(str(fault).replace(f"{where}: found", f"{where}: found{also}"))


def _outside(where: str, value: float, unit_text: str, known: Range) -> Iterator[InputError]:
    if not known.low <= value <= known.high:
        yield InputError(
            f"{where}: found {value:.12g}{unit_text}; "
            f"expected {known.low:.3g} to {known.high:.3g}{unit_text} ({known.why})"
        )
