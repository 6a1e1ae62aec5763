"""The headline trend by slopes that outlying systems move little: Theil-Sen and Huber."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from analysis.model.kinks import Bounded
from analysis.model.least_squares import CONFIDENCE
from analysis.model.robust import huber_slope
from analysis.model.study import Study
from analysis.model.theil_sen import theil_sen_slope
from analysis.model.trends import doubling_time_between, doubling_time_months, doublings
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Inputs
from analysis.results.trends import line_of

# Editions before this one were closed without these numbers.
SINCE: Final = "2026-11"
SCOPE: Final = "modern"
POINTS: Final = r"\text{ of } \log_2 C_i \text{ on } t_i"
THEIL_SEN_INTERVAL: Final = f"{CONFIDENCE:.0%} interval, ranks of the slopes between two points"


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """Both, from the edition on that introduced them."""
    if study.edition.id < SINCE:
        return
    line = line_of(study, SCOPE)
    points: Inputs = {"C_i": line.computes, "t_i": line.dates}
    theil_sen = results.compute(
        f"{line.prefix}.doubling_time_theil_sen",
        lambda computes, years: doubling_time_months(_theil_sen(computes, years).value),
        points,
        unit="month",
        summary=f"Doubling time of {line.what}, by the median slope between two points (Theil-Sen).",
        formula=rf"\frac{{12}}{{\text{{median slope between two points}} {POINTS}}}",
    )
    slope = _theil_sen(*(symbol.numbers for symbol in theil_sen.symbols))
    bounds = doubling_time_between(slope.value, low=slope.low, high=slope.high)
    yield theil_sen.within(bounds.low, bounds.high, THEIL_SEN_INTERVAL)
    yield results.compute(
        f"{line.prefix}.doubling_time_huber",
        lambda computes, years: doubling_time_months(huber_slope(np.asarray(years), np.asarray(doublings(computes)))),
        points,
        unit="month",
        summary=f"Doubling time of {line.what}, by Huber's slope, in which far points count less.",
        formula=rf"\frac{{12}}{{\text{{Huber's slope}} {POINTS}}}",
    )


def _theil_sen(computes: Sequence[float], years: Sequence[float]) -> Bounded:
    return theil_sen_slope(np.asarray(years), np.asarray(doublings(computes)))
