"""The second layer of uncertainty: what the error factors of the charted computes do to the trend of an era."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from analysis.model.least_squares import CONFIDENCE, RESAMPLES
from analysis.model.measurements import doubling_time_measured
from analysis.model.study import Study
from analysis.model.trends import doubling_time_months
from analysis.results.quantity import Quantity, Results

SCOPES: Final = ("modern", "first")
INTERVAL: Final = (
    f"{CONFIDENCE:.0%} interval, {RESAMPLES:,} draws of the points with log-normal errors, "
    f"{CONFIDENCE:.0%} of which are within the publisher's factor"
)


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """One per era, from the edition on that holds the wider field."""
    if study.field is None:
        return
    for scope in SCOPES:
        yield _measured(scope, study, results)


def _measured(scope: str, study: Study, results: Results) -> Quantity:
    points = study.chosen[scope]
    interval = doubling_time_measured(
        study.trends[scope], [point.year for point in points], [point.error_factor for point in points]
    )
    measured = results.compute(
        f"compute.{scope}.doubling_time_measured",
        doubling_time_months,
        {"b": f"compute.{scope}.slope"},
        unit="month",
        summary=f"Doubling time of training compute over {study.scopes[scope].label}, with the errors of the points.",
        formula=r"\frac{12}{b}",
    )
    return replace(measured, low=interval.low, high=interval.high, interval=INTERVAL)
