"""How fast the cost of training a frontier model grows, by each vintage of the published costs."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from analysis.inputs.rows import TrainingCost
from analysis.inputs.tables import TRAINING_COSTS
from analysis.model.study import Study
from analysis.model.training_costs import authors_year, growth_per_year
from analysis.model.trends import Interval, doubling_time_months, doublings
from analysis.numerals import month_in_words
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import column
from analysis.results.trends import Reading, line_through, of_line

# The costs that a trend is fitted to, by prefix: vintage and method.
TRENDS: Final = {
    "cost.frontier": ("2024-12", "amortised"),
    "cost.cloud": ("2025-03", "cloud"),
    "cost.frontier_2025": ("2025-07", "amortised"),
}
METHODS: Final = {"amortised": "amortised cost", "cloud": "cloud rental cost"}
# Those whose notebook prints its result, with its end of the name, what it is, and where it is in an interval.
BY_NOTEBOOK: Final = ("cost.frontier", "cost.cloud")
PRINTED: Final[dict[str, tuple[str, Callable[[Interval], float | None]]]] = {
    "": ("Growth per year", lambda growth: growth.value),
    "_low": ("Lower end of the 90% interval of the growth per year", lambda growth: growth.low),
    "_high": ("Upper end of the 90% interval of the growth per year", lambda growth: growth.high),
}


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the costs."""
    rows = study.dataset.rows(TRAINING_COSTS)
    for prefix, (vintage, method) in TRENDS.items() if rows else ():
        costs = [row for row in rows if (row.vintage, row.method) == (vintage, method)]
        over = (
            f"of training frontier models, in dollars of {_month(costs[0].price_level)}, as known in {_month(vintage)}"
        )
        line = line_through(
            [_reading(row) for row in costs],
            prefix=prefix,
            measure=METHODS[method],
            over=over,
            unit="dollar",
            file=TRAINING_COSTS.file,
        )
        yield from of_line(line, results)
        if prefix in BY_NOTEBOOK:
            yield from _by_notebook(prefix, costs, f"{METHODS[method]} {over}", results)


def _by_notebook(prefix: str, rows: list[TrainingCost], what: str, results: Results) -> Iterator[Quantity]:
    """The same trend in the calendar of the notebook that published it, with its interval."""
    inputs = {
        "t_i": column(
            rows, lambda row: authors_year(row.date), file=TRAINING_COSTS.file, unit="year", label="days of publication"
        ),
        "C_i": column(rows, lambda row: row.cost_usd, file=TRAINING_COSTS.file, unit="dollar", label=what),
    }
    for ending, (thing, end_of) in PRINTED.items():
        yield results.compute(
            f"{prefix}.notebook_growth_per_year{ending}",
            lambda years, costs, end_of=end_of: end_of(growth_per_year(years, costs)),
            inputs,
            unit="x/year",
            summary=f"{thing} of {what}, in the calendar of its authors.",
            formula=r"\text{growth along the line through } C_i \text{ on } t_i",
        )
    yield results.compute(
        f"{prefix}.notebook_doubling_time",
        lambda growth: doubling_time_months(*doublings([growth])),
        {"g": f"{prefix}.notebook_growth_per_year"},
        unit="month",
        summary=f"Doubling time of {what}, in the calendar of its authors.",
        formula=r"\frac{12}{\log_2 g}",
    )


def _reading(row: TrainingCost) -> Reading:
    return Reading(name=row.name, date=row.date, value=row.cost_usd, sources=row.sources)


def _month(month: str) -> str:
    return month_in_words(date.fromisoformat(f"{month}-01"))
