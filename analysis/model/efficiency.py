"""Training efficiency at AlexNet's level: what each run cost, which ones set a record, how fast records fell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod

from analysis.counting.catalogue import counted
from analysis.inputs.dataset import Dataset
from analysis.inputs.rows import VisionModel
from analysis.inputs.tables import ALEXNET_LEVEL
from analysis.model.trends import Trend, fit_trend
from analysis.units import decimal_year, to_base


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRun:
    """One network trained to AlexNet's accuracy. `macs` are those of an image; `compute_flop` counts each once."""

    model: VisionModel
    macs: float
    images: float
    passes: float
    flop_per_mac: float
    on_frontier: bool

    @property
    def factors(self) -> tuple[float, ...]:
        """Epochs, multiply-adds per image, images, passes, FLOP per multiply-add."""
        return self.model.epochs, self.macs, self.images, self.passes, self.flop_per_mac

    @property
    def compute_flop(self) -> float:
        """The product of the factors. Source: hernandez2020measuring, table 3."""
        return prod(self.factors)

    @property
    def year(self) -> float:
        """Decimal year since 2000."""
        return decimal_year(self.model.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class EfficiencyStudy:
    """The training runs at AlexNet's level, as printed and counted exactly, and the trends through them."""

    runs: tuple[TrainingRun, ...]
    trend: Trend
    trend_all_points: Trend
    trend_printed_totals: Trend
    trend_alexnet_at_its_paper: Trend
    recounted_runs: tuple[TrainingRun, ...]
    trend_recounted: Trend

    @property
    def frontier(self) -> tuple[TrainingRun, ...]:
        """The runs that set a record, in order of date."""
        return frontier_runs(self.runs)

    @property
    def recounted_frontier(self) -> tuple[TrainingRun, ...]:
        """The runs that set a record when every network is counted exactly."""
        return frontier_runs(self.recounted_runs)


def efficiency_study(dataset: Dataset) -> EfficiencyStudy:
    """The runs and trends at AlexNet's level of a dataset."""
    runs = training_runs(dataset, printed_macs)
    recounted = training_runs(dataset, counted_macs)
    frontier = frontier_runs(runs)
    return EfficiencyStudy(
        runs=runs,
        trend=trend_of_runs(frontier),
        trend_all_points=trend_of_runs(runs),
        trend_printed_totals=halving_trend([(run.year, run.model.printed_petaflop) for run in frontier]),
        trend_alexnet_at_its_paper=halving_trend(
            [(decimal_year(alexnet_paper_date(dataset)), frontier[0].compute_flop)]
            + [(run.year, run.compute_flop) for run in frontier[1:]]
        ),
        recounted_runs=recounted,
        trend_recounted=trend_of_runs(frontier_runs(recounted)),
    )


def printed_macs(model: VisionModel) -> float:
    """Multiply-adds of an image as the paper's table has them."""
    return to_base(model.gmacs_per_image, "GMAC")


def counted_macs(model: VisionModel) -> float:
    """Multiply-adds of an image as the counter finds them."""
    return float(counted(model.architecture).macs)


def frontier_runs(runs: tuple[TrainingRun, ...]) -> tuple[TrainingRun, ...]:
    """The runs that set a record, in the order given."""
    return tuple(run for run in runs if run.on_frontier)


def trend_of_runs(runs: Sequence[TrainingRun]) -> Trend:
    """The trend of efficiency over some runs."""
    return halving_trend([(run.year, run.compute_flop) for run in runs])


def alexnet_paper_date(dataset: Dataset) -> date:
    """The day of AlexNet's paper; the data of both posts date the network half a year earlier."""
    return next(system.paper_date for system in dataset.systems if system.id == "alexnet")


def halving_trend(points: Sequence[tuple[float, float]]) -> Trend:
    """The trend of efficiency, one over compute: its doubling time is the halving time of compute."""
    return fit_trend([year for year, _ in points], [1 / compute for _, compute in points])


def frontier_of(points: Sequence[tuple[date, float]]) -> list[bool]:
    """For each point whether it needs less than every point up to its date: the running minimum.

    Of points with one date only the lowest can be on it; a tie with an earlier point is no record.
    """
    order = sorted(range(len(points)), key=lambda i: points[i])
    on_frontier = [False] * len(points)
    lowest = float("inf")
    for i in order:
        if points[i][1] < lowest:
            on_frontier[i], lowest = True, points[i][1]
    return on_frontier


def training_runs(dataset: Dataset, macs_of: Callable[[VisionModel], float]) -> tuple[TrainingRun, ...]:
    """Every vision model at AlexNet level, by date, with its place on the frontier at these multiply-adds."""
    models = sorted(dataset.rows(ALEXNET_LEVEL), key=lambda model: (model.date, model.id))

    def run(model: VisionModel, *, on_frontier: bool) -> TrainingRun:
        return TrainingRun(
            model=model,
            macs=macs_of(model),
            images=dataset.constant["imagenet_images_efficiency"].value,
            passes=dataset.constant["passes_per_training_step"].value,
            flop_per_mac=dataset.constant["multiply_adds_counted_once"].value,
            on_frontier=on_frontier,
        )

    marks = frontier_of([(model.date, run(model, on_frontier=False).compute_flop) for model in models])
    return tuple(run(model, on_frontier=mark) for model, mark in zip(models, marks, strict=True))
