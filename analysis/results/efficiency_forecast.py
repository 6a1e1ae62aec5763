"""The halving of 2020 drawn on: how much less compute AlexNet's accuracy would take by now, had it gone on."""

from collections.abc import Iterator
from typing import Final

from analysis.model.study import Study
from analysis.model.trends import growth_over
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import dated
from analysis.results.trends import T_INTERVAL
from analysis.units import decimal_year

HALVING_TIME: Final = "efficiency.alexnet.doubling_time"
# The benchmark that continues the runs of 2020, with the day on which newer ones were last looked for.
BENCHMARK: Final = "tracker.imagenet_alexnet_level"


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """One, from the edition on that has the tracker."""
    tracked = next((each for each in study.tracker if each.prefix == BENCHMARK), None)
    if tracked is None:
        return
    first, looked = tracked.frontier[0], tracked.benchmark.looked
    sidecar = tracked.table.file.removesuffix(".csv") + ".toml"
    drawn_on = results.compute(
        "efficiency.forecast.at_latest.factor",
        _gain,
        {
            "T": HALVING_TIME,
            "t_0": dated("the first run", first.row.date, first.record, first.row.sources),
            "t_1": dated("the last look for newer runs", looked, sidecar, first.row.sources),
        },
        unit="x",
        summary="How many times the compute for AlexNet's accuracy would have fallen by now on the trend of 2020.",
        formula=r"2^{12\,(t_1 - t_0) / T}",
        digits=2,
    )
    halving = results[HALVING_TIME]
    days = decimal_year(first.row.date), decimal_year(looked)
    low, high = (None if months is None else _gain(months, *days) for months in (halving.high, halving.low))
    yield drawn_on.within(low, high, T_INTERVAL)


def _gain(months: float, start: float, end: float) -> float:
    return growth_over(end - start, months)
