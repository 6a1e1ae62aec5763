"""The quantities of every fitted trend: slope, doubling time, growth per year, R2, number of points, span."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.model.least_squares import CONFIDENCE, r_squared, resamples_of, slope, sum_of_products
from analysis.model.study import Point, Study
from analysis.model.trends import Interval, Trend, doubling_time_months, doublings, fit_trend, growth_per_year
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Observed, Series, Step, count_of, dated
from analysis.results.worked import day_of, system_name
from analysis.units import decimal_year

T_INTERVAL = f"{CONFIDENCE:.0%} interval, Student t on the slope"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A fitted line with its dates and computes; `fitted` is the function of compute that is fitted to the dates.

    `letter` denotes it in the indices of a formula.
    """

    prefix: str
    what: str
    trend: Trend
    dates: Series
    computes: Series
    fitted: Callable[[float], float]
    letter: str
    fitted_label: str

    def sum_over_dates(self) -> Step:
        """S_tt: how far the dates are spread."""
        label = "sum over the points of the square of date less mean date"
        return Step(law=lambda t: sum_of_products(t, t), inputs={"t_i": self.dates}, unit="year^2", label=label)

    def sum_over_both(self) -> Step:
        """S_tC: how dates and fitted values are spread together."""
        return Step(
            law=lambda c, t: sum_of_products(t, self._doublings(c)),
            inputs={"C_i": self.computes, "t_i": self.dates},
            unit="doubling-year",
            label=f"sum over the points of date less mean date times {self.fitted_label} less its mean",
        )

    def sum_over_values(self) -> Step:
        """S_CC: how far the fitted values are spread."""
        return Step(
            law=lambda c: sum_of_products(self._doublings(c), self._doublings(c)),
            inputs={"C_i": self.computes},
            unit="doubling^2",
            label=f"sum over the points of the square of {self.fitted_label} less its mean",
        )

    def _doublings(self, computes: Sequence[float]) -> list[float]:
        return doublings([self.fitted(compute) for compute in computes])


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A point of a trend that is read from a data table."""

    name: str
    date: date
    value: float
    sources: tuple[str, ...]


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """The trends of compute, one group of names per scope."""
    for name in study.trends:
        yield from of_line(line_of(study, name), results)


def line_of(study: Study, scope: str) -> Line:
    """The line through the points of a scope of the charted systems."""
    what, points = f"training compute over {study.scopes[scope].label}", study.chosen[scope]
    return Line(
        prefix=f"compute.{scope}",
        what=what,
        trend=study.trends[scope],
        dates=dates_of(tuple(day_of(point) for point in points)),
        computes=Series(members=tuple(name_of(point) for point in points), unit="pfs-day", label=what),
        fitted=lambda compute: compute,
        letter="C",
        fitted_label="the base-2 logarithm of compute",
    )


def name_of(point: Point) -> str:
    """The quantity with the compute of a point: the system's, or another estimate that the scope chose."""
    calculation = point.calculation
    return system_name(point.slug) if calculation.id == point.system.used else calculation.name


def dates_of(days: tuple[Observed, ...]) -> Series:
    """The dates of the points of a trend."""
    return Series(members=days, unit="year", label="dates of the points, in years since 2000")


def line_through(readings: Sequence[Reading], *, prefix: str, measure: str, over: str, unit: str, file: str) -> Line:
    """The line through readings of a measure over some systems.

    There may be hundreds, so the record of each is the file as a whole.
    """
    what = f"{measure} {over}"
    return Line(
        prefix=prefix,
        what=what,
        trend=fit_trend([decimal_year(each.date) for each in readings], [each.value for each in readings]),
        dates=dates_of(tuple(dated(each.name, each.date, file, each.sources) for each in readings)),
        computes=Series(
            members=tuple(
                Observed(value=each.value, unit=unit, label=each.name, record=file, sources=each.sources)
                for each in readings
            ),
            unit=unit,
            label=what,
        ),
        fitted=lambda value: value,
        letter="C",
        fitted_label=f"the base-2 logarithm of {measure}".removesuffix(","),
    )


def bootstrap_interval(n: int) -> str:
    """What an interval from resamples of n points is."""
    return f"{CONFIDENCE:.0%} interval, {resamples_of(n):,} resamples of the points"


def of_line(line: Line, results: Results) -> Iterator[Quantity]:
    """The quantities of one trend under its prefix."""
    yield from _pace(line, results)
    yield from _fit(line, results)


def halving_time(line: Line, results: Results) -> Quantity:
    """The halving time of what grows less along a line through its efficiency, with its t interval."""
    pace = Step(
        law=slope,
        inputs={f"S_{{t{line.letter}}}": line.sum_over_both(), "S_{tt}": line.sum_over_dates()},
        unit="doubling/year",
        label=f"slope of {line.fitted_label}",
    )
    quantity = results.compute(
        f"{line.prefix}.halving_time",
        doubling_time_months,
        {"b": pace},
        unit="month",
        summary=f"Halving time by least squares over the records: {line.what}.",
        formula=r"\frac{12}{b}",
    )
    return _within(quantity, line.trend.doubling_time_months, T_INTERVAL)


def _pace(line: Line, results: Results) -> Iterator[Quantity]:
    """How fast the line rises: slope, doubling time and growth per year."""
    prefix, what, trend = line.prefix, line.what, line.trend
    pace = results.compute(
        f"{prefix}.slope",
        slope,
        {f"S_{{t{line.letter}}}": line.sum_over_both(), "S_{tt}": line.sum_over_dates()},
        unit="doubling/year",
        summary=f"Slope of the trend of {what}.",
        formula=rf"\frac{{S_{{t{line.letter}}}}}{{S_{{tt}}}}",
    )
    yield _within(pace, Interval(value=trend.slope, low=trend.slope_low, high=trend.slope_high), T_INTERVAL)
    # The same doubling time twice: each quantity has a single interval.
    for thing, interval, note in (
        ("doubling_time", trend.doubling_time_months, T_INTERVAL),
        ("doubling_time_bootstrap", trend.doubling_time_bootstrap_months, bootstrap_interval(trend.n)),
    ):
        doubling_time = results.compute(
            f"{prefix}.{thing}",
            doubling_time_months,
            {"b": f"{prefix}.slope"},
            unit="month",
            summary=f"Doubling time of {what}, by least squares.",
            formula=r"\frac{12}{b}",
        )
        yield _within(doubling_time, interval, note)
    growth = results.compute(
        f"{prefix}.growth_per_year",
        growth_per_year,
        {"b": f"{prefix}.slope"},
        unit="x/year",
        summary=f"Growth per year of {what}.",
        formula=r"2^{b}",
    )
    yield _within(growth, trend.growth_per_year, T_INTERVAL)


def _fit(line: Line, results: Results) -> Iterator[Quantity]:
    """How well the line fits: R2, number of points and span."""
    prefix, what, letter = line.prefix, line.what, line.letter
    both, values = f"S_{{t{letter}}}", f"S_{{{letter}{letter}}}"
    yield results.compute(
        f"{prefix}.r_squared",
        r_squared,
        {both: line.sum_over_both(), "S_{tt}": line.sum_over_dates(), values: line.sum_over_values()},
        unit="1",
        summary=f"Share of the variance explained by the trend of {what}.",
        formula=rf"\frac{{{both}^2}}{{S_{{tt}}\,{values}}}",
        digits=2,
    )
    yield results.compute(
        f"{prefix}.n",
        lambda count: count,
        {"n": count_of("C_i", line.computes, "number of points", "system")},
        unit="system",
        summary=f"Points in the trend of {what}.",
        formula="n",
        digits=None,
    )
    yield results.compute(
        f"{prefix}.span",
        lambda last, first: last - first,
        {
            "t_n": Step(law=max, inputs={"t_i": line.dates}, unit="year", label="the last date, in years since 2000"),
            "t_1": Step(law=min, inputs={"t_i": line.dates}, unit="year", label="the first date, in years since 2000"),
        },
        unit="year",
        summary=f"Years between the first and the last point of {what}.",
        formula="t_n - t_1",
        digits=2,
    )


def _within(quantity: Quantity, interval: Interval, note: str) -> Quantity:
    return quantity.within(interval.low, interval.high, note)
