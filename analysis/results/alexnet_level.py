"""The numbers at AlexNet's level: every run as the paper counts it and counted exactly, the trends, the end points."""

from collections.abc import Callable, Iterator

from analysis.model.efficiency import EfficiencyStudy, TrainingRun, alexnet_paper_date
from analysis.model.gains import Gain
from analysis.model.study import Study
from analysis.model.trends import end_point_doubling_time_months, growth_over
from analysis.results.compute import MOORE
from analysis.results.counting import macs_name
from analysis.results.quantity import Quantity, Results
from analysis.results.trends import of_trend
from analysis.units import convert, years_between

ALEXNET_TABLE = "data/efficiency/alexnet_level.csv"
HALVING = r"T_{1/2} = \frac{12}{b}, \quad \log_2 \frac{1}{C} = a + b\,t"
GAIN = r"\frac{C_1}{C_2}"
RUN = r"\text{epochs} \times \text{multiply-adds per image} \times \text{images} \times \text{passes}"
RUN_CONSTANTS = tuple(
    f"constant.{name}.value"
    for name in ("imagenet_images_efficiency", "passes_per_training_step", "multiply_adds_counted_once")
)


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the efficiency data."""
    if study.efficiency is None:
        return
    yield from _training_runs(study.efficiency, results)
    yield from _recounted_runs(study.efficiency, results)
    yield from _trends(study.efficiency, results)
    printed, recounted = study.efficiency.frontier, study.efficiency.recounted_frontier
    for prefix, gain, ends in (
        ("efficiency.alexnet", "alexnet", _ends(printed, run_name)),
        ("efficiency.alexnet.recounted", "alexnet_recounted", _ends(recounted, recounted_name)),
    ):
        yield from _alexnet_ends(prefix, study.efficiency.gains[gain], ends, study, results)
    yield from _alexnet_variants(study, study.efficiency, results)


def run_name(run: TrainingRun) -> str:
    """The quantity that holds what a network took to reach AlexNet's accuracy."""
    return f"efficiency.training.{run.model.id.replace('-', '_')}"


def recounted_name(run: TrainingRun) -> str:
    """The quantity that holds the same with the network counted exactly."""
    return f"efficiency.training_recounted.{run.model.id.replace('-', '_')}"


def _training_runs(efficiency: EfficiencyStudy, results: Results) -> Iterator[Quantity]:
    for run in efficiency.runs:
        yield results.derive(
            run_name(run),
            convert(run.compute_flop, "FLOP", "tfs-day"),
            unit="tfs-day",
            summary=f"Training compute of {run.model.name} to AlexNet's accuracy, a multiply-add counted once.",
            formula=RUN,
            inputs=RUN_CONSTANTS,
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


def _recounted_runs(efficiency: EfficiencyStudy, results: Results) -> Iterator[Quantity]:
    for run in efficiency.recounted_runs:
        yield results.derive(
            recounted_name(run),
            convert(run.compute_flop, "FLOP", "tfs-day"),
            unit="tfs-day",
            summary=f"Training compute of {run.model.name} to AlexNet's accuracy, its multiply-adds counted exactly.",
            formula=RUN,
            inputs=(macs_name(run.model.architecture), *RUN_CONSTANTS),
            records=(ALEXNET_TABLE,),
            sources=run.model.sources,
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
        (
            "efficiency.alexnet.recounted",
            efficiency.trend_recounted,
            "over the runs that set a record with every network counted exactly",
            tuple(recounted_name(run) for run in efficiency.recounted_frontier),
        ),
    ):
        yield from of_trend(prefix, trend, f"{what}, {which}", inputs, results.sources(everything), HALVING)


def _ends(frontier: tuple[TrainingRun, ...], name_of: Callable[[TrainingRun], str]) -> tuple[str, str]:
    """The quantities of the first and the last run of a frontier."""
    return name_of(frontier[0]), name_of(frontier[-1])


def _alexnet_ends(
    prefix: str, gain: Gain, inputs: tuple[str, str], study: Study, results: Results
) -> Iterator[Quantity]:
    moore = "constant.moore_doubling.value"
    scope = f"from {gain.original} to {gain.improved}"
    yield results.derive(
        f"{prefix}.factor",
        gain.factor,
        unit="x",
        summary=f"How many times less compute reaches AlexNet's accuracy, {scope}.",
        formula=gain.formula,
        inputs=inputs,
    )
    yield results.derive(
        f"{prefix}.ends_span",
        gain.years,
        unit="year",
        summary=f"Years {scope}.",
        formula=r"\Delta t",
        inputs=inputs,
        digits=2,
    )
    yield results.derive(
        f"{prefix}.end_point_doubling_time",
        end_point_doubling_time_months(gain.factor, gain.years),
        unit="month",
        summary=f"Halving time of the two end points alone, {scope}.",
        formula=r"\frac{12\,\Delta t}{\log_2 (C_1 / C_2)}",
        inputs=inputs,
    )
    yield results.derive(
        f"{prefix}.moore_over_span",
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
