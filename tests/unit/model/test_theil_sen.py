"""The slope of Theil and Sen and that of Huber, by hand and against SciPy and statsmodels."""

from types import ModuleType

import numpy as np
import pytest
import scipy

from analysis.model.least_squares import Floats
from analysis.model.robust import huber_slope
from analysis.model.theil_sen import theil_sen_slope

# The same sums in another order.
ROUNDING = 1e-9
# statsmodels stops as soon as a step changes the deviance by less than this.
SETTLED = 1e-10


def scattered(n: int, seed: int, *, ties: bool = False) -> tuple[Floats, Floats]:
    """Points about a line that rises by 3 a year, one in eight of them far off."""
    draw = np.random.default_rng(seed)
    x = draw.uniform(0, 6, n)
    y = 3 * x + draw.normal(0, 1, n) + 20 * (np.arange(n) % 8 == 0)
    return (x.round(), y.round()) if ties else (x, y)


def test_the_median_slope_of_four_points_is_the_one_worked_by_hand() -> None:
    # Slopes 1, 1, 10/3 from the first point, 1, 9/2 from the second, 8 from the third; sorted 1 1 1 10/3 9/2 8.
    found = theil_sen_slope(np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 1.0, 2.0, 10.0]))
    assert found.value == pytest.approx((1 + 10 / 3) / 2, rel=ROUNDING)


@pytest.mark.parametrize(("n", "ties"), [(5, False), (40, False), (41, True)])
def test_the_median_slope_and_its_interval_are_those_of_scipy(n: int, ties: bool) -> None:
    x, y = scattered(n, seed=n, ties=ties)
    found, other = theil_sen_slope(x, y), scipy.stats.theilslopes(y, x, alpha=0.95)
    assert (found.value, found.low, found.high) == pytest.approx(
        (other.slope, other.low_slope, other.high_slope), rel=ROUNDING
    )


@pytest.mark.parametrize("n", [8, 40])
def test_the_slope_of_huber_is_that_of_statsmodels(sm: ModuleType, n: int) -> None:
    x, y = scattered(n, seed=n)
    other = sm.RLM(y, sm.add_constant(x), M=sm.robust.norms.HuberT()).fit(maxiter=1000, tol=SETTLED)
    assert huber_slope(x, y) == pytest.approx(other.params[1], rel=1e-6)


def test_both_keep_the_line_of_most_points_where_least_squares_leaves_it() -> None:
    x = np.arange(9.0)
    y = np.where(x == 8, 100, 2 * x)
    assert theil_sen_slope(x, y).value == pytest.approx(2, rel=ROUNDING)
    # The outlier keeps a weight as long as the scale is above zero, which shrinks with every step.
    assert huber_slope(x, y) == pytest.approx(2, rel=ROUNDING)
    assert scipy.stats.linregress(x, y).slope > 5
