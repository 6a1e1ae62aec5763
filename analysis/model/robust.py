"""Slopes that outlying points move little: Theil-Sen and Huber, both of doublings on date.

Theil-Sen: the median of the slopes of all lines through two points of different dates.
Huber: least squares, but a residual beyond 1.345 standard deviations counts linearly instead of squared.
"""

from math import sqrt
from typing import Final

import numpy as np
from scipy import stats

from analysis.model.kinks import Bounded
from analysis.model.least_squares import CONFIDENCE, Floats

# At normal residuals the slope is then 95% as precise as that of least squares. Source: Huber, Robust Statistics, 1981.
HUBER_BEND: Final = 1.345
# The median absolute value of a normal variable, in standard deviations.
MEDIAN_NORMAL: Final = float(stats.norm.ppf(0.75))
# The share of the slope by which the last step may change it, below the digits that are written.
SETTLED: Final = 1e-13
MOST_STEPS: Final = 500


def theil_sen_slope(x: Floats, y: Floats) -> Bounded:
    """The median slope of two points, with the interval of Sen (1968) from the rank of the slopes."""
    slopes = _pair_slopes(x, y)
    n, pairs = len(x), len(slopes)
    tied = _tied(x) + _tied(y)
    reach = stats.norm.ppf((1 + CONFIDENCE) / 2) * sqrt((_spread(n) - tied) / 18)
    low = max(round((pairs - reach) / 2) - 1, 0)
    high = min(round((pairs + reach) / 2), pairs - 1)
    ranked = np.partition(slopes, sorted({low, (pairs - 1) // 2, pairs // 2, high}))
    middle = (ranked[(pairs - 1) // 2] + ranked[pairs // 2]) / 2
    return Bounded(value=float(middle), low=float(ranked[low]), high=float(ranked[high]))


def huber_slope(x: Floats, y: Floats) -> float:
    """The slope of Huber's line by iteratively reweighted least squares, the scale from the median residual."""
    weights, found = np.ones(len(x)), np.inf
    for _ in range(MOST_STEPS):
        before, mean_x = found, np.average(x, weights=weights)
        dx = x - mean_x
        found = float((weights * dx * y).sum() / (weights * dx**2).sum())
        residuals = np.abs(y - np.average(y, weights=weights) - found * dx)
        scale = float(np.median(residuals)) / MEDIAN_NORMAL
        # A line through more than half of the points leaves no scale to weigh the others by.
        if scale == 0 or abs(found - before) <= SETTLED * abs(found):
            break
        weights = HUBER_BEND * scale / np.maximum(residuals, HUBER_BEND * scale)
    return found


def _pair_slopes(x: Floats, y: Floats) -> Floats:
    """The slope of each pair of points of different dates; one row of pairs at a time, which keeps memory small."""
    order = np.argsort(x, kind="stable")
    x, y = x[order], y[order]
    # The first point of a later date than each point.
    later = np.searchsorted(x, x, side="right")
    slopes = np.empty(int((len(x) - later).sum()))
    filled = 0
    for i, first in enumerate(later):
        end = filled + len(x) - first
        slopes[filled:end] = (y[first:] - y[i]) / (x[first:] - x[i])
        filled = end
    return slopes


def _tied(values: Floats) -> int:
    """What values that occur several times take from the spread of Kendall's score."""
    return sum(map(_spread, np.unique(values, return_counts=True)[1].tolist()))


def _spread(n: int) -> int:
    """Eighteen times the variance of Kendall's score of n points without ties."""
    return n * (n - 1) * (2 * n + 5)
