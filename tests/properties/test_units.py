"""Laws of conversion."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.units import UNITS, convert, is_operations, to_base

from .strategies import positive

names = st.sampled_from(sorted(UNITS))
pairs = st.tuples(names, names).filter(lambda pair: UNITS[pair[0]].dimension == UNITS[pair[1]].dimension)
triples = st.tuples(names, names, names).filter(lambda units: len({UNITS[name].dimension for name in units}) == 1)
# Two multiplications and two divisions, each exact to 2^-53.
ROUNDING = 1e-15


@given(positive, pairs)
def test_a_value_converted_there_and_back_is_the_value(value: float, pair: tuple[str, str]) -> None:
    one, other = pair
    assert convert(convert(value, one, other), other, one) == pytest.approx(value, rel=ROUNDING)


@given(positive, triples)
def test_a_detour_through_a_third_unit_changes_nothing(value: float, units: tuple[str, str, str]) -> None:
    one, detour, other = units
    assert convert(convert(value, one, detour), detour, other) == pytest.approx(
        convert(value, one, other), rel=ROUNDING
    )


@given(positive, pairs)
def test_a_conversion_keeps_the_value_in_base_units(value: float, pair: tuple[str, str]) -> None:
    one, other = pair
    assert to_base(convert(value, one, other), other) == pytest.approx(to_base(value, one), rel=ROUNDING)


@given(st.lists(names, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_factors_does_not_change_what_they_multiply_to(drawn: list[str], random: Random) -> None:
    shuffled = list(drawn)
    random.shuffle(shuffled)
    assert is_operations(shuffled) == is_operations(drawn)
