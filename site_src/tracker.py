"""The benchmarks of the tracker as a bundle has them: their rates, their rules and their runs, which are tables."""

from typing import Any, Final

from analysis.artifacts import Bundle
from analysis.contract import Row

RATES: Final = "tracker.rates"
RULES: Final = "tracker.benchmarks"
RUNS: Final = "tracker.records"


def benchmarks(bundle: Bundle) -> list[dict[str, Any]]:
    """The benchmarks of the tracker with their rates and rules, in the order of their figures; none before it."""
    if RATES not in bundle.tables:
        return []
    rules = {row["benchmark"]: row for row in bundle.tables[RULES].rows}
    return [{**rules[rate["benchmark"]], **rate} for rate in bundle.tables[RATES].rows]


def runs_of(bundle: Bundle, benchmark: str) -> list[Row]:
    """The runs at a benchmark, newest first."""
    return [row for row in bundle.tables[RUNS].rows if row["benchmark"] == benchmark]


def newest_records(bundle: Bundle, most: int) -> list[dict[str, Any]]:
    """The newest runs that set a record at any benchmark, at most so many; none before the tracker."""
    rows = bundle.tables[RUNS].rows if RUNS in bundle.tables else ()
    records = [row for row in rows if row["record"] == "yes"]
    return [dict(row) for row in sorted(records, key=lambda row: str(row["date"]), reverse=True)[:most]]


def has_run(bundle: Bundle, run: Row) -> bool:
    """Whether an edition has a run."""
    return RUNS in bundle.tables and any(row["run"] == run["run"] for row in runs_of(bundle, str(run["benchmark"])))
