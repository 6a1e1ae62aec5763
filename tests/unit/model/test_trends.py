"""Trends: exact series, a second implementation, figures worked out elsewhere, and series that are refused."""

import math
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from analysis.errors import TrendError
from analysis.model.study import Point, Study
from analysis.model.trends import Trend, end_point_doubling_time_months, fit_trend, growth_over

# A straight line through a few doublings, fitted in floats: errors of the order of 1e-15 times the spread.
ROUNDING = 1e-9


@pytest.mark.parametrize("months", [3.0, 6.0, 12.0, 24.0])
def test_a_series_that_doubles_steadily_has_that_doubling_time(months: float) -> None:
    # 1, 2, 4, ... 128 at intervals of one doubling time.
    years = [k * months / 12 for k in range(8)]
    trend = fit_trend(years, [2.0**k for k in range(8)])
    assert trend.doubling_time_months.value == pytest.approx(months, rel=ROUNDING)


def test_a_steady_doubling_leaves_no_interval() -> None:
    trend = fit_trend([0.0, 0.5, 1.0, 1.5], [1.0, 2.0, 4.0, 8.0])
    low, high = trend.doubling_time_months.low, trend.doubling_time_months.high
    assert (low, high) == pytest.approx((6.0, 6.0), rel=ROUNDING)


def test_a_doubling_every_six_months_is_fourfold_growth_a_year() -> None:
    # 2^(12 / 6)
    trend = fit_trend([0.0, 0.5, 1.0, 1.5], [1.0, 2.0, 4.0, 8.0])
    assert trend.growth_per_year.value == pytest.approx(4.0, rel=ROUNDING)


def test_a_steady_doubling_is_explained_whole() -> None:
    assert fit_trend([0.0, 0.5, 1.0, 1.5], [1.0, 2.0, 4.0, 8.0]).r_squared == pytest.approx(1.0, rel=ROUNDING)


def test_a_line_off_the_points_is_the_one_of_least_squares() -> None:
    # log2 of the values: 0, 1, 5 at years 0, 1, 2. Mean year 1, mean log 2.
    # slope = ((-1)(-2) + 0(-1) + 1(3)) / (1 + 0 + 1) = 5 / 2; intercept = 2 - 2.5 = -0.5.
    trend = fit_trend([0.0, 1.0, 2.0], [1.0, 2.0, 32.0])
    assert (trend.slope, trend.intercept) == pytest.approx((2.5, -0.5), rel=ROUNDING)


def test_the_interval_of_three_points_is_the_one_worked_by_hand() -> None:
    # The same three points: fitted -0.5, 2, 4.5, residuals 0.5, -1, 0.5, their squares 1.5, over one degree of
    # freedom. Standard error of the slope: sqrt(1.5 / 2). Student t of 97.5% with one degree: tan(0.475 pi).
    trend = fit_trend([0.0, 1.0, 2.0], [1.0, 2.0, 32.0])
    half = math.tan(0.475 * math.pi) * math.sqrt(1.5 / 2)
    assert (trend.slope_low, trend.slope_high) == pytest.approx((2.5 - half, 2.5 + half), rel=ROUNDING)


def test_the_share_explained_is_the_one_worked_by_hand() -> None:
    # The same three points: squares of the residuals 1.5, of the deviations 4 + 1 + 9 = 14.
    assert fit_trend([0.0, 1.0, 2.0], [1.0, 2.0, 32.0]).r_squared == pytest.approx(1 - 1.5 / 14, rel=ROUNDING)


def test_a_slope_that_may_be_negative_leaves_the_doubling_time_open_above() -> None:
    # The same three points: the slope's interval reaches from 2.5 - 11.0 to 2.5 + 11.0.
    assert fit_trend([0.0, 1.0, 2.0], [1.0, 2.0, 32.0]).doubling_time_months.high is None


def test_a_series_that_halves_has_a_negative_doubling_time_without_bounds() -> None:
    months = fit_trend([0.0, 1.0, 2.0, 3.0], [8.0, 4.0, 2.0, 1.0]).doubling_time_months
    assert months.value == pytest.approx(-12.0, rel=ROUNDING)
    assert (months.low, months.high) == (None, None)


def test_a_series_that_does_not_move_is_refused() -> None:
    with pytest.raises(TrendError, match=r"^all values are 5\.0; a constant series has no doubling time$"):
        fit_trend([0.0, 1.0, 2.0], [5.0, 5.0, 5.0])


def test_a_series_that_rises_as_it_falls_is_refused() -> None:
    # log2 of the values: 0, 1, 0. The values differ, but the line through them is level.
    with pytest.raises(TrendError, match=r"^the slope is zero; the doubling time is undefined$"):
        fit_trend([0.0, 1.0, 2.0], [1.0, 2.0, 1.0])


def test_the_span_is_from_the_first_to_the_last_date() -> None:
    trend = fit_trend([3.0, 0.5, 1.0], [4.0, 1.0, 2.0])
    assert (trend.first_year, trend.last_year, trend.span_years) == (0.5, 3.0, 2.5)


def test_the_line_passes_through_the_points_of_an_exact_series() -> None:
    trend = fit_trend([0.0, 1.0, 2.0], [3.0, 6.0, 12.0])
    assert trend.line(np.array([0.0, 1.0, 4.0])) == pytest.approx([3.0, 6.0, 48.0], rel=ROUNDING)


def test_the_band_at_the_mean_date_has_the_width_worked_by_hand() -> None:
    # log2 values 0, 1, 5: at the mean date only the error of the mean is left, sqrt(1.5) x sqrt(1 / 3).
    trend = fit_trend([0.0, 1.0, 2.0], [1.0, 2.0, 32.0])
    _, high = trend.band(np.array([1.0]))
    half = math.tan(0.475 * math.pi) * math.sqrt(1.5) * math.sqrt(1 / 3)
    assert math.log2(high[0]) == pytest.approx(2 + half, rel=ROUNDING)


def test_the_band_is_widest_at_the_ends() -> None:
    trend = fit_trend([0.0, 1.0, 2.0], [1.0, 2.0, 32.0])
    low, high = trend.band(np.array([0.0, 1.0, 2.0]))
    widths = np.log2(high / low)
    assert widths[0] == pytest.approx(widths[2], rel=ROUNDING)
    assert widths[0] > widths[1]


def ols(sm: ModuleType, points: Sequence[Point]) -> Any:
    """The same line by statsmodels, an implementation that shares no code with ours."""
    years = np.array([point.year for point in points])
    logs = np.log2([point.pfs_days for point in points])
    return sm.OLS(logs, sm.add_constant(years)).fit()


@pytest.mark.parametrize("era", ["modern", "first"])
def test_slope_and_interval_are_those_of_statsmodels(sm: ModuleType, study: Study, era: str) -> None:
    fit, trend = ols(sm, study.era(era)), study.trends[era]
    ours = [trend.slope, trend.slope_low, trend.slope_high]
    # Two ways to solve the same equations in floats.
    assert ours == pytest.approx([fit.params[1], *fit.conf_int(0.05)[1]], rel=ROUNDING)


@pytest.mark.parametrize("era", ["modern", "first"])
def test_intercept_and_share_explained_are_those_of_statsmodels(sm: ModuleType, study: Study, era: str) -> None:
    fit, trend = ols(sm, study.era(era)), study.trends[era]
    assert [trend.intercept, trend.r_squared] == pytest.approx([fit.params[0], fit.rsquared], rel=ROUNDING)


@pytest.mark.parametrize("era", ["modern", "first"])
def test_the_band_is_that_of_statsmodels(sm: ModuleType, study: Study, era: str) -> None:
    trend = study.trends[era]
    years = np.linspace(trend.first_year, trend.last_year, 7)
    frame = ols(sm, study.era(era)).get_prediction(sm.add_constant(years)).summary_frame(alpha=0.05)
    low, high = trend.band(years)
    # Compared as logarithms, where errors of rounding do not grow with the exponent.
    assert np.log2(low) == pytest.approx(frame["mean_ci_lower"].to_numpy(), rel=ROUNDING)
    assert np.log2(high) == pytest.approx(frame["mean_ci_upper"].to_numpy(), rel=ROUNDING)


@pytest.mark.parametrize("era", ["modern", "first"])
def test_the_prediction_band_is_that_of_statsmodels(sm: ModuleType, study: Study, era: str) -> None:
    trend = study.trends[era]
    # Beyond the points too, where the band is used.
    years = np.linspace(trend.first_year, trend.last_year + 9, 7)
    frame = ols(sm, study.era(era)).get_prediction(sm.add_constant(years)).summary_frame(alpha=0.05)
    low, high = trend.prediction_band(years)
    assert np.log2(low) == pytest.approx(frame["obs_ci_lower"].to_numpy(), rel=ROUNDING)
    assert np.log2(high) == pytest.approx(frame["obs_ci_upper"].to_numpy(), rel=ROUNDING)


# Doubling times in months with their 95% intervals, fitted to the table behind the chart and to the paper's table
# with another program before this one was written; all digits given, so the tolerance is half a unit of the last.
@pytest.mark.parametrize(
    ("scope", "months", "low", "high"),
    [
        ("modern.as_plotted", 3.4369, 2.5933, 5.0938),
        ("first", 20.953, 17.485, 26.136),
        ("first.record_setters", 20.011, 15.481, 28.290),
    ],
)
def test_a_trend_of_compute_is_the_one_fitted_independently(
    study: Study, scope: str, months: float, low: float, high: float
) -> None:
    found = study.trends[scope].doubling_time_months
    assert [f"{value:.5g}" for value in (found.value, found.low, found.high)] == [
        f"{value:.5g}" for value in (months, low, high)
    ]


# Fitted independently to the three-digit values of the chart. Ours rest on the factors where there are any, and the
# two differ by up to 3% in DQN and 0.7% in VGG, so by far less than 1e-3 in a doubling time over fifteen points.
@pytest.mark.parametrize(
    ("scope", "months"),
    [
        ("modern", 3.4369),
        ("modern.record_setters", 3.3936),
        ("modern.without_dqn", 3.7787),
        ("modern.without_alphago", 3.9647),
        ("modern.alexnet_at_its_paper", 3.2862),
        ("modern.as_printed", 3.4391),
    ],
)
def test_a_trend_from_factors_is_near_the_one_from_the_chart(study: Study, scope: str, months: float) -> None:
    assert study.trends[scope].doubling_time_months.value == pytest.approx(months, rel=1e-3)


def test_the_trend_of_printed_totals_is_the_one_fitted_independently(study: Study) -> None:
    assert study.efficiency is not None
    found = study.efficiency.fits["alexnet_printed_totals"].trend.doubling_time_months
    # 15.861 (13.288 to 19.672) months over six runs; the paper prints 16.
    assert [f"{value:.5g}" for value in (found.value, found.low, found.high)] == ["15.861", "13.288", "19.672"]


def test_the_trend_over_all_runs_is_the_one_fitted_independently(study: Study) -> None:
    assert study.efficiency is not None
    found = study.efficiency.fits["alexnet_all_points"].trend
    # 13.804 months, R2 0.678, fitted to the printed totals, which are rounded to a tenth of a PF: in the lowest, 6.0,
    # that is up to 0.8%, spread over a fit of sixteen points.
    assert found.doubling_time_months.value == pytest.approx(13.804, rel=1e-3)
    assert found.r_squared == pytest.approx(0.678, abs=0.001)


def test_fewer_than_three_points_are_refused() -> None:
    with pytest.raises(TrendError, match=r"^2 points; expected at least 3 for a trend$"):
        fit_trend([0.0, 1.0], [1.0, 2.0])


def test_no_points_are_refused() -> None:
    with pytest.raises(TrendError, match=r"^0 points; expected at least 3 for a trend$"):
        fit_trend([], [])


def test_points_of_one_date_are_refused() -> None:
    with pytest.raises(TrendError, match=r"^all points have one date; expected at least two dates$"):
        fit_trend([1.0, 1.0, 1.0], [1.0, 2.0, 4.0])


def test_two_dates_are_enough() -> None:
    # log2 values 0 and 2 at year 0 (mean 1), 3 at year 1: two doublings per year.
    assert fit_trend([0.0, 0.0, 1.0], [1.0, 4.0, 8.0]).slope == pytest.approx(2.0, rel=ROUNDING)


def test_a_zero_is_refused() -> None:
    with pytest.raises(TrendError, match=r"^point 1 is zero \(0\.0\); expected a value above zero$"):
        fit_trend([0.0, 1.0, 2.0], [1.0, 0.0, 4.0])


def test_a_negative_value_is_refused() -> None:
    with pytest.raises(TrendError, match=r"^point 2 is negative \(-4\.0\); expected a value above zero$"):
        fit_trend([0.0, 1.0, 2.0], [1.0, 2.0, -4.0])


@pytest.mark.parametrize("missing", [None, math.nan])
def test_a_missing_value_is_refused(missing: float) -> None:
    with pytest.raises(TrendError, match=r"^point 0 is missing a date or a value$"):
        fit_trend([0.0, 1.0, 2.0], [missing, 2.0, 4.0])


@pytest.mark.parametrize("missing", [None, math.nan])
def test_a_missing_date_is_refused(missing: float) -> None:
    with pytest.raises(TrendError, match=r"^point 1 is missing a date or a value$"):
        fit_trend([0.0, missing, 2.0], [1.0, 2.0, 4.0])


@pytest.mark.parametrize("infinite", [math.inf, -math.inf])
def test_an_infinite_value_is_refused(infinite: float) -> None:
    with pytest.raises(TrendError, match=r"^point 1 is infinite$"):
        fit_trend([0.0, 1.0, 2.0], [1.0, infinite, 4.0])


def test_an_infinite_date_is_refused() -> None:
    with pytest.raises(TrendError, match=r"^point 2 is infinite$"):
        fit_trend([0.0, 1.0, math.inf], [1.0, 2.0, 4.0])


def test_lists_of_unequal_length_are_refused() -> None:
    with pytest.raises(TrendError, match=r"^3 dates for 2 values; expected as many of each$"):
        fit_trend([0.0, 1.0, 2.0], [1.0, 2.0])


def test_the_bootstrap_interval_is_near_one_with_another_seed(study: Study) -> None:
    # Fitted independently with another generator: 2.3916 to 4.7079 months. Percentiles of 10,000 draws repeat to
    # about two percent.
    found = study.trends["modern.as_plotted"].doubling_time_bootstrap_months
    assert (found.low, found.high) == pytest.approx((2.3916, 4.7079), rel=0.02)


def test_both_intervals_are_about_the_same_line(study: Study) -> None:
    trend: Trend = study.trends["modern"]
    assert trend.doubling_time_bootstrap_months.value == trend.doubling_time_months.value


def test_two_end_points_have_a_doubling_time() -> None:
    # A factor 8 is three doublings: 36 months / 3.
    assert end_point_doubling_time_months(8.0, 3.0) == pytest.approx(12.0, rel=ROUNDING)


def test_growth_at_a_steady_doubling_time() -> None:
    # Five years are 60 months, so two and a half doublings of 24 months: 2^2.5 = 4 x sqrt(2).
    assert growth_over(5.0, 24.0) == pytest.approx(4 * math.sqrt(2), rel=ROUNDING)


def test_growth_undoes_the_doubling_time_of_end_points() -> None:
    assert growth_over(7.0, end_point_doubling_time_months(44.35, 7.0)) == pytest.approx(44.35, rel=ROUNDING)
