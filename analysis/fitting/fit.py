"""Fits a trend to the values of a table: the choice of rows, groups, and each fit with its robust slopes. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

import numpy as np

from analysis.errors import TrendError
from analysis.fitting.series import Reading, Table
from analysis.model.field import FRONTIER
from analysis.model.frontier import among_top, exceeding
from analysis.model.kinks import Bounded
from analysis.model.resampling import resampled_slope
from analysis.model.robust import huber_slope
from analysis.model.theil_sen import theil_sen_slope
from analysis.model.trends import Interval, Trend, doubling_time_between, doublings, fit_trend
from analysis.numerals import numbered
from analysis.units import decimal_year

# The median slope is taken over all pairs of points: at this many, fifty million.
MOST_POINTS: Final = 10_000
# With fewer points even the extreme slopes of pairs bound the slope in fewer than 95% of cases, in two of three with
# three points; so do resamples.
FEWEST_FOR_RESAMPLES: Final = 5


def _size(reading: Reading) -> float:
    return reading.value


def _smallness(reading: Reading) -> float:
    return -reading.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """A choice of rows by what came before them, with what it is called."""

    label: str
    choose: Callable[[Iterable[Reading]], Iterable[Reading]]


FRONTIERS: Final = {
    "highest": Frontier(label="rows above every earlier one", choose=partial(exceeding, size=_size)),
    "lowest": Frontier(label="rows below every earlier one", choose=partial(exceeding, size=_smallness)),
    f"top{FRONTIER}": Frontier(
        label=f"rows among the {FRONTIER} highest at their date",
        choose=lambda readings: among_top(readings, FRONTIER, size=_size),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which rows are fitted: of which frontier, if any, and between which days. The frontier sees all earlier rows."""

    frontier: Frontier | None
    first: date
    last: date

    def of(self, readings: Iterable[Reading]) -> tuple[Reading, ...]:
        """The rows chosen, by date."""
        ahead = self.frontier.choose(readings) if self.frontier else readings
        return tuple(
            sorted((each for each in ahead if self.first <= each.date <= self.last), key=lambda each: each.date)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """A slope in doublings per year with its interval, if it has one, and what the interval is."""

    method: str
    interval: str
    slope: Interval

    @property
    def word(self) -> str:
        """Whether its time is a doubling or a halving time."""
        return "halving" if self.slope.value < 0 else "doubling"

    @property
    def spans_zero(self) -> bool:
        """Whether the data leave open if the values rise or fall."""
        low, high = self.slope.low, self.slope.high
        return low is not None and high is not None and low <= 0 <= high

    @property
    def months(self) -> Interval | None:
        """Months to double or to halve, without bounds if the slope may be zero; None if it is zero."""
        value, low, high = self.slope.value, self.slope.low, self.slope.high
        if value == 0:
            return None
        if low is None or high is None or self.spans_zero:
            low = high = 0.0
        ends = sorted(map(abs, (low, high)))
        return doubling_time_between(abs(value), low=ends[0], high=ends[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The trend of a group of rows, or of all, with the slope by several methods, least squares first."""

    group: str
    readings: tuple[Reading, ...]
    trend: Trend
    paces: tuple[Pace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """The fits of a table by group, and for each group without a fit the reason."""

    fits: tuple[Fit, ...]
    unfitted: dict[str, str]


def fits_of(table: Table, choice: Choice) -> Fits:
    """The fits of all groups in order of their names. Raises: TrendError where not one group can be fitted."""
    fits, unfitted = [], {}
    groups: dict[str, list[Reading]] = {"": []} if table.columns.by is None else {}
    for reading in table.readings:
        groups.setdefault(reading.group, []).append(reading)
    for group, readings in sorted(groups.items()):
        chosen = choice.of(readings)
        try:
            fits.append(_fit(group, chosen))
        except TrendError as error:
            left = f"; the options leave {len(chosen)} of {numbered(len(readings), 'row')}"
            unfitted[group] = f"{error}{left if len(chosen) < len(readings) else ''}"
    if not fits:
        raise TrendError(_no_fit(table, unfitted))
    return Fits(fits=tuple(fits), unfitted=unfitted)


def _fit(group: str, readings: Sequence[Reading]) -> Fit:
    """Raises: TrendError."""
    if len(readings) > MOST_POINTS:
        raise TrendError(f"{len(readings)} points; expected at most {MOST_POINTS}")
    years = [decimal_year(each.date) for each in readings]
    values = [each.value for each in readings]
    trend = fit_trend(years, values)
    x, y = np.asarray(years), np.asarray(doublings(values))
    middle, resampled = theil_sen_slope(x, y), resampled_slope(x, y)
    bounded = len(readings) >= FEWEST_FOR_RESAMPLES
    paces = (
        Pace(
            method="least squares",
            interval="Student t",
            slope=Interval(value=trend.slope, low=trend.slope_low, high=trend.slope_high),
        ),
        Pace(
            method="least squares",
            interval="bootstrap",
            slope=_interval(trend.slope, resampled if bounded else None),
        ),
        Pace(
            method="Theil-Sen",
            interval="ranks of slopes",
            slope=_interval(middle.value, middle if bounded else None),
        ),
        Pace(method="Huber", interval="", slope=_interval(huber_slope(x, y), None)),
    )
    return Fit(group=group, readings=tuple(readings), trend=trend, paces=paces)


def _interval(value: float, within: Bounded | None) -> Interval:
    if within is None:
        return Interval(value=value, low=None, high=None)
    return Interval(value=value, low=within.low, high=within.high)


def _no_fit(table: Table, unfitted: dict[str, str]) -> str:
    """Why nothing was fitted: the reason of the first group, and the first row that cannot be used, if any."""
    group, reason = next(iter(unfitted.items()), ("", "no row can be used; expected at least 3 for a trend"))
    where = f"{table.columns.by} '{group}': " if group else ""
    rows = table.unused
    unused = f"; {len(rows)} not usable, such as row {rows[0].row}: {rows[0].reason}" if rows else ""
    return f"{table.file}: {table.columns.value}: {where}{reason}{unused}"
