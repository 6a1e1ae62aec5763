"""How numbers are spelled. Every expected text is written by hand after the rule in the module's docstring."""

from datetime import date

import pytest

from analysis.errors import InputError
from analysis.numerals import (
    NO_BREAK_SPACE,
    count_in_words,
    day_in_words,
    month_in_words,
    numeral,
    power_of_ten,
    sized,
    spelled,
)


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        # Three digits of 321,380: the fourth is a 3, so down; zeros hold the places.
        (321_380.123, 3, "321,000"),
        (300_000.0, 1, "300,000"),
        (3.43841790618888, 2, "3.4"),
        (3.43841790618888, 3, "3.44"),
        # A trailing zero that was asked for stays.
        (12.6, 4, "12.60"),
        (1.0, 2, "1.0"),
        (0.0007, 3, "0.000700"),
        (1862.0, 2, "1,900"),
        # Rounding carries into a new place: 9.995 is half way and goes to the even digit, 10.0, of three digits.
        (9.995, 3, "10.0"),
        (99.96, 3, "100"),
        (0.9996, 3, "1.00"),
        # Below a ten-thousandth with a power of ten.
        (2.7e-5, 2, "2.7 × 10⁻⁵"),
        (2.778e-5, 3, "2.78 × 10⁻⁵"),
        (1e-14, 2, "1.0 × 10⁻¹⁴"),
        # A ten-thousandth itself is written plainly.
        (1e-4, 1, "0.0001"),
        # Ten million is the first with a power of ten.
        (9_990_000.0, 3, "9,990,000"),
        (1e7, 3, "1.00 × 10⁷"),
        # Rounded first, judged after: 9,999,600 to three digits is ten million.
        (9_999_600.0, 3, "1.00 × 10⁷"),
        (8.64e19, 3, "8.64 × 10¹⁹"),
        # Just below a ten-thousandth, but rounded up to it.
        (0.00009996, 3, "0.000100"),
        (-3.4567, 3, "-3.46"),
    ],
)
def test_a_number_is_rounded_to_its_digits(value: float, digits: int, expected: str) -> None:
    assert numeral(value, digits) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2.0, "2"),
        (0.333, "0.333"),
        (1_280_000.0, "1,280,000"),
        (2323.39, "2,323.39"),
        (31.622776601683793, "31.622776601683793"),
        (1e7, "10⁷"),
        (8.5e9, "8.5 × 10⁹"),
        (2.7e-5, "2.7 × 10⁻⁵"),
        (1e-14, "10⁻¹⁴"),
        (0.0, "0"),
        (-0.0, "0"),
    ],
)
def test_a_number_without_digits_is_written_whole(value: float, expected: str) -> None:
    assert numeral(value) == expected


def test_zero_has_no_digits_to_keep() -> None:
    assert numeral(0.0, 3) == "0"


@pytest.mark.parametrize(
    ("value", "unit_name", "digits", "expected"),
    [
        (3.4384, "month", 2, "3.4~months"),
        (1.0, "year", None, "1~year"),
        (1.0, "year", 2, "1.0~years"),
        # A ratio, a rate of growth and a percentage are written next to their sign.
        (321_380.1, "x", 3, "321,000×"),
        # A ratio with a power of ten already holds a sign of multiplication.
        (3.02e9, "x", 3, "3.02 × 10⁹ times"),
        (11.24, "x/year", 3, "11.2× per year"),
        (79.1, "percent", None, "79.1%"),
        # A bare ratio has no sign.
        (0.772, "1", 2, "0.77"),
        # Money goes before its number.
        (12.6, "dollar", 4, "US$~12.60"),
        # Large sums have a word, the largest one that fits.
        (999_999.0, "dollar", None, "US$~999,999"),
        (1e6, "dollar", None, "US$~1~million"),
        (3.88e8, "dollar", 3, "US$~388~million"),
        (1.317e13, "dollar", 2, "US$~13~trillion"),
        # A date is its month, in years since 2000.
        (22.28, "date", None, "April 2022"),
        (2.0, "FLOP/MAC", None, "2~FLOP per multiply-add"),
        (0.12, "pfs-day", 2, "0.12~pfs-days"),
    ],
)
def test_a_unit_is_joined_to_its_number(value: float, unit_name: str, digits: int | None, expected: str) -> None:
    assert spelled(value, unit_name, digits) == expected.replace("~", NO_BREAK_SPACE)


def test_an_unknown_unit_cannot_be_spelled() -> None:
    with pytest.raises(InputError, match=r"^unknown unit 'furlong'"):
        spelled(1.0, "furlong", 1)


def test_a_power_of_ten_is_raised_with_its_sign() -> None:
    assert power_of_ten(-12) == "10⁻¹²"


def test_a_day_and_its_month_are_read_out_in_words() -> None:
    assert day_in_words(date(2018, 5, 6)) == "6 May 2018"
    assert month_in_words(date(2018, 5, 6)) == "May 2018"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "zero"),
        (2, "two"),
        (15, "fifteen"),
        (19, "nineteen"),
        (20, "twenty"),
        (26, "twenty-six"),
        (40, "forty"),
        (99, "ninety-nine"),
        # From a hundred on in digits.
        (100, "100"),
        (1234, "1,234"),
        (-1, "-1"),
    ],
)
def test_a_count_below_a_hundred_is_written_in_words(count: int, expected: str) -> None:
    assert count_in_words(count) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, ("0", "")),
        (4_096, ("4.10", "thousand")),
        (724_406_816, ("724", "million")),
        # Rounded to three digits it is the next size.
        (999_950_000, ("1.00", "billion")),
        (3_857_973_248, ("3.86", "billion")),
        (3_584_579_705_241_600, ("3.58", "quadrillion")),
    ],
)
def test_a_large_count_has_a_word_for_its_size(count: int, expected: tuple[str, str]) -> None:
    assert sized(count, 3) == expected
