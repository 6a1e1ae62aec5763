"""A quantity and the collection of them."""

import pytest

from analysis.errors import DuplicateNameError, UnknownNameError
from analysis.results.quantity import Quantity, Results, merged


def quantity(
    name: str = "some.quantity",
    *,
    inputs: tuple[str, ...] = ("data/claims",),
    sources: tuple[str, ...] = ("amodei2018ai",),
) -> Quantity:
    """A quantity of two months."""
    return Quantity(
        name=name, value=2.0, unit="month", summary="A quantity.", formula="x", inputs=inputs, sources=sources
    )


def filed(*quantities: Quantity) -> Results:
    """A collection of these quantities."""
    results = Results()
    for one in quantities:
        results.add(one)
    return results


def test_a_quantity_needs_a_source() -> None:
    with pytest.raises(UnknownNameError, match=r"^quantity 'some\.quantity' has no source; expected at least one$"):
        quantity(sources=())


def test_a_quantity_needs_an_input() -> None:
    with pytest.raises(UnknownNameError, match=r"^quantity 'some\.quantity' has no input; expected at least one$"):
        quantity(inputs=())


def test_two_quantities_of_one_name_are_refused() -> None:
    with pytest.raises(DuplicateNameError, match=r"^two quantities are named 'some\.quantity'$"):
        filed(quantity(), quantity())


def test_an_unknown_name_is_refused_with_the_nearest_one() -> None:
    results = filed(quantity("compute.modern.doubling_time"))
    with pytest.raises(
        UnknownNameError,
        match=r"^no quantity 'compute\.modern\.doubling'; did you mean 'compute\.modern\.doubling_time'\?$",
    ):
        results["compute.modern.doubling"]


def test_a_name_unlike_any_is_refused_without_a_hint() -> None:
    with pytest.raises(UnknownNameError, match=r"^no quantity 'zzz'$"):
        filed(quantity())["zzz"]


def test_a_derived_quantity_has_the_sources_of_its_inputs_and_its_own() -> None:
    results = filed(quantity("a.one", sources=("first", "second")), quantity("a.two", sources=("second", "third")))
    made = results.derive(
        "a.three", 4.0, unit="x", summary="", formula="", inputs=("a.one", "a.two"), sources=("fourth", "first")
    )
    assert made.sources == ("first", "second", "third", "fourth")


def test_a_derived_quantity_names_its_records_after_its_inputs() -> None:
    results = filed(quantity("a.one"))
    made = results.derive("a.two", 4.0, unit="x", summary="", formula="", inputs=("a.one",), records=("data/claims",))
    assert made.inputs == ("a.one", "data/claims")


def test_a_derived_quantity_cannot_name_an_unknown_input() -> None:
    with pytest.raises(UnknownNameError, match=r"^no quantity 'a\.two'; did you mean 'a\.one'\?$"):
        filed(quantity("a.one")).derive("a.three", 4.0, unit="x", summary="", formula="", inputs=("a.two",))


def test_groups_are_merged_in_order_of_first_mention() -> None:
    assert merged([("b", "a"), ("a", "c")]) == ("b", "a", "c")


def test_the_record_of_a_quantity_holds_lists_for_json() -> None:
    record = quantity(inputs=("data/claims", "a.one")).record()
    assert (record["inputs"], record["sources"]) == (["data/claims", "a.one"], ["amodei2018ai"])
