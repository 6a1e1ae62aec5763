"""The figure of what the largest runs cost, by the vintages of the published costs."""

from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from analysis.figures.canvas import EDGE, Canvas, Content, Drawing, power_axis, powers_around, year_axis, years_around
from analysis.figures.field import draw_field_trend
from analysis.figures.labels import Label, place_labels
from analysis.figures.look import BLUE, ORANGE
from analysis.figures.models import draw_point
from analysis.figures.registry import figure
from analysis.inputs.rows import TrainingCost
from analysis.inputs.tables import TRAINING_COSTS
from analysis.model.trends import Trend, fit_trend
from analysis.numerals import numeral, spelled
from analysis.results.collect import Findings
from analysis.results.costs import TRENDS
from analysis.units import decimal_year

# Colour and marker of each vintage that is drawn, by the prefix of its quantities; both are amortised costs.
STYLES: Final = {"cost.frontier": (ORANGE, "s"), "cost.frontier_2025": (BLUE, "o")}
POINT: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs(Content):
    """The costs of each vintage and the trend through them, by the prefix of its quantities."""

    costs: dict[str, tuple[TrainingCost, ...]]
    trends: dict[str, Trend]


def costs_shown(findings: Findings) -> Costs:
    """The amortised costs of both vintages."""
    rows = findings.study.dataset.rows(TRAINING_COSTS)
    costs = {prefix: tuple(row for row in rows if (row.vintage, row.method) == TRENDS[prefix]) for prefix in STYLES}
    shown = [cost for listed in costs.values() for cost in listed]
    return Costs(
        rows=tuple(_row(cost) for cost in shown),
        key="run",
        costs=costs,
        trends={prefix: _trend(listed) for prefix, listed in costs.items()},
    )


def _trend(costs: tuple[TrainingCost, ...]) -> Trend:
    return fit_trend([decimal_year(cost.date) for cost in costs], [cost.cost_usd for cost in costs])


def _facts(findings: Findings) -> dict[str, str]:
    earlier, later = costs_shown(findings).trends.values()
    dearest = max(costs_shown(findings).costs["cost.frontier_2025"], key=lambda cost: cost.cost_usd)
    return {
        "earlier": numeral(earlier.growth_per_year.value, 2),
        "later": numeral(later.growth_per_year.value, 2),
        "n_earlier": numeral(earlier.n),
        "n_later": numeral(later.n),
        "dearest": dearest.name,
        "dearest_cost": spelled(dearest.cost_usd, "dollar", 2),
    }


@figure(
    "compute.costs",
    number=13,
    since="2026-11",
    title="As Cottier et al. count it, the cost of the largest runs has grown {earlier} to {later} times a year",
    alt=(
        "Scatter plot of the amortised cost of training frontier models in dollars on a logarithmic axis, in two "
        "vintages. {n_earlier} systems as known in December 2024 rise along a line of {earlier} times a year; "
        "{n_later} systems as known in July 2025 rise along a steeper one, of {later} times a year, up to {dearest} at "
        "{dearest_cost}. The shaded intervals of the two lines overlap for most of the years."
    ),
    facts=_facts,
    shows=costs_shown,
    controls=("fit", "interval"),
)
def costs(shown: Costs, canvas: Canvas) -> Drawing:
    """Both vintages with their lines."""
    drawn = canvas.figure(5.0)
    axes = drawn.add_subplot()
    everything = [cost for listed in shown.costs.values() for cost in listed]
    year_axis(axes, *years_around([decimal_year(cost.date) for cost in everything], after=EDGE), canvas.years(2))
    axes.set_ylim(*powers_around([cost.cost_usd for cost in everything], below=0.3, above=0.6))
    power_axis(axes, "Cost of training (dollars)")
    axes.yaxis.set_major_formatter(FuncFormatter(lambda cost, _: spelled(cost, "dollar", 1)))
    for prefix, (colour, marker) in STYLES.items():
        draw_field_trend(axes, shown.trends[prefix], prefix, colour)
        for cost in shown.costs[prefix]:
            place = (decimal_year(cost.date), cost.cost_usd)
            draw_point(axes, _id(cost), place, colour, marker, size=POINT)
        vintage, _ = TRENDS[prefix]
        rate = numeral(shown.trends[prefix].growth_per_year.value, 2)
        axes.plot([], [], color=colour, marker=marker, markersize=5, label=f"{vintage}: ×{rate} a year")
    # Above the axes, as the points leave no corner free on a phone.
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), frameon=False, borderaxespad=0.2)
    _name_dearest(axes, shown)
    return Drawing(figure=drawn, content=shown)


def _name_dearest(axes: Axes, shown: Costs) -> None:
    """The name of the dearest run of the later vintage."""
    *_, later = shown.costs.values()
    dearest = max(later, key=lambda cost: cost.cost_usd)
    label = Label(text=dearest.name, x=decimal_year(dearest.date), y=dearest.cost_usd, gid=f"label.{_id(dearest)}")
    points = [(decimal_year(cost.date), cost.cost_usd) for listed in shown.costs.values() for cost in listed]
    place_labels(axes, [label], points)


def _id(cost: TrainingCost) -> str:
    return f"{cost.id}-{cost.vintage}"


def _row(cost: TrainingCost) -> dict[str, Any]:
    return {
        "run": _id(cost),
        "name": cost.name,
        "date": cost.date.isoformat(),
        "cost_usd": cost.cost_usd,
        "vintage": cost.vintage,
        "price_level": cost.price_level,
    }
