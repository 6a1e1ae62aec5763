"""Training efficiency at a fixed level: what each run cost, which ones set a record, and the gains between pairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from analysis.inputs.load import Dataset
from analysis.inputs.records import GameRun, VisionModel
from analysis.model.trends import Trend, fit_trend
from analysis.units import convert, decimal_year, to_base, years_between


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRun:
    """One network trained to AlexNet's accuracy. `compute_flop` counts a multiply-add once."""

    model: VisionModel
    images: float
    passes: float
    flop_per_mac: float
    on_frontier: bool

    @property
    def compute_flop(self) -> float:
        """Epochs x multiply-adds per image x images x passes. Source: hernandez2020measuring, table 3."""
        macs = to_base(self.model.gmacs_per_image, "GMAC")
        return self.model.epochs * macs * self.images * self.passes * self.flop_per_mac

    @property
    def year(self) -> float:
        """Decimal year since 2000."""
        return decimal_year(self.model.date)


class Run(Protocol):
    """What the two rows of any pair have in common."""

    @property
    def name(self) -> str:
        """Name of the system."""
        ...

    @property
    def date(self) -> date:
        """Day it was made public."""
        ...

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of who says so."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """An original and an improved system at one level: computes in one unit, and the dates."""

    original: str
    improved: str
    original_compute: float
    improved_compute: float
    original_date: date
    improved_date: date
    sources: tuple[str, ...]

    @property
    def factor(self) -> float:
        """How many times less the improved system needs."""
        return self.original_compute / self.improved_compute

    @property
    def years(self) -> float:
        """Years between the two dates."""
        return years_between(self.original_date, self.improved_date)


@dataclass(frozen=True, slots=True, kw_only=True)
class EfficiencyStudy:
    """Everything the efficiency post rests on."""

    runs: tuple[TrainingRun, ...]
    trend: Trend
    trend_all_points: Trend
    trend_printed_totals: Trend
    gains: dict[str, Gain]

    @property
    def frontier(self) -> tuple[TrainingRun, ...]:
        """The runs that set a record, in order of date."""
        return tuple(run for run in self.runs if run.on_frontier)


def efficiency_study(dataset: Dataset, pfs_days: dict[str, float]) -> EfficiencyStudy:
    """The efficiency results of a dataset; `pfs_days` gives the compute of systems that a pair names."""
    runs = training_runs(dataset)
    frontier = [run for run in runs if run.on_frontier]
    return EfficiencyStudy(
        runs=runs,
        trend=halving_trend([(run.year, run.compute_flop) for run in frontier]),
        trend_all_points=halving_trend([(run.year, run.compute_flop) for run in runs]),
        trend_printed_totals=halving_trend([(run.year, run.model.printed_petaflop) for run in frontier]),
        gains=_gains(dataset, runs, pfs_days),
    )


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


def training_runs(dataset: Dataset) -> tuple[TrainingRun, ...]:
    """Every vision model at AlexNet level, by date, with its place on the frontier."""
    models = sorted(dataset.alexnet_level, key=lambda model: (model.date, model.id))

    def run(model: VisionModel, *, on_frontier: bool) -> TrainingRun:
        return TrainingRun(
            model=model,
            images=dataset.constant["imagenet_images_efficiency"].value,
            passes=dataset.constant["passes_per_training_step"].value,
            flop_per_mac=dataset.constant["multiply_adds_counted_once"].value,
            on_frontier=on_frontier,
        )

    marks = frontier_of([(model.date, run(model, on_frontier=False).compute_flop) for model in models])
    return tuple(run(model, on_frontier=mark) for model, mark in zip(models, marks, strict=True))


def _gains(dataset: Dataset, runs: tuple[TrainingRun, ...], pfs_days: dict[str, float]) -> dict[str, Gain]:
    frontier = [run for run in runs if run.on_frontier]
    translation = {run.id: run for run in dataset.translation}
    games = {run.id: run for run in dataset.games}
    inference = {model.id: model for model in dataset.inference}

    def game_compute(run: GameRun) -> float:
        whole = run.pfs_days if run.system is None else pfs_days[run.system]
        assert whole is not None
        share = run.steps_to_level / run.steps_in_run if run.steps_to_level and run.steps_in_run else 1.0
        return whole * share

    gains = {
        "alexnet": _gain(frontier[0].model, frontier[0].compute_flop, frontier[-1].model, frontier[-1].compute_flop)
    }
    for name, (first, last) in {
        "seq2seq": ("seq2seq", "transformer-base-part"),
        "gnmt": ("gnmt", "transformer-big-part"),
    }.items():
        a, b = translation[first], translation[last]
        gains[name] = _gain(a, a.training_flop * a.share_of_run, b, b.training_flop * b.share_of_run)
    for name, (first, last) in {"go": ("alphago-zero", "alphazero"), "dota": ("openai-five", "rerun")}.items():
        c, d = games[first], games[last]
        gains[name] = _gain(c, game_compute(c), d, game_compute(d))
    for name, (first, last) in {
        "shufflenet_inference": ("alexnet", "shufflenet-0-5x"),
        "efficientnet_inference": ("resnet-50", "efficientnet-b0"),
    }.items():
        e, f = inference[first], inference[last]
        gains[name] = _gain(e, e.mmacs_per_image, f, f.mmacs_per_image)
    gains["resnet50"] = _resnet50_gain(dataset)
    return gains


def _resnet50_gain(dataset: Dataset) -> Gain:
    """ResNet-50's tracked compute against EfficientNet-B1 by the rule of all other rows.

    The tracker's figure for EfficientNet-B1 leaves out the factor for the backward pass.
    """
    level = {run.id: run for run in dataset.resnet50_level}
    original, improved = level["resnet-50"], level["efficientnet-b1"]
    assert improved.gmacs_per_image is not None
    assert improved.epochs is not None
    flop = (
        improved.epochs
        * to_base(improved.gmacs_per_image, "GMAC")
        * dataset.constant["imagenet_images_efficiency"].value
        * dataset.constant["passes_per_training_step"].value
        * dataset.constant["multiply_adds_counted_once"].value
    )
    return _gain(original, original.tracked_tfs_days, improved, convert(flop, "FLOP", "tfs-day"))


def _gain(original: Run, original_compute: float, improved: Run, improved_compute: float) -> Gain:
    return Gain(
        original=original.name,
        improved=improved.name,
        original_compute=original_compute,
        improved_compute=improved_compute,
        original_date=original.date,
        improved_date=improved.date,
        sources=tuple(dict.fromkeys((*original.sources, *improved.sources))),
    )
