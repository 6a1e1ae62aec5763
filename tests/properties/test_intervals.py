"""Laws of intervals: each covers the truth as often as it says, and neither a unit nor the calendar moves it.

The dates are those of the modern era. The seeds are fixed, so a share varies with the code alone.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from analysis.model.least_squares import Floats, bootstrap_slopes, residual_error, standard_error, t_quantile
from analysis.model.measurements import doubling_time_measured
from analysis.model.robust import huber_slope, least_squares_slopes
from analysis.model.study import Study
from analysis.model.theil_sen import theil_sen_slope
from analysis.model.trends import Trend, fit_trend

DRAWS = 4_000
# Doublings per year, and the standard deviation of the points about the line.
PACE, SCATTER = 3.5, 2.0
# A share of 95% in so many draws has a standard deviation of 0.3%; intervals by ranks can be a little wide.
NOMINAL = pytest.approx(0.95, abs=0.02)
# Dates moved by years leave fewer digits behind the point.
ROUNDING = 1e-9


@pytest.fixture(scope="module")
def years(study: Study) -> Floats:
    """The dates of the modern era."""
    return np.array([point.year for point in study.era("modern")])


@pytest.fixture(scope="module")
def drawn(years: Floats) -> Floats:
    """Doublings about a known line, a row per draw."""
    return PACE * years + np.random.default_rng(1).normal(0.0, SCATTER, size=(DRAWS, len(years)))


@pytest.fixture(scope="module")
def trends(study: Study, years: Floats, drawn: Floats) -> list[Trend]:
    """The line of each draw."""
    modern = study.trends["modern"]
    slopes = least_squares_slopes(np.broadcast_to(years, drawn.shape), drawn)
    intercepts = drawn.mean(axis=1) - slopes * years.mean()
    fits = []
    for slope, intercept, y in zip(slopes, intercepts, drawn, strict=True):
        scatter = residual_error(y - intercept - slope * years)
        reach = t_quantile(len(years)) * standard_error(scatter, modern.sum_over_dates)
        fits.append(
            replace(
                modern,
                slope=float(slope),
                slope_low=float(slope) - reach,
                slope_high=float(slope) + reach,
                intercept=float(intercept),
                residual_error=scatter,
            )
        )
    return fits


def covered(lows: Floats, truths: Floats | float, highs: Floats) -> float:
    """The share of intervals that contain the truth."""
    return float(np.mean((lows <= truths) & (truths <= highs)))


def test_the_t_interval_contains_the_doubling_time_as_often_as_it_says(trends: list[Trend]) -> None:
    times = [trend.doubling_time_months for trend in trends]
    # A slope that may be zero bounds no doubling time above.
    lows = np.array([-np.inf if time.low is None else time.low for time in times])
    highs = np.array([np.inf if time.high is None else time.high for time in times])
    assert covered(lows, 12 / PACE, highs) == NOMINAL


@pytest.mark.parametrize("year", [15.0, 18.0, 26.0])
def test_the_band_contains_the_line_as_often_as_it_says(trends: list[Trend], year: float) -> None:
    low, high = np.log2([trend.band(np.array([year])) for trend in trends]).squeeze().T
    assert covered(low, PACE * year, high) == NOMINAL


@pytest.mark.parametrize("year", [15.0, 18.0, 26.0])
def test_the_prediction_band_contains_a_new_point_as_often_as_it_says(trends: list[Trend], year: float) -> None:
    low, high = np.log2([trend.prediction_band(np.array([year])) for trend in trends]).squeeze().T
    points = PACE * year + np.random.default_rng(2).normal(0.0, SCATTER, size=DRAWS)
    assert covered(low, points, high) == NOMINAL


def test_the_interval_of_resampled_points_contains_the_slope_almost_as_often(years: Floats, drawn: Floats) -> None:
    # Each interval takes ten thousand resamples, so there are fewer of them; those of few points are a little narrow.
    low, high = np.array([bootstrap_slopes(years, y) for y in drawn[:500]]).T
    assert covered(low, PACE, high) == pytest.approx(0.95, abs=0.03)


def test_the_interval_of_theil_and_sen_contains_the_slope_as_often_as_it_says(years: Floats, drawn: Floats) -> None:
    found = [theil_sen_slope(years, y) for y in drawn]
    assert covered(np.array([each.low for each in found]), PACE, np.array([each.high for each in found])) == NOMINAL


def test_errors_of_measurement_move_the_slope_as_far_as_they_say(study: Study, years: Floats) -> None:
    modern, factor = study.trends["modern"], 3.0
    measured = doubling_time_measured(modern, list(years), [factor] * len(years))
    assert measured.low is not None
    assert measured.high is not None
    # An error factor bounds 95% of errors, which are normal in the logarithm: 1.96 standard deviations.
    errors = np.random.default_rng(3).normal(0.0, np.log2(factor) / 1.96, size=(DRAWS, len(years)))
    slopes = modern.slope + least_squares_slopes(np.broadcast_to(years, errors.shape), errors)
    assert covered(12 / slopes, np.full(DRAWS, measured.high), np.full(DRAWS, np.inf)) == pytest.approx(0.975, abs=0.01)
    assert covered(np.zeros(DRAWS), np.full(DRAWS, measured.low), 12 / slopes) == pytest.approx(0.975, abs=0.01)


def of_trend(x: Floats, y: Floats) -> list[float]:
    trend = fit_trend(list(x), [2.0**each for each in y])
    ends = (trend.slope_low, trend.slope_high, *trend.slope_bootstrap)
    relative = [
        np.log2(band(x) / trend.line(x))
        for band in (lambda at: trend.band(at)[0], lambda at: trend.prediction_band(at)[1])
    ]
    return [trend.slope, *ends, trend.r_squared, *np.concatenate(relative)]


def of_theil_and_sen(x: Floats, y: Floats) -> list[float]:
    found = theil_sen_slope(x, y)
    return [found.value, found.low, found.high]


def of_huber(x: Floats, y: Floats) -> list[float]:
    return [huber_slope(x, y)]


ESTIMATORS = pytest.mark.parametrize("estimate", [of_trend, of_theil_and_sen, of_huber])
Estimate = Callable[[Floats, Floats], list[float]]


@ESTIMATORS
@pytest.mark.parametrize("unit", [1e-15, 86_400.0])
def test_a_unit_moves_no_slope_and_no_interval(estimate: Estimate, unit: float, years: Floats, drawn: Floats) -> None:
    assert estimate(years, drawn[0] + np.log2(unit)) == pytest.approx(estimate(years, drawn[0]), rel=ROUNDING)


@ESTIMATORS
@pytest.mark.parametrize("shift", [-2000.0, 13.7])
def test_a_calendar_moves_no_slope_and_no_interval(
    estimate: Estimate, shift: float, years: Floats, drawn: Floats
) -> None:
    assert estimate(years + shift, drawn[0]) == pytest.approx(estimate(years, drawn[0]), rel=ROUNDING)
