"""The numbers of the efficiency post: the AlexNet level, the other tasks, and the two counting rules."""

from collections.abc import Iterator

from analysis.model.efficiency import EfficiencyStudy, TrainingRun, alexnet_paper_date
from analysis.model.gains import Gain
from analysis.model.study import Study
from analysis.model.trends import end_point_doubling_time_months, growth_over
from analysis.results.compute import MOORE
from analysis.results.quantity import Quantity, Results
from analysis.results.trends import of_trend
from analysis.units import DAYS_PER_MONTH, MONTHS_PER_YEAR, convert, years_between

ALEXNET_TABLE = "data/efficiency/alexnet_level.csv"
HALVING = r"T_{1/2} = \frac{12}{b}, \quad \log_2 \frac{1}{C} = a + b\,t"
GAIN = r"\frac{C_1}{C_2}"
RUN = r"\text{epochs} \times \text{multiply-adds per image} \times \text{images} \times \text{passes}"
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
    yield from _training_runs(study.efficiency, results)
    yield from _trends(study.efficiency, results)
    yield from _alexnet_ends(study, study.efficiency, results)
    yield from _alexnet_variants(study, study.efficiency, results)
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


def run_name(run: TrainingRun) -> str:
    """The quantity that holds what a network took to reach AlexNet's accuracy."""
    return f"efficiency.training.{run.model.id.replace('-', '_')}"


def _training_runs(efficiency: EfficiencyStudy, results: Results) -> Iterator[Quantity]:
    constants = tuple(
        f"constant.{name}.value"
        for name in ("imagenet_images_efficiency", "passes_per_training_step", "multiply_adds_counted_once")
    )
    for run in efficiency.runs:
        yield results.derive(
            run_name(run),
            convert(run.compute_flop, "FLOP", "tfs-day"),
            unit="tfs-day",
            summary=f"Training compute of {run.model.name} to AlexNet's accuracy, a multiply-add counted once.",
            formula=RUN,
            inputs=constants,
            records=(ALEXNET_TABLE,),
            sources=run.model.sources,
        )
    base = efficiency.runs[0]
    for run in efficiency.runs[1:]:
        yield results.derive(
            f"efficiency.gain.{run.model.id.replace('-', '_')}",
            base.compute_flop / run.compute_flop,
            unit="x",
            summary=f"How many times less compute {run.model.name} took than AlexNet to reach AlexNet's accuracy.",
            formula=GAIN,
            inputs=(run_name(base), run_name(run)),
        )


def _trends(efficiency: EfficiencyStudy, results: Results) -> Iterator[Quantity]:
    frontier = tuple(run_name(run) for run in efficiency.frontier)
    everything = tuple(run_name(run) for run in efficiency.runs)
    what = "efficiency (halving time of training compute) at AlexNet level"
    for prefix, trend, which, inputs in (
        ("efficiency.alexnet", efficiency.trend, "over the runs that set a record", frontier),
        ("efficiency.alexnet_all_points", efficiency.trend_all_points, "over all runs", everything),
        (
            "efficiency.alexnet_printed_totals",
            efficiency.trend_printed_totals,
            "over the record runs at the totals the paper's table prints",
            (ALEXNET_TABLE,),
        ),
        (
            "efficiency.alexnet_at_its_paper",
            efficiency.trend_alexnet_at_its_paper,
            "over the record runs with AlexNet dated by its paper",
            (*frontier, "data/systems/alexnet.toml"),
        ),
    ):
        yield from of_trend(prefix, trend, f"{what}, {which}", inputs, results.sources(everything), HALVING)


def _alexnet_ends(study: Study, efficiency: EfficiencyStudy, results: Results) -> Iterator[Quantity]:
    gain = efficiency.gains["alexnet"]
    inputs = (run_name(efficiency.frontier[0]), run_name(efficiency.frontier[-1]))
    moore = "constant.moore_doubling.value"
    scope = f"from {gain.original} to {gain.improved}"
    yield results.derive(
        "efficiency.alexnet.factor",
        gain.factor,
        unit="x",
        summary=f"How many times less compute reaches AlexNet's accuracy, {scope}.",
        formula=gain.formula,
        inputs=inputs,
    )
    yield results.derive(
        "efficiency.alexnet.ends_span",
        gain.years,
        unit="year",
        summary=f"Years {scope}.",
        formula=r"\Delta t",
        inputs=inputs,
        digits=2,
    )
    yield results.derive(
        "efficiency.alexnet.end_point_doubling_time",
        end_point_doubling_time_months(gain.factor, gain.years),
        unit="month",
        summary=f"Halving time of the two end points alone, {scope}.",
        formula=r"\frac{12\,\Delta t}{\log_2 (C_1 / C_2)}",
        inputs=inputs,
    )
    yield results.derive(
        "efficiency.alexnet.moore_over_span",
        growth_over(gain.years, study.constant("moore_doubling")),
        unit="x",
        summary=f"Gain that a two-year doubling would give {scope}.",
        formula=MOORE,
        inputs=(*inputs, moore),
    )


def _alexnet_variants(study: Study, efficiency: EfficiencyStudy, results: Results) -> Iterator[Quantity]:
    first, last = efficiency.frontier[0], efficiency.frontier[-1]
    inputs = (run_name(first), run_name(last))
    factor = efficiency.gains["alexnet"].factor
    years = years_between(alexnet_paper_date(study.dataset), last.model.date)
    yield results.derive(
        "efficiency.alexnet_printed_totals.factor",
        first.model.printed_petaflop / last.model.printed_petaflop,
        unit="x",
        summary="The same factor from the two totals that the paper's table prints, one decimal each.",
        formula=GAIN,
        inputs=inputs,
        records=(ALEXNET_TABLE,),
    )
    yield results.derive(
        "efficiency.alexnet_at_its_paper.end_point_doubling_time",
        end_point_doubling_time_months(factor, years),
        unit="month",
        summary="Halving time of the two end points with AlexNet dated by its paper.",
        formula=r"\frac{12\,\Delta t}{\log_2 (C_1 / C_2)}",
        inputs=inputs,
        records=("data/systems/alexnet.toml",),
    )
    yield results.derive(
        "efficiency.alexnet_at_its_paper.moore_over_span",
        growth_over(years, study.constant("moore_doubling")),
        unit="x",
        summary="Gain that a two-year doubling would give with AlexNet dated by its paper.",
        formula=MOORE,
        inputs=(*inputs, "constant.moore_doubling.value"),
        records=("data/systems/alexnet.toml",),
        digits=2,
    )
    yield results.derive(
        "efficiency.alexnet_stopped_early.factor",
        factor * study.constant("alexnet_epochs_to_level") / first.model.epochs,
        unit="x",
        summary="The same factor if AlexNet's run is cut where it comes within a fraction of a point of its end.",
        formula=r"\frac{C_1}{C_2} \times \frac{E_{\mathrm{level}}}{E_{\mathrm{all}}}",
        inputs=(*inputs, "constant.alexnet_epochs_to_level.value"),
    )
    early, late = "efficiency.gain.shufflenet_v2_1x", "efficiency.alexnet.factor"
    yield results.derive(
        "efficiency.alexnet.shufflenet_v2_to_efficientnet",
        results.value(late) / results.value(early),
        unit="x",
        summary="How many times less compute EfficientNet-B0 took than ShuffleNet v2 1x.",
        formula=r"\frac{f_{\mathrm{EfficientNet}}}{f_{\mathrm{ShuffleNet}}}",
        inputs=(late, early),
        digits=2,
    )


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
