"""The numbers at AlexNet's level: every run as the paper counts it and counted exactly, the trends, the end points."""

from collections.abc import Callable, Iterator
from datetime import date

from analysis.inputs.rows import VisionModel
from analysis.inputs.tables import ALEXNET_LEVEL
from analysis.model.efficiency import (
    Basis,
    EfficiencyStudy,
    RunsFit,
    TrainingRun,
    alexnet_paper_date,
    efficiency_of,
    gain,
    run_tfs_days,
)
from analysis.model.study import Study
from analysis.model.trends import end_point_doubling_time_months, growth_over
from analysis.results.cells import Cells
from analysis.results.compute import END_POINTS, MOORE, MOORE_BETWEEN, SPAN, growth_between
from analysis.results.constants import constant_name
from analysis.results.counting import macs_name
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Input, Inputs, Observed, Series, dated
from analysis.results.trends import Line, dates_of, of_line

TABLE = ALEXNET_LEVEL.file
GAIN = r"\frac{C_1}{C_2}"
FACTOR = "efficiency.alexnet.factor"
# The denominator is one tfs-day: 1e12 operations per second for 86,400 seconds.
RUN = r"\frac{E\,M\,n\,p\,o}{8.64 \times 10^{16}}"
RUN_CONSTANTS = {
    "n": constant_name("imagenet_images_efficiency"),
    "p": constant_name("passes_per_training_step"),
    "o": constant_name("multiply_adds_counted_once"),
}


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the efficiency data."""
    if study.efficiency is None:
        return
    yield from _training_runs(study.efficiency, Cells.of(study.dataset, ALEXNET_LEVEL), results)
    yield from _recounted_runs(study.efficiency, results)
    for fit in study.efficiency.fits.values():
        yield from of_line(_line(fit, study), results)
    # The same end points with the paper's counts and with exact ones.
    for prefix, frontier, name_of in (
        ("efficiency.alexnet", study.efficiency.frontier, run_name),
        ("efficiency.alexnet.recounted", study.efficiency.recounted_frontier, recounted_name),
    ):
        yield from _alexnet_ends(prefix, (frontier[0], frontier[-1]), name_of, results)
    yield _ends_as_printed(study.efficiency, results)
    yield from _ends_at_the_paper(study, study.efficiency, results)
    yield from _parts_of_the_gain(study.efficiency, results)


def run_name(run: TrainingRun) -> str:
    """The quantity that holds what a network took to reach AlexNet's accuracy."""
    return f"efficiency.training.{run.model.id.replace('-', '_')}"


def recounted_name(run: TrainingRun) -> str:
    """The quantity that holds the same with the network counted exactly."""
    return f"efficiency.training_recounted.{run.model.id.replace('-', '_')}"


def run_inputs(epochs: Observed, macs_per_image: Input) -> Inputs:
    """The factors of a training run on ImageNet, by symbol."""
    return {"E": epochs, "M": macs_per_image, **RUN_CONSTANTS}


def _training_runs(efficiency: EfficiencyStudy, cells: Cells, results: Results) -> Iterator[Quantity]:
    for run in efficiency.runs:
        macs = cells.observed(run.model, "gmacs_per_image", "multiply-adds per image", unit="MAC")
        yield results.compute(
            run_name(run),
            run_tfs_days,
            run_inputs(epochs_of(run.model), macs),
            unit="tfs-day",
            summary=f"Training compute of {run.model.name} to AlexNet's accuracy, a multiply-add counted once.",
            formula=RUN,
        )
    base = efficiency.runs[0]
    for run in efficiency.runs[1:]:
        yield results.compute(
            f"efficiency.gain.{run.model.id.replace('-', '_')}",
            gain,
            {"C_1": run_name(base), "C_2": run_name(run)},
            unit="x",
            summary=f"How many times less compute {run.model.name} took than AlexNet to reach AlexNet's accuracy.",
            formula=GAIN,
        )


def _recounted_runs(efficiency: EfficiencyStudy, results: Results) -> Iterator[Quantity]:
    for run in efficiency.recounted_runs:
        yield results.compute(
            recounted_name(run),
            run_tfs_days,
            run_inputs(epochs_of(run.model), macs_name(run.model.architecture)),
            unit="tfs-day",
            summary=f"Training compute of {run.model.name} to AlexNet's accuracy, its multiply-adds counted exactly.",
            formula=RUN,
        )


def _observed(model: VisionModel, value: float, unit: str, label: str) -> Observed:
    """One value of a model's row, with its origin."""
    return Observed(value=value, unit=unit, label=label, record=f"{TABLE}#{model.id}", sources=model.sources)


def epochs_of(model: VisionModel) -> Observed:
    """The epochs of a model in its row."""
    return _observed(model, model.epochs, "epoch", f"epochs of {model.name} to AlexNet's accuracy")


def _printed_total(model: VisionModel) -> Observed:
    return _observed(model, model.printed_petaflop, "PF", f"total of {model.name} as the paper's table prints it")


def _day_of(run: TrainingRun) -> Observed:
    return dated(run.model.name, run.model.date, f"{TABLE}#{run.model.id}", run.model.sources)


def day_in_fit(run: TrainingRun, day: date, study: Study) -> Observed:
    """The date of a run in a fit: that of its row, or of AlexNet's paper."""
    return _day_of(run) if day == run.model.date else _day_of_alexnet_paper(study)


def compute_in(basis: Basis, run: TrainingRun) -> str | Observed:
    """The compute of a run in a fit: a quantity or a printed total."""
    match basis:
        case "paper":
            return run_name(run)
        case "recounted":
            return recounted_name(run)
        case "printed totals":
            return _printed_total(run.model)


def _day_of_alexnet_paper(study: Study) -> Observed:
    system = next(system for system in study.dataset.systems if system.id == "alexnet")
    return dated("AlexNet's paper", alexnet_paper_date(study.dataset), system.file, system.sources)


def _line(fit: RunsFit, study: Study) -> Line:
    """A fit with the quantities or observed values that it runs through."""
    unit = "PF" if fit.basis == "printed totals" else "tfs-day"
    days = tuple(day_in_fit(run, day, study) for run, day in zip(fit.runs, fit.days, strict=True))
    computes = tuple(compute_in(fit.basis, run) for run in fit.runs)
    return Line(
        prefix=f"efficiency.{fit.name}",
        what=f"efficiency (halving time of training compute) at AlexNet level, {fit.label}",
        trend=fit.trend,
        dates=dates_of(days),
        computes=Series(members=computes, unit=unit, label=f"training compute at AlexNet level, {fit.label}"),
        fitted=efficiency_of,
        letter="e",
        fitted_label="the base-2 logarithm of efficiency, one over compute,",
    )


def _alexnet_ends(
    prefix: str, ends: tuple[TrainingRun, TrainingRun], name_of: Callable[[TrainingRun], str], results: Results
) -> Iterator[Quantity]:
    first, last = ends
    scope = f"from {first.model.name} to {last.model.name}"
    yield results.compute(
        f"{prefix}.factor",
        gain,
        {"C_1": name_of(first), "C_2": name_of(last)},
        unit="x",
        summary=f"How many times less compute reaches AlexNet's accuracy, {scope}.",
        formula=GAIN,
    )
    yield results.compute(
        f"{prefix}.ends_span",
        lambda start, end: end - start,
        {"t_1": _day_of(first), "t_2": _day_of(last)},
        unit="year",
        summary=f"Years {scope}.",
        formula=SPAN,
        digits=2,
    )
    yield results.compute(
        f"{prefix}.end_point_doubling_time",
        end_point_doubling_time_months,
        {"f": f"{prefix}.factor", r"\Delta t": f"{prefix}.ends_span"},
        unit="month",
        summary=f"Halving time of the two end points alone, {scope}.",
        formula=END_POINTS,
    )
    yield results.compute(
        f"{prefix}.moore_over_span",
        growth_over,
        {r"\Delta t": f"{prefix}.ends_span", r"T_{\mathrm{M}}": constant_name("moore_doubling")},
        unit="x",
        summary=f"Gain that a two-year doubling would give {scope}.",
        formula=MOORE,
    )


def _ends_as_printed(efficiency: EfficiencyStudy, results: Results) -> Quantity:
    first, last = efficiency.frontier[0], efficiency.frontier[-1]
    return results.compute(
        "efficiency.alexnet_printed_totals.factor",
        gain,
        {"C_1": _printed_total(first.model), "C_2": _printed_total(last.model)},
        unit="x",
        summary="The same factor from the two totals that the paper's table prints, one decimal each.",
        formula=GAIN,
    )


def _ends_at_the_paper(study: Study, efficiency: EfficiencyStudy, results: Results) -> Iterator[Quantity]:
    """The end points with AlexNet dated by its paper."""
    span = {"t_1": _day_of_alexnet_paper(study), "t_2": _day_of(efficiency.frontier[-1])}
    yield results.compute(
        "efficiency.alexnet_at_its_paper.end_point_doubling_time",
        lambda gained, start, end: end_point_doubling_time_months(gained, end - start),
        {"f": FACTOR, **span},
        unit="month",
        summary="Halving time of the two end points with AlexNet dated by its paper.",
        formula=r"\frac{12\,(t_2 - t_1)}{\log_2 f}",
    )
    yield results.compute(
        "efficiency.alexnet_at_its_paper.moore_over_span",
        growth_between,
        {**span, r"T_{\mathrm{M}}": constant_name("moore_doubling")},
        unit="x",
        summary="Gain that a two-year doubling would give with AlexNet dated by its paper.",
        formula=MOORE_BETWEEN,
        digits=2,
    )


def _parts_of_the_gain(efficiency: EfficiencyStudy, results: Results) -> Iterator[Quantity]:
    """The gain with AlexNet's run cut short, and the part of the gain after ShuffleNet v2."""
    yield results.compute(
        "efficiency.alexnet_stopped_early.factor",
        lambda gained, level, whole: gained * level / whole,
        {
            "f": FACTOR,
            r"E_{\mathrm{level}}": constant_name("alexnet_epochs_to_level"),
            r"E_{\mathrm{all}}": epochs_of(efficiency.frontier[0].model),
        },
        unit="x",
        summary="The same factor if AlexNet's run is cut where it comes within a fraction of a point of its end.",
        formula=r"f \times \frac{E_{\mathrm{level}}}{E_{\mathrm{all}}}",
    )
    yield results.compute(
        "efficiency.alexnet.shufflenet_v2_to_efficientnet",
        lambda late, early: late / early,
        {r"f_{\mathrm{EfficientNet}}": FACTOR, r"f_{\mathrm{ShuffleNet}}": "efficiency.gain.shufflenet_v2_1x"},
        unit="x",
        summary="How many times less compute EfficientNet-B0 took than ShuffleNet v2 1x.",
        formula=r"\frac{f_{\mathrm{EfficientNet}}}{f_{\mathrm{ShuffleNet}}}",
        digits=2,
    )
