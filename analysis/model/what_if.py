"""The trend under a reader's own assumptions, and an estimate for any training run, for the panel of the compute post.

In go a finished study and what is set or entered; out come the points, the line through them, or a calculation.
The script of the panel mirrors these functions, and a test in a browser holds it to them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log2
from typing import Final, Literal

import numpy as np

from analysis.model.least_squares import sum_of_products
from analysis.model.study import Point, Study, record_setters, trend_of
from analysis.model.trends import Interval, Trend, doubling_time_between
from analysis.model.worked import Worked

UTILISATION: Final = "utilisation"
# The estimator starts from this system's calculations, one per method.
EXAMPLE: Final = "alexnet"
EXAMPLES: Final = {"gpu_time": "gpu_time_charted", "operations": "operations"}
# Computes that differ by less than this share are equal: products of the same factors in another order.
SAME: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A reader's settings: assumed share of peak, first calendar year, points, and error factor in either direction.

    An empty domain means all domains; `left_out` holds ids of systems.
    """

    utilisation: float
    first_year: int
    domain: str
    left_out: frozenset[str]
    which: Literal["all", "records"]
    error_factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of some settings: points, trend, and the doubling time in months at the worst errors."""

    points: tuple[Point, ...]
    trend: Trend
    worst_case_months: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The points next to a compute: the largest below, the first that is the same, the smallest above."""

    below: Point | None
    same: Point | None
    above: Point | None


def published_settings(study: Study) -> Settings:
    """The settings of the main fit."""
    return Settings(
        utilisation=study.constant("gpu_utilisation_charted"),
        first_year=study.era("modern")[0].date.year,
        domain="",
        left_out=frozenset(),
        which="all",
        error_factor=study.constant("error_factor_modern"),
    )


def outcome(study: Study, settings: Settings) -> Outcome:
    """The trend of the modern points under some settings. Raises: TrendError where the points leave no trend."""
    points = chosen_points(study, settings)
    trend = trend_of(points)
    reach = slope_reach([point.year for point in points], settings.error_factor)
    worst = doubling_time_between(trend.slope, low=trend.slope - reach, high=trend.slope + reach)
    return Outcome(points=points, trend=trend, worst_case_months=worst)


def chosen_points(study: Study, settings: Settings) -> tuple[Point, ...]:
    """The modern points that the settings include, with their compute under the settings."""
    points = tuple(
        _at_utilisation(point, settings.utilisation)
        for point in study.era("modern")
        if point.date.year >= settings.first_year
        and settings.domain in ("", point.system.domain)
        and point.slug not in settings.left_out
    )
    return record_setters(points) if settings.which == "records" else points


def assumes_utilisation(point: Point) -> bool:
    """Whether the compute of a point rests on the assumed share of peak."""
    term = point.calculation.term(UTILISATION)
    return bool(term and term.assumption)


def slope_reach(years: Sequence[float], error_factor: float) -> float:
    """How far a slope can be off, in doublings per year, if every value may be off by a factor in either direction.

    The slope is the sum of w_i y_i with w_i = (x_i - mean of x) / S_xx. It is furthest off where the error of every
    value has the sign of its weight, so by the sum of |w_i| times the logarithm of the factor.
    """
    x = np.asarray(years, dtype=np.float64)
    return float(np.abs(x - x.mean()).sum()) / sum_of_products(x, x) * log2(error_factor)


def example(study: Study, way: str) -> Worked:
    """The calculation that the estimator starts from, for a way of `EXAMPLES`."""
    return next(c for c in study.calculations if (c.system, c.id) == (EXAMPLE, EXAMPLES[way]))


def with_factors(calculation: Worked, values: Mapping[str, float]) -> Worked:
    """A calculation with other values for some of its factors, by name and each in the unit that it has."""
    terms = tuple(replace(term, value=values.get(term.name, term.value)) for term in calculation.terms)
    return replace(calculation, terms=terms)


def neighbours(points: Iterable[Point], compute_flop: float) -> Neighbours:
    """The points just below and above a compute."""
    by_compute = sorted(points, key=lambda point: point.compute_flop)
    below = [point for point in by_compute if point.compute_flop < compute_flop * (1 - SAME)]
    above = [point for point in by_compute if point.compute_flop > compute_flop * (1 + SAME)]
    same = [point for point in by_compute if point not in below and point not in above]
    return Neighbours(
        below=below[-1] if below else None, same=same[0] if same else None, above=above[0] if above else None
    )


def _at_utilisation(point: Point, utilisation: float) -> Point:
    if not assumes_utilisation(point):
        return point
    calculation = with_factors(point.calculation, {UTILISATION: utilisation})
    return replace(point, calculation=calculation)
