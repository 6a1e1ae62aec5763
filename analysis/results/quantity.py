"""A named number with its unit, interval, summary, formula, inputs and sources.

The value is what the law computes from the symbols, so that the formula shown cannot drift from the number.
`Results.compute` looks up the inputs, passes their values to the law, and records names, values and sources.
"""

from collections import Counter
from copy import copy
from dataclasses import dataclass, field
from typing import Final, Self

from analysis import contract
from analysis.errors import DuplicateNameError, UnknownNameError, did_you_mean
from analysis.results.formulas import DIGITS, filled, latex_number, latex_quantity
from analysis.results.trace import Input, Inputs, Law, Observed, Series, Step, Symbol, merged

# Two dates a few days apart are subtracted, so years need more digits than other numbers.
YEAR_DIGITS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One number a reader may see, computed by `law` from the values of its symbols.

    `records` are further inputs without a symbol. `line` replaces the filled formula where it is given. An exact count
    stays an integer, and is written with all of its digits.
    """

    name: str
    unit: str
    summary: str
    formula: str
    symbols: tuple[Symbol, ...]
    law: Law = field(compare=False, repr=False)
    sources: tuple[str, ...]
    records: tuple[str, ...] = ()
    digits: int | None = 3
    low: float | None = None
    high: float | None = None
    interval: str = ""
    line: str = ""
    value: float = field(init=False)

    def __post_init__(self) -> None:
        if not self.sources:
            raise UnknownNameError(f"quantity '{self.name}' has no source; expected at least one")
        if not self.symbols:
            raise UnknownNameError(f"quantity '{self.name}' has no trace; expected at least one symbol")
        if twice := [latex for latex, times in Counter(symbol.latex for symbol in self.trace).items() if times > 1]:
            raise DuplicateNameError(f"quantity '{self.name}': found two meanings of {twice[0]}; expected one")
        # The value follows from the other fields; a frozen record sets it only through object.__setattr__.
        object.__setattr__(self, "value", self.law(*(symbol.value for symbol in self.symbols)))

    @property
    def filled(self) -> str:
        """The formula with its numbers, and the result (LaTeX). Raises: UnknownNameError."""
        try:
            formula = filled(self.formula, {symbol.latex: _written(symbol) for symbol in self.symbols})
        except UnknownNameError as error:
            raise UnknownNameError(f"quantity '{self.name}': {error}") from None
        return self.line or f"{formula} = {latex_quantity(self.value, self.unit)}"

    def within(self, low: float | None, high: float | None, interval: str) -> Self:
        """The same number with its interval, and what that is."""
        # `dataclasses.replace` would compute the number again.
        bounded = copy(self)
        for name, value in (("low", low), ("high", high), ("interval", interval)):
            object.__setattr__(bounded, name, value)
        return bounded

    @property
    def trace(self) -> tuple[Symbol, ...]:
        """The symbols of the formula, each followed by those of its intermediate steps, without repeats."""
        return tuple(dict.fromkeys(part for symbol in self.symbols for part in symbol.with_parts()))

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of its input quantities and records, without repeats."""
        return merged([*((*symbol.names, *symbol.records) for symbol in self.trace), self.records])

    def record(self, *, rests_on: tuple[str, ...], used_by: tuple[str, ...]) -> contract.Quantity:
        """The quantity as a record of results.json."""
        return contract.Quantity(
            name=self.name,
            value=self.value,
            unit=self.unit,
            low=self.low,
            high=self.high,
            interval=self.interval,
            digits=self.digits,
            summary=self.summary,
            formula=self.formula,
            filled=self.filled,
            symbols=tuple(symbol.record() for symbol in self.trace),
            inputs=self.inputs,
            rests_on=rests_on,
            used_by=used_by,
            sources=self.sources,
        )


def _written(symbol: Symbol) -> str | None:
    """The number of a symbol as written in the filled formula."""
    if symbol.number is None:
        return None
    return latex_number(symbol.number, YEAR_DIGITS if symbol.unit == "year" else DIGITS)


@dataclass(slots=True)
class Results:
    """Quantities by name, in the order they were made."""

    quantities: dict[str, Quantity] = field(default_factory=dict)

    def add(self, quantity: Quantity) -> Quantity:
        """Adds a quantity. Raises: DuplicateNameError."""
        if quantity.name in self.quantities:
            raise DuplicateNameError(f"two quantities are named '{quantity.name}'")
        self.quantities[quantity.name] = quantity
        return quantity

    def __getitem__(self, name: str) -> Quantity:
        if name not in self.quantities:
            raise UnknownNameError(f"no quantity '{name}'{did_you_mean(name, self.quantities)}")
        return self.quantities[name]

    def compute(
        self,
        name: str,
        law: Law,
        inputs: Inputs,
        *,
        unit: str,
        summary: str,
        formula: str,
        digits: int | None = 3,
        records: tuple[str, ...] = (),
        sources: tuple[str, ...] = (),
    ) -> Quantity:
        """The quantity that `law` computes from the inputs, each given under its symbol in the formula.

        It has the sources of its inputs, and further ones where given. Raises: UnknownNameError.
        """
        symbols = tuple(self.symbol(latex, given) for latex, given in inputs.items())
        return Quantity(
            name=name,
            unit=unit,
            summary=summary,
            formula=formula,
            symbols=symbols,
            law=law,
            sources=merged([*(symbol.sources for symbol in symbols), sources]),
            records=records,
            digits=digits,
        )

    def symbol(self, latex: str, given: Input) -> Symbol:
        """A symbol with its input looked up. Raises: UnknownNameError."""
        match given:
            case Observed():
                return Symbol(
                    latex=latex,
                    label=given.label,
                    value=given.value,
                    unit=given.unit,
                    sources=given.sources,
                    records=(given.record,),
                    observed=given,
                )
            case Series():
                return self._series(latex, given)
            case Step():
                parts = tuple(self.symbol(part, inner) for part, inner in given.inputs.items())
                return Symbol(
                    latex=latex,
                    label=given.label,
                    value=given.law(*(part.value for part in parts)),
                    unit=given.unit,
                    sources=merged(part.sources for part in parts),
                    parts=parts,
                    law=given.law,
                )
            case _:
                quantity = self[given]
                return Symbol(
                    latex=latex,
                    label=quantity.summary.removesuffix("."),
                    value=quantity.value,
                    unit=quantity.unit,
                    sources=quantity.sources,
                    names=(given,),
                )

    def _series(self, latex: str, given: Series) -> Symbol:
        members = [member if isinstance(member, Observed) else self[member] for member in given.members]
        observed = [member for member in members if isinstance(member, Observed)]
        return Symbol(
            latex=latex,
            label=given.label,
            value=tuple(member.value for member in members),
            unit=given.unit,
            sources=merged(dict.fromkeys(member.sources for member in members)),
            names=tuple(member.name for member in members if isinstance(member, Quantity)),
            records=tuple(dict.fromkeys(member.record for member in observed)),
            members=given.members,
        )

    def value(self, name: str) -> float:
        """The value of a quantity."""
        return self[name].value

    def get(self, name: str) -> float | None:
        """The value of a quantity, or None if the edition has none of this name."""
        return self.quantities[name].value if name in self.quantities else None
