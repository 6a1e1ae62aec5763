"""Units, the calendar and their conversions."""

from datetime import date

import pytest

from analysis.errors import InputError
from analysis.units import (
    DAYS_PER_MONTH,
    DAYS_PER_YEAR,
    FLOP_PER_PFS_DAY,
    UNITS,
    convert,
    decimal_year,
    is_operations,
    to_base,
    unit,
)

# Powers of ten and whole seconds are exact in binary up to 2**53, so products of them differ only by rounding.
ROUNDING = 1e-12


def test_a_petaflop_s_day_is_what_the_post_says() -> None:
    # amodei2018ai, note A: "10^15 neural net operations per second for one day, or a total of about 10^20":
    # 1e15 x 24 x 60 x 60 = 1e15 x 86,400.
    assert FLOP_PER_PFS_DAY == 8.64e19


def test_a_year_is_the_mean_gregorian_one() -> None:
    # 400 years hold 97 leap days: (400 x 365 + 97) / 400 = 365.2425.
    assert pytest.approx(365.2425, rel=ROUNDING) == DAYS_PER_YEAR


def test_the_calendar_of_python_has_as_many_days_in_four_centuries() -> None:
    assert (date(2400, 1, 1) - date(2000, 1, 1)).days == 400 * DAYS_PER_YEAR


def test_a_month_is_a_twelfth_of_a_year() -> None:
    # 365.2425 / 12 = 30.436875
    assert pytest.approx(30.436875, rel=ROUNDING) == DAYS_PER_MONTH


def test_decimal_years_count_from_the_year_two_thousand() -> None:
    assert decimal_year(date(2000, 1, 1)) == 0


def test_a_day_before_two_thousand_is_a_negative_year() -> None:
    # One day: -1 / 365.2425
    assert decimal_year(date(1999, 12, 31)) == pytest.approx(-1 / 365.2425, rel=ROUNDING)


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (1.0, "pfs-day", "FLOP", 8.64e19),
        (1.0, "pfs-day", "tfs-day", 1000.0),
        # A petaflop is 1e15 operations, a day 86,400 seconds.
        (86_400.0, "PF", "pfs-day", 1.0),
        (86.4, "PF", "tfs-day", 1.0),
        (1.0, "TFLOP/s", "FLOP/s", 1e12),
        (1.0, "GMAC", "MMAC", 1000.0),
        (36.0, "hour", "day", 1.5),
        (2.0, "year", "month", 24.0),
        # 146,097 / 400 / 12 days.
        (1.0, "month", "day", 30.436875),
        (0.2, "x", "percent", 20.0),
    ],
)
def test_a_value_is_converted_within_its_dimension(value: float, source: str, target: str, expected: float) -> None:
    assert convert(value, source, target) == pytest.approx(expected, rel=ROUNDING)


def test_a_value_converted_to_its_own_unit_is_not_touched() -> None:
    # 0.1 x 8.64e19 / 8.64e19 need not be 0.1 in binary, so this is no matter of course.
    assert convert(0.00579, "pfs-day", "pfs-day") == 0.00579


def test_a_value_is_brought_to_the_base_of_its_dimension() -> None:
    # 1.58e12 operations a second.
    assert to_base(1.58, "TFLOP/s") == pytest.approx(1.58e12, rel=ROUNDING)


def test_an_unknown_unit_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(InputError, match=r"^unknown unit 'months'; did you mean 'month'\?$"):
        unit("months")


def test_a_conversion_between_dimensions_is_refused() -> None:
    with pytest.raises(InputError, match=r"^cannot convert pfs-day \(operations\) to month \(time\)$"):
        convert(1.0, "pfs-day", "month")


def test_growth_a_year_is_no_plain_ratio() -> None:
    with pytest.raises(InputError, match=r"^cannot convert x/year \(growth\) to x \(ratio\)$"):
        convert(11.2, "x/year", "x")


@pytest.mark.parametrize(
    "names",
    [
        # devices x rate x time x share
        ["device", "TFLOP/s", "day", "1"],
        # examples x epochs x multiply-adds x operations a multiply-add x passes
        ["image", "epoch", "GMAC", "FLOP/MAC", "pass"],
        # hours x steps per second: the seconds cancel
        ["epoch", "hour", "step/second", "MMAC", "pass", "FLOP/MAC"],
        ["pfs-day"],
    ],
)
def test_factors_of_a_calculation_multiply_to_operations(names: list[str]) -> None:
    assert is_operations(names)


@pytest.mark.parametrize(
    "names",
    [
        ["device", "TFLOP/s", "1"],
        ["device", "TFLOP/s", "day", "day"],
        ["image", "GMAC", "pass"],
        ["pfs-day", "pfs-day"],
        ["image", "epoch"],
        ["dollar"],
    ],
)
def test_factors_that_leave_a_second_or_a_multiply_add_are_no_operations(names: list[str]) -> None:
    assert not is_operations(names)


@pytest.mark.parametrize("name", UNITS)
def test_every_unit_holds_a_positive_number_of_base_units(name: str) -> None:
    assert UNITS[name].scale > 0
