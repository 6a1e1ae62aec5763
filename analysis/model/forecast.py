"""A fitted line drawn on beyond its points: its value, how far a new point may lie from it, and when it passes a level.

The line is log2 C(t) = m + b (t - t_m), with the mean m of log2 C and the mean t_m of the dates of its points.
Source: any text on regression; a new point scatters by s sqrt(1 + 1/n + (t - t_m)^2 / S_tt), with Student t.
"""

from collections.abc import Callable
from math import log2, sqrt

from scipy import optimize

from analysis.model.distributions import student_quantile, student_share
from analysis.model.least_squares import CONFIDENCE


def line_at(year: float, *, slope: float, mean_year: float, mean_doublings: float) -> float:
    """The value of the line at a date in years since 2000; the slope is in doublings per year."""
    return float(2.0 ** (mean_doublings + slope * (year - mean_year)))


def year_of_level(level: float, *, slope: float, mean_year: float, mean_doublings: float) -> float:
    """The date at which the line has a value, in years since 2000."""
    return mean_year + (log2(level) - mean_doublings) / slope


def first_year_above(level: float, rising: Callable[[float], float], *, start: float, years: float) -> float | None:
    """The first date within some years of a start at which a rising curve reaches a level; None where it does not."""
    if rising(start) >= level:
        return start
    if rising(start + years) < level:
        return None
    return float(optimize.brentq(lambda year: log2(rising(year) / level), start, start + years))


def prediction_error(year: float, *, scatter: float, n: float, mean_year: float, sum_over_dates: float) -> float:
    """The standard error of a new point at a date, in doublings; `scatter` is that of the fitted points."""
    return scatter * sqrt(1 + 1 / n + (year - mean_year) ** 2 / sum_over_dates)


def prediction_factor(error: float, n: float) -> float:
    """How many times above or below the line a new point may lie, at the usual level of confidence."""
    return float(2.0 ** (student_quantile((1 + CONFIDENCE) / 2, n - 2) * error))


def p_value(ratio: float, error: float, n: float) -> float:
    """How often a new point would lie at least as many times above or below the line as one at this ratio does."""
    return 2 * student_share(-abs(log2(ratio)) / error, n - 2)
