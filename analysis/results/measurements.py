"""The second layer of uncertainty: what the error factors of the computes do to a trend.

Those of the charted systems are their publisher's, those of the wider field our reading of how sure its values are.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from analysis.model.least_squares import CONFIDENCE, RESAMPLES
from analysis.model.measurements import doubling_time_measured
from analysis.model.study import Study
from analysis.model.trends import Trend, doubling_time_months
from analysis.results.constants import constant_name
from analysis.results.quantity import Quantity, Results
from analysis.units import decimal_year

SCOPES: Final = ("modern", "first")
FIELDS: Final = ("field.since_2010", "frontier.since_2010")
DRAWS: Final = f"{CONFIDENCE:.0%} interval, {RESAMPLES:,} draws of the points with log-normal errors"
PUBLISHED: Final = f"{DRAWS}, {CONFIDENCE:.0%} of which are within the publisher's factor"
READ: Final = f"{DRAWS}, {CONFIDENCE:.0%} of which are within the factor that we take the confidence to mean"


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """One per era and per trend of the field, from the edition on that holds the wider field."""
    if study.field is None:
        return
    for scope in SCOPES:
        points, label = study.chosen[scope], study.scopes[scope].label
        years, factors = [point.year for point in points], [point.error_factor for point in points]
        yield _measured(f"compute.{scope}", label, study.trends[scope], years, factors, PUBLISHED, results)
    for name in FIELDS:
        models, label = study.field.chosen[name], study.field.selections[name].label
        years = [decimal_year(model.date) for model in models]
        factors = [results.value(constant_name(f"error_factor_{model.confidence}")) for model in models]
        yield _measured(f"compute.{name}", label, study.field.trends[name], years, factors, READ, results)


def _measured(
    prefix: str,
    label: str,
    trend: Trend,
    years: Sequence[float],
    factors: Sequence[float],
    interval: str,
    results: Results,
) -> Quantity:
    bounds = doubling_time_measured(trend, years, factors)
    measured = results.compute(
        f"{prefix}.doubling_time_measured",
        doubling_time_months,
        {"b": f"{prefix}.slope"},
        unit="month",
        summary=f"Doubling time of training compute over {label}, with the errors of the points.",
        formula=r"\frac{12}{b}",
    )
    return measured.within(bounds.low, bounds.high, interval)
