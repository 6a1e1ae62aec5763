"""Periods: which texts name one, and the day in the middle of each."""

from datetime import date

import pytest

from analysis.fitting.dates import period_of


@pytest.mark.parametrize(
    ("text", "first", "middle", "last"),
    [
        ("2012-06-30", date(2012, 6, 30), date(2012, 6, 30), date(2012, 6, 30)),
        # 15 of 31 and 15 of 30 days before the 16th; 14 of 28 or 29 before the 15th.
        ("2012-01", date(2012, 1, 1), date(2012, 1, 16), date(2012, 1, 31)),
        ("2012-06", date(2012, 6, 1), date(2012, 6, 16), date(2012, 6, 30)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 15), date(2012, 2, 29)),
        ("2013-02", date(2013, 2, 1), date(2013, 2, 15), date(2013, 2, 28)),
        # 182 days of 2013 before 2 July, and 182 after it.
        ("2013", date(2013, 1, 1), date(2013, 7, 2), date(2013, 12, 31)),
    ],
)
def test_a_period_counts_as_its_middle_day(text: str, first: date, middle: date, last: date) -> None:
    found = period_of(text)
    assert found is not None
    assert (found.first, found.middle, found.last) == (first, middle, last)


@pytest.mark.parametrize(
    "text", ["", "06-01-2012", "2012-6-1", "2012-02-30", "2012-13", "0000", "12", "2012-06-01T00:00"]
)
def test_other_texts_name_no_period(text: str) -> None:
    assert period_of(text) is None
