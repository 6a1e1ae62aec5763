"""The numbers of the efficiency post beside the AlexNet level: the other tasks, and the two counting rules."""

from collections.abc import Iterator

from analysis.model.efficiency import EfficiencyStudy
from analysis.model.gains import Gain
from analysis.model.study import Study
from analysis.model.trends import end_point_doubling_time_months
from analysis.results.alexnet_level import GAIN, RUN, run_name
from analysis.results.quantity import Quantity, Results
from analysis.units import DAYS_PER_MONTH, MONTHS_PER_YEAR, convert

# For each pair of systems: the prefix of its quantities, the quantities and the file it is made from.
GAINS = {
    "resnet50": ("efficiency.resnet50.", (), "data/efficiency/resnet50_level.csv"),
    "seq2seq": ("efficiency.translation.seq2seq_", (), "data/efficiency/translation.csv"),
    "gnmt": ("efficiency.translation.gnmt_", (), "data/efficiency/translation.csv"),
    "go": (
        "efficiency.go.",
        ("system.alphago_zero.compute", "system.alphazero.compute"),
        "data/efficiency/games.csv",
    ),
    "dota": ("efficiency.dota.", (), "data/efficiency/games.csv"),
    "shufflenet_inference": ("efficiency.inference.shufflenet_", (), "data/efficiency/inference.csv"),
    "efficientnet_inference": ("efficiency.inference.efficientnet_", (), "data/efficiency/inference.csv"),
}


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the efficiency data."""
    if study.efficiency is None:
        return
    for key, (prefix, inputs, record) in GAINS.items():
        gain = study.efficiency.gains[key]
        for thing, value, unit, summary, formula in _gain_values(gain):
            yield results.derive(
                f"{prefix}{thing}",
                value,
                unit=unit,
                summary=summary,
                formula=formula,
                inputs=inputs,
                records=(record,),
                sources=gain.sources,
            )
    yield from _counting_rules(study, study.efficiency, results)


def _gain_values(gain: Gain) -> Iterator[tuple[str, float, str, str, str]]:
    """Name, value, unit, summary and formula of what a pair of systems tells."""
    what = f"{gain.improved} takes than {gain.original} at the same level"
    yield "factor", gain.factor, "x", f"How many times less compute {what}.", gain.formula
    months = gain.years * MONTHS_PER_YEAR
    yield "span", months, "month", f"Months from {gain.original} to {gain.improved}.", r"\Delta t"
    halving = end_point_doubling_time_months(gain.factor, gain.years)
    between = f"Halving time between {gain.original} and {gain.improved}, two points."
    yield "doubling_time", halving, "month", between, r"\frac{\Delta t}{\log_2 (C_1 / C_2)}"


def _counting_rules(study: Study, efficiency: EfficiencyStudy, results: Results) -> Iterator[Quantity]:
    """What the two posts' rules make of one network, and of the pairs where the rules are mixed."""
    alexnet = run_name(efficiency.frontier[0])
    once, twice = "constant.multiply_adds_counted_once.value", "constant.flop_per_multiply_add.value"
    yield results.derive(
        "efficiency.counting.alexnet_counted_twice",
        results.value(alexnet) * results.value(twice) / results.value(once),
        unit="tfs-day",
        summary="AlexNet's training run in the efficiency data, a multiply-add counted twice as the compute post does.",
        formula=r"o\,C",
        inputs=(alexnet, once, twice),
    )
    own = "worked.alexnet.operations"
    yield results.derive(
        "efficiency.counting.alexnet_ratio",
        convert(results.value("efficiency.training.alexnet"), "tfs-day", "pfs-day") / results.value(own),
        unit="1",
        summary="AlexNet's training run in the efficiency data against the same run counted in the compute appendix.",
        formula=r"\frac{C_{2020}}{C_{2018}}",
        inputs=(alexnet, own),
    )
    yield from _mixed_rules(results)
    yield from _tracked_pair(study, efficiency)


def _mixed_rules(results: Results) -> Iterator[Quantity]:
    """What becomes of a pair when both of its sides follow one rule, and two figures the texts state in passing."""
    factor = "efficiency.translation.seq2seq_factor"
    utilisation, ensemble = "constant.gpu_utilisation_printed.value", "constant.seq2seq_ensemble_size.value"
    yield results.derive(
        "efficiency.translation.seq2seq_factor_one_rule",
        results.value(factor) / results.value(utilisation),
        unit="x",
        summary="The Transformer's gain over Seq2Seq if a GPU delivers a third of its peak in both runs.",
        formula=r"\frac{C_1}{u\,C_2}",
        inputs=(factor, utilisation),
    )
    yield results.derive(
        "efficiency.translation.seq2seq_factor_one_network",
        results.value(factor) / results.value(ensemble),
        unit="x",
        summary="The Transformer's gain over a single network of the Seq2Seq ensemble, which stays below the level.",
        formula=r"\frac{C_1}{n\,C_2}",
        inputs=(factor, ensemble),
    )
    go = ("system.alphago_zero.compute", "system.alphazero.compute")
    yield results.derive(
        "efficiency.go.whole_run_factor",
        results.value(go[0]) / results.value(go[1]),
        unit="x",
        summary="AlphaGo Zero's training compute over that of the whole AlphaZero run.",
        formula=GAIN,
        inputs=go,
    )
    yield results.derive(
        "efficiency.dota.doubling_time_days",
        results.value("efficiency.dota.doubling_time") * DAYS_PER_MONTH,
        unit="day",
        summary="The halving time of the Dota 2 pair in days.",
        formula=r"T_{1/2}",
        inputs=("efficiency.dota.doubling_time",),
    )


def _tracked_pair(study: Study, efficiency: EfficiencyStudy) -> Iterator[Quantity]:
    """The ResNet-50 level as the tracker lists it, and its improved run by the rule of all other rows."""
    tracked = {run.id: run for run in study.dataset.resnet50_level}
    yield Quantity(
        name="efficiency.resnet50.factor_as_tracked",
        value=tracked["resnet-50"].tracked_tfs_days / tracked["efficientnet-b1"].tracked_tfs_days,
        unit="x",
        summary="The ratio of the two computes that the tracker lists at ResNet-50 level.",
        formula=GAIN,
        inputs=("data/efficiency/resnet50_level.csv",),
        sources=tracked["resnet-50"].sources,
    )
    yield Quantity(
        name="efficiency.resnet50.efficientnet_b1_training",
        value=convert(efficiency.gains["resnet50"].improved_compute, "FLOP", "tfs-day"),
        unit="tfs-day",
        summary="Training compute of EfficientNet-B1 to ResNet-50's accuracy by the rule of all other rows.",
        formula=RUN,
        inputs=("data/efficiency/resnet50_level.csv",),
        sources=tracked["efficientnet-b1"].sources,
    )
