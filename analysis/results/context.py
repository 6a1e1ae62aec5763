"""Numbers that the efficiency post compares with its own: transistors, solvers, dollars, combined growth."""

from collections.abc import Iterator
from math import log2

from analysis.model.study import Study
from analysis.model.trends import end_point_doubling_time_months, growth_over
from analysis.results.compute import MOORE
from analysis.results.constants import constant_name
from analysis.results.quantity import Quantity, Results


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the efficiency data."""
    if study.efficiency is None:
        return
    yield from _transistors(results)
    yield from _solvers(results)
    yield from _dollars(results)
    yield from _combined(results)


def _transistors(results: Results) -> Iterator[Quantity]:
    early, late = constant_name("transistors_1965"), constant_name("transistors_2019")
    yield results.compute(
        "context.transistors.doublings_by_1965",
        log2,
        {"N": early},
        unit="doubling",
        summary="Doublings from one transistor to the number in 1965.",
        formula=r"\log_2 N",
        digits=2,
    )
    yield results.compute(
        "context.transistors.doublings_since_1965",
        lambda first, last: log2(last / first),
        {"N_1": early, "N_2": late},
        unit="doubling",
        summary="Doublings of transistors on a chip from 1965 to the iPhone 11.",
        formula=r"\log_2 \frac{N_2}{N_1}",
    )
    yield results.compute(
        "context.transistors.doubling_time",
        lambda first, last, years: end_point_doubling_time_months(last / first, years),
        {"N_1": early, "N_2": late, r"\Delta t": constant_name("transistor_years")},
        unit="month",
        summary="Doubling time of transistors on a chip from 1965 to the iPhone 11.",
        formula=r"\frac{12\,\Delta t}{\log_2 (N_2 / N_1)}",
    )


def _solvers(results: Results) -> Iterator[Quantity]:
    years = constant_name("mip_years")
    yield results.compute(
        "context.solvers.doubling_time",
        end_point_doubling_time_months,
        {"f": constant_name("mip_speedup"), r"\Delta t": years},
        unit="month",
        summary="Doubling time of the speed of mixed-integer solvers on a fixed problem set.",
        formula=r"\frac{12\,\Delta t}{\log_2 f}",
    )
    yield results.compute(
        "context.solvers.moore_over_span",
        growth_over,
        {r"\Delta t": years, r"T_{\mathrm{M}}": constant_name("moore_doubling")},
        unit="x",
        summary="Gain that a two-year doubling would give over the years of the solver comparison.",
        formula=MOORE,
    )


def _dollars(results: Results) -> Iterator[Quantity]:
    for name, first, which in (
        ("factor", "dawnbench_first_cost", "the baseline the paper chose"),
        ("factor_from_cheaper_baseline", "dawnbench_cheaper_first_cost", "the cheaper baseline of the same day"),
    ):
        yield results.compute(
            f"context.dawnbench.{name}",
            lambda before, after: before / after,
            {"p_1": constant_name(first), "p_2": constant_name("dawnbench_later_cost")},
            unit="x",
            summary=f"Fall in the dollar cost of ResNet-50-level training on DAWNBench from {which}.",
            formula=r"\frac{p_1}{p_2}",
        )


def _combined(results: Results) -> Iterator[Quantity]:
    gain = "efficiency.gain.shufflenet_v2_1x"
    yield results.compute(
        "context.effective_compute.factor",
        lambda compute, efficiency: compute * efficiency,
        {r"f_{\mathrm{compute}}": "compute.modern.alexnet_to_alphago_zero", r"f_{\mathrm{efficiency}}": gain},
        unit="x",
        summary="Growth of compute from AlexNet to AlphaGo Zero times the efficiency gained at AlexNet level by 2018.",
        formula=r"f_{\mathrm{compute}} \times f_{\mathrm{efficiency}}",
        digits=2,
    )
    for task in ("go", "dota"):
        yield results.compute(
            f"efficiency.{task}.left_to_match_vision",
            lambda vision, own: vision / own,
            {r"f_{\mathrm{vision}}": gain, "f": f"efficiency.{task}.factor"},
            unit="x",
            summary="Further gain at which the task would equal the gain of ShuffleNet v2 1x at AlexNet level.",
            formula=r"\frac{f_{\mathrm{vision}}}{f}",
            digits=2,
        )
