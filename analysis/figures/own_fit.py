"""The figure of a fit of one's own: the points of each group, its line, and the 95% interval of the line."""

from collections.abc import Sequence
from math import ceil, log10
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from analysis.figures.canvas import (
    BAND_OPACITY,
    WIDE,
    month_axis,
    power_axis,
    powers_around,
    ratio_ticks,
    settle,
    year_axis,
    years_around,
)
from analysis.figures.look import BLUE, GREEN, MUTED, ORANGE, PURPLE
from analysis.fitting.fit import Fit
from analysis.model.trends import Trend
from analysis.numerals import grouped, numeral, spelled
from analysis.units import decimal_year

COLOURS: Final = (BLUE, ORANGE, GREEN, PURPLE, MUTED)
# One more than the colours, so that the pair differs for longer.
MARKERS: Final = ("o", "s", "^", "D", "v", "P")
HEIGHT: Final = 5.0
# Of each line of the legend of several fits, in inches.
NAME_HEIGHT: Final = 0.22
DOT: Final = 22
SAMPLES: Final = 40
DIGITS: Final = 3
# Spans in years up to which months are named, and decades up to which an axis has ticks between powers of ten.
SHORT_SPAN: Final = 3.0
FEW_DECADES: Final = 3.0
MOST_TICKS: Final = 12


def pace_in_words(fit: Fit) -> str:
    """The doubling or halving time of a fit by least squares, with its points: "doubling every 6 months, 5 points"."""
    pace = fit.paces[0]
    months = "no trend" if pace.months is None else f"{pace.word} every {spelled(pace.months.value, 'month', DIGITS)}"
    return f"{months}, {grouped(fit.trend.n)} points"


def drawn_fits(fits: Sequence[Fit], value: str) -> Figure:
    """The settled figure of some fits; `value` names the values and their unit."""
    several = len(fits) > 1
    drawn = WIDE.figure(HEIGHT + NAME_HEIGHT * len(fits) * several)
    axes = drawn.add_subplot()
    years = [decimal_year(reading.date) for fit in fits for reading in fit.readings]
    values = [reading.value for fit in fits for reading in fit.readings]
    _date_axis(axes, years)
    axes.set_ylim(*powers_around(values, below=0.3, above=0.3))
    _value_axis(axes, value)
    for place, fit in enumerate(fits):
        _draw(axes, fit, COLOURS[place % len(COLOURS)], MARKERS[place % len(MARKERS)])
    if several:
        drawn.legend(loc="outside upper left")
    settle(drawn)
    return drawn


def _date_axis(axes: Axes, years: Sequence[float]) -> None:
    span = max(years) - min(years)
    if span <= SHORT_SPAN:
        month_axis(axes, min(years), max(years), WIDE)
    else:
        year_axis(axes, *years_around(years), ceil(span / MOST_TICKS))


def _value_axis(axes: Axes, label: str) -> None:
    low, high = axes.get_ylim()
    decades = log10(high / low)
    power_axis(axes, label, every=ceil(decades / MOST_TICKS))
    if decades <= FEW_DECADES:
        axes.yaxis.set_major_locator(FixedLocator(ratio_ticks((low, high))))
        axes.yaxis.set_minor_locator(NullLocator())
        axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: numeral(float(f"{y:.2g}"))))


def _draw(axes: Axes, fit: Fit, colour: str, marker: str) -> None:
    axes.scatter(
        [decimal_year(reading.date) for reading in fit.readings],
        [reading.value for reading in fit.readings],
        s=DOT,
        color=colour,
        marker=marker,
        linewidths=0,
        zorder=3,
        label=f"{fit.group}: {pace_in_words(fit)}",
    )
    _draw_line(axes, fit.trend, colour)


def _draw_line(axes: Axes, trend: Trend, colour: str) -> None:
    years = np.linspace(trend.first_year, trend.last_year, SAMPLES)
    # Bands of a few steep points exceed any float; the axis ends long before.
    with np.errstate(over="ignore", under="ignore"):
        low, high = (np.clip(end, *axes.get_ylim()) for end in trend.band(years))
    axes.fill_between(years, low, high, color=colour, alpha=BAND_OPACITY, linewidth=0)
    axes.plot(years, trend.line(years), color=colour)
