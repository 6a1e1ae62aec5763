"""How fast the cost of training a frontier model grows, by each vintage of the published costs."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from analysis.inputs.rows import TrainingCost
from analysis.inputs.tables import TRAINING_COSTS
from analysis.model.study import Study
from analysis.numerals import month_in_words
from analysis.results.quantity import Quantity, Results
from analysis.results.trends import Reading, line_through, of_line

# The costs that a trend is fitted to, by prefix: vintage and method.
TRENDS: Final = {
    "cost.frontier": ("2024-12", "amortised"),
    "cost.cloud": ("2025-03", "cloud"),
    "cost.frontier_2025": ("2025-07", "amortised"),
}
METHODS: Final = {"amortised": "amortised cost", "cloud": "cloud rental cost"}


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


def _reading(row: TrainingCost) -> Reading:
    return Reading(name=row.name, date=row.date, value=row.cost_usd, sources=row.sources)


def _month(month: str) -> str:
    return month_in_words(date.fromisoformat(f"{month}-01"))
