"""The preview pictures shown when a post is shared: its headline number next to its trend."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from analysis.figures.canvas import BAND_OPACITY, year_axis
from analysis.figures.look import BLUE, INK, MUTED, ORANGE
from analysis.model.least_squares import Floats
from analysis.model.trends import Trend, fit_trend
from analysis.numerals import month_in_words, numeral, spelled
from analysis.results.collect import Findings
from analysis.units import ORIGIN, decimal_year

# Social sites crop previews to 1200 by 630 pixels.
SIZE: Final = (12.0, 6.3)
DOTS_PER_INCH: Final = 100
DIGITS: Final = 2
MARGIN: Final = 0.06
LINE_SAMPLES: Final = 80
# The trend of the wider field that its card shows.
FIELD: Final = "field.since_2010"
# The benchmark of the tracker whose records a card shows.
SPEEDRUN: Final = "tracker.gpt2_small_speedrun"
# Points of a card with many are small.
MANY: Final = 100
# Above so many years, an axis has fewer of them.
LONG: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The drawing next to the number. A `falling` series is the reciprocal of what its trend was fitted to."""

    years: Sequence[float]
    values: Sequence[float]
    trend: Trend
    falling: bool
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A headline number in words, its interval and its edition, and the series that it comes from."""

    title: str
    number: str
    words: str
    interval: str
    as_of: str
    series: Series


def cards(findings: Findings) -> dict[str, Card]:
    """The cards of an edition, by topic."""
    study = findings.study
    modern = study.era("modern")
    compute = Series(
        years=[point.year for point in modern],
        values=[point.pfs_days for point in modern],
        trend=study.trends["modern"],
        falling=False,
        colour=BLUE,
    )
    words = f"doubling time of training compute over\nthe {len(modern)} systems OpenAI charted, {_span(compute)}"
    shown = {"compute": _card(findings, "AI and compute, recomputed", "compute.modern.doubling_time", words, compute)}
    if study.efficiency:
        efficiency = Series(
            years=[run.year for run in study.efficiency.frontier],
            values=[run.compute_tfs_days for run in study.efficiency.frontier],
            trend=study.efficiency.trend,
            falling=True,
            colour=ORANGE,
        )
        words = f"halving time of the compute that\nreaches AlexNet's accuracy, {_span(efficiency)}"
        shown["efficiency"] = _card(
            findings, "AI and efficiency, recomputed", "efficiency.alexnet.doubling_time", words, efficiency
        )
    if study.field:
        models = study.field.chosen[FIELD]
        field = Series(
            years=[decimal_year(model.date) for model in models],
            values=[model.compute_flop for model in models],
            trend=study.field.trends[FIELD],
            falling=False,
            colour=BLUE,
        )
        words = f"doubling time of training compute over\n{len(models)} notable models, {_span(field)}"
        shown["compute-to-2026"] = _card(
            findings, "AI and compute, to 2026", f"compute.{FIELD}.doubling_time", words, field
        )
    speedrun = next((tracked for tracked in study.tracker if tracked.prefix == SPEEDRUN), None)
    if speedrun:
        years = [decimal_year(run.row.date) for run in speedrun.frontier]
        values = [run.value for run in speedrun.frontier]
        records = Series(
            years=years,
            values=values,
            trend=fit_trend(years, [1 / value for value in values]),
            falling=True,
            colour=ORANGE,
        )
        words = f"halving time of training to the\nlevel of GPT-2 small, {_span(records)}"
        shown["efficiency-to-2026"] = _card(
            findings, "AI and efficiency, to 2026", f"{SPEEDRUN}.halving_time", words, records
        )
    return shown


def draw_card(card: Card) -> Figure:
    """A number in large type with its label and interval, next to the points and the line that it comes from."""
    drawn = Figure(figsize=SIZE, facecolor="white")
    drawn.set_layout_engine("none")
    for height, text, size, colour, weight in (
        (0.84, card.title, 25, INK, "bold"),
        (0.56, card.number, 54, card.series.colour, "bold"),
        (0.38, card.words, 19, INK, "normal"),
        (0.28, f"95% interval {card.interval}", 19, MUTED, "normal"),
        (0.09, f"{card.as_of}; every number open to its source", 16, MUTED, "normal"),
    ):
        drawn.text(MARGIN, height, text, size=size, color=colour, weight=weight, linespacing=1.35)
    _draw(drawn.add_axes((0.60, 0.22, 0.35, 0.54)), card.series)
    return drawn


def _span(series: Series) -> str:
    """The calendar years of the first and the last point."""
    first, last = (ORIGIN.year + math.floor(year) for year in (min(series.years), max(series.years)))
    return f"{first} to {last}"


def _card(findings: Findings, title: str, headline: str, words: str, series: Series) -> Card:
    quantity = findings.results[headline]
    assert quantity.low is not None
    assert quantity.high is not None
    edition = findings.study.edition
    return Card(
        title=title,
        number=spelled(quantity.value, quantity.unit, DIGITS),
        words=words,
        interval=f"{numeral(quantity.low, DIGITS)} to {spelled(quantity.high, quantity.unit, DIGITS)}",
        as_of=f"Edition {edition.id}, evidence as of {month_in_words(edition.evidence)}",
        series=series,
    )


def _draw(axes: Axes, series: Series) -> None:
    trend = series.trend
    years = np.linspace(trend.first_year, trend.last_year, LINE_SAMPLES)
    low, high = trend.band(years)
    year_axis(axes, np.floor(trend.first_year), np.ceil(trend.last_year), 2 if trend.span_years < LONG else 5)
    axes.set_yscale("log")
    axes.yaxis.set_major_locator(NullLocator())
    axes.yaxis.set_minor_locator(NullLocator())
    axes.fill_between(
        years, _shown(low, series), _shown(high, series), color=series.colour, alpha=BAND_OPACITY, linewidth=0
    )
    axes.plot(years, _shown(trend.line(years), series), color=series.colour, linewidth=3)
    size = 90 if len(series.years) < MANY else 14
    axes.scatter(series.years, series.values, s=size, color=series.colour, linewidths=0, zorder=3, clip_on=False)
    axes.tick_params(labelsize=15)


def _shown(fitted: Floats, series: Series) -> Floats:
    return 1 / fitted if series.falling else fitted
