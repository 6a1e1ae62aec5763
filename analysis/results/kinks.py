"""One trend or several: the best kink of the field's trends since 2010, and how clear it is."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np

from analysis.model.field import Models
from analysis.model.kinks import Bounded, Kink, best_kink, kink_p_value
from analysis.model.least_squares import CONFIDENCE
from analysis.model.study import Study
from analysis.model.trends import doubling_time_between, doubling_time_months, doublings
from analysis.results.field import computes_of, day_of
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Inputs
from analysis.results.trends import dates_of
from analysis.units import decimal_year

# The selections that are searched for a kink.
SELECTIONS: Final = ("field.since_2010", "frontier.since_2010", "records.since_2010")
DATE_INTERVAL: Final = f"{CONFIDENCE:.0%} interval, F test against the best date"
SLOPE_INTERVAL: Final = f"{CONFIDENCE:.0%} interval, Student t on the slope at the best date"
POINTS: Final = r"\text{ of } \log_2 C_i \text{ on } t_i"


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the models."""
    if study.field is None:
        return
    for name in SELECTIONS:
        yield from _of(name, study.field.chosen[name], study.field.selections[name].label, results)


def _of(name: str, models: Models, label: str, results: Results) -> Iterator[Quantity]:
    points: Inputs = {
        "C_i": computes_of(models, f"training compute of {label}"),
        "t_i": dates_of(tuple(day_of(model) for model in models)),
    }
    prefix = f"compute.{name}.kink"
    found = _found([model.compute_flop for model in models], [decimal_year(model.date) for model in models])
    date = results.compute(
        f"{prefix}.date",
        _law(lambda kink: kink.year.value),
        points,
        unit="date",
        summary=f"Where one kink fits the trend of {label} best.",
        formula=rf"\text{{date of the best kink}} {POINTS}",
        digits=None,
    )
    yield date.within(found.year.low, found.year.high, DATE_INTERVAL)
    yield _doubling_time(f"{prefix}.doubling_time_before", found.before, _before, points, label, results)
    yield _doubling_time(f"{prefix}.doubling_time_after", found.after, _after, points, label, results)
    yield results.compute(
        f"{prefix}.r_squared_gain",
        _law(lambda kink: kink.r_squared_gain),
        points,
        unit="1",
        summary=f"What one kink adds to the share of the variance that the trend of {label} explains.",
        formula=rf"\text{{variance explained by the best kink}} {POINTS}",
        digits=2,
    )
    yield results.compute(
        f"{prefix}.p_value",
        lambda computes, years: kink_p_value(np.asarray(years), np.asarray(doublings(computes))),
        points,
        unit="1",
        summary=f"How often points scattered about one straight line show as clear a kink as {label} do.",
        formula=rf"\text{{share of draws with as clear a kink}} {POINTS}",
        digits=2,
    )


def _doubling_time(
    name: str, slope: Bounded, law: Callable[[Kink], float], points: Inputs, label: str, results: Results
) -> Quantity:
    side = name.rsplit("_", 1)[1]
    quantity = results.compute(
        name,
        _law(law),
        points,
        unit="month",
        summary=f"Doubling time of training compute {side} the best kink in the trend of {label}.",
        formula=rf"\frac{{12}}{{\text{{slope {side} the best kink}} {POINTS}}}",
    )
    bounds = doubling_time_between(slope.value, low=slope.low, high=slope.high)
    return quantity.within(bounds.low, bounds.high, SLOPE_INTERVAL)


def _before(kink: Kink) -> float:
    return doubling_time_months(kink.before.value)


def _after(kink: Kink) -> float:
    return doubling_time_months(kink.after.value)


def _law(value: Callable[[Kink], float]) -> Callable[[Sequence[float], Sequence[float]], float]:
    """A law of computes and dates that takes one value of their best kink."""
    return lambda computes, years: value(_found(computes, years))


def _found(computes: Sequence[float], years: Sequence[float]) -> Kink:
    return best_kink(np.asarray(years), np.asarray(doublings(computes)))
