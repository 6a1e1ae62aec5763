"""The growth of training costs by the rules of the notebooks that published it: their calendar and their level.

Source: cottier2024costs2024 and cottier2024costs2025.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np

from analysis.model.distributions import student_quantile
from analysis.model.least_squares import slope_and_scatter, standard_error, sum_of_products
from analysis.model.trends import Interval
from analysis.units import MONTHS_PER_YEAR

AUTHORS_CONFIDENCE: Final = 0.90


def authors_year(day: date) -> float:
    """The date in the calendar of the notebooks, where every month is a twelfth of a year of 365 days."""
    return day.year + (day.month - 1) / MONTHS_PER_YEAR + (day.day - 1) / 365


def growth_per_year(years: Sequence[float], costs: Sequence[float]) -> Interval:
    """The factor by which costs grow in a year, by least squares on their logarithm, with its 90% t interval."""
    x, y = np.asarray(years), np.log10(costs)
    pace, scatter = slope_and_scatter(x, y)
    error = standard_error(scatter, sum_of_products(x, x))
    reach = float(student_quantile((1 + AUTHORS_CONFIDENCE) / 2, len(x) - 2)) * error
    value, low, high = (10**rate for rate in (pace, pace - reach, pace + reach))
    return Interval(value=value, low=low, high=high)
