"""The figure of where the growth came from: compute is spending times the compute that a dollar buys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes

from analysis.figures.canvas import Canvas, Content, Drawing, power_axis, powers_around, year_axis, years_around
from analysis.figures.field import field_of
from analysis.figures.look import BLUE, GREEN, ORANGE
from analysis.figures.models import draw_point, gid, read_out
from analysis.figures.registry import figure
from analysis.inputs.rows import NotableModel
from analysis.model.trends import Trend, fit_trend
from analysis.numerals import numeral
from analysis.results.collect import Findings
from analysis.results.spending import PARTS, PERIODS, cost_of, costed
from analysis.units import decimal_year

PERIOD: Final = ""
# Colour, marker and name of each series, by the prefix of its quantities. The first one is the product of the others.
SERIES: Final = {
    "compute.costed": (BLUE, "o", "compute"),
    "spending": (ORANGE, "s", "spending"),
    "compute_per_dollar": (GREEN, "^", "compute per dollar"),
}
POINT: Final = 18
# Points of the two factors are lighter, as the product is what a reader can point at.
BEHIND: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth(Content):
    """Dates, each series as a multiple of its line at the first date, and what the lines grow by in a year."""

    years: tuple[float, ...]
    ids: tuple[str, ...]
    multiples: Mapping[str, tuple[float, ...]]
    slopes: Mapping[str, float]
    rates: Mapping[str, str]

    def line(self, series: str, years: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[float]:
        """The fitted line of a series at these years, as a multiple of its first value."""
        return [float(2.0 ** (self.slopes[series] * (year - self.years[0]))) for year in years]


def growth_shown(findings: Findings) -> Growth:
    """The frontier models whose cost is known."""
    models = costed(field_of(findings).models, PERIODS[PERIOD])
    years = tuple(decimal_year(model.date) for model in models)
    trends = {name: fit_trend(years, [PARTS[name][2](model) for model in models]) for name in SERIES}
    return Growth(
        rows=tuple(
            {
                "model": model.id,
                "name": model.name,
                "date": model.date.isoformat(),
                "compute_flop": model.compute_flop,
                "cost_usd_2023": cost_of(model),
                "flop_per_dollar": model.compute_flop / cost_of(model),
            }
            for model in models
        ),
        key="model",
        words={gid(model.id): read_out(model.name, model.date, model.compute_flop) for model in models},
        years=years,
        ids=tuple(model.id for model in models),
        multiples={name: _multiples(models, name, trend) for name, trend in trends.items()},
        slopes={name: trend.slope for name, trend in trends.items()},
        rates={name: numeral(trend.growth_per_year.value, 2) for name, trend in trends.items()},
    )


def _multiples(models: tuple[NotableModel, ...], name: str, trend: Trend) -> tuple[float, ...]:
    value = PARTS[name][2]
    first = float(trend.line(np.array([trend.first_year]))[0])
    return tuple(value(model) / first for model in models)


def _facts(findings: Findings) -> dict[str, str]:
    shown = growth_shown(findings)
    models = costed(field_of(findings).models, PERIODS[PERIOD])
    return {
        "n": str(len(models)),
        "first_year": str(models[0].date.year),
        "last_year": str(models[-1].date.year),
        "share": numeral(findings.results["spending.share_of_growth"].value, 2),
        **{f"by_{word.replace(' ', '_')}": shown.rates[name] for name, (*_, word) in SERIES.items()},
    }


@figure(
    "compute.growth_parts",
    number=12,
    since="2026-11",
    title="Spending accounts for {share}% of the growth of the largest runs since {first_year}",
    alt=(
        "Scatter plot of {n} frontier models from {first_year} to {last_year} on a logarithmic axis. Three lines "
        "start together: compute is the steepest, at {by_compute} times a year; spending follows closely, at "
        "{by_spending} times; compute per dollar is much flatter, at {by_compute_per_dollar} times. Points scatter "
        "about each line."
    ),
    facts=_facts,
    shows=growth_shown,
    controls=("fit",),
)
def growth_parts(shown: Growth, canvas: Canvas) -> Drawing:
    """All three series as multiples of where their lines begin, with the lines."""
    drawn = canvas.figure(5.0)
    axes = drawn.add_subplot()
    year_axis(axes, *years_around(shown.years, before=0.1, after=0.6), canvas.years(2))
    everything = [value for values in shown.multiples.values() for value in values]
    axes.set_ylim(*powers_around(everything, below=0.3, above=0.6))
    power_axis(axes, "Multiple of the start of each line")
    ends = np.array([shown.years[0], shown.years[-1]])
    for name, (colour, marker, word) in SERIES.items():
        axes.plot(ends, shown.line(name, ends), color=colour, gid=f"fit.{name}")
        axes.plot([], [], color=colour, marker=marker, markersize=5, label=f"{word}, ×{shown.rates[name]} a year")
    axes.legend(loc="upper left", frameon=False, borderaxespad=0.2)
    _draw_points(axes, shown)
    return Drawing(figure=drawn, content=shown)


def _draw_points(axes: Axes, shown: Growth) -> None:
    product, *factors = SERIES
    for name in factors:
        colour, marker, _ = SERIES[name]
        axes.scatter(
            shown.years, shown.multiples[name], s=POINT, color=colour, marker=marker, alpha=BEHIND, linewidths=0
        )
    colour, marker, _ = SERIES[product]
    for name, year, multiple in zip(shown.ids, shown.years, shown.multiples[product], strict=True):
        draw_point(axes, name, (year, multiple), colour, marker, size=POINT)
