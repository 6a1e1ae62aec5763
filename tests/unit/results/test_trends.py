"""The quantities of a trend: what they take over from the fitted line, and what they are made from."""

import pytest

from analysis.results.collect import Findings


def test_the_doubling_time_carries_the_interval_of_the_slope(findings: Findings) -> None:
    quantity = findings.results["compute.modern.doubling_time"]
    interval = findings.study.trends["modern"].doubling_time_months
    assert (quantity.value, quantity.low, quantity.high) == (interval.value, interval.low, interval.high)


def test_the_bootstrap_interval_stands_beside_it_on_the_same_value(findings: Findings) -> None:
    plain = findings.results["compute.modern.doubling_time"]
    resampled = findings.results["compute.modern.doubling_time_bootstrap"]
    assert resampled.value == plain.value
    assert resampled.low != plain.low


def test_growth_a_year_and_doubling_time_tell_the_same_slope(findings: Findings) -> None:
    growth = findings.results["compute.modern.growth_per_year"].value
    months = findings.results["compute.modern.doubling_time"].value
    # growth = 2^(12 / months)
    assert growth == pytest.approx(2 ** (12 / months), rel=1e-12, abs=0)


def test_the_number_of_points_is_whole(findings: Findings) -> None:
    assert (findings.results.value("compute.modern.n"), findings.results["compute.modern.n"].digits) == (15, None)


def test_a_trend_is_made_from_the_systems_it_is_fitted_to(findings: Findings) -> None:
    # The four games of the modern chart, by date.
    assert findings.results["compute.games.doubling_time"].inputs == (
        "system.dqn.compute",
        "system.dota_1v1.compute",
        "system.alphago_zero.compute",
        "system.alphazero.compute",
    )


@pytest.mark.parametrize("thing", ["doubling_time", "growth_per_year", "r_squared", "n", "span"])
def test_every_scope_has_every_quantity_of_a_trend(findings: Findings, thing: str) -> None:
    names = {f"compute.{scope}.{thing}" for scope in findings.study.trends}
    assert names - set(findings.results.quantities) == set()


def test_a_trend_of_plotted_values_is_made_from_the_readings(findings: Findings) -> None:
    # Not from system.alexnet.compute, which is 0.00578754 from factors and not the 0.00579 that is fitted.
    assert "worked.alexnet.chart_reading" in findings.results["compute.modern.as_plotted.doubling_time"].inputs


def test_a_reading_that_a_system_uses_anyway_goes_by_the_name_of_the_system(findings: Findings) -> None:
    assert "system.googlenet.compute" in findings.results["compute.modern.as_plotted.doubling_time"].inputs


def test_the_inputs_of_a_trend_have_the_values_that_were_fitted(findings: Findings) -> None:
    for name, scope in findings.study.scopes.items():
        inputs = findings.results[f"compute.{name}.doubling_time"].inputs
        fitted = [point.compute_flop / 8.64e19 for point in scope.choose(findings.study)]
        # A single number read in pfs-days is not sent through FLOP and back: a rounding apart.
        assert [findings.results.value(one) for one in inputs] == pytest.approx(fitted, rel=1e-14, abs=0), name
