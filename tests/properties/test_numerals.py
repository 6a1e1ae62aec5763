"""Laws of how numbers are spelled."""

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from analysis.numerals import numeral

numbers = st.floats(1e-20, 1e20) | st.floats(-1e20, -1e-20) | st.integers(-(10**9), 10**9).map(float)
digits = st.integers(1, 12)
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
WITH_POWER = re.compile(r"(?P<first>-?(?:[0-9.]+ × )?)10(?P<power>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")


def first_factor(found: re.Match[str]) -> str:
    """The factor before the power of ten; a power alone has one."""
    first = found["first"].removesuffix(" × ")
    return f"{first}1" if first in ("", "-") else first


def parsed(text: str) -> Decimal:
    """The value of a numeral; a power of ten alone has one for its first factor."""
    if found := WITH_POWER.fullmatch(text):
        return Decimal(first_factor(found)).scaleb(int(found["power"].translate(LOWERED)))
    return Decimal(text.replace(",", ""))


@given(numbers, digits)
def test_a_numeral_is_within_half_a_unit_of_its_last_digit(value: float, count: int) -> None:
    exact = Decimal(repr(value))
    off = abs(parsed(numeral(value, count)) - exact)
    # The last of `count` digits of a number between 10^a and 10^(a + 1) counts 10^(a - count + 1).
    unit = Decimal(1).scaleb(exact.adjusted() - count + 1) if exact else Decimal(0)
    assert off <= unit / 2


@given(numbers)
def test_a_numeral_without_digits_is_the_number(value: float) -> None:
    assert parsed(numeral(value)) == Decimal(repr(value))


@given(numbers.filter(bool), digits)
def test_a_numeral_shows_no_fewer_digits_than_asked_for(value: float, count: int) -> None:
    text = numeral(value, count)
    found = WITH_POWER.fullmatch(text)
    shown = first_factor(found) if found else text
    assert len(shown.replace(",", "").replace(".", "").lstrip("-0")) >= count


@given(st.floats(1e-4, 9e6), digits)
def test_rounding_twice_is_rounding_once(value: float, count: int) -> None:
    text = numeral(value, count)
    assert numeral(float(parsed(text)), count) == text
