"""Training efficiency at AlexNet's level: the compute of each run, the runs that set a record, and the trends.

Takes the dataset of an edition and returns an `EfficiencyStudy`. Every choice of runs (as the paper counts them, as it
prints them, or counted exactly) goes through the same fit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from typing import Literal, TypeVar

from analysis.counting.catalogue import counted
from analysis.inputs.dataset import Dataset
from analysis.inputs.rows import VisionModel
from analysis.inputs.tables import ALEXNET_LEVEL
from analysis.model.trends import Trend, fit_trend
from analysis.units import convert, decimal_year, to_base

# What a trend is fitted to: the runs as the paper counts them, its printed totals, or the runs counted exactly.
Basis = Literal["paper", "printed totals", "recounted"]
# A day of the calendar or as a decimal year.
Day = TypeVar("Day", date, float)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRun:
    """One network trained to AlexNet's accuracy. `macs` is per image; a multiply-add is one FLOP here."""

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
    def compute_tfs_days(self) -> float:
        """The product of the factors in teraflop/s-days."""
        return run_tfs_days(*self.factors)

    @property
    def year(self) -> float:
        """Decimal year since 2000."""
        return decimal_year(self.model.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsFit:
    """A choice of runs, the days they are dated by, and the trend of efficiency through them.

    The names of its quantities begin with `efficiency.<name>`.
    """

    name: str
    label: str
    basis: Basis
    runs: tuple[TrainingRun, ...]
    days: tuple[date, ...]
    trend: Trend


@dataclass(frozen=True, slots=True, kw_only=True)
class EfficiencyStudy:
    """The training runs at AlexNet's level, as printed and counted exactly, and the fits through them by name."""

    runs: tuple[TrainingRun, ...]
    recounted_runs: tuple[TrainingRun, ...]
    fits: dict[str, RunsFit]

    @property
    def trend(self) -> Trend:
        """The main trend: over the runs that set a record, as the paper counts them."""
        return self.fits["alexnet"].trend

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
    runs, recounted = training_runs(dataset, printed_macs), training_runs(dataset, counted_macs)
    frontier = frontier_runs(runs)
    dated = tuple(run.model.date for run in frontier)
    fits = (
        _fit("alexnet", "over the runs that set a record", frontier),
        _fit("alexnet_all_points", "over all runs", runs),
        _fit(
            "alexnet_printed_totals",
            "over the record runs at the totals the paper's table prints",
            frontier,
            basis="printed totals",
        ),
        _fit(
            "alexnet_at_its_paper",
            "over the record runs with AlexNet dated by its paper",
            frontier,
            days=(alexnet_paper_date(dataset), *dated[1:]),
        ),
        _fit(
            "alexnet.recounted",
            "over the runs that set a record with every network counted exactly",
            frontier_runs(recounted),
            basis="recounted",
        ),
    )
    return EfficiencyStudy(runs=runs, recounted_runs=recounted, fits={fit.name: fit for fit in fits})


def _fit(
    name: str, label: str, runs: tuple[TrainingRun, ...], *, basis: Basis = "paper", days: tuple[date, ...] = ()
) -> RunsFit:
    """The fit through some runs, by default at the days of their rows."""
    dated = days or tuple(run.model.date for run in runs)
    computes = [run.model.printed_petaflop if basis == "printed totals" else run.compute_tfs_days for run in runs]
    trend = halving_trend([(decimal_year(day), compute) for day, compute in zip(dated, computes, strict=True)])
    return RunsFit(name=name, label=label, basis=basis, runs=runs, days=dated, trend=trend)


def run_tfs_days(*factors: float) -> float:
    """The product of the factors of a run in teraflop/s-days. Source: hernandez2020measuring, table 3."""
    return convert(prod(factors), "FLOP", "tfs-day")


def gain(original: float, improved: float) -> float:
    """How many times less compute the improved system takes."""
    return original / improved


def efficiency_of(compute: float) -> float:
    """Efficiency at a fixed level: one over the compute that reaches it."""
    return 1 / compute


def printed_macs(model: VisionModel) -> float:
    """Multiply-adds of an image as the paper's table has them."""
    return to_base(model.gmacs_per_image, "GMAC")


def counted_macs(model: VisionModel) -> float:
    """Multiply-adds of an image as the counter finds them."""
    return float(counted(model.architecture).macs)


def frontier_runs(runs: tuple[TrainingRun, ...]) -> tuple[TrainingRun, ...]:
    """The runs that set a record, in the order given."""
    return tuple(run for run in runs if run.on_frontier)


def alexnet_paper_date(dataset: Dataset) -> date:
    """The day of AlexNet's paper; the data of both posts date the network half a year earlier."""
    return next(system.paper_date for system in dataset.systems if system.id == "alexnet")


def halving_trend(points: Sequence[tuple[float, float]]) -> Trend:
    """The trend of efficiency, one over compute: its doubling time is the halving time of compute."""
    return fit_trend([year for year, _ in points], [efficiency_of(compute) for _, compute in points])


def frontier_of(points: Sequence[tuple[Day, float]]) -> list[bool]:
    """For each point whether it needs less than every point up to its date: the running minimum.

    Of points with one date only the lowest can be on it; a tie with an earlier point is no record.
    """
    # By date, then lowest first, so that only the lowest of a date can be on the frontier.
    order = sorted(range(len(points)), key=lambda i: points[i])
    on_frontier = [False] * len(points)
    lowest = float("inf")
    for i in order:
        if points[i][1] < lowest:
            on_frontier[i], lowest = True, points[i][1]
    return on_frontier


def training_runs(dataset: Dataset, macs_of: Callable[[VisionModel], float]) -> tuple[TrainingRun, ...]:
    """Every vision model at AlexNet level, by date, with its place on the frontier at these multiply-adds."""
    # The id breaks ties, so that the order does not depend on the file.
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
