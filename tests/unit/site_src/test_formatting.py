"""How values are spelled where many are listed: whole, abbreviated, in words, in percent."""

import pytest

from site_src.errors import PageError
from site_src.formatting import (
    abbreviated,
    beside_printed,
    in_a_row,
    limit_of,
    one_paragraph,
    percent,
    range_in_a_row,
    unit_label,
    words,
)
from tests import bundles

NO_BREAK = "\u00a0"


@pytest.mark.parametrize(("unit", "label"), [("month", "months"), ("", "")])
def test_the_unit_of_a_column_is_a_plural_or_nothing(unit: str, label: str) -> None:
    assert unit_label(unit) == label


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        # Whole numbers are whole, as 12345 is; all else has four digits.
        (12345.0, "1", "12,345"),
        (3.14159, "1", "3.142"),
        (9_999_999.0, "1", "9,999,999"),
        # A whole number of 10 million or more is rounded too: 12345678 = 1.2345678e7.
        (12_345_678.0, "1", "1.235 × 10⁷"),
        (10_000_001.0, "1", "1.000 × 10⁷"),
        (-20_000_001.0, "1", "-2.000 × 10⁷"),
        (3.4567, "month", f"3.457{NO_BREAK}months"),
        # A date has a fifth digit.
        (2012.4567, "year", f"2,012.5{NO_BREAK}years"),
        (2012.0, "year", f"2,012{NO_BREAK}years"),
    ],
)
def test_whole_numbers_are_whole_and_others_have_four_digits(value: float, unit: str, text: str) -> None:
    assert abbreviated(value, unit) == text


@pytest.mark.parametrize(("value", "text"), [(3.43842, "3.438"), (3.4, "3.4"), (0.00123456, "0.001235")])
def test_a_number_beside_a_printed_one_has_four_digits_without_trailing_zeros(value: float, text: str) -> None:
    assert beside_printed(value, "1") == text


@pytest.mark.parametrize(("count", "text"), [(0, "zero"), (3.0, "three"), (26, "twenty-six")])
def test_a_count_is_written_in_words(count: float, text: str) -> None:
    assert words(count) == text


@pytest.mark.parametrize(("count", "found"), [(4.25, "4.25"), (-1, "-1")])
def test_what_is_no_count_is_not_written_in_words(count: float, found: str) -> None:
    with pytest.raises(PageError, match=f"^expected a whole number before the filter 'words', found {found}$"):
        words(count)


def test_a_caption_becomes_one_paragraph() -> None:
    assert one_paragraph("One.\n    Two.\nThree.") == "One. Two. Three."


def test_a_share_is_in_percent_to_a_tenth() -> None:
    assert percent(0.12345) == "12.3%"


@pytest.mark.parametrize(
    ("unit", "relation", "printed", "ours", "read_as", "shown"),
    [
        ("1", "at least", 0.5, 0.857142857, "at least 50%", "85.71%"),
        ("month", "at most", 24.0, 15.85, "at most 24 months", "15.85 months"),
        ("1", "equals", 0.33, 0.333, "", "0.333"),
        ("x", "more than", 300_000.0, 321_380.0, "", "321,400×"),
    ],
)
def test_a_statement_that_sets_a_bound_says_what_it_is_read_as(
    unit: str, relation: str, printed: float, ours: float, read_as: str, shown: str
) -> None:
    record = bundles.claim(unit=unit, relation=relation, value=printed, ours=ours)
    assert limit_of(record).replace(NO_BREAK, " ") == read_as
    assert in_a_row(ours, record).replace(NO_BREAK, " ") == shown


def test_a_bound_with_which_nothing_is_compared_is_not_read() -> None:
    assert limit_of(bundles.claim(unit="1", relation="at least", value=0.5, ours=None)) == ""


@pytest.mark.parametrize(
    ("unit", "relation", "low", "high", "shown"),
    [
        ("1", "at least", 0.375, 0.625, "37.5% to 62.5%"),
        ("month", "equals", 15.6789, 16.0123, "15.7 to 16.0"),
        ("1", "at least", None, None, ""),
    ],
)
def test_a_range_is_in_the_unit_of_the_number_above_it(
    unit: str, relation: str, low: float | None, high: float | None, shown: str
) -> None:
    record = bundles.claim(unit=unit, relation=relation, value=0.5, ours=0.5, low=low, high=high)
    assert range_in_a_row(record).replace(NO_BREAK, " ") == shown
