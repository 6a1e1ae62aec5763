"""How far a line through record setters can be trusted: what it finds where all points scatter about a known trend.

Points that scatter upwards set the records, and none that scatters downwards follows, so that the line through the
records is steeper than the trend and its residuals are smaller. In the draws the points keep their dates; their scatter
is normal, as wide as that of the points themselves about their common line.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.model.distributions import student_quantile
from analysis.model.least_squares import (
    CONFIDENCE,
    RESAMPLES,
    SEED,
    Floats,
    between,
    slope_and_scatter,
)
from analysis.model.trends import FEWEST_POINTS, Interval, doubling_time_between


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLines:
    """The least-squares lines through the record setters of several series: points, slopes and standard errors."""

    ns: NDArray[np.int64]
    slopes: Floats
    errors: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """The lines through the records of draws about a trend whose slope is known."""

    trend: float
    lines: RecordLines

    @property
    def deviations(self) -> Floats:
        """How far each slope is above that of the trend, in its own standard errors."""
        return (self.lines.slopes - self.trend) / self.lines.errors

    @property
    def coverage(self) -> float:
        """The share of draws in which the nominal interval of the slope contains that of the trend."""
        reach = student_quantile((1 + CONFIDENCE) / 2, self.lines.ns - 2)
        return float(np.mean(np.abs(self.deviations) <= reach))


def simulated_records(years: Floats, doublings: Floats) -> Simulated:
    """Draws of points at these dates about the line through all of these points."""
    pace, scatter = slope_and_scatter(years, doublings)
    noise = np.random.default_rng(SEED).normal(0.0, scatter, size=(RESAMPLES, len(years)))
    return Simulated(trend=pace, lines=record_lines(years, pace * years + noise))


def corrected_doubling_time(years: Floats, doublings: Floats) -> Interval:
    """Months to double along the records of some points, without the bias of records and with an honest interval.

    In place of the quantiles of Student's t it takes those of the deviations in draws about a known trend.
    """
    own, deviations = record_lines(years, doublings[None, :]), simulated_records(years, doublings).deviations
    low, high = between(deviations)
    fitted, error = float(own.slopes[0]), float(own.errors[0])
    return doubling_time_between(
        fitted - float(np.median(deviations)) * error, low=fitted - high * error, high=fitted - low * error
    )


def record_lines(years: Floats, series: Floats) -> RecordLines:
    """The lines through the records of each series, a row of values at the same dates.

    A series with fewer than three records has no interval and is left out.
    """
    marks = record_marks(years, series)
    fitted = marks.sum(axis=1) >= FEWEST_POINTS
    marks, y = marks[fitted], series[fitted]
    ns = marks.sum(axis=1)
    dx = np.where(marks, years - _mean(years, marks), 0.0)
    dy = np.where(marks, y - _mean(y, marks), 0.0)
    spread = (dx**2).sum(axis=1)
    slopes = (dx * dy).sum(axis=1) / spread
    variances = ((dy - slopes[:, None] * dx) ** 2).sum(axis=1) / (ns - 2)
    return RecordLines(ns=ns, slopes=slopes, errors=np.sqrt(variances / spread))


def record_marks(years: Floats, series: Floats) -> NDArray[np.bool_]:
    """Which points of each series are above all points of earlier days and the highest of their own."""
    days, day_of = np.unique(years, return_inverse=True)
    highest = np.stack([series[:, day_of == day].max(axis=1) for day in range(len(days))], axis=1)
    earlier = np.maximum.accumulate(highest, axis=1)[:, :-1]
    earlier = np.hstack([np.full((len(series), 1), -np.inf), earlier])
    return np.asarray((series > earlier[:, day_of]) & (series == highest[:, day_of]))


def _mean(values: Floats, marks: NDArray[np.bool_]) -> Floats:
    """The mean of the marked values of each row, as a column."""
    return np.asarray((values * marks).sum(axis=1, keepdims=True) / marks.sum(axis=1, keepdims=True))
