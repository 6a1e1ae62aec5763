"""Slopes of many lines at once: against scipy, statsmodels and exact lines."""

from types import ModuleType

import numpy as np
import pytest
import scipy

from analysis.model.least_squares import Floats
from analysis.model.robust import huber_slopes, least_squares_slopes, theil_sen_slopes
from analysis.model.study import Study

# Both programs stop where the weights change no more than about this.
SETTLED = 1e-7


@pytest.fixture(scope="module")
def chart(study: Study) -> tuple[Floats, Floats]:
    """The modern points: all with their dates, and in a second row without the order of the computes."""
    points = study.era("modern")
    doublings = np.log2([point.pfs_days for point in points])
    return np.array([[point.year for point in points]] * 2), np.array([doublings, doublings[::-1]])


def test_least_squares_is_that_of_scipy(chart: tuple[Floats, Floats]) -> None:
    expected = [scipy.stats.linregress(x, y).slope for x, y in zip(*chart, strict=True)]
    assert least_squares_slopes(*chart) == pytest.approx(expected, rel=1e-12)


def test_theil_sen_is_that_of_scipy(chart: tuple[Floats, Floats]) -> None:
    expected = [scipy.stats.theilslopes(y, x).slope for x, y in zip(*chart, strict=True)]
    assert theil_sen_slopes(*chart) == pytest.approx(expected, rel=1e-12)


def test_huber_is_that_of_statsmodels(sm: ModuleType, chart: tuple[Floats, Floats]) -> None:
    expected = [
        sm.RLM(y, sm.add_constant(x), M=sm.robust.norms.HuberT()).fit(tol=1e-12, maxiter=500).params[1]
        for x, y in zip(*chart, strict=True)
    ]
    assert huber_slopes(*chart) == pytest.approx(expected, rel=SETTLED)


def test_pairs_of_one_date_have_no_slope() -> None:
    x, y = np.array([[0.0, 0.0, 1.0, 2.0]]), np.array([[0.0, 0.0, 1.0, 4.0]])
    # Slopes (0, 2), (1, 2): 1; (0, 3), (1, 3): 2; (2, 3): 3.
    assert theil_sen_slopes(x, y) == pytest.approx([2.0])


def test_one_wrong_point_moves_least_squares_alone() -> None:
    x = np.arange(9.0)[None, :]
    y = 2.0 * x
    y[0, 8] += 40.0
    assert theil_sen_slopes(x, y) == pytest.approx([2.0])
    assert huber_slopes(x, y) == pytest.approx([2.0], abs=1e-6)
    # The last of nine points has the weight 4 / 60.
    assert least_squares_slopes(x, y) == pytest.approx([2.0 + 40.0 * 4 / 60])
