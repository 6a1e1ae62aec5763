"""The interval of a quantity when inputs that were printed rounded vary within their rounding.

A quantity is recomputed by its own law, with its observed inputs shifted. Products, quotients, sums and fitted
slopes rise or fall with each input, so the ends are found at corners: each input is tried alone to see which way it
moves the quantity, and all are then moved that way together. Nothing is drawn at random.
"""

from collections.abc import Iterator, KeysView, Mapping
from dataclasses import dataclass, field
from math import copysign
from types import MappingProxyType
from typing import Final

from analysis.results.quantity import Results
from analysis.results.trace import Observed, Symbol

# What is added to an observed value, in its unit.
Shifts = Mapping[Observed, float]
NO_SHIFTS: Final[Shifts] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reach:
    """Recomputes quantities with some of their observed inputs shifted."""

    results: Results
    known: dict[str, dict[Observed, None]] = field(default_factory=dict)

    def value(self, name: str, shifts: Shifts = NO_SHIFTS) -> float:
        """A quantity with some of its inputs shifted, in its unit."""
        quantity = self.results[name]
        return quantity.law(*(self._value(symbol, shifts) for symbol in quantity.symbols))

    def interval(self, name: str, shifts: Shifts = NO_SHIFTS) -> tuple[float, float]:
        """The lowest and highest value of a quantity over the rounding of its inputs, in its unit."""
        middle = self.value(name, shifts)
        upward = {
            observed: copysign(
                observed.half_width, self.value(name, _plus(shifts, {observed: observed.half_width})) - middle
            )
            for observed in self.observed(name)
            if observed.half_width
        }
        ends = [
            self.value(name, _plus(shifts, {observed: sign * step for observed, step in upward.items()}))
            for sign in (-1, 1)
        ]
        return min(ends), max(ends)

    def without_inferred(self, name: str) -> Shifts:
        """The shifts that put back what the sources print in place of the inferred inputs of a quantity."""
        return {
            observed: observed.instead_of - observed.value
            for observed in self.observed(name)
            if observed.instead_of is not None
        }

    def observed(self, name: str) -> KeysView[Observed]:
        """The observed inputs of a quantity, direct or through other quantities, without repeats."""
        if name not in self.known:
            behind = (found for symbol in self.results[name].symbols for found in self._behind(symbol))
            self.known[name] = dict.fromkeys(behind)
        return self.known[name].keys()

    def _behind(self, symbol: Symbol) -> Iterator[Observed]:
        if symbol.observed is not None:
            yield symbol.observed
            return
        for part in symbol.parts:
            yield from self._behind(part)
        for member in symbol.members or symbol.names:
            if isinstance(member, Observed):
                yield member
            else:
                yield from self.observed(member)

    def _value(self, symbol: Symbol, shifts: Shifts) -> float | tuple[float, ...]:
        """The value of a symbol with inputs shifted; unchanged if it depends on none of them."""
        if symbol.observed is not None:
            return symbol.observed.value + shifts.get(symbol.observed, 0.0)
        if shifts.keys().isdisjoint(self._behind(symbol)):
            return symbol.value
        if symbol.members:
            return tuple(
                member.value + shifts.get(member, 0.0) if isinstance(member, Observed) else self._named(member, shifts)
                for member in symbol.members
            )
        if symbol.law is not None:
            return symbol.law(*(self._value(part, shifts) for part in symbol.parts))
        return self._named(symbol.names[0], shifts)

    def _named(self, name: str, shifts: Shifts) -> float:
        """The same of a quantity by name."""
        if self.observed(name).isdisjoint(shifts.keys()):
            return self.results[name].value
        return self.value(name, shifts)


def _plus(shifts: Shifts, more: Shifts) -> Shifts:
    """The sum of both shifts for every input."""
    return {observed: shifts.get(observed, 0.0) + more.get(observed, 0.0) for observed in {**shifts, **more}}
