"""How a quantity is spelled in a page: number, unit, interval. The digits themselves come from `analysis.numerals`."""

from dataclasses import dataclass, replace
from typing import Any, Self

from analysis.numerals import CLOSE_UNITS, numeral, spelled
from analysis.units import unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A quantity as a page asks for it. Filters give copies with other settings."""

    record: dict[str, Any]
    value: float
    digits: int | None
    bare: bool = False
    linked: bool = True
    as_interval: bool = False

    @classmethod
    def of(cls, record: dict[str, Any]) -> Self:
        """A quantity with the digits it asks for itself."""
        return cls(record=record, value=record["value"], digits=record["digits"])

    def having(self, **changes: Any) -> Self:
        """A copy with other settings."""
        return replace(self, **changes)

    @property
    def text(self) -> str:
        """The spelled number, without a link. Raises: ValueError where an interval is asked of a number without one."""
        unit_name = "1" if self.bare else self.record["unit"]
        if not self.as_interval:
            return spelled(self.value, unit_name, self.digits)
        low, high = self.record["low"], self.record["high"]
        if low is None and high is None:
            raise ValueError(f"'{self.record['name']}' has no interval")
        if high is None:
            return f"{spelled(low, unit_name, self.digits)} or more, with no upper bound"
        if low is None:
            return f"{spelled(high, unit_name, self.digits)} or less, with no lower bound"
        start = numeral(low, self.digits)
        return f"{start}{'×' if unit_name in CLOSE_UNITS else ''} to {spelled(high, unit_name, self.digits)}"


def unit_label(unit_name: str) -> str:
    """A unit as it stands in a column heading."""
    return unit(unit_name).plural if unit_name else ""
