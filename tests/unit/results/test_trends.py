"""The quantities of a trend: what they take over from the fitted line, and what they are made from."""

import pytest

from analysis.inputs.dataset import Dataset
from analysis.model.study import Study, analyse
from analysis.model.trends import Trend
from analysis.results.collect import Findings, collect

THINGS = ("slope", "doubling_time", "doubling_time_bootstrap", "growth_per_year", "r_squared", "n", "span")


def test_the_doubling_time_carries_the_interval_of_the_slope(findings: Findings) -> None:
    quantity = findings.results["compute.modern.doubling_time"]
    interval = findings.study.trends["modern"].doubling_time_months
    assert (quantity.value, quantity.low, quantity.high) == (interval.value, interval.low, interval.high)


def fitted(study: Study) -> dict[str, Trend]:
    """Every trend of a study by the beginning of the names of its quantities."""
    efficiency = study.efficiency.fits if study.efficiency else {}
    return {
        **{f"compute.{name}": trend for name, trend in study.trends.items()},
        **{f"efficiency.{name}": fit.trend for name, fit in efficiency.items()},
    }


@pytest.mark.parametrize("place", [0, -1], ids=["first edition", "open edition"])
def test_every_quantity_of_a_trend_is_the_number_of_the_fit_to_the_last_digit(dataset: Dataset, place: int) -> None:
    study = analyse(dataset, dataset.editions[place].id)
    results = collect(study)
    for prefix, trend in fitted(study).items():
        # One law on the same floats: equal, not close.
        assert {thing: results.value(f"{prefix}.{thing}") for thing in THINGS} == {
            "slope": trend.slope,
            "doubling_time": trend.doubling_time_months.value,
            "doubling_time_bootstrap": trend.doubling_time_bootstrap_months.value,
            "growth_per_year": trend.growth_per_year.value,
            "r_squared": trend.r_squared,
            "n": trend.n,
            "span": trend.span_years,
        }, prefix


def test_the_steps_of_a_slope_are_the_sums_of_the_fit(findings: Findings) -> None:
    values = {symbol.latex: symbol.value for symbol in findings.results["compute.modern.r_squared"].trace}
    trend = findings.study.trends["modern"]
    assert (values["S_{tC}"], values["S_{tt}"], values["S_{CC}"]) == (
        trend.sum_over_both,
        trend.sum_over_dates,
        trend.sum_over_doublings,
    )


def test_the_bootstrap_interval_has_the_same_value(findings: Findings) -> None:
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


def test_a_slope_is_made_from_the_systems_it_is_fitted_to_and_their_dates(findings: Findings) -> None:
    # The four games of the modern chart, by date.
    assert findings.results["compute.games.slope"].inputs == (
        "system.dqn.compute",
        "system.dota_1v1.compute",
        "system.alphago_zero.compute",
        "system.alphazero.compute",
        "data/systems/dqn.toml",
        "data/systems/dota-1v1.toml",
        "data/systems/alphago-zero.toml",
        "data/systems/alphazero.toml",
    )


@pytest.mark.parametrize("thing", ["doubling_time", "doubling_time_bootstrap", "growth_per_year"])
def test_every_way_to_tell_the_pace_is_made_from_the_slope(findings: Findings, thing: str) -> None:
    assert findings.results[f"compute.games.{thing}"].inputs == ("compute.games.slope",)


def test_the_slope_carries_the_interval_of_the_fit(findings: Findings) -> None:
    slope, trend = findings.results["compute.modern.slope"], findings.study.trends["modern"]
    assert (slope.value, slope.low, slope.high) == (trend.slope, trend.slope_low, trend.slope_high)


def test_the_two_sums_of_a_slope_are_described_in_words(findings: Findings) -> None:
    both, *_, dates = findings.results["compute.games.slope"].trace
    assert (both.latex, dates.latex) == ("S_{tC}", "S_{tt}")
    assert both.label.startswith("sum over the points of date less mean date times")
    assert dates.label == "sum over the points of the square of date less mean date"


def test_efficiency_is_fitted_as_one_over_compute(findings: Findings) -> None:
    # Compute at AlexNet's level falls, so the sum that rises with the dates is that of its inverse.
    slope = findings.results["efficiency.alexnet.slope"]
    assert slope.symbols[0].latex == "S_{te}"
    assert slope.value > 0


@pytest.mark.parametrize("thing", ["slope", "doubling_time", "growth_per_year", "r_squared", "n", "span"])
def test_every_scope_has_every_quantity_of_a_trend(findings: Findings, thing: str) -> None:
    names = {f"compute.{scope}.{thing}" for scope in findings.study.trends}
    assert names - set(findings.results.quantities) == set()


def test_a_trend_of_plotted_values_is_made_from_the_readings(findings: Findings) -> None:
    # Not from system.alexnet.compute, which is 0.00578754 from factors and not the 0.00579 that is fitted.
    assert "worked.alexnet.chart_reading" in findings.results["compute.modern.as_plotted.slope"].inputs


def test_a_reading_that_a_system_uses_anyway_has_the_name_of_the_system(findings: Findings) -> None:
    assert "system.googlenet.compute" in findings.results["compute.modern.as_plotted.slope"].inputs


def test_the_inputs_of_a_trend_have_the_values_that_were_fitted(findings: Findings) -> None:
    for name, scope in findings.study.scopes.items():
        inputs = [n for n in findings.results[f"compute.{name}.slope"].inputs if n in findings.results.quantities]
        fitted = [point.pfs_days for point in scope.choose(findings.study)]
        assert [findings.results.value(one) for one in inputs] == fitted, name
