"""A training run: what is known of it goes in, None for the rest, and what follows comes out, None where it does not.

Source: amodei2018ai, appendix: method 1 counts operations, method 2 multiplies devices, time, peak and utilisation.
"""

from dataclasses import dataclass
from math import prod


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRun:
    """What is known of a run. An example is what one pass of the network is made over, such as a text or an image."""

    flop_per_example: float | None = None
    examples: float | None = None
    peak_flop_per_s: float | None = None
    devices: float | None = None
    seconds: float | None = None
    utilisation: float | None = None

    @property
    def operations_flop(self) -> float | None:
        """Method 1: FLOP of all examples."""
        return _product(self.flop_per_example, self.examples)

    @property
    def peak_flop(self) -> float | None:
        """FLOP that all devices would have done at their peak rate."""
        return _product(self.peak_flop_per_s, self.devices, self.seconds)

    @property
    def device_time_flop(self) -> float | None:
        """Method 2: FLOP at the utilisation."""
        return _product(self.peak_flop, self.utilisation)

    @property
    def implied_utilisation(self) -> float | None:
        """The share of the peak at which the operations take the time that the run took."""
        return _ratio(self.operations_flop, self.peak_flop)

    @property
    def seconds_needed(self) -> float | None:
        """The time that the operations take at the utilisation."""
        return _ratio(self.operations_flop, _product(self.peak_flop_per_s, self.devices, self.utilisation))


def _product(*factors: float | None) -> float | None:
    known = [factor for factor in factors if factor is not None]
    return prod(known) if len(known) == len(factors) else None


def _ratio(part: float | None, whole: float | None) -> float | None:
    return None if part is None or whole is None else part / whole
