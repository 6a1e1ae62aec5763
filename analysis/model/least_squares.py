"""The formulas of a least-squares line through points (x_i, y_i); every number of a fit comes from these functions.

The fits of `model.trends` and the traces of the named numbers in `results.trends` are made of the same laws.

S_xy = sum of (x_i - mean of x) (y_i - mean of y)
slope = S_xy / S_xx        R2 = S_xy^2 / (S_xx S_yy)
"""

from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.model.distributions import student_quantile

# The usual level of intervals in the field.
CONFIDENCE: Final = 0.95
RESAMPLES: Final = 10_000
# Points in all resamples together, which bounds time and memory: longer series need fewer resamples to be as precise.
MOST_DRAWN: Final = 5_000_000
# Any fixed number will do; this is the date of the first post.
SEED: Final = 20180516
# Draws whose dates are spread by less than this many years squared have all points on one date.
NO_SPREAD: Final = 1e-9

Floats = NDArray[np.float64]


def sum_of_products(first: ArrayLike, second: ArrayLike) -> float:
    """The sum over the points of the products of two series, each less its mean: S_xy."""
    x, y = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    return float(((x - x.mean()) * (y - y.mean())).sum())


def slope(s_xy: float, s_xx: float) -> float:
    """The slope of the line: S_xy / S_xx."""
    return s_xy / s_xx


def r_squared(s_xy: float, s_xx: float, s_yy: float) -> float:
    """The share of the variance of y that the line explains: S_xy^2 / (S_xx S_yy)."""
    return s_xy**2 / (s_xx * s_yy)


def residual_error(residuals: Floats) -> float:
    """The standard deviation of the points about the line, with n - 2 degrees of freedom.

    Summed over the residuals: S_yy (1 - R2) is the same, but loses all digits where the line is nearly exact.
    """
    return sqrt(float((residuals**2).sum()) / (len(residuals) - 2))


def slope_and_scatter(x: Floats, y: Floats) -> tuple[float, float]:
    """The slope of the line through points, and the standard deviation of the points about it."""
    pace = slope(sum_of_products(x, y), sum_of_products(x, x))
    return pace, residual_error(y - y.mean() - pace * (x - x.mean()))


def standard_error(residual_error: float, s_xx: float) -> float:
    """The standard error of the slope."""
    return residual_error / sqrt(s_xx)


def t_quantile(n: int) -> float:
    """Half the width of the interval in standard errors, for a line through n points: Student t, n - 2 degrees."""
    return float(student_quantile((1 + CONFIDENCE) / 2, n - 2))


def resamples_of(n: int) -> int:
    """How many times n points are resampled."""
    return min(RESAMPLES, MOST_DRAWN // n)


def bootstrap_slopes(x: Floats, y: Floats) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile of the slope when points are resampled with replacement.

    Draws in which all points fall on one date have no slope and are left out.
    """
    return between(_resampled_slopes(x, y)[0])


def bootstrap_slope_ratio(x: Floats, y: Floats, over: Floats) -> tuple[float, float]:
    """The same percentiles of the slope of y over that of another series at the same points, resampled together."""
    slopes, others = _resampled_slopes(x, y, over)
    return between(slopes / others)


def _resampled_slopes(x: Floats, *series: Floats) -> list[Floats]:
    """The slopes of some series at the same dates, each over the same draws of points."""
    chosen = np.random.default_rng(SEED).integers(0, len(x), size=(resamples_of(len(x)), len(x)))
    xs = x[chosen]
    dx = xs - xs.mean(axis=1, keepdims=True)
    spread = (dx**2).sum(axis=1)
    sloped = spread > NO_SPREAD
    return [(dx * y[chosen]).sum(axis=1)[sloped] / spread[sloped] for y in series]


def between(draws: Floats) -> tuple[float, float]:
    """The percentiles that bound the usual share of some draws."""
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(draws, [tail, 100 - tail])
    return float(low), float(high)
