"""What every figure shares: its two widths, its colours, its axes of years and powers of ten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from analysis.errors import InputError
from analysis.figures.look import BLUE, GREEN, MUTED, NARROW_INCHES, ORANGE, PURPLE
from analysis.numerals import numeral, power_of_ten
from analysis.units import MONTHS_PER_YEAR, ORIGIN, day_at, decimal_year

BAND_OPACITY: Final = 0.14
# Years that a year axis has beyond the whole years around its points.
EDGE: Final = 0.1
# The same of a month axis, in years.
MONTH_EDGE: Final = 0.02
# In months.
QUARTER: Final = 3
CSS_PIXELS_PER_INCH: Final = 96
# Ticks further from one than so many decades are hard to read as plain numbers.
LARGEST_PLAIN_POWER: Final = 5

# Colour and marker of a domain: shape as well as colour, for readers who cannot distinguish the colours.
DOMAIN_STYLES: Final = {
    "vision": (BLUE, "o"),
    "language": (ORANGE, "s"),
    "games": (GREEN, "^"),
    "speech": (PURPLE, "D"),
    "fundamentals": (MUTED, "v"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """A width to draw for: the file suffix, the size in inches, and how many labels there is room for."""

    name: str
    width: float
    height_share: float
    roomy: bool

    def figure(self, height: float) -> Figure:
        """An empty figure. `height` is in inches on the wide canvas; the narrow one is taller for its width.

        It is taken to the nearest whole pixel, so that an image of twice the pixels has just the same shape.
        """
        pixels = round(height * self.height_share * CSS_PIXELS_PER_INCH)
        return Figure(figsize=(self.width, pixels / CSS_PIXELS_PER_INCH))

    @property
    def month_ticks(self) -> int:
        """How many months there is room to name."""
        return 6 if self.roomy else 3

    def years(self, step: int) -> int:
        """The step of a year axis: every `step` years where there is room, else every second of them."""
        return step if self.roomy else 2 * step


WIDE: Final = Canvas(name="wide", width=8.0, height_share=1.0, roomy=True)
NARROW: Final = Canvas(name="narrow", width=NARROW_INCHES, height_share=0.86, roomy=False)
CANVASES: Final = (WIDE, NARROW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that a figure shows, chosen before anything is drawn: the same content always gives the same drawing.

    There is one row per point, a mapping of column to value, and `key` is the column that identifies it. `words`
    holds the text that is read out for each point, by the id of its artist; a figure of very many points has none, and
    a page takes it from the rows. `quantities` names what a row shows, by
    what identifies the row, where it is not a system. A figure that needs more adds fields of its own; each has a
    `repr` that says all it holds, because drawings are stored by it.
    """

    rows: tuple[dict[str, Any], ...]
    key: str = "id"
    words: Mapping[str, str] = field(default_factory=dict)
    quantities: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawn figure and what it shows. `optional` lists parts that the page shows only on demand."""

    figure: Figure
    content: Content
    optional: tuple[Artist, ...] = ()


def settle(figure: Figure | None) -> None:
    """Lays a figure out, once: it keeps its axes where they are, whatever is added to it or saved of it later.

    What it measures is from then on the figure's label, to be written above the chart, and no longer on its upright
    axis, where it would take width from the chart.
    """
    if figure and isinstance(layout := figure.get_layout_engine(), ConstrainedLayoutEngine):
        figure.set_label(_measure(figure))
        for axes in figure.axes:
            axes.set_ylabel("")
        layout.execute(figure)
        figure.set_layout_engine("none")


def _measure(figure: Figure) -> str:
    """What a chart measures, with the unit: on its upright axis, or else on the other; of several charts, all of it."""
    up, across = ([label(axes) for axes in figure.axes] for label in (Axes.get_ylabel, Axes.get_xlabel))
    named = [label.replace("\n", " ") for label in (up if any(up) else across) if label]
    return " · ".join(dict.fromkeys(named))


def years_around(years: Iterable[float], *, before: float = EDGE, after: float = EDGE) -> tuple[float, float]:
    """Limits of a year axis: the whole years around some dates, with room in years beyond them."""
    known = list(years)
    return float(np.floor(min(known))) - before, float(np.ceil(max(known))) + after


def powers_around(values: Iterable[float], *, below: float, above: float) -> tuple[float, float]:
    """Limits of a logarithmic axis around some values, with room in decades, to two digits."""
    known = [value for value in values if 0 < value < np.inf]
    return _to_two_digits(min(known) / 10**below), _to_two_digits(max(known) * 10**above)


def values_around(values: Iterable[float], *, below: float, above: float) -> tuple[float, float]:
    """Limits of a linear axis from zero to the largest of some values, with room as shares of it."""
    most = max(values)
    return -below * most, (1 + above) * most


def ratio_ticks(limits: tuple[float, float]) -> list[float]:
    """Ticks of an axis of ratios between its limits: one, three, ten, thirty and so on."""
    low, high = limits
    decades = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    return [tick for decade in decades for tick in (10.0**decade, 3 * 10.0**decade) if low <= tick <= high]


def month_ticks(limits: tuple[float, float]) -> list[float]:
    """Ticks of an axis of months between its limits: as those of ratios up to a quarter, doubling from there on."""
    low, high = limits
    doublings = range(int(np.ceil(np.log2(max(high / QUARTER, 1)))) + 1)
    longer = [tick for k in doublings if k and low <= (tick := QUARTER * 2.0**k) <= high]
    return [*(tick for tick in ratio_ticks(limits) if tick <= QUARTER), *longer]


def _to_two_digits(value: float) -> float:
    return float(f"{value:.1e}")


def check_inside(drawn: Figure, name: str) -> None:
    """Checks that every point and error bar is within the axes. Raises: InputError naming the row."""
    for axes in drawn.axes:
        limits = (sorted(axes.get_xlim()), sorted(axes.get_ylim()))
        artists: tuple[Line2D | Collection, ...] = (*axes.collections, *axes.lines)
        for artist in artists:
            kind, *of = str(artist.get_gid()).split(".")
            if kind not in {"point", "cluster", "error-bar"}:
                continue
            places = artist.get_xydata() if isinstance(artist, Line2D) else artist.get_offsets()
            for place in np.asarray(places, dtype=float):
                for value, (low, high) in zip(place, limits, strict=True):
                    if np.isfinite(value) and not low <= value <= high:
                        raise InputError(
                            f"figure '{name}': the {kind} of '{of[0]}' is at {value:.4g}; "
                            f"expected a place on the axis from {low:.4g} to {high:.4g}"
                        )


def year_axis(axes: Axes, first: float, last: float, step: int) -> None:
    """Ticks at the start of calendar years; positions are years since 2000."""
    axes.set_xlim(first, last)
    start = int(np.ceil(first / step)) * step
    axes.xaxis.set_major_locator(FixedLocator(list(range(start, int(last) + 1, step))))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: str(ORIGIN.year + round(x))))


def month_axis(axes: Axes, first: float, last: float, canvas: Canvas) -> None:
    """Ticks at the start of some months from that of the first date to that after the last; positions as for years."""
    start, end = (MONTHS_PER_YEAR * (day.year - ORIGIN.year) + day.month - 1 for day in map(day_at, (first, last)))
    step = -(-(end + 1 - start) // canvas.month_ticks)
    days = [_first_of(month) for month in range(start, end + 1 + step, step)]
    axes.set_xlim(decimal_year(days[0]) - MONTH_EDGE, decimal_year(days[-1]) + MONTH_EDGE)
    axes.xaxis.set_major_locator(FixedLocator([decimal_year(day) for day in days]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda _, place: f"{days[place]:%b %Y}"))


def _first_of(month: int) -> date:
    """The first day of a month, counted from that of the origin."""
    return date(ORIGIN.year + month // MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1, 1)


def power_axis(axes: Axes, label: str, every: int = 1, *, powers_alone: bool = False) -> None:
    """A logarithmic vertical axis with a tick at every n-th decade, all plain numbers or all powers of ten.

    With `powers_alone` they are powers in any case, as where a chart next to it needs them.
    """
    axes.set_yscale("log")
    axes.set_ylabel(label)
    low, high = axes.get_ylim()
    decades = range(int(np.ceil(np.log10(low))), int(np.floor(np.log10(high))) + 1)
    powers = [power for power in decades if power % every == 0]
    plain = not powers_alone and all(abs(power) <= LARGEST_PLAIN_POWER for power in powers)
    spelled = _plain_power if plain else power_of_ten
    axes.yaxis.set_major_locator(FixedLocator([10.0**power for power in powers]))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: spelled(round(float(np.log10(y))))))


def linear_axis(axes: Axes, label: str) -> None:
    """A linear vertical axis of numbers as the site spells them."""
    axes.set_ylabel(label)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: numeral(float(f"{y:.6g}"))))


def ratio_axis(axes: Axes, ticks: Iterable[float]) -> None:
    """A logarithmic horizontal axis of plain ratios."""
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(FixedLocator(list(ticks)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: numeral(float(f"{x:.2g}"))))


def _plain_power(power: int) -> str:
    return f"{10.0**power:,.{max(-power, 0)}f}"
