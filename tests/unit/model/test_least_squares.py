"""The laws of a least-squares line: worked by hand, and against scipy's own line."""

import math

import numpy as np
import pytest
import scipy

from analysis.model.least_squares import (
    SEED,
    bootstrap_slopes,
    r_squared,
    residual_error,
    slope,
    standard_error,
    sum_of_products,
    t_quantile,
)
from analysis.model.study import Study
from analysis.model.trends import doublings

# A handful of products and sums of floats in another order.
ROUNDING = 1e-9


def test_a_sum_of_products_takes_each_series_less_its_mean() -> None:
    # Means 2 and 4: (-1)(-3) + 0 x (-1) + 1 x 4 = 7.
    assert sum_of_products([1.0, 2.0, 3.0], [1.0, 3.0, 8.0]) == 7.0


def test_a_sum_of_products_is_the_same_either_way_round() -> None:
    first, second = [0.1, 2.7, 3.3], [1.9, 3.1, 8.7]
    assert sum_of_products(first, second) == sum_of_products(second, first)


def test_the_slope_is_the_quotient_of_the_two_sums() -> None:
    # x = 0, 1, 2 and y = 0, 1, 5: S_xy = (-1)(-2) + 0 + 1 x 3 = 5, S_xx = 2.
    assert slope(5.0, 2.0) == 2.5


def test_the_share_explained_is_what_the_residuals_leave() -> None:
    # The same points: S_yy = 4 + 1 + 9 = 14, squares of the residuals 1.5.
    assert r_squared(5.0, 2.0, 14.0) == pytest.approx(1 - 1.5 / 14, rel=ROUNDING)


def test_the_residual_error_has_two_degrees_of_freedom_fewer_than_points() -> None:
    # 1 + 4 + 4 + 9 = 18 over 4 - 2 = 2.
    assert residual_error(np.array([1.0, -2.0, -2.0, 3.0])) == 3.0


def test_the_standard_error_falls_with_the_spread_of_the_dates() -> None:
    # 3 / sqrt(4)
    assert standard_error(3.0, 4.0) == 1.5


def test_three_points_have_the_quantile_of_one_degree_of_freedom() -> None:
    # Student t with one degree is the Cauchy distribution: its 97.5% quantile is tan(0.475 pi).
    assert t_quantile(3) == pytest.approx(math.tan(0.475 * math.pi), rel=ROUNDING)


@pytest.mark.parametrize("scope", ["modern", "first", "whole", "modern.record_setters"])
def test_a_fit_is_the_line_that_scipy_draws(study: Study, scope: str) -> None:
    points, trend = study.chosen[scope], study.trends[scope]
    line = scipy.stats.linregress([point.year for point in points], doublings([point.pfs_days for point in points]))
    ours = [trend.slope, trend.intercept, trend.r_squared, standard_error(trend.residual_error, trend.sum_over_dates)]
    assert ours == pytest.approx([line.slope, line.intercept, line.rvalue**2, line.stderr], rel=ROUNDING)


def test_the_bootstrap_gives_the_same_interval_every_time() -> None:
    x, y = np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 1.5, 1.0, 4.0])
    assert bootstrap_slopes(x, y) == bootstrap_slopes(x, y)


def test_the_bootstrap_does_not_depend_on_the_global_generator() -> None:
    x, y = np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 1.5, 1.0, 4.0])
    before = bootstrap_slopes(x, y)
    np.random.seed(SEED + 1)  # noqa: NPY002
    assert bootstrap_slopes(x, y) == before


def test_the_bootstrap_of_an_exact_line_is_its_slope() -> None:
    x = np.array([0.0, 1.0, 2.0, 5.0])
    assert bootstrap_slopes(x, 1.5 * x + 7) == pytest.approx((1.5, 1.5), rel=ROUNDING)


def test_the_bootstrap_leaves_out_draws_of_one_date() -> None:
    # Three of four points share a date: of 256 equally likely draws 81 + 1 hold that date or the other alone.
    x, y = np.array([0.0, 0.0, 0.0, 1.0]), np.array([0.0, 1.0, 2.0, 4.0])
    low, high = bootstrap_slopes(x, y)
    # The slope is 4 less the mean of the values drawn at date 0, which lies between 0 and 2.
    assert 2 <= low <= high <= 4
