"""How fast the peak rate of accelerators grows from release to release: in all, per dollar and per watt."""

from collections.abc import Callable, Iterator
from typing import Final

from analysis.inputs.rows import Accelerator
from analysis.inputs.tables import ACCELERATORS
from analysis.model.study import Study
from analysis.results.quantity import Quantity, Results
from analysis.results.trends import Line, Reading, line_through, of_line

# A value of an accelerator, or None where the table lacks what it is computed from.
Value = Callable[[Accelerator], float | None]


def best_flop_per_s(chip: Accelerator) -> float | None:
    """The largest listed peak rate in 32-bit or 16-bit arithmetic, in FLOP/s."""
    rates = (chip.fp32_flop_per_s, chip.fp16_flop_per_s, chip.tensor_16bit_flop_per_s)
    return max((rate for rate in rates if rate is not None), default=None)


def _per(rate: Value, amount: Value) -> Value:
    def ratio(chip: Accelerator) -> float | None:
        over, under = rate(chip), amount(chip)
        return None if over is None or under is None else over / under

    return ratio


def _fp32(chip: Accelerator) -> float | None:
    return chip.fp32_flop_per_s


def _price(chip: Accelerator) -> float | None:
    return chip.release_price_usd


# What is fitted, by prefix: what it is, its unit and its value for an accelerator.
MEASURES: Final[dict[str, tuple[str, str, Value]]] = {
    "hardware.fp32": ("32-bit peak rate", "FLOP/s", _fp32),
    "hardware.tensor_16bit": (
        "16-bit peak rate of matrix units",
        "FLOP/s",
        lambda chip: chip.tensor_16bit_flop_per_s,
    ),
    "hardware.fp32_per_dollar": ("32-bit peak rate per dollar", "FLOP/s/dollar", _per(_fp32, _price)),
    "hardware.best_per_dollar": (
        "best 32-bit or 16-bit peak rate per dollar",
        "FLOP/s/dollar",
        _per(best_flop_per_s, _price),
    ),
    "hardware.best_per_watt": (
        "best 32-bit or 16-bit peak rate per watt",
        "FLOP/s/W",
        _per(best_flop_per_s, lambda chip: chip.tdp_w),
    ),
}


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the accelerators."""
    chips = study.dataset.rows(ACCELERATORS)
    for prefix in MEASURES if chips else ():
        yield from of_line(_line(prefix, chips), results)


def _line(prefix: str, chips: tuple[Accelerator, ...]) -> Line:
    measure, unit, value_of = MEASURES[prefix]
    readings = [
        Reading(name=chip.name, date=chip.released, value=value, sources=chip.sources)
        for chip in chips
        if chip.released is not None and (value := value_of(chip)) is not None
    ]
    return line_through(
        readings, prefix=prefix, measure=measure, over="of accelerators at release", unit=unit, file=ACCELERATORS.file
    )
