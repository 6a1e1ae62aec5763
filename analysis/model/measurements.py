"""What the errors of the measurements do to a trend: every value is drawn anew about what was measured.

An error factor f bounds 95% of the draws in either direction: the error of log2(value) is normal with a standard
deviation of log2(f) / 1.96. The slope is linear in these logarithms, with the weights (x_i - mean of x) / S_xx, so that
no draw needs a fit of its own.
"""

from collections.abc import Sequence

import numpy as np

from analysis.model.distributions import normal_quantile
from analysis.model.least_squares import CONFIDENCE, RESAMPLES, SEED, between, sum_of_products
from analysis.model.trends import Interval, Trend, doubling_time_between


def doubling_time_measured(trend: Trend, years: Sequence[float], error_factors: Sequence[float]) -> Interval:
    """Months to double, with the interval from the errors of the values alone; one factor per point of the trend."""
    x = np.asarray(years, dtype=np.float64)
    deviations = np.log2(error_factors) / normal_quantile((1 + CONFIDENCE) / 2)
    drawn = np.random.default_rng(SEED).normal(0.0, deviations, size=(RESAMPLES, len(x)))
    low, high = between(drawn @ (x - x.mean()) / sum_of_products(x, x))
    return doubling_time_between(trend.slope, low=trend.slope + low, high=trend.slope + high)
