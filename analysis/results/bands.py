"""How wide the two bands of the modern trend are: that of the line itself, and that of one more charted system."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from math import sqrt
from typing import Final

import numpy as np

from analysis.model.forecast import prediction_factor
from analysis.model.least_squares import Floats
from analysis.model.study import Study
from analysis.model.trends import Trend, fit_trend
from analysis.results.forecast import SCOPE, ChartedLine, error_of_point
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Inputs, Step, dated

Band = Callable[[Trend, Floats], tuple[Floats, Floats]]
PREFIX: Final = f"compute.{SCOPE}"
FACTOR: Final = r"2^{\mathrm{t}_{0.975}(n - 2)\,e}"


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the wider field."""
    if study.field is None:
        return
    line, last = ChartedLine(study), study.chosen[SCOPE][-1]
    end = date(last.date.year, 12, 31)
    when = f"at the end of {end.year}"
    at_end: Inputs = {"t": dated(f"end of {end.year}", end, last.system.file, last.system.sources), **line.error()}
    for thing, law, what in (
        ("line_factor", _error_of_line, "the trend itself may lie"),
        ("prediction_factor", error_of_point, "one more charted system may lie"),
    ):
        error = Step(law=law, inputs=at_end, unit="doubling", label=f"standard error with which {what} off, {when}")
        yield results.compute(
            f"{PREFIX}.{thing}_at_end",
            prediction_factor,
            {"e": error, "n": f"{PREFIX}.n"},
            unit="x",
            summary=f"How many times above or below the fitted line {what} {when}, 95% interval.",
            formula=FACTOR,
            digits=2,
        )
    for thing, band, what in (
        ("outside_line_band", Trend.band, "the 95% interval of the line"),
        ("outside_prediction_band", Trend.prediction_band, "the 95% prediction interval"),
    ):
        yield results.compute(
            f"{PREFIX}.n_{thing}",
            partial(_outside, band),
            {"C_i": line.computes, "t_i": line.dates},
            unit="system",
            summary=f"Charted systems of the modern era that lie outside {what}.",
            formula=r"\text{number of } C_i \text{ outside the interval at } t_i",
            digits=None,
        )


def _error_of_line(t: float, scatter: float, n: float, mean_year: float, sum_over_dates: float) -> float:
    """The standard error of the line at a date, in doublings."""
    return scatter * sqrt(1 / n + (t - mean_year) ** 2 / sum_over_dates)


def _outside(band: Band, computes: tuple[float, ...], years: tuple[float, ...]) -> float:
    low, high = band(fit_trend(years, computes), np.asarray(years))
    return float(np.sum((np.asarray(computes) < low) | (np.asarray(computes) > high)))
