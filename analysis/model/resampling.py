"""Bootstrap intervals of a slope, bias-corrected and accelerated (BCa), over single points or over groups of them.

Points of one group are not independent. Where groups are drawn, all points of a group enter a resample or none does.
A slope depends on a few sums over the points, so that a resample is a choice of groups whose sums are added.
Source: Efron 1987, better bootstrap confidence intervals.
"""

from collections.abc import Hashable, Sequence
from typing import Final

import numpy as np

from analysis.model.distributions import normal_quantile, normal_share
from analysis.model.kinks import Bounded
from analysis.model.least_squares import CONFIDENCE, NO_SPREAD, SEED, Floats, resamples_of

# Draws that hold the same points in another order differ by rounding, which differs between machines.
SLOPE_DECIMALS: Final = 9


def resampled_slope(x: Floats, y: Floats, groups: Sequence[Hashable] | None = None) -> Bounded:
    """The least-squares slope with its BCa interval; each point is a group of its own unless groups are given."""
    sums = _sums(x - x.mean(), y - y.mean(), groups)
    own = float(_slopes(sums.sum(axis=0)[None, :])[0])
    low, high = _bca(own, _slopes(_drawn(sums)), _slopes(sums.sum(axis=0) - sums))
    return Bounded(value=own, low=low, high=high)


def _sums(x: Floats, y: Floats, groups: Sequence[Hashable] | None) -> Floats:
    """A row per group: the number of its points, and the sums of x, y, x^2 and x y over them."""
    of_points = np.stack([np.ones_like(x), x, y, x * x, x * y], axis=1)
    if groups is None:
        return of_points
    places = {group: place for place, group in enumerate(dict.fromkeys(groups))}
    sums = np.zeros((len(places), of_points.shape[1]))
    np.add.at(sums, [places[group] for group in groups], of_points)
    return sums


def _drawn(sums: Floats) -> Floats:
    """The sums over each resample of the groups."""
    n = len(sums)
    chosen = np.random.default_rng(SEED).integers(0, n, size=(resamples_of(n), n))
    return np.stack([column[chosen].sum(axis=1) for column in sums.T], axis=1)


def _slopes(sums: Floats) -> Floats:
    """The slope of each row of sums that has points of two dates or more."""
    n, x, y, xx, xy = sums[sums[:, 0] > 0].T
    spread = xx - x * x / n
    sloped = spread > NO_SPREAD
    return np.asarray(np.round((xy - x * y / n)[sloped] / spread[sloped], SLOPE_DECIMALS))


def _bca(own: float, draws: Floats, left_out: Floats) -> tuple[float, float]:
    """The percentiles of the draws after correction for their bias and for how the spread changes with the slope."""
    # A draw of the sample itself counts half.
    own = round(own, SLOPE_DECIMALS)
    bias = normal_quantile((np.mean(draws < own) + np.mean(draws <= own)) / 2)
    away = left_out.mean() - left_out
    # Points exactly on a line leave no spread.
    acceleration = (away**3).sum() / (6 * (away**2).sum() ** 1.5) if away.any() else 0.0
    reach = bias + normal_quantile([(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    low, high = np.percentile(draws, 100 * normal_share(bias + reach / (1 - acceleration * reach)))
    return float(low), float(high)
