"""How far the trend through the runs that set a record can be trusted, and its interval with that allowed for."""

from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np

from analysis.model.efficiency import efficiency_of
from analysis.model.frontier_bias import Simulated, corrected_doubling_time, simulated_records
from analysis.model.least_squares import CONFIDENCE, RESAMPLES, Floats
from analysis.model.study import Study
from analysis.model.trends import Interval, doubling_time_months, doublings
from analysis.results.alexnet_level import day_in_fit, run_name
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Inputs, Series
from analysis.results.trends import dates_of

PREFIX: Final = "efficiency.alexnet"
INTERVAL: Final = f"{CONFIDENCE:.0%} interval, quantiles of the slope in {RESAMPLES:,} draws about a known trend"
POINTS: Final = r"\text{ of } 1 / C_i \text{ on } t_i"
Numbers = tuple[float, ...]


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the wider field."""
    if study.field is None or study.efficiency is None:
        return
    runs = study.efficiency.runs
    inputs: Inputs = {
        "t_i": dates_of(tuple(day_in_fit(run, run.model.date, study) for run in runs)),
        "C_i": Series(
            members=tuple(run_name(run) for run in runs),
            unit="tfs-day",
            label="training compute of every run to AlexNet's accuracy",
        ),
    }
    yield results.compute(
        f"{PREFIX}.frontier_coverage",
        lambda years, computes: 100 * _simulated(years, computes).coverage,
        inputs,
        unit="percent",
        summary=(
            f"How often the {CONFIDENCE:.0%} interval of a line through record setters contains the trend, where all "
            "runs scatter about one as these do."
        ),
        formula=rf"\text{{coverage in draws about the line}} {POINTS}",
        digits=2,
    )
    yield results.compute(
        f"{PREFIX}.frontier_simulated",
        lambda years, computes: doubling_time_months(float(np.median(_simulated(years, computes).lines.slopes))),
        inputs,
        unit="month",
        summary="Median halving time through record setters, where all runs scatter about their common trend.",
        formula=rf"\text{{median halving time in draws about the line}} {POINTS}",
    )
    corrected = results.compute(
        f"{PREFIX}.doubling_time_corrected",
        lambda years, computes: _corrected(years, computes).value,
        inputs,
        unit="month",
        summary="Halving time through the runs that set a record, corrected for what makes a run a record.",
        formula=rf"\text{{corrected halving time along the records}} {POINTS}",
    )
    bounds = _corrected(*(symbol.numbers for symbol in corrected.symbols))
    yield corrected.within(bounds.low, bounds.high, INTERVAL)


# A law is evaluated more than once: for its quantity, for its interval, and in tests.
@cache
def _simulated(years: Numbers, computes: Numbers) -> Simulated:
    return simulated_records(np.asarray(years), _efficiencies(computes))


@cache
def _corrected(years: Numbers, computes: Numbers) -> Interval:
    return corrected_doubling_time(np.asarray(years), _efficiencies(computes))


def _efficiencies(computes: Numbers) -> Floats:
    return np.asarray(doublings([efficiency_of(compute) for compute in computes]))
