"""Inputs of a quantity and the small helpers around them."""

from datetime import date

from analysis.results.trace import Series, count_of, dated, merged


def test_a_day_is_observed_as_a_decimal_year() -> None:
    # 1 January 2001 is 366 days after 1 January 2000, of 365.2425 a year.
    observed = dated("A network", date(2001, 1, 1), "data/systems/a.toml", ("somebody2001network",))
    assert (observed.value, observed.unit) == (366 / 365.2425, "year")
    assert observed.label == "day of A network, 2001-01-01, in years since 2000"


def test_the_members_of_a_series_are_counted_as_a_number() -> None:
    step = count_of("x_i", Series(members=("a.one", "a.two"), unit="1", label="two"), "how many", "system")
    assert repr(step.law((7.0, 8.0))) == "2.0"


def test_groups_are_merged_in_order_of_first_mention() -> None:
    assert merged([("b", "a"), ("a", "c")]) == ("b", "a", "c")
