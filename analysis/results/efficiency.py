"""The gains of the efficiency post recomputed with one counting rule for both sides of a pair."""

from collections.abc import Iterator

from analysis.model.efficiency import gain
from analysis.model.study import Study
from analysis.results.alexnet_level import GAIN
from analysis.results.constants import constant_name
from analysis.results.quantity import Quantity, Results
from analysis.units import DAYS_PER_MONTH, convert


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the efficiency data."""
    if study.efficiency is None:
        return
    yield from _one_network(results)
    yield from _mixed_rules(results)
    yield from _similar_paces(results)


def _one_network(results: Results) -> Iterator[Quantity]:
    """AlexNet's training run by the counting rules of the two posts."""
    alexnet = "efficiency.training.alexnet"
    yield results.compute(
        "efficiency.counting.alexnet_counted_twice",
        lambda compute, twice, once: compute * twice / once,
        {
            "C": alexnet,
            "o_2": constant_name("flop_per_multiply_add"),
            "o_1": constant_name("multiply_adds_counted_once"),
        },
        unit="tfs-day",
        summary="AlexNet's training run in the efficiency data, a multiply-add counted twice as the compute post does.",
        formula=r"C \times \frac{o_2}{o_1}",
    )
    yield results.compute(
        "efficiency.counting.alexnet_ratio",
        lambda tfs_days, pfs_days: convert(tfs_days, "tfs-day", "pfs-day") / pfs_days,
        {"C_{2020}": alexnet, "C_{2018}": "worked.alexnet.operations"},
        unit="1",
        summary="AlexNet's training run in the efficiency data against the same run counted in the compute appendix.",
        formula=r"\frac{C_{2020} / 1000}{C_{2018}}",
    )


def _mixed_rules(results: Results) -> Iterator[Quantity]:
    """Pairs with one counting rule for both sides, and two numbers that the texts state in passing."""
    factor = "efficiency.translation.seq2seq_factor"
    yield results.compute(
        "efficiency.translation.seq2seq_factor_one_rule",
        lambda gained, utilisation: gained / utilisation,
        {"f": factor, "u": constant_name("gpu_utilisation_printed")},
        unit="x",
        summary="The Transformer's gain over Seq2Seq if a GPU delivers a third of its peak in both runs.",
        formula=r"\frac{f}{u}",
    )
    yield results.compute(
        "efficiency.translation.seq2seq_factor_one_network",
        lambda gained, networks: gained / networks,
        {"f": factor, "n": constant_name("seq2seq_ensemble_size")},
        unit="x",
        summary="The Transformer's gain over a single network of the Seq2Seq ensemble, which stays below the level.",
        formula=r"\frac{f}{n}",
    )
    yield results.compute(
        "efficiency.go.whole_run_factor",
        gain,
        {"C_1": "system.alphago_zero.compute", "C_2": "system.alphazero.compute"},
        unit="x",
        summary="AlphaGo Zero's training compute over that of the whole AlphaZero run.",
        formula=GAIN,
    )
    yield results.compute(
        "efficiency.dota.doubling_time_days",
        lambda months: months * DAYS_PER_MONTH,
        {"T_{1/2}": "efficiency.dota.doubling_time"},
        unit="day",
        summary="The halving time of the Dota 2 pair in days.",
        formula=r"T_{1/2} \times \frac{365.2425}{12}",
    )


def _similar_paces(results: Results) -> Iterator[Quantity]:
    """Comparisons that the post calls similar: training and inference, algorithms and hardware."""
    for task, other, what in (
        ("resnet50", "efficiency.resnet50.doubling_time", "at ResNet-50's level"),
        ("inference", "efficiency.inference.shufflenet_doubling_time", "of inference at AlexNet's level"),
    ):
        yield results.compute(
            f"efficiency.{task}.pace_ratio",
            lambda months, others: months / others,
            {"T_{1/2}": "efficiency.alexnet.doubling_time", r"T_{\mathrm{other}}": other},
            unit="x",
            summary=f"The halving time of training at AlexNet's level over that {what}.",
            formula=r"\frac{T_{1/2}}{T_{\mathrm{other}}}",
        )
    yield results.compute(
        "efficiency.alexnet.gain_over_moore",
        lambda gained, moore: gained / moore,
        {"f": "efficiency.alexnet.factor", r"f_{\mathrm{M}}": "efficiency.alexnet.moore_over_span"},
        unit="x",
        summary="The gain of algorithms at AlexNet's level over the gain that Moore's law would give in the same time.",
        formula=r"\frac{f}{f_{\mathrm{M}}}",
    )
