"""Every number of every edition is what its trace says: computed from what it names, down to records that exist."""

import re
from collections.abc import Iterator, Mapping

import pytest
from latex2mathml.converter import convert

from analysis.errors import UnknownNameError
from analysis.results.collect import Findings
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Symbol
from analysis.units import day_at
from tests.records import record_exists

Traced = list[tuple[Results, Quantity]]


@pytest.fixture(scope="module")
def traced(findings_by_edition: Mapping[str, Findings]) -> Traced:
    """The quantities of all editions, each with the results it belongs to."""
    found = findings_by_edition.values()
    return [(one.results, quantity) for one in found for quantity in one.results.quantities.values()]


def now(symbol: Symbol, results: Results) -> float | tuple[float, ...]:
    """The value of a symbol, looked up and recomputed; values of records are taken as read."""
    if symbol.law is not None:
        return symbol.law(*(now(part, results) for part in symbol.parts))
    if not symbol.names:
        return symbol.value
    values = tuple(results.value(name) for name in symbol.names)
    return values if symbol.number is None else values[0]


def leaves(quantity: Quantity, results: Results, above: tuple[str, ...] = ()) -> Iterator[str]:
    """The records below a quantity."""
    assert quantity.name not in above, f"{quantity.name} is made from itself"
    for name in quantity.inputs:
        if name in results.quantities:
            yield from leaves(results[name], results, (*above, quantity.name))
        else:
            yield name


def number_at_the_end(latex: str) -> float:
    """The number after the last equals sign."""
    tail = re.sub(r"[,{}]|\\text", "", latex.rsplit(" = ", 1)[1])
    found = re.search(r"-?[0-9.]+(e-?[0-9]+)?", tail.replace(r" \times 10^", "e").replace("10^", "1e"))
    assert found, latex
    return float(found[0])


def ends_in_its_value(quantity: Quantity) -> bool:
    """Whether the filled formula ends in the value; four digits are written, and of a date its month."""
    if quantity.unit == "date":
        return f"{day_at(quantity.value):%B %Y}" in quantity.filled.rsplit(" = ", 1)[1]
    return number_at_the_end(quantity.filled) == pytest.approx(quantity.value, rel=5e-4, abs=0)


def test_every_quantity_has_a_symbol(traced: Traced) -> None:
    assert [quantity.name for _, quantity in traced if not quantity.trace] == []


def test_every_symbol_leads_on(traced: Traced) -> None:
    # To a quantity, to a record, or to the symbols it was worked out from; an empty series leads to nothing.
    assert [
        (quantity.name, symbol.latex)
        for _, quantity in traced
        for symbol in quantity.trace
        if not (symbol.names or symbol.records or symbol.parts) and symbol.value != ()
    ] == []


def test_every_value_is_what_the_trace_yields(traced: Traced) -> None:
    assert [
        quantity.name
        for results, quantity in traced
        if quantity.value != quantity.law(*(now(symbol, results) for symbol in quantity.symbols))
    ] == []


def test_every_symbol_has_the_value_and_the_unit_of_the_quantity_it_names(traced: Traced) -> None:
    named = [(results, quantity, symbol) for results, quantity in traced for symbol in quantity.trace if symbol.names]
    assert [
        (quantity.name, symbol.latex) for results, quantity, symbol in named if now(symbol, results) != symbol.value
    ] == []
    assert [
        (quantity.name, symbol.latex)
        for results, quantity, symbol in named
        if {results[name].unit for name in symbol.names} != {symbol.unit}
    ] == []


def test_no_series_mixes_quantities_and_records(traced: Traced) -> None:
    assert [
        (quantity.name, symbol.latex)
        for _, quantity in traced
        for symbol in quantity.trace
        if symbol.names and symbol.records
    ] == []


def test_every_trace_ends_in_records_that_exist(traced: Traced) -> None:
    ends = [(quantity.name, list(leaves(quantity, results))) for results, quantity in traced]
    assert [name for name, records in ends if not records] == []
    assert {record for _, records in ends for record in records if not record_exists(record)} == set()


def test_every_formula_converts_to_mathml(traced: Traced) -> None:
    # The converter takes a command it does not know for text and keeps its backslash.
    written = {latex for _, quantity in traced for latex in (quantity.formula, quantity.filled)}
    written |= {symbol.latex for _, quantity in traced for symbol in quantity.trace}
    assert [latex for latex in sorted(written) if "\\" in convert(latex)] == []


def test_every_filled_formula_ends_in_the_value(traced: Traced) -> None:
    assert [(quantity.name, quantity.filled) for _, quantity in traced if not ends_in_its_value(quantity)] == []


def test_a_quantity_without_a_trace_is_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"^quantity 'a\.b' has no trace; expected at least one symbol$"):
        Quantity(
            name="a.b",
            unit="1",
            summary="A number.",
            formula="x",
            symbols=(),
            law=lambda: 1.0,
            sources=("amodei2018ai",),
            records=("data/editions.toml",),
        )
