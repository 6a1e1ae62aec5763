"""The quantities of every fitted trend: doubling time, growth a year, R2, number of points, span."""

from collections.abc import Iterator

from analysis.model.study import Point, Study
from analysis.model.trends import CONFIDENCE, RESAMPLES, Interval, Trend
from analysis.results.quantity import Quantity, Results
from analysis.results.worked import system_name

T_INTERVAL = f"{CONFIDENCE:.0%} interval, Student t on the slope"
BOOTSTRAP_INTERVAL = f"{CONFIDENCE:.0%} interval, {RESAMPLES:,} resamples of the points"
DOUBLING = r"T_2 = \frac{12}{b}, \quad \log_2 C = a + b\,t"


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """The trends of compute, one group of names a scope."""
    for name, trend in study.trends.items():
        inputs = tuple(_input_of(point) for point in study.chosen[name])
        what = f"training compute over {study.scopes[name].label}"
        yield from of_trend(f"compute.{name}", trend, what, inputs, results.sources(inputs))


def _input_of(point: Point) -> str:
    """The quantity that a point takes its compute from: the system's, or another estimate that the scope chose."""
    calculation = point.calculation
    return system_name(point.slug) if calculation.id == point.system.used else calculation.name


def of_trend(
    prefix: str, trend: Trend, what: str, inputs: tuple[str, ...], sources: tuple[str, ...], formula: str = DOUBLING
) -> Iterator[Quantity]:
    """The quantities of one trend under a prefix."""

    def quantity(
        thing: str, interval: Interval, unit: str, summary: str, formula: str, digits: int | None, note: str = ""
    ) -> Quantity:
        return Quantity(
            name=f"{prefix}.{thing}",
            value=interval.value,
            low=interval.low,
            high=interval.high,
            unit=unit,
            summary=summary,
            formula=formula,
            inputs=inputs,
            sources=sources,
            digits=digits,
            interval=note,
        )

    def plain(value: float) -> Interval:
        return Interval(value=value, low=None, high=None)

    doubling = f"Doubling time of {what}, by least squares."
    yield quantity("doubling_time", trend.doubling_time_months, "month", doubling, formula, 3, T_INTERVAL)
    yield quantity(
        "doubling_time_bootstrap",
        trend.doubling_time_bootstrap_months,
        "month",
        doubling,
        formula,
        3,
        BOOTSTRAP_INTERVAL,
    )
    yield quantity(
        "growth_per_year", trend.growth_per_year, "x/year", f"Growth a year of {what}.", r"g = 2^{b}", 3, T_INTERVAL
    )
    yield quantity(
        "r_squared", plain(trend.r_squared), "1", f"Share of the variance explained by the trend of {what}.", r"R^2", 2
    )
    yield quantity("n", plain(float(trend.n)), "system", f"Points in the trend of {what}.", r"n", None)
    yield quantity(
        "span",
        plain(trend.span_years),
        "year",
        f"Years between the first and the last point of {what}.",
        r"t_n - t_1",
        2,
    )
