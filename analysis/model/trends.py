"""Exponential trends: least squares of log2(value) on date, with a t interval and a bootstrap interval.

log2 C(t) = a + b t        t in years, b in doublings per year
doubling time = 12 / b     months
growth = 2^b               a year
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import isinf, isnan, log2
from typing import Final

import numpy as np

from analysis.errors import TrendError
from analysis.model.least_squares import (
    Floats,
    bootstrap_slopes,
    r_squared,
    residual_error,
    slope,
    standard_error,
    sum_of_products,
    t_quantile,
)
from analysis.numerals import numbered
from analysis.units import MONTHS_PER_YEAR

# Two points always lie on a line and leave no degree of freedom for an interval.
FEWEST_POINTS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A number with its lower and upper bound; None where the data do not bound it."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A fitted line. Years count from 1 January 2000; slopes are doublings per year.

    The sums are those of `sum_of_products`, of dates with dates, of dates with doublings, of doublings with doublings.
    """

    n: int
    first_year: float
    last_year: float
    slope: float
    slope_low: float
    slope_high: float
    intercept: float
    r_squared: float
    mean_year: float
    sum_over_dates: float
    sum_over_both: float
    sum_over_doublings: float
    residual_error: float
    years: tuple[float, ...] = field(repr=False)
    doublings: tuple[float, ...] = field(repr=False)

    @property
    def span_years(self) -> float:
        """Years between the first and the last point."""
        return self.last_year - self.first_year

    @property
    def doubling_time_months(self) -> Interval:
        """Months to double, with the t interval of the slope."""
        return doubling_time_between(self.slope, low=self.slope_low, high=self.slope_high)

    @property
    def doubling_time_bootstrap_months(self) -> Interval:
        """Months to double, with the interval of resampled points."""
        low, high = self.slope_bootstrap
        return doubling_time_between(self.slope, low=low, high=high)

    @property
    def slope_bootstrap(self) -> tuple[float, float]:
        """The slopes between which the line through resampled points lies with 95% confidence."""
        return _resampled(self.years, self.doublings)

    @property
    def growth_per_year(self) -> Interval:
        """The factor by which the line rises in a year, with the t interval."""
        value, low, high = map(growth_per_year, (self.slope, self.slope_low, self.slope_high))
        return Interval(value=value, low=low, high=high)

    def line(self, years: Floats) -> Floats:
        """The fitted values at these years, in the unit of the fitted series."""
        return np.exp2(self.intercept + self.slope * years)

    def band(self, years: Floats) -> tuple[Floats, Floats]:
        """The 95% confidence band of the line at these years: lower and upper values."""
        return self._around_line(years, 1 / self.n)

    def prediction_band(self, years: Floats) -> tuple[Floats, Floats]:
        """Lower and upper values between which a new point at these years lies with 95% confidence."""
        return self._around_line(years, 1 + 1 / self.n)

    def _around_line(self, years: Floats, least: float) -> tuple[Floats, Floats]:
        """The interval about the line whose squared error at the mean date is `least` times that of a point."""
        spread = least + (years - self.mean_year) ** 2 / self.sum_over_dates
        error = t_quantile(self.n) * self.residual_error * np.sqrt(spread)
        # The error is in doublings, so it is added on the log scale.
        return np.exp2(np.log2(self.line(years)) - error), np.exp2(np.log2(self.line(years)) + error)


def fit_trend(years: Sequence[float], values: Sequence[float]) -> Trend:
    """The least-squares line through log2 of at least three positive values at two or more dates.

    Raises: TrendError naming what makes the series unfit.
    """
    _check_series(years, values)
    logs = doublings(values)
    x, y = np.asarray(years, dtype=np.float64), np.asarray(logs)
    over_dates, over_both = sum_of_products(x, x), sum_of_products(x, y)
    over_doublings = sum_of_products(y, y)
    pace = slope(over_both, over_dates)
    if pace == 0:
        raise TrendError("the slope is zero; the doubling time is undefined")
    # A least-squares line goes through the mean of the points.
    start = float(y.mean() - pace * x.mean())
    scatter = residual_error(y - (start + pace * x))
    reach = t_quantile(len(x)) * standard_error(scatter, over_dates)
    return Trend(
        n=len(x),
        first_year=float(x.min()),
        last_year=float(x.max()),
        slope=pace,
        slope_low=pace - reach,
        slope_high=pace + reach,
        intercept=start,
        r_squared=r_squared(over_both, over_dates, over_doublings),
        mean_year=float(x.mean()),
        sum_over_dates=over_dates,
        sum_over_both=over_both,
        sum_over_doublings=over_doublings,
        residual_error=scatter,
        years=tuple(years),
        doublings=tuple(logs),
    )


# Each edition asks again for the trends of the ones before it, and every one resamples its points thousands of times.
@lru_cache(maxsize=1024)
def _resampled(years: tuple[float, ...], doublings: tuple[float, ...]) -> tuple[float, float]:
    return bootstrap_slopes(np.asarray(years, dtype=np.float64), np.asarray(doublings))


def doublings(values: Sequence[float]) -> list[float]:
    """The base-2 logarithm of each value, which is what is fitted to the dates."""
    return [log2(value) for value in values]


def doubling_time_months(slope: float) -> float:
    """Months to double at a slope in doublings per year."""
    return MONTHS_PER_YEAR / slope


def doubling_time_between(slope: float, *, low: float, high: float) -> Interval:
    """Months to double at a slope, with bounds from a low and a high slope, in doublings per year.

    A slope that may be zero or less sets no bound.
    """
    # The bounds swap: the steeper the slope, the shorter the doubling time.
    return Interval(
        value=doubling_time_months(slope),
        low=doubling_time_months(high) if high > 0 else None,
        high=doubling_time_months(low) if low > 0 else None,
    )


def growth_per_year(slope: float) -> float:
    """The factor gained in a year at a slope in doublings per year."""
    return float(2.0**slope)


def end_point_doubling_time_months(factor: float, years: float) -> float:
    """Months to double if a factor above one was gained evenly over some years."""
    return MONTHS_PER_YEAR * years / log2(factor)


def growth_over(years: float, doubling_time_months: float) -> float:
    """The factor gained over some years at a steady doubling time."""
    return float(2.0 ** (years * MONTHS_PER_YEAR / doubling_time_months))


def _check_series(years: Sequence[float], values: Sequence[float]) -> None:
    if len(years) != len(values):
        raise TrendError(f"{len(years)} dates for {len(values)} values; expected as many of each")
    if len(values) < FEWEST_POINTS:
        raise TrendError(f"{numbered(len(values), 'point')}; expected at least {FEWEST_POINTS} for a trend")
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
        raise TrendError(f"all values are {values[0]}; a constant series has no doubling time")
    if len(set(years)) == 1:
        raise TrendError("all points have one date; expected at least two dates")
