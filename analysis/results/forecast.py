"""The trend line of the 2018 post drawn on, and the largest known training run next to it, at some later days."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np

from analysis.inputs.rows import NotableModel
from analysis.inputs.tables import MODELS
from analysis.model import forecast
from analysis.model.field import FieldStudy, record_setters
from analysis.model.least_squares import CONFIDENCE, residual_error, sum_of_products
from analysis.model.study import Study
from analysis.model.trends import doublings, end_point_doubling_time_months
from analysis.results.field import FILE, compute_of, row_of
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Inputs, Observed, Series, Step, dated
from analysis.results.trends import dates_of
from analysis.results.worked import day_of, system_name
from analysis.units import FLOP_PER_PFS_DAY, decimal_year

# The 2018 post, and the scope of the trend that it draws.
POST: Final = "amodei2018ai"
SCOPE: Final = "modern"
# Days at which line and largest run are compared, besides the day of the table of models.
DAYS: Final = {f"at_{year}": date(year, 1, 1) for year in range(2020, 2027)}
LATEST: Final = "at_latest"
LINE: Final = r"2^{\bar{d} + b\,(t - \bar{t})}"
ERROR: Final = r"s\,\sqrt{1 + \frac{1}{n} + \frac{(t - \bar{t})^2}{S_{tt}}}"
# When the lower end of the interval rises above a level.
LEFT: Final = (
    r"\text{first date with } 2^{\bar{d} + b\,(\text{date} - \bar{t}) - \mathrm{t}_{0.975}(n - 2)\,"
    r"s\,\sqrt{1 + \frac{1}{n} + \frac{(\text{date} - \bar{t})^2}{S_{tt}}}} > C"
)
PREDICTION: Final = f"{CONFIDENCE:.0%} prediction interval of the trend, Student t"
# Years after the first charted run within which the prediction interval is searched.
LONGEST: Final = 60.0
# Spans between charted systems and the largest known run, by the names of their quantities.
SPANS: Final = ("alphago-zero", "alexnet")


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the models."""
    field = study.field
    if field is None:
        return
    line = ChartedLine(study)
    yield line.scatter(results)
    for name, day in days_of(study).items():
        yield from _at(f"compute.forecast.{name}", day, line, field, results)
    latest = days_of(study)[LATEST]
    largest = field.largest_by(latest)
    yield _passed(largest, line, results)
    yield from _left_interval(field, latest, line, results)
    yield _years_until_passed(study, results)
    yield from _since_charted(study, largest, results)
    yield from _runner_up(field, largest, results)
    if largest.cost_usd_2023 is not None:
        yield _cost(largest, line.factor_on(latest), results)


def days_of(study: Study) -> dict[str, date]:
    """The days at which line and largest run are compared, by the name of their quantities.

    The last one is the day of the newest table of models.
    """
    sources = study.dataset.sidecars[MODELS.path].sources
    newest = max(study.dataset.references[source].issued for source in sources)
    return {**DAYS, LATEST: date.fromisoformat(newest)}


class ChartedLine:
    """The inputs of the line, as steps from the points of the chart."""

    def __init__(self, study: Study) -> None:
        points = study.chosen[SCOPE]
        self.first = min(point.date for point in points)
        self.trend = study.trends[SCOPE]
        self.dates = dates_of(tuple(day_of(point) for point in points))
        self.computes = Series(
            members=tuple(system_name(point.slug) for point in points), unit="pfs-day", label="training compute"
        )

    def place(self) -> dict[str, Step | str]:
        """Where the line is: its slope and the point that it goes through, in FLOP."""
        return {
            "b": f"compute.{SCOPE}.slope",
            r"\bar{t}": Step(
                law=lambda t: float(np.mean(t)),
                inputs={"t_i": self.dates},
                unit="year",
                label="mean date of the points",
            ),
            r"\bar{d}": Step(
                law=lambda c: float(np.mean(doublings([each * FLOP_PER_PFS_DAY for each in c]))),
                inputs={"C_i": self.computes},
                unit="doubling",
                label="mean of the base-2 logarithm of compute in FLOP",
            ),
        }

    def error(self) -> dict[str, Step | str]:
        """What a new point scatters by."""
        return {
            "s": "compute.forecast.scatter",
            "n": f"compute.{SCOPE}.n",
            r"\bar{t}": self.place()[r"\bar{t}"],
            "S_{tt}": Step(
                law=lambda t: sum_of_products(t, t),
                inputs={"t_i": self.dates},
                unit="year^2",
                label="sum over the points of the square of date less mean date",
            ),
        }

    def edge_in(self, year: float, *, upper: bool) -> float:
        """An end of the prediction interval at a date, in FLOP."""
        return float(self.trend.prediction_band(np.array([year]))[upper][0]) * FLOP_PER_PFS_DAY

    def edge_on(self, day: date, *, upper: bool) -> float:
        """An end of the prediction interval on a day, in FLOP."""
        return self.edge_in(decimal_year(day), upper=upper)

    def factor_on(self, day: date) -> float:
        """How many times above or below the line a new point may lie on a day."""
        year = np.array([decimal_year(day)])
        return float(self.trend.prediction_band(year)[True][0] / self.trend.line(year)[0])

    def scatter(self, results: Results) -> Quantity:
        """How far the charted points are from their line."""
        return results.compute(
            "compute.forecast.scatter",
            _scatter,
            {"C_i": self.computes, "t_i": self.dates},
            unit="doubling",
            summary="Standard deviation of the charted points of the modern era about their trend.",
            formula=r"\sqrt{\frac{\sum (\log_2 C_i - \text{line at } t_i)^2}{\text{number of points} - 2}}",
        )


def _scatter(computes: Sequence[float], dates: Sequence[float]) -> float:
    x, y = np.asarray(dates), np.asarray(doublings(computes))
    slope = sum_of_products(x, y) / sum_of_products(x, x)
    return residual_error(y - y.mean() - slope * (x - x.mean()))


def _at(prefix: str, day: date, line: ChartedLine, field: FieldStudy, results: Results) -> Iterator[Quantity]:
    """The line, the largest known run and how they compare, on one day."""
    largest, when = field.largest_by(day), f"{day.day} {day:%B %Y}"
    t = {"t": _on(day)}
    drawn_on = results.compute(
        f"{prefix}.line",
        _line_at,
        {**t, **line.place()},
        unit="FLOP",
        summary=f"Training compute on {when} by the trend of 2012 to 2017.",
        formula=LINE,
    )
    yield _predicted(drawn_on, line.factor_on(day))
    yield results.compute(
        f"{prefix}.largest",
        lambda compute: compute,
        {"C": compute_of(largest)},
        unit="FLOP",
        summary=f"Training compute of {largest.name}, the largest known run by {when}.",
        formula="C",
    )
    ratio = results.compute(
        f"{prefix}.ratio",
        lambda line, largest: line / largest,
        {r"C_{\mathrm{line}}": f"{prefix}.line", r"C_{\mathrm{max}}": f"{prefix}.largest"},
        unit="x",
        summary=f"The trend of 2012 to 2017 on {when} over the largest known training run by then.",
        formula=r"\frac{C_{\mathrm{line}}}{C_{\mathrm{max}}}",
        digits=2,
    )
    yield _predicted(ratio, line.factor_on(day))
    error = Step(
        law=error_of_point, inputs={**t, **line.error()}, unit="doubling", label="standard error of a new point"
    )
    yield results.compute(
        f"{prefix}.prediction_factor",
        forecast.prediction_factor,
        {"e": error, "n": f"compute.{SCOPE}.n"},
        unit="x",
        summary=f"How many times above or below the trend a new charted run may lie on {when}, 95% interval.",
        formula=r"2^{\mathrm{t}_{0.975}(n - 2)\,e}",
        digits=2,
    )
    yield results.compute(
        f"{prefix}.p_value",
        forecast.p_value,
        {"f": f"{prefix}.ratio", "e": error, "n": f"compute.{SCOPE}.n"},
        unit="1",
        summary=f"Probability that a run lies as far from the trend as the largest known one did on {when}, two-sided.",
        formula=r"2 \times \mathrm{P}(\mathrm{t}(n - 2) > \frac{|\log_2 f|}{e})",
        digits=2,
    )


def _predicted(quantity: Quantity, factor: float) -> Quantity:
    """A quantity in proportion to the line, with the interval in which a new charted run is expected."""
    return quantity.within(quantity.value / factor, quantity.value * factor, PREDICTION)


def _line_at(t: float, b: float, mean_year: float, mean_doublings: float) -> float:
    return forecast.line_at(t, slope=b, mean_year=mean_year, mean_doublings=mean_doublings)


def error_of_point(t: float, scatter: float, n: float, mean_year: float, sum_over_dates: float) -> float:
    """The standard error of a new point, of the inputs that a line gives."""
    return forecast.prediction_error(t, scatter=scatter, n=n, mean_year=mean_year, sum_over_dates=sum_over_dates)


def _on(day: date) -> Observed:
    label = f"{day.isoformat()}, in years since 2000"
    return Observed(value=decimal_year(day), unit="year", label=label, record=FILE, sources=("epoch2026models",))


def _passed(largest: NotableModel, line: ChartedLine, results: Results) -> Quantity:
    place: Inputs = {"C": compute_of(largest), **line.place()}
    passed = results.compute(
        "compute.forecast.line_passes_largest",
        lambda level, b, t, d: forecast.year_of_level(level, slope=b, mean_year=t, mean_doublings=d),
        place,
        unit="date",
        summary=f"When the trend of 2012 to 2017 reaches the training compute of {largest.name}, the largest known.",
        formula=r"\bar{t} + \frac{\log_2 C - \bar{d}}{b}",
        digits=5,
    )
    first, last = (
        forecast.first_year_above(
            largest.compute_flop, partial(line.edge_in, upper=upper), start=line.trend.first_year, years=LONGEST
        )
        for upper in (True, False)
    )
    return passed.within(first, last, PREDICTION)


def _left_interval(field: FieldStudy, latest: date, line: ChartedLine, results: Results) -> Iterator[Quantity]:
    """When the largest known run fell below the prediction interval, if it did so once, and not before the newest."""
    known = [model for model in record_setters(field.models) if model.date >= line.first]
    if any(before.compute_flop < line.edge_on(after.date, upper=False) for before, after in pairwise(known)):
        return
    largest = known[-1]
    if largest.compute_flop < line.edge_on(latest, upper=False):
        yield results.compute(
            "compute.forecast.largest_leaves_interval",
            partial(_year_below, start=line.trend.first_year),
            {"C": compute_of(largest), **line.place(), **line.error()},
            unit="date",
            summary=f"When {largest.name}, the largest known run, fell below the prediction interval of the trend.",
            formula=LEFT,
            digits=5,
        )


def _year_below(
    level: float,
    slope: float,
    mean_year: float,
    mean_doublings: float,
    scatter: float,
    n: float,
    sum_over_dates: float,
    *,
    start: float,
) -> float:
    """The first date at which the lower end of the prediction interval is above a level. It is only asked if it is."""

    def lower_end(year: float) -> float:
        error = forecast.prediction_error(
            year, scatter=scatter, n=n, mean_year=mean_year, sum_over_dates=sum_over_dates
        )
        level_of_line = forecast.line_at(year, slope=slope, mean_year=mean_year, mean_doublings=mean_doublings)
        return level_of_line / forecast.prediction_factor(error, n)

    year = forecast.first_year_above(level, lower_end, start=start, years=LONGEST)
    assert year is not None
    return year


def _years_until_passed(study: Study, results: Results) -> Quantity:
    day = date.fromisoformat(study.dataset.references[POST].issued)
    return results.compute(
        "compute.forecast.years_to_largest",
        lambda passed, posted: passed - posted,
        {
            "t_C": "compute.forecast.line_passes_largest",
            "t_0": dated("the post of 2018", day, "references.bib", (POST,)),
        },
        unit="year",
        summary="Years from the post of 2018 until its trend reaches the largest known training compute.",
        formula="t_C - t_0",
        digits=2,
    )


def _since_charted(study: Study, largest: NotableModel, results: Results) -> Iterator[Quantity]:
    """The pace from a charted system to the largest known run, by these two alone."""
    for slug in SPANS:
        first = study.point(slug)
        ends = f"{slug} to {largest.id}".replace("-", "_").replace(" ", "_")
        yield results.compute(
            f"compute.records.{ends}.doubling_time",
            _pace,
            {
                "C_1": system_name(first.slug),
                "C_2": compute_of(largest),
                "t_1": day_of(first),
                "t_2": dated(largest.name, largest.date, row_of(largest), largest.sources),
            },
            unit="month",
            summary=f"Doubling time of training compute from {first.system.name} as charted to {largest.name}.",
            formula=r"\frac{12\,(t_2 - t_1)}{\log_2 (C_2 / (8.64 \times 10^{19} \times C_1))}",
        )


def _pace(first: float, last: float, start: float, end: float) -> float:
    return end_point_doubling_time_months(last / (first * FLOP_PER_PFS_DAY), end - start)


def _runner_up(field: FieldStudy, largest: NotableModel, results: Results) -> Iterator[Quantity]:
    """The largest run published after the largest known one, next to it."""
    later = [model for model in field.models if model.date > largest.date]
    if later:
        second = max(later, key=lambda model: model.compute_flop)
        yield results.compute(
            "compute.forecast.largest_since.share",
            lambda second, first: 100 * second / first,
            {"C_2": compute_of(second), "C_1": compute_of(largest)},
            unit="percent",
            summary=f"Training compute of {second.name}, the largest known run published since, over {largest.name}'s.",
            formula=r"\frac{100\,C_2}{C_1}",
            digits=2,
        )


def _cost(largest: NotableModel, factor: float, results: Results) -> Quantity:
    """What the run that the line asks for would cost at the cost per operation of the largest known run."""
    assert largest.cost_usd_2023 is not None
    paid = Observed(
        value=largest.cost_usd_2023,
        unit="dollar",
        label=f"cost of the training compute of {largest.name}, in dollars of 2023",
        record=row_of(largest),
        sources=largest.sources,
    )
    cost = results.compute(
        "forecast.cost_at_latest",
        lambda line, paid, compute: line * paid / compute,
        {r"C_{\mathrm{line}}": f"compute.forecast.{LATEST}.line", "p": paid, "C": compute_of(largest)},
        unit="dollar",
        summary=f"Cost of a run on the trend of 2012 to 2017 at {largest.name}'s cost per operation.",
        formula=r"C_{\mathrm{line}} \times \frac{p}{C}",
        digits=2,
    )
    return _predicted(cost, factor)
