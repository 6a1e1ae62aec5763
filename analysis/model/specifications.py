"""The specification curve of a trend: its doubling time under every combination of the choices that an analyst makes.

Takes the points with every reading of their dates and values; which of them are fitted, which reading is taken and
which estimator are the choices. Combinations that leave the same points fit the same line and count once.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final, Literal

import numpy as np

from analysis.model.efficiency import efficiency_of, frontier_of
from analysis.model.robust import huber_slopes, least_squares_slopes, theil_sen_slopes
from analysis.model.trends import doubling_time_months

ESTIMATORS: Final = {
    "least squares": least_squares_slopes,
    "Theil-Sen": theil_sen_slopes,
    "Huber": huber_slopes,
}
Which = Literal["all", "records"]
# With four points, two outliers are half of them, and no estimator is robust.
FEWEST_POINTS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A choice of points by their places: all of them, or those of them that exceed every earlier one."""

    labels: tuple[str, ...]
    places: tuple[int, ...]
    which: Which = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One date or one value of every point, with the choices that lead to it."""

    labels: tuple[str, ...]
    numbers: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Everything that may be chosen about a trend but the estimator."""

    selections: tuple[Selection, ...]
    dates: tuple[Reading, ...]
    values: tuple[Reading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """A combination of choices: the labels of selection, dates and values, then the estimator, and what it yields."""

    labels: tuple[str, ...]
    n: int
    doubling_time_months: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    labels: tuple[str, ...]
    years: tuple[float, ...]
    values: tuple[float, ...]


@cache
def specifications(choices: Choices) -> tuple[Specification, ...]:
    """Every specification of a trend, in the order of the choices."""
    samples = tuple(_distinct(choices))
    found = {estimator: _doubling_times(samples, estimator) for estimator in ESTIMATORS}
    return tuple(
        Specification(
            labels=(*sample.labels, estimator), n=len(sample.years), doubling_time_months=found[estimator][place]
        )
        for place, sample in enumerate(samples)
        for estimator in ESTIMATORS
    )


def _distinct(choices: Choices) -> Iterator[_Sample]:
    met = set()
    for selection, dates, values in product(choices.selections, choices.dates, choices.values):
        places = _places(selection, dates.numbers, values.numbers)
        sample = _Sample(
            labels=(*selection.labels, *dates.labels, *values.labels),
            years=tuple(dates.numbers[place] for place in places),
            values=tuple(values.numbers[place] for place in places),
        )
        if len(places) >= FEWEST_POINTS and (sample.years, sample.values) not in met:
            met.add((sample.years, sample.values))
            yield sample


def _places(selection: Selection, years: Sequence[float], values: Sequence[float]) -> tuple[int, ...]:
    if selection.which == "all":
        return selection.places
    marks = frontier_of([(years[place], efficiency_of(values[place])) for place in selection.places])
    return tuple(place for place, mark in zip(selection.places, marks, strict=True) if mark)


def _doubling_times(samples: tuple[_Sample, ...], estimator: str) -> list[float]:
    """One per sample; samples of one size are fitted together."""
    of_size = defaultdict(list)
    for place, sample in enumerate(samples):
        of_size[len(sample.years)].append(place)
    slopes = np.empty(len(samples))
    for places in of_size.values():
        x = np.array([samples[place].years for place in places])
        y = np.log2([samples[place].values for place in places])
        slopes[places] = ESTIMATORS[estimator](x, y)
    return [doubling_time_months(float(slope)) for slope in slopes]
