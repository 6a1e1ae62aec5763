"""Finds a device by its id or a part of it, and its listed peak rate in one precision."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from analysis.errors import UnknownNameError, did_you_mean
from analysis.inputs.dataset import Dataset
from analysis.inputs.tables import ACCELERATORS, DEVICES
from analysis.units import to_base

# The columns of peak rates of accelerators, whose operations are in floating point.
PRECISIONS: Final = MappingProxyType(
    {
        "fp32": "fp32_flop_per_s",
        "tf32": "tf32_flop_per_s",
        "fp16": "fp16_flop_per_s",
        "tensor-16bit": "tensor_16bit_flop_per_s",
        "fp8": "fp8_flop_per_s",
        "fp4": "fp4_flop_per_s",
    }
)
# As many as fit on a line or two.
MOST_LISTED: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """The listed peak rate of a device in one precision, in FLOP/s."""

    device: str
    precision: str
    flop_per_s: float


def peak(dataset: Dataset, device: str, precision: str | None) -> Peak:
    """The peak rate of the one device that a name fits. Raises: UnknownNameError with a list of what it may be."""
    rates = _rates(dataset)
    name = _device_named(device, rates)
    listed = {known: rate for known, rate in rates[name].items() if precision in (None, known)}
    if len(listed) != 1:
        found = "several peak rates" if precision is None else f"no peak rate '{precision}'"
        choices = ", ".join(f"{known} ({rate:.4g} FLOP/s)" for known, rate in rates[name].items())
        raise UnknownNameError(f"{name}: {found}; expected --precision with one of {choices}")
    ((known, rate),) = listed.items()
    return Peak(device=name, precision=known, flop_per_s=rate)


def _device_named(text: str, names: Mapping[str, object]) -> str:
    """The one device whose id holds the words of a text, or words that begin with them. Raises: UnknownNameError."""
    if text in names:
        return text
    words = text.lower().replace(" ", "-").split("-")
    # Whole words come first: k40 is no K4000.
    fitting = [name for name in names if set(words) <= set(name.split("-"))] or [
        name for name in names if all(any(part.startswith(word) for part in name.split("-")) for word in words)
    ]
    if not fitting:
        raise UnknownNameError(
            f"no device '{text}' in {ACCELERATORS.file} or {DEVICES.file}{did_you_mean(text, names)}"
        )
    if len(fitting) > 1:
        more = len(fitting) - MOST_LISTED
        rest = f" and {more} more" if more > 0 else ""
        raise UnknownNameError(
            f"several devices fit '{text}'; expected one of {', '.join(fitting[:MOST_LISTED])}{rest}"
        )
    return fitting[0]


def _rates(dataset: Dataset) -> dict[str, dict[str, float]]:
    """Peak rates in FLOP/s by device and precision. A device of the calculations has only that in single precision."""
    rates = {
        chip.id: {known: rate for known, column in PRECISIONS.items() if (rate := getattr(chip, column)) is not None}
        for chip in dataset.rows(ACCELERATORS)
    }
    rates = {name: known for name, known in rates.items() if known}
    for device in dataset.rows(DEVICES):
        rates[device.id] = {"fp32": to_base(device.fp32_peak_tflop_per_s, "TFLOP/s")}
    return rates
