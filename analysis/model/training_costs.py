"""The growth of training costs by the rules of the notebooks that published it: their calendar and their level.

Source: cottier2024costs2024 and cottier2024costs2025.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
from scipy import stats

from analysis.model.trends import Interval
from analysis.units import MONTHS_PER_YEAR

AUTHORS_CONFIDENCE: Final = 0.90


def authors_year(day: date) -> float:
    """The date in the calendar of the notebooks, where every month is a twelfth of a year of 365 days."""
    return day.year + (day.month - 1) / MONTHS_PER_YEAR + (day.day - 1) / 365


def growth_per_year(years: Sequence[float], costs: Sequence[float]) -> Interval:
    """The factor by which costs grow in a year, by least squares on their logarithm, with its 90% t interval."""
    line = stats.linregress(years, np.log10(costs))
    reach = float(stats.t.ppf((1 + AUTHORS_CONFIDENCE) / 2, len(years) - 2)) * line.stderr
    value, low, high = (float(10**slope) for slope in (line.slope, line.slope - reach, line.slope + reach))
    return Interval(value=value, low=low, high=high)
