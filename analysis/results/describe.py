"""A quantity in words for the terminal: value, interval, formula and symbols, sources, inputs down to the leaves."""

from collections.abc import Iterator
from typing import Final

from analysis.numerals import numeral, spelled
from analysis.results.formulas import plain, rounded
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Symbol

# One digit more than formulas on pages: the terminal has room for it.
SYMBOL_DIGITS: Final = 5


def description(results: Results, name: str) -> str:
    """The full description of a quantity, in lines. Raises: UnknownNameError with the nearest name."""
    quantity = results[name]
    exactly = quantity.value if isinstance(quantity.value, int) else f"{quantity.value:.12g}"
    lines = [f"{quantity.name} = {value_text(quantity)}", f"  {quantity.summary}", f"  unrounded: {exactly}"]
    if quantity.interval:
        low = "none" if quantity.low is None else numeral(quantity.low, quantity.digits)
        high = "none" if quantity.high is None else numeral(quantity.high, quantity.digits)
        lines.append(f"  from {low} to {high} ({quantity.interval})")
    lines += [f"  formula: {quantity.formula}", f"  filled in: {quantity.filled}"]
    lines += [f"    {_symbol_text(symbol)}" for symbol in quantity.trace]
    lines += [f"  sources: {', '.join(quantity.sources)}", "  inputs:"]
    return "\n".join([*lines, *_inputs(results, quantity, 2, {name})])


def value_text(quantity: Quantity) -> str:
    """The value with its unit, as a page would write it."""
    return spelled(quantity.value, quantity.unit, quantity.digits)


def _symbol_text(symbol: Symbol) -> str:
    """A symbol with its value and the quantity or record it comes from, or with its label if it is a series."""
    sign = plain(symbol.latex)
    if symbol.number is None:
        return f"{sign}: {symbol.label}"
    origin = symbol.names or symbol.records or (symbol.label,)
    return f"{sign} = {spelled(rounded(symbol.number, SYMBOL_DIGITS), symbol.unit, None)}  ({origin[0]})"


def _inputs(results: Results, quantity: Quantity, depth: int, shown: set[str]) -> Iterator[str]:
    """One line per input; a quantity is expanded the first time it appears."""
    for name in quantity.inputs:
        made = results.quantities.get(name)
        yield f"{'  ' * depth}{name}{f' = {value_text(made)}' if made else ''}"
        # Shared inputs would otherwise repeat whole branches of the tree.
        if made and name not in shown:
            shown.add(name)
            yield from _inputs(results, made, depth + 1, shown)
