"""Effective compute: the gains multiply, and their logarithms add up."""

import pytest

from analysis.results.collect import Findings
from analysis.results.effective import (
    effective_doubling_time,
    effective_growth,
    gain_over_hardware,
    share_of_algorithms,
)

# Sums of a few logarithms in floats.
ROUNDING = 1e-9


def test_gains_multiply() -> None:
    # 4 times a year of compute, and halving every 6 months: another factor of 4, so half of four doublings a year.
    assert effective_growth(4.0, 6.0) == 16.0
    assert effective_doubling_time(4.0, 6.0) == 3.0
    assert share_of_algorithms(4.0, 6.0) == 50.0


def test_gains_are_compared_over_the_same_years() -> None:
    # In 3 years: halving every 6 months gains 2^6 = 64, and a doubling every 2 years 2^1.5; 64 / 2.828 = 22.63.
    assert gain_over_hardware(0.5, 3.0, 6.0) == pytest.approx(22.63, abs=0.005)
    # The longer the span, the further apart; over no time they are equal.
    assert gain_over_hardware(0.5, 0.0, 6.0) == 1.0


def test_effective_compute_is_spending_times_compute_per_dollar_times_algorithms(findings: Findings) -> None:
    # The regressions of the first two share their points, so that their slopes add up.
    value = findings.results.value
    parts = ("spending", "compute_per_dollar", "efficiency.language")
    spending, per_dollar, algorithms = (value(f"{part}.growth_per_year") for part in parts)
    assert spending * per_dollar * algorithms == pytest.approx(value("effective.growth_per_year"), rel=ROUNDING)


def test_the_range_is_that_of_the_fastest_and_the_slowest_fit(findings: Findings) -> None:
    # 5.36 months at the optimum that a search from zero finds, 10.2 at the best one: the ends that the post names.
    value, growth = findings.results.value, findings.results["effective.growth_per_year"]
    fits = ("unpenalised", "unpenalised_second")
    ends = [
        effective_growth(value("compute.costed.growth_per_year"), value(f"efficiency.language.halving_time_{fit}"))
        for fit in fits
    ]
    assert (growth.low, growth.high) == tuple(ends)


def test_the_range_holds_the_value(findings: Findings) -> None:
    for name in ("growth_per_year", "doubling_time", "share_of_algorithms", "gain_over_hardware"):
        quantity = findings.results[f"effective.{name}"]
        assert quantity.low is not None
        assert quantity.high is not None
        assert quantity.low < quantity.value < quantity.high
