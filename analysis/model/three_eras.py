"""The selections of "Compute trends across three eras", to which its published lines are fitted.

In go the rows of data/studies/sevilla2022.csv. Each system has a score, which says how far its compute is from that of
systems of its time: the lowest are left out as outliers, and the highest are a class of their own, the large scale.
Source: sevilla2022compute, sections 2 and 3 and appendix E, and the notebook sevilla2022notebook.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf, log10
from typing import Final

import numpy as np

from analysis.inputs.rows import ThreeErasSystem

# Systems at most this far apart are of one time.
SAME_TIME: Final = timedelta(days=364)
LOW_OUTLIER: Final = -2.0
LARGE_SCALE: Final = 0.76
Systems = tuple[ThreeErasSystem, ...]
# The scores that a choice takes: from the first up to but not including the second.
Scale = tuple[float, float]
ALL: Final[Scale] = (LOW_OUTLIER, inf)
REGULAR: Final[Scale] = (LOW_OUTLIER, LARGE_SCALE)
LARGE: Final[Scale] = (LARGE_SCALE, inf)
# The ending of a selection's name and of its label, for each scale.
SCALES: Final = (("", "", ALL), (".regular", " of regular scale", REGULAR), (".large", " of large scale", LARGE))
# First days of the periods, each after the last day of the one before.
DEEP_LEARNING: Final = date(2010, 1, 1)
ALEXNET: Final = date(2012, 9, 30)
AFTER_ALEXNET: Final = date(2012, 10, 1)
LARGE_SCALE_ERA: Final = date(2015, 9, 2)
ALPHAZERO: Final = date(2017, 12, 5)
# The two that the paper leaves out of the record setters because they are so far above all others.
EXCEPTIONAL: Final = frozenset({"alphago-zero", "alphago-master"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EraSelection:
    """A choice of systems that a trend is fitted to, with its label and the last part of its quantities' prefix."""

    name: str
    label: str
    choose: Callable[[Systems], Iterable[ThreeErasSystem]]


def scores(systems: Iterable[ThreeErasSystem]) -> dict[str, float]:
    """Standard deviations of the logarithm of compute above the mean of the systems of the same time, by id.

    A system without others of its time, or with none that differ, scores 0.
    """
    listed = tuple(systems)
    return {system.id: _score(system, [log10(s.compute_flop) for s in _of_time(system, listed)]) for system in listed}


def _of_time(system: ThreeErasSystem, systems: Systems) -> Iterator[ThreeErasSystem]:
    return (other for other in systems if abs(other.date - system.date) <= SAME_TIME)


def _score(system: ThreeErasSystem, magnitudes: list[float]) -> float:
    spread = float(np.std(magnitudes))
    return (log10(system.compute_flop) - float(np.mean(magnitudes))) / spread if spread else 0.0


def between(systems: Iterable[ThreeErasSystem], first: date, end: date) -> Systems:
    """The systems from a day on, up to but not including another."""
    return tuple(system for system in systems if first <= system.date < end)


def of_scale(systems: Systems, scale: Scale) -> Iterator[ThreeErasSystem]:
    """The systems whose score among these systems is in a range."""
    low, high = scale
    score = scores(systems)
    return (system for system in systems if low <= score[system.id] < high)


def record_setters(systems: Iterable[ThreeErasSystem]) -> Iterator[ThreeErasSystem]:
    """The systems that none up to their day exceeds; unlike elsewhere in this analysis, a tie is a record too."""
    listed = tuple(systems)
    return (
        system
        for system in listed
        if system.compute_flop >= max(other.compute_flop for other in listed if other.date <= system.date)
    )


def _among_all(scale: Scale, first: date, end: date) -> Callable[[Systems], Systems]:
    """Chooses from a period by scores among all systems."""
    return lambda systems: between(of_scale(systems, scale), first, end)


def _within(scale: Scale, first: date, end: date) -> Callable[[Systems], Iterator[ThreeErasSystem]]:
    """Chooses from a period by scores among the systems of the period."""
    return lambda systems: of_scale(between(systems, first, end), scale)


def _records(first: date, end: date, *, without: frozenset[str] = frozenset()) -> Callable[[Systems], Systems]:
    """Chooses the record setters of a period, which must exceed the systems before it as well."""
    return lambda systems: between(record_setters(system for system in systems if system.id not in without), first, end)


SELECTIONS: Final = (
    EraSelection(name="before_2010", label="the systems before 2010", choose=_among_all(ALL, date.min, DEEP_LEARNING)),
    EraSelection(
        name="since_2010", label="the systems of 2010 to 2022", choose=_among_all(ALL, DEEP_LEARNING, date.max)
    ),
    EraSelection(
        name="since_2010.regular",
        label="the systems of 2010 to 2022 of regular scale",
        choose=_within(REGULAR, DEEP_LEARNING, date.max),
    ),
    # The paper dates these 1952 to 2011 and 2012 to 2022, but has AlexNet, of September 2012, among the first.
    EraSelection(name="to_alexnet", label="the systems up to AlexNet", choose=_among_all(ALL, date.min, AFTER_ALEXNET)),
    EraSelection(
        name="after_alexnet",
        label="the systems after AlexNet to 2022",
        choose=_among_all(ALL, AFTER_ALEXNET, date.max),
    ),
    EraSelection(
        name="since_alexnet",
        label="the systems from AlexNet to 2022",
        choose=_among_all(ALL, ALEXNET, date.max),
    ),
    EraSelection(
        name="since_alexnet.regular",
        label="the systems from AlexNet to 2022 of regular scale",
        choose=_within(REGULAR, ALEXNET, date.max),
    ),
    EraSelection(
        name="from_2010_to_2015",
        label="the systems of 2010 to August 2015",
        choose=_among_all(ALL, DEEP_LEARNING, LARGE_SCALE_ERA),
    ),
    *(
        EraSelection(
            name=f"since_2015{ending}",
            label=f"the systems of September 2015 to 2022{which}",
            choose=_among_all(scale, LARGE_SCALE_ERA, date.max),
        )
        for ending, which, scale in SCALES
    ),
    EraSelection(
        name="from_2012_to_2017",
        label="the systems of 2012 to 2017",
        choose=_among_all(ALL, date(2012, 1, 1), date(2018, 1, 1)),
    ),
    *(
        EraSelection(
            name=f"alexnet_to_alphazero{ending}",
            label=f"the systems from AlexNet to the one before AlphaZero{which}",
            # With AlphaZero there is one system more than in the paper.
            choose=_within(scale, ALEXNET, ALPHAZERO),
        )
        for ending, which, scale in SCALES[:2]
    ),
    EraSelection(
        name="alphago_to_alphazero.large",
        label="the systems from AlphaGo Fan to the one before AlphaZero of large scale",
        choose=_within(LARGE, LARGE_SCALE_ERA, ALPHAZERO),
    ),
    *(
        EraSelection(
            name=f"since_alphazero{ending}",
            label=f"the systems from AlphaZero to 2022{which}",
            choose=_within(scale, ALPHAZERO, date.max),
        )
        for ending, which, scale in SCALES
    ),
    EraSelection(
        name="records.before_2010", label="the record setters before 2010", choose=_records(date.min, DEEP_LEARNING)
    ),
    EraSelection(
        name="records.from_2010_to_2015",
        label="the record setters of 2010 to August 2015",
        choose=_records(DEEP_LEARNING, LARGE_SCALE_ERA),
    ),
    EraSelection(
        name="records.since_2015",
        label="the record setters of September 2015 to 2022",
        choose=_records(LARGE_SCALE_ERA, date.max),
    ),
    EraSelection(
        name="records.since_2015_without_alphago",
        label="the record setters of September 2015 to 2022 without AlphaGo Master and AlphaGo Zero",
        choose=_records(LARGE_SCALE_ERA, date.max, without=EXCEPTIONAL),
    ),
)
