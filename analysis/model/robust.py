"""Slopes of many lines at once by several estimators: least squares, Theil-Sen and Huber.

All take dates and values of one shape: a row per line, a column per point.
"""

from typing import Final

import numpy as np

from analysis.model.distributions import normal_quantile
from analysis.model.least_squares import Floats

# Huber's constant: 95% of the efficiency of least squares where the scatter is normal.
HUBER: Final = 1.345
# The median of |z| of a standard normal z, which turns a median of residuals into a standard deviation.
NORMAL_MEDIAN: Final = float(normal_quantile(0.75))
# The weights settle long before; the slopes then keep ten digits.
ROUNDS: Final = 200
SETTLED: Final = 1e-12
# Residuals of rounding alone are no scatter.
NO_SCATTER: Final = 1e-12


def least_squares_slopes(x: Floats, y: Floats) -> Floats:
    """The slopes of the least-squares lines."""
    return _weighted(x, y, np.ones_like(x))[0]


def theil_sen_slopes(x: Floats, y: Floats) -> Floats:
    """The median slope over all pairs of points of a row with two dates."""
    first, second = np.triu_indices(x.shape[1], 1)
    dx, dy = x[:, second] - x[:, first], y[:, second] - y[:, first]
    return np.nanmedian(np.divide(dy, dx, out=np.full_like(dx, np.nan), where=dx != 0), axis=1)


def huber_slopes(x: Floats, y: Floats) -> Floats:
    """The slopes of the lines that count residuals beyond 1.345 standard deviations by their size, not its square.

    The deviation is the median residual over 0.6745, found anew in each round of weighting.
    """
    slopes, residuals = _weighted(x, y, np.ones_like(x))
    for _ in range(ROUNDS):
        scatter = np.median(np.abs(residuals), axis=1, keepdims=True) / NORMAL_MEDIAN
        limits = HUBER * np.maximum(scatter, NO_SCATTER)
        before = slopes
        slopes, residuals = _weighted(x, y, limits / np.maximum(np.abs(residuals), limits))
        if np.max(np.abs(slopes - before)) < SETTLED:
            break
    return slopes


def huber_slope(x: Floats, y: Floats) -> float:
    """The slope of one such line."""
    return float(huber_slopes(x[None], y[None])[0])


def _weighted(x: Floats, y: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """The slopes of weighted least squares, and the residuals."""
    shares = weights / weights.sum(axis=1, keepdims=True)
    dx = x - (shares * x).sum(axis=1, keepdims=True)
    dy = y - (shares * y).sum(axis=1, keepdims=True)
    slopes = (shares * dx * dy).sum(axis=1) / (shares * dx**2).sum(axis=1)
    return slopes, dy - slopes[:, None] * dx
