"""The trace of a number: each symbol of its formula with its input, exactly as passed to the function that computes it.

An input is the name of a quantity, a value observed in a data record, a series of either, or a step:
an intermediate value with its own inputs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from analysis import contract
from analysis.units import decimal_year

# Takes the values of the inputs in their order: a number each, or a tuple of numbers for a series.
Law = Callable[..., float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A value read from a record: a file, or one entry of it, as in `data/efficiency/games.csv#alphazero`.

    `half_width` is how far it can be from the value before rounding. `instead_of` is given for an inferred
    value, chosen because a result then comes out as printed: it is what the source prints.
    """

    value: float
    unit: str
    label: str
    record: str
    sources: tuple[str, ...]
    half_width: float = 0.0
    instead_of: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Quantities or observed values under one symbol."""

    members: tuple[str | Observed, ...]
    unit: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An intermediate value."""

    law: Law
    inputs: Mapping[str, "Input"]
    unit: str
    label: str


Input = str | Observed | Series | Step
Inputs = Mapping[str, Input]


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """A symbol (LaTeX) and its input: an observed value, a quantity, the members of a series, or a step.

    The law of a step computed the value from its inputs, the parts.
    """

    latex: str
    label: str
    value: float | tuple[float, ...]
    unit: str
    sources: tuple[str, ...]
    names: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    observed: Observed | None = None
    members: tuple[str | Observed, ...] = ()
    parts: tuple["Symbol", ...] = ()
    law: Law | None = field(default=None, compare=False)

    @property
    def number(self) -> float | None:
        """The value, or None for a series."""
        return None if isinstance(self.value, tuple) else self.value

    @property
    def numbers(self) -> tuple[float, ...]:
        """The values of a series, or the single value."""
        return self.value if isinstance(self.value, tuple) else (self.value,)

    def with_parts(self) -> Iterator["Symbol"]:
        """The symbol, then the symbols of its intermediate steps."""
        yield self
        for part in self.parts:
            yield from part.with_parts()

    def record(self) -> contract.Symbol:
        """The symbol as a record of results.json."""
        single = self.number is not None
        return contract.Symbol(
            symbol=self.latex,
            label=self.label,
            value=self.number,
            unit=self.unit,
            name=self.names[0] if single and self.names else None,
            record=self.records[0] if len(self.records) == 1 else None,
            names=() if single else self.names,
        )


class Listed(Protocol):
    """A row of a table that has a name and sources."""

    @property
    def name(self) -> str:
        """What the row is about."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys in references.bib."""


Row = TypeVar("Row", bound=Listed)


def column(rows: Iterable[Row], value: Callable[[Row], float], *, file: str, unit: str, label: str) -> Series:
    """A value of each row of a table; there may be hundreds, so the record of each is the file as a whole."""
    members = tuple(
        Observed(value=value(row), unit=unit, label=row.name, record=file, sources=row.sources) for row in rows
    )
    return Series(members=members, unit=unit, label=label)


def dated(name: str, day: date, record: str, sources: tuple[str, ...]) -> Observed:
    """The day of a system as the decimal year that trends and spans are computed with."""
    label = f"day of {name}, {day.isoformat()}, in years since 2000"
    return Observed(value=decimal_year(day), unit="year", label=label, record=record, sources=sources)


def count_of(latex: str, series: Series, label: str, unit: str) -> Step:
    """How many members a series has, as a number."""
    return Step(law=lambda values: float(len(values)), inputs={latex: series}, unit=unit, label=label)


def merged(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """The members of several groups, each once, in order of first mention."""
    return tuple(dict.fromkeys(member for group in groups for member in group))
