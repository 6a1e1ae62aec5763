"""A named number: value, unit, interval, what it is, how it follows, from what, and who says so.

`Results` collects them by name and hands them to later ones: a quantity made from others reads
them through `Results`, so that its inputs and sources are recorded while it is computed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from analysis.errors import DuplicateNameError, UnknownNameError, did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One number a reader may see. `inputs` name quantities, records (`data/...`) or constants.

    A count that is exact stays a whole number, and is written with all of its digits.
    """

    name: str
    value: float
    unit: str
    summary: str
    formula: str
    inputs: tuple[str, ...]
    sources: tuple[str, ...]
    digits: int | None = 3
    low: float | None = None
    high: float | None = None
    interval: str = ""

    def __post_init__(self) -> None:
        if not self.sources:
            raise UnknownNameError(f"quantity '{self.name}' has no source; expected at least one")
        if not self.inputs:
            raise UnknownNameError(f"quantity '{self.name}' has no input; expected at least one")

    def record(self) -> dict[str, Any]:
        """The quantity as it stands in results.json."""
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "low": self.low,
            "high": self.high,
            "interval": self.interval,
            "digits": self.digits,
            "summary": self.summary,
            "formula": self.formula,
            "inputs": list(self.inputs),
            "sources": list(self.sources),
        }


@dataclass(slots=True)
class Results:
    """Quantities by name, in the order they were made."""

    quantities: dict[str, Quantity] = field(default_factory=dict)

    def add(self, quantity: Quantity) -> Quantity:
        """Files a quantity. Raises: DuplicateNameError."""
        if quantity.name in self.quantities:
            raise DuplicateNameError(f"two quantities are named '{quantity.name}'")
        self.quantities[quantity.name] = quantity
        return quantity

    def __getitem__(self, name: str) -> Quantity:
        if name not in self.quantities:
            raise UnknownNameError(f"no quantity '{name}'{did_you_mean(name, self.quantities)}")
        return self.quantities[name]

    def derive(
        self,
        name: str,
        value: float,
        *,
        unit: str,
        summary: str,
        formula: str,
        inputs: tuple[str, ...],
        records: tuple[str, ...] = (),
        sources: tuple[str, ...] = (),
        digits: int | None = 3,
    ) -> Quantity:
        """A quantity made from others (`inputs`) and from data records; it inherits the sources of its inputs."""
        return Quantity(
            name=name,
            value=value,
            unit=unit,
            summary=summary,
            formula=formula,
            inputs=(*inputs, *records),
            sources=merged([self.sources(inputs), sources]),
            digits=digits,
        )

    def value(self, name: str) -> float:
        """The value of a quantity."""
        return self[name].value

    def get(self, name: str) -> float | None:
        """The value of a quantity, or None where an edition has none of this name."""
        return self.quantities[name].value if name in self.quantities else None

    def sources(self, names: Iterable[str]) -> tuple[str, ...]:
        """The sources of several quantities, each once, in order of first mention."""
        return merged(self[name].sources for name in names)


def merged(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """The members of several groups, each once, in order of first mention."""
    return tuple(dict.fromkeys(member for group in groups for member in group))
