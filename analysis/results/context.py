"""Numbers that the efficiency post sets beside its own: transistors, solvers, dollars, combined growth."""

from collections.abc import Iterator
from math import log2

from analysis.model.study import Study
from analysis.model.trends import end_point_doubling_time_months, growth_over
from analysis.results.compute import MOORE
from analysis.results.quantity import Quantity, Results
from analysis.units import MONTHS_PER_YEAR


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the efficiency data."""
    if study.efficiency is None:
        return
    yield from _transistors(results)
    yield from _solvers(study, results)
    yield from _dollars(results)
    yield from _combined(results)


def _transistors(results: Results) -> Iterator[Quantity]:
    early, late, years = (
        f"constant.{name}.value" for name in ("transistors_1965", "transistors_2019", "transistor_years")
    )
    doublings = log2(results.value(late) / results.value(early))
    yield results.derive(
        "context.transistors.doublings_by_1965",
        log2(results.value(early)),
        unit="doubling",
        summary="Doublings from one transistor to the number in 1965.",
        formula=r"\log_2 N",
        inputs=(early,),
        digits=2,
    )
    yield results.derive(
        "context.transistors.doublings_since_1965",
        doublings,
        unit="doubling",
        summary="Doublings of transistors on a chip from 1965 to the iPhone 11.",
        formula=r"\log_2 \frac{N_2}{N_1}",
        inputs=(early, late),
    )
    yield results.derive(
        "context.transistors.doubling_time",
        results.value(years) * MONTHS_PER_YEAR / doublings,
        unit="month",
        summary="Doubling time of transistors on a chip from 1965 to the iPhone 11.",
        formula=r"\frac{12\,\Delta t}{\log_2 (N_2 / N_1)}",
        inputs=(early, late, years),
    )


def _solvers(study: Study, results: Results) -> Iterator[Quantity]:
    speedup, years, moore = "constant.mip_speedup.value", "constant.mip_years.value", "constant.moore_doubling.value"
    yield results.derive(
        "context.solvers.doubling_time",
        end_point_doubling_time_months(results.value(speedup), results.value(years)),
        unit="month",
        summary="Doubling time of the speed of mixed-integer solvers on a fixed problem set.",
        formula=r"\frac{12\,\Delta t}{\log_2 f}",
        inputs=(speedup, years),
    )
    yield results.derive(
        "context.solvers.moore_over_span",
        growth_over(results.value(years), study.constant("moore_doubling")),
        unit="x",
        summary="Gain that a two-year doubling would give over the years of the solver comparison.",
        formula=MOORE,
        inputs=(years, moore),
    )


def _dollars(results: Results) -> Iterator[Quantity]:
    last = "constant.dawnbench_later_cost.value"
    for name, first, which in (
        ("factor", "constant.dawnbench_first_cost.value", "the baseline the paper chose"),
        (
            "factor_from_cheaper_baseline",
            "constant.dawnbench_cheaper_first_cost.value",
            "the cheaper baseline of the same day",
        ),
    ):
        yield results.derive(
            f"context.dawnbench.{name}",
            results.value(first) / results.value(last),
            unit="x",
            summary=f"Fall in the dollar cost of ResNet-50-level training on DAWNBench from {which}.",
            formula=r"\frac{p_1}{p_2}",
            inputs=(first, last),
        )


def _combined(results: Results) -> Iterator[Quantity]:
    compute, gain = "compute.modern.alexnet_to_alphago_zero", "efficiency.gain.shufflenet_v2_1x"
    yield results.derive(
        "context.effective_compute.factor",
        results.value(compute) * results.value(gain),
        unit="x",
        summary="Growth of compute from AlexNet to AlphaGo Zero times the efficiency gained at AlexNet level by 2018.",
        formula=r"f_{\mathrm{compute}} \times f_{\mathrm{efficiency}}",
        inputs=(compute, gain),
        digits=2,
    )
    for task in ("go", "dota"):
        own = f"efficiency.{task}.factor"
        yield results.derive(
            f"efficiency.{task}.left_to_match_vision",
            results.value(gain) / results.value(own),
            unit="x",
            summary="Further gain at which the task would equal the gain of ShuffleNet v2 1x at AlexNet level.",
            formula=r"\frac{f_{\mathrm{vision}}}{f}",
            inputs=(gain, own),
            digits=2,
        )
