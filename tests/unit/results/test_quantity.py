"""A quantity, its trace, and the collection of quantities."""

import pytest

from analysis.errors import DuplicateNameError, UnknownNameError
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Input, Observed, Series, Step, Symbol
from tests.records import plain


def observed(value: float = 2.0, *sources: str, record: str = "data/claims") -> Observed:
    """A number of months read from a record."""
    return Observed(value=value, unit="month", label="a span", record=record, sources=sources or ("amodei2018ai",))


def filed(**values: Observed) -> Results:
    """Quantities `some.<key>`, each an observed value."""
    results = Results()
    for key, value in values.items():
        results.add(
            results.compute(
                f"some.{key}", lambda x: x, {"x": value}, unit="month", summary="A span of time.", formula="x"
            )
        )
    return results


def total(results: Results, formula: str = "a + b", **inputs: Input) -> Quantity:
    """The sum of some inputs."""
    return results.compute(
        "some.total", lambda *values: sum(values), inputs, unit="month", summary="A sum.", formula=formula
    )


def bare(*, symbols: tuple[Symbol, ...] = (), sources: tuple[str, ...] = ("amodei2018ai",)) -> Quantity:
    """A quantity put together by hand."""
    return Quantity(
        name="some.quantity", unit="month", summary="", formula="", symbols=symbols, law=lambda: 2.0, sources=sources
    )


def test_a_quantity_needs_a_source() -> None:
    with pytest.raises(UnknownNameError, match=r"^quantity 'some\.quantity' has no source; expected at least one$"):
        bare(sources=())


def test_a_quantity_needs_a_trace() -> None:
    message = r"^quantity 'some\.quantity' has no trace; expected at least one symbol$"
    with pytest.raises(UnknownNameError, match=message):
        bare()


def test_a_quantity_cannot_be_given_a_value() -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument 'value'"):
        Quantity(  # type: ignore[call-arg]
            name="some.quantity",
            value=2.0,
            unit="month",
            summary="",
            formula="",
            symbols=(),
            law=lambda: 2.0,
            sources=("amodei2018ai",),
        )


def test_two_quantities_of_one_name_are_refused() -> None:
    results = filed(one=observed())
    with pytest.raises(DuplicateNameError, match=r"^two quantities are named 'some\.one'$"):
        results.add(results["some.one"])


def test_an_unknown_name_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UnknownNameError, match=r"^no quantity 'some\.doubling'; did you mean 'some\.doubling_time'\?$"):
        filed(doubling_time=observed())["some.doubling"]


def test_a_name_unlike_any_is_refused_without_a_hint() -> None:
    with pytest.raises(UnknownNameError, match=r"^no quantity 'zzz'$"):
        filed(one=observed())["zzz"]


def test_a_quantity_is_computed_from_the_values_of_its_inputs() -> None:
    made = total(filed(one=observed(3.0)), a="some.one", b=observed(4.0))
    assert (made.value, made.filled) == (7.0, r"3 + 4 = 7\ \text{months}")


def test_a_quantity_cannot_be_computed_from_an_unknown_one() -> None:
    with pytest.raises(UnknownNameError, match=r"^no quantity 'some\.two'; did you mean 'some\.one'\?$"):
        total(filed(one=observed()), a="some.one", b="some.two")


def test_a_quantity_has_the_sources_of_its_inputs_and_its_own() -> None:
    results = filed(one=observed(1.0, "first", "second"), two=observed(1.0, "second", "third"))
    made = results.compute(
        "some.total",
        lambda a, b: a + b,
        {"a": "some.one", "b": "some.two"},
        unit="month",
        summary="",
        formula="a + b",
        sources=("fourth", "first"),
    )
    assert made.sources == ("first", "second", "third", "fourth")


def test_inputs_are_quantities_and_records_in_the_order_of_the_symbols() -> None:
    results = filed(one=observed())
    made = total(results, a=observed(record="data/periods.toml#before_2012"), b="some.one")
    assert made.inputs == ("data/periods.toml#before_2012", "some.one")


def test_a_series_hands_over_all_of_its_values() -> None:
    results = filed(one=observed(3.0), two=observed(4.0))
    both = Series(members=("some.one", "some.two"), unit="month", label="both")
    made = results.compute("some.largest", max, {"a_i": both}, unit="month", summary="", formula=r"\max_i a_i")
    assert (made.value, made.filled) == (4.0, r"\max_i a_i = 4\ \text{months}")
    assert plain(made.symbols[0].record()) == {
        "symbol": "a_i",
        "label": "both",
        "value": None,
        "unit": "month",
        "name": None,
        "record": None,
        "names": ["some.one", "some.two"],
    }


def test_a_step_is_worked_out_from_inputs_of_its_own() -> None:
    # 3 x 4 + 5
    product = Step(
        law=lambda x, y: x * y, inputs={"x": observed(3.0), "y": observed(4.0)}, unit="month", label="a product"
    )
    made = total(Results(), a=product, b=observed(5.0))
    assert (made.value, made.filled) == (17.0, r"12 + 5 = 17\ \text{months}")
    assert [symbol.latex for symbol in made.trace] == ["a", "x", "y", "b"]


def test_what_two_steps_share_is_once_in_the_trace() -> None:
    shared = {"x": observed(3.0)}
    steps = {name: Step(law=lambda x: x, inputs=shared, unit="month", label=f"the step {name}") for name in ("a", "b")}
    assert [symbol.latex for symbol in total(Results(), **steps).trace] == ["a", "x", "b"]


def test_one_symbol_for_two_things_is_refused() -> None:
    steps = {
        name: Step(law=lambda x: x, inputs={"x": observed(value)}, unit="month", label="a step")
        for name, value in (("a", 1.0), ("b", 2.0))
    }
    with pytest.raises(DuplicateNameError, match=r"^quantity 'some\.total': found two meanings of x; expected one$"):
        total(Results(), **steps)


def test_a_formula_without_a_symbol_of_the_inputs_is_refused() -> None:
    message = r"^quantity 'some\.total': formula a: found no symbol b; expected every symbol of the inputs$"
    made = total(Results(), "a", a=observed(), b=observed())
    with pytest.raises(UnknownNameError, match=message):
        made.record(rests_on=(), used_by=())


def test_a_quantity_is_written_with_its_trace_and_its_place_in_the_flow() -> None:
    made = filed(one=observed())["some.one"]
    assert plain(made.record(rests_on=("data/claims",), used_by=("some.total",))) == {
        "name": "some.one",
        "value": 2.0,
        "unit": "month",
        "low": None,
        "high": None,
        "interval": "",
        "digits": 3,
        "summary": "A span of time.",
        "formula": "x",
        "filled": r"2 = 2\ \text{months}",
        "symbols": [
            {
                "symbol": "x",
                "label": "a span",
                "value": 2.0,
                "unit": "month",
                "name": None,
                "record": "data/claims",
                "names": [],
            }
        ],
        "inputs": ["data/claims"],
        "rests_on": ["data/claims"],
        "used_by": ["some.total"],
        "sources": ["amodei2018ai"],
    }
