"""The Theil-Sen slope, which outlying points move little, with its interval: doublings on date.

It is the median of the slopes of all lines through two points of different dates.
Source: Sen 1968, estimates of the regression coefficient based on Kendall's tau.
"""

from math import sqrt

import numpy as np

from analysis.model.distributions import normal_quantile
from analysis.model.kinks import Bounded
from analysis.model.least_squares import CONFIDENCE, Floats


def theil_sen_slope(x: Floats, y: Floats) -> Bounded:
    """The median slope of two points, with the interval of Sen (1968) from the rank of the slopes."""
    slopes = _pair_slopes(x, y)
    n, pairs = len(x), len(slopes)
    tied = _tied(x) + _tied(y)
    reach = normal_quantile((1 + CONFIDENCE) / 2) * sqrt((_spread(n) - tied) / 18)
    low = max(round((pairs - reach) / 2) - 1, 0)
    high = min(round((pairs + reach) / 2), pairs - 1)
    ranked = np.partition(slopes, sorted({low, (pairs - 1) // 2, pairs // 2, high}))
    middle = (ranked[(pairs - 1) // 2] + ranked[pairs // 2]) / 2
    return Bounded(value=float(middle), low=float(ranked[low]), high=float(ranked[high]))


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
