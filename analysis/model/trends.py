"""Exponential trends: least squares of log2(value) on date, with a t interval and a bootstrap interval.

log2 C(t) = a + b t        t in years, b in doublings a year
doubling time = 12 / b     months
growth = 2^b               a year
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf, isnan, log2, sqrt
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analysis.errors import TrendError
from analysis.units import MONTHS_PER_YEAR

CONFIDENCE: Final = 0.95
RESAMPLES: Final = 10_000
# Any fixed number does; this is the day of the first post.
SEED: Final = 20180516
FEWEST_POINTS: Final = 3

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A number with a lower and an upper bound; None where the data set no bound."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A fitted line. Years count from 1 January 2000; slopes are doublings a year."""

    n: int
    first_year: float
    last_year: float
    slope: float
    slope_low: float
    slope_high: float
    slope_bootstrap_low: float
    slope_bootstrap_high: float
    intercept: float
    r_squared: float
    mean_year: float
    year_spread: float
    residual_error: float

    @property
    def span_years(self) -> float:
        """Years between the first and the last point."""
        return self.last_year - self.first_year

    @property
    def doubling_time_months(self) -> Interval:
        """Months to double, with the t interval of the slope."""
        return doubling_time_months(self.slope, low=self.slope_low, high=self.slope_high)

    @property
    def doubling_time_bootstrap_months(self) -> Interval:
        """Months to double, with the interval of resampled points."""
        return doubling_time_months(self.slope, low=self.slope_bootstrap_low, high=self.slope_bootstrap_high)

    @property
    def growth_per_year(self) -> Interval:
        """The factor by which the line rises in a year, with the t interval."""
        return Interval(value=2.0**self.slope, low=2.0**self.slope_low, high=2.0**self.slope_high)

    def line(self, years: Floats) -> Floats:
        """The fitted values at these years, in the unit of the fitted series."""
        return np.exp2(self.intercept + self.slope * years)

    def band(self, years: Floats) -> tuple[Floats, Floats]:
        """The 95% confidence band of the line at these years: lower and upper values."""
        spread = 1 / self.n + (years - self.mean_year) ** 2 / self.year_spread
        error = t_quantile(self.n) * self.residual_error * np.sqrt(spread)
        return np.exp2(np.log2(self.line(years)) - error), np.exp2(np.log2(self.line(years)) + error)


def fit_trend(years: Sequence[float], values: Sequence[float]) -> Trend:
    """The least-squares line through log2 of at least three positive values at two or more dates.

    Raises: TrendError naming what makes the series unfit.
    """
    _check_series(years, values)
    x = np.asarray(years, dtype=np.float64)
    y = np.log2(np.asarray(values, dtype=np.float64))
    fit = stats.linregress(x, y)
    if fit.slope == 0:
        raise TrendError("the fitted line neither rises nor falls; it has no doubling time")
    t = t_quantile(len(x))
    residuals = y - (fit.intercept + fit.slope * x)
    low, high = bootstrap_slopes(x, y)
    return Trend(
        n=len(x),
        first_year=float(x.min()),
        last_year=float(x.max()),
        slope=float(fit.slope),
        slope_low=float(fit.slope - t * fit.stderr),
        slope_high=float(fit.slope + t * fit.stderr),
        slope_bootstrap_low=low,
        slope_bootstrap_high=high,
        intercept=float(fit.intercept),
        r_squared=float(fit.rvalue**2),
        mean_year=float(x.mean()),
        year_spread=sum_of_products(x, x),
        residual_error=sqrt(float((residuals**2).sum()) / (len(x) - 2)),
    )


def t_quantile(n: int) -> float:
    """How many standard errors the interval of a line through n points reaches each way: Student t, n - 2 degrees."""
    return float(stats.t.ppf((1 + CONFIDENCE) / 2, n - 2))


def doubling_time_months(slope: float, *, low: float, high: float) -> Interval:
    """Months to double at a slope in doublings a year, within those at a low and at a high slope."""
    return Interval(value=MONTHS_PER_YEAR / slope, low=_months(high), high=_months(low))


def sum_of_products(first: ArrayLike, second: ArrayLike) -> float:
    """The sum over the points of the products of two series, each less its mean: S_xy of a least-squares line."""
    x, y = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    return float(((x - x.mean()) * (y - y.mean())).sum())


def bootstrap_slopes(x: Floats, y: Floats) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile of the slope when whole points are drawn again with replacement.

    Draws in which all points fall on one date have no slope and are left out.
    """
    chosen = np.random.default_rng(SEED).integers(0, len(x), size=(RESAMPLES, len(x)))
    xs, ys = x[chosen], y[chosen]
    dx = xs - xs.mean(axis=1, keepdims=True)
    spread = (dx**2).sum(axis=1)
    sloped = spread > 1e-9
    slopes = (dx * ys).sum(axis=1)[sloped] / spread[sloped]
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(slopes, [tail, 100 - tail])
    return float(low), float(high)


def end_point_doubling_time_months(factor: float, years: float) -> float:
    """Months to double if a factor above one was gained evenly over some years."""
    return MONTHS_PER_YEAR * years / log2(factor)


def growth_over(years: float, doubling_time_months: float) -> float:
    """The factor gained over some years at a steady doubling time."""
    return float(2.0 ** (years * MONTHS_PER_YEAR / doubling_time_months))


def _months(slope: float) -> float | None:
    return MONTHS_PER_YEAR / slope if slope > 0 else None


def _check_series(years: Sequence[float], values: Sequence[float]) -> None:
    if len(years) != len(values):
        raise TrendError(f"{len(years)} dates for {len(values)} values; expected as many of each")
    if len(values) < FEWEST_POINTS:
        raise TrendError(f"{len(values)} points; expected at least {FEWEST_POINTS} for a trend")
    for i, (year, value) in enumerate(zip(years, values, strict=True)):
        if year is None or value is None or isnan(year) or isnan(value):
            raise TrendError(f"point {i} is missing a date or a value")
        if isinf(year) or isinf(value):
            raise TrendError(f"point {i} is infinite")
        if value <= 0:
            raise TrendError(
                f"point {i} is {'zero' if value == 0 else 'negative'} ({value}); expected a value above zero"
            )
    if len(set(values)) == 1:
        raise TrendError(f"all values are {values[0]}; a series that does not move has no doubling time")
    if len(set(years)) == 1:
        raise TrendError("all points have one date; expected at least two dates")
