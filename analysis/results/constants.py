"""The numbers that are given, not computed: the unit, every assumption and every single observation."""

from collections.abc import Iterator

from analysis.inputs.records import Constant
from analysis.model.study import Study
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Observed
from analysis.units import SECONDS_PER_DAY, unit

UNITS_MODULE = "analysis/units.py"


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """The unit, then every constant, so that a page can state it and link to its source."""
    yield results.compute(
        "units.pfs_day.flop",
        lambda rate, day: rate * day,
        {
            "r": _by_definition(unit("PF").scale, "FLOP/s", "a petaflop/s"),
            "d": _by_definition(SECONDS_PER_DAY, "second", "the seconds of a day"),
        },
        unit="FLOP",
        summary="Operations in one petaflop/s-day.",
        formula=r"r\,d",
    )
    for constant in study.dataset.constants:
        yield results.compute(
            constant_name(constant.id),
            lambda value: value,
            {"x": _read(constant)},
            unit=constant.unit,
            summary=f"{constant.label[0].upper()}{constant.label[1:]}{', assumed' if constant.assumed else ''}.",
            formula="x",
            digits=_digits(constant),
        )


def _by_definition(value: float, unit: str, label: str) -> Observed:
    return Observed(value=value, unit=unit, label=label, record=UNITS_MODULE, sources=("amodei2018ai",))


def _read(constant: Constant) -> Observed:
    return Observed(
        value=constant.value,
        unit=constant.unit,
        label=constant.label,
        record=f"{constant.file}#{constant.id}",
        sources=constant.sources,
        half_width=constant.half_width(constant.value),
        instead_of=constant.instead_of,
    )


def constant_name(constant_id: str) -> str:
    """The quantity that holds a constant."""
    return f"constant.{constant_id}.value"


def _digits(constant: Constant) -> int | None:
    """Constants are written in full, except one that is a square root, with its endless digits."""
    return 3 if len(repr(constant.value)) > 12 else None
