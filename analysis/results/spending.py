"""Where the growth of the largest runs came from: compute is what was spent times the compute that a dollar buys.

All three trends are fitted to the same models, so their slopes add up exactly.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

import numpy as np

from analysis.inputs.rows import NotableModel
from analysis.model.least_squares import bootstrap_slope_ratio
from analysis.model.study import Study
from analysis.results.field import FILE
from analysis.results.quantity import Quantity, Results
from analysis.results.trends import Line, Reading, bootstrap_interval, line_through, of_line
from analysis.units import decimal_year


def cost_of(model: NotableModel) -> float:
    """The cost of the training compute of a model that has one, in dollars of 2023."""
    assert model.cost_usd_2023 is not None
    return model.cost_usd_2023


# First days of the periods; the table gives costs of frontier models from the end of 2015 on.
PERIODS: Final = {"": date(2015, 12, 1), ".since_2020": date(2020, 1, 1)}
# What is fitted, by prefix: what it is, its unit and its value for a model.
Part = tuple[str, str, Callable[[NotableModel], float]]
PARTS: Final[dict[str, Part]] = {
    "compute.costed": ("training compute", "FLOP", lambda model: model.compute_flop),
    "spending": ("cost of training compute, in dollars of 2023,", "dollar", cost_of),
    "compute_per_dollar": (
        "training compute per dollar of 2023",
        "FLOP/dollar",
        lambda model: model.compute_flop / cost_of(model),
    ),
}


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the models."""
    if study.field is None:
        return
    for period, first in PERIODS.items():
        models = costed(study.field.models, first)
        for prefix, part in PARTS.items():
            yield from of_line(_line(f"{prefix}{period}", part, models, first), results)
        share = results.compute(
            f"spending{period}.share_of_growth",
            lambda spending, compute: 100 * spending / compute,
            {r"b_{\mathrm{cost}}": f"spending{period}.slope", "b_C": f"compute.costed{period}.slope"},
            unit="percent",
            summary=f"Share of the growth of compute since {first.year}, in doublings, that is growth of spending.",
            formula=r"\frac{100\,b_{\mathrm{cost}}}{b_C}",
            digits=2,
        )
        low, high = bootstrap_slope_ratio(
            np.array([decimal_year(model.date) for model in models]),
            np.log2([cost_of(model) for model in models]),
            np.log2([model.compute_flop for model in models]),
        )
        yield share.within(100 * low, 100 * high, bootstrap_interval(len(models)))


def costed(models: tuple[NotableModel, ...], first: date) -> tuple[NotableModel, ...]:
    """The frontier models with a known cost from a day on."""
    return tuple(
        model for model in models if model.frontier and model.cost_usd_2023 is not None and model.date >= first
    )


def _line(prefix: str, part: Part, models: tuple[NotableModel, ...], first: date) -> Line:
    measure, unit, value = part
    readings = [
        Reading(name=model.name, date=model.date, value=value(model), sources=model.sources) for model in models
    ]
    over = f"of the frontier models with a known cost since {first.year}"
    return line_through(readings, prefix=prefix, measure=measure, over=over, unit=unit, file=FILE)
