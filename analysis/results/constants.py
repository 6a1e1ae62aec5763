"""The numbers nothing here computes: the unit, every assumption and every single observation."""

from collections.abc import Iterator

from analysis.inputs.records import Constant
from analysis.model.study import Study
from analysis.results.quantity import Quantity, Results
from analysis.units import FLOP_PER_PFS_DAY

CONSTANT_FILES = ("data/assumptions.toml", "data/observations.toml")


def quantities(study: Study, _results: Results) -> Iterator[Quantity]:
    """The unit, then every constant, so that a page can state it and link to its source."""
    yield Quantity(
        name="units.pfs_day.flop",
        value=FLOP_PER_PFS_DAY,
        unit="FLOP",
        summary="Operations in one petaflop/s-day.",
        formula=r"10^{15}\,\text{FLOP/s} \times 86{,}400\,\text{s}",
        inputs=("analysis/units.py",),
        sources=("amodei2018ai",),
    )
    for constant in study.dataset.constants:
        yield Quantity(
            name=constant_name(constant.id),
            value=constant.value,
            unit=constant.unit,
            summary=f"{constant.label[0].upper()}{constant.label[1:]}{', assumed' if constant.assumed else ''}.",
            formula=r"x",
            inputs=CONSTANT_FILES,
            sources=constant.sources,
            digits=_digits(constant),
        )


def constant_name(constant_id: str) -> str:
    """The quantity that holds a constant."""
    return f"constant.{constant_id}.value"


def _digits(constant: Constant) -> int | None:
    """Constants are written whole, but for one that is itself a square root."""
    return 3 if len(repr(constant.value)) > 12 else None
