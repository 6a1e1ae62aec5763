"""A line drawn on: its value, the interval of a new point, and when it passes a level, worked by hand."""

from math import log2, sqrt

import numpy as np
import pytest
import scipy

from analysis.model.forecast import (
    first_year_above,
    line_at,
    p_value,
    prediction_error,
    prediction_factor,
    year_of_level,
)
from analysis.model.trends import fit_trend

LINE = {"slope": 2.0, "mean_year": 10.0, "mean_doublings": 5.0}
ROUNDING = 1e-9


def test_a_line_goes_through_the_mean_of_its_points_and_doubles_with_its_slope() -> None:
    # 2^5 at the mean date, four times as much a year later.
    assert line_at(10.0, **LINE) == 32.0
    assert line_at(11.0, **LINE) == 128.0


def test_the_date_of_a_level_is_where_the_line_has_it() -> None:
    assert year_of_level(128.0, **LINE) == 11.0
    assert line_at(year_of_level(777.0, **LINE), **LINE) == pytest.approx(777.0, rel=ROUNDING)


def test_the_error_of_a_new_point_is_least_at_the_mean_date() -> None:
    # s sqrt(1 + 1/4) at the mean, and s sqrt(1 + 1/4 + 3^2 / 12) three years away: sqrt(2).
    known = {"scatter": 2.0, "n": 4.0, "mean_year": 10.0, "sum_over_dates": 12.0}
    assert prediction_error(10.0, **known) == pytest.approx(sqrt(5.0), rel=ROUNDING)
    assert prediction_error(13.0, **known) == pytest.approx(2.0 * sqrt(2.0), rel=ROUNDING)


def test_factor_and_probability_are_two_ways_to_say_one_thing() -> None:
    # A point at the end of the 95% interval is as far away as one in twenty.
    assert p_value(prediction_factor(1.7, 15.0), 1.7, 15.0) == pytest.approx(0.05, rel=ROUNDING)
    assert p_value(8.0, 3.0, 15.0) == p_value(1 / 8.0, 3.0, 15.0)


def test_the_band_of_a_trend_is_the_factor_around_its_line() -> None:
    # Two independent ways: the band of the trend, and the error and Student t of the textbook.
    years, values = [0.0, 1.0, 2.0, 4.0, 5.0], [1.0, 3.0, 3.5, 20.0, 28.0]
    trend = fit_trend(years, values)
    low, high = trend.prediction_band(np.array([9.0]))
    x = np.array(years)
    error = trend.residual_error * sqrt(1 + 1 / 5 + (9.0 - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum())
    reach = float(scipy.stats.t.ppf(0.975, 3)) * error
    assert log2(high[0] / trend.line(np.array([9.0]))[0]) == pytest.approx(reach, rel=ROUNDING)
    assert low[0] * high[0] == pytest.approx(trend.line(np.array([9.0]))[0] ** 2, rel=ROUNDING)
    assert (trend.band(np.array([9.0]))[0] > low).all()


def test_a_rising_curve_passes_a_level_once_or_not_within_the_years() -> None:
    def rising(year: float) -> float:
        return float(2.0**year)

    assert first_year_above(8.0, rising, start=0.0, years=10.0) == pytest.approx(3.0, rel=ROUNDING)
    assert first_year_above(1.0, rising, start=5.0, years=10.0) == 5.0
    assert first_year_above(1e9, rising, start=0.0, years=10.0) is None
