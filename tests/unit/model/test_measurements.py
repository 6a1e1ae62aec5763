"""The errors of the values in a trend: nothing without errors, and the width that follows from the weights."""

import numpy as np
import pytest

from analysis.model.measurements import doubling_time_measured
from analysis.model.study import Study
from analysis.model.trends import fit_trend

YEARS = (0.0, 1.0, 2.0, 3.0, 4.0)
TREND = fit_trend(YEARS, (1.0, 4.2, 15.0, 70.0, 250.0))


def test_exact_values_leave_no_interval() -> None:
    measured = doubling_time_measured(TREND, YEARS, [1.0] * 5)
    assert measured.low == measured.value == measured.high == TREND.doubling_time_months.value


def test_the_width_is_that_of_the_weighted_errors() -> None:
    # Weights (-2, -1, 0, 1, 2) / 10 have a length of sqrt(10) / 10, so a factor of 2 sets the slope to +-0.3162.
    # 10,000 draws leave 2% of the standard error of a 97.5th percentile.
    measured = doubling_time_measured(TREND, YEARS, [2.0] * 5)
    assert measured.low is not None
    assert measured.high is not None
    assert 12 / measured.low - TREND.slope == pytest.approx(10**-0.5, rel=0.05)
    assert TREND.slope - 12 / measured.high == pytest.approx(10**-0.5, rel=0.05)


def test_only_points_with_an_error_matter() -> None:
    # The point in the middle has no weight in the slope.
    measured = doubling_time_measured(TREND, YEARS, [1.0, 1.0, 1000.0, 1.0, 1.0])
    assert measured.low == pytest.approx(measured.high)


@pytest.mark.parametrize(("factor", "low", "high"), [(2.0, 3.30, 3.59), (3.0, 3.22, 3.69)])
def test_the_chart_agrees_with_another_program(study: Study, factor: float, low: float, high: float) -> None:
    points = study.chosen["modern"]
    measured = doubling_time_measured(study.trends["modern"], [p.year for p in points], np.full(len(points), factor))
    # The draws of the two programs differ.
    assert (measured.low, measured.high) == pytest.approx((low, high), abs=0.015)
