"""The tracker: the runs at each benchmark, those among them that set a record, and the trend of efficiency they make.

Takes the dataset of an edition and its runs at AlexNet's level; returns a `Tracked` per benchmark. Where a benchmark
continues the efficiency paper, the runs of the paper come first.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from analysis.errors import InputError
from analysis.inputs.benchmarks import Benchmark
from analysis.inputs.dataset import Dataset
from analysis.inputs.faults import Faults
from analysis.inputs.rows import LevelRun, RecordRun, TranslationRun, VisionModel
from analysis.inputs.tables import ALEXNET_LEVEL, RECORDS, RESNET50_LEVEL, TRANSLATION, DataTable
from analysis.model.efficiency import EfficiencyStudy, efficiency_of, run_tfs_days
from analysis.model.trends import FEWEST_POINTS, Trend, fit_trend
from analysis.units import UNITS, decimal_year, to_base

# The row of a run at a benchmark: its own, or one of the efficiency paper.
Row = RecordRun | VisionModel | LevelRun | TranslationRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A run to a benchmark's level: its row, the file of the row, its value in the benchmark's unit, its authors."""

    row: Row
    file: str
    value: float
    authors: tuple[str, ...]

    @property
    def record(self) -> str:
        """The record that holds it, as a trace names it."""
        return f"{self.file}#{self.row.id}"

    @property
    def own(self) -> RecordRun | None:
        """The row, if it is one of the tracker."""
        return self.row if isinstance(self.row, RecordRun) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """A benchmark with its runs by date, those that set a record, and their trend if there are enough of them.

    Efficiency is what the trend is fitted to, so its doubling time is the halving time of the value.
    """

    table: DataTable[RecordRun]
    title: str
    benchmark: Benchmark
    attempts: tuple[Attempt, ...]
    frontier: tuple[Attempt, ...]
    trend: Trend | None

    @property
    def id(self) -> str:
        """The name of its files and of its page."""
        return self.table.path.partition("/")[2]

    @property
    def prefix(self) -> str:
        """What the names of its quantities begin with."""
        return f"tracker.{self.id.replace('-', '_')}"


def tracked_benchmarks(dataset: Dataset, efficiency: EfficiencyStudy | None) -> tuple[Tracked, ...]:
    """The benchmarks of a dataset, in the order of their figures.

    Raises: InputError, or InputFaultsError, for rows that beat nothing and are not marked as no record.
    """
    faults, found = Faults(), []
    for table in RECORDS:
        sidecar = dataset.sidecars.get(table.path)
        # An edition before the tracker has none of them.
        if sidecar is None or sidecar.benchmark is None or efficiency is None:
            continue
        benchmark = sidecar.benchmark
        rows = (Attempt(row=row, file=table.file, value=row.value, authors=row.authors) for row in dataset.rows(table))
        # Sorting is stable: runs of one day stay in the order of their file.
        attempts = tuple(
            sorted((*_earlier(benchmark, dataset, efficiency), *rows), key=lambda attempt: attempt.row.date)
        )
        frontier = tuple(record_setters(attempts, benchmark))
        faults.extend(_idle(attempts, frontier, benchmark))
        trend = _trend(frontier, benchmark) if len({each.row.date for each in frontier}) >= FEWEST_POINTS else None
        found.append(
            Tracked(
                table=table,
                title=sidecar.title,
                benchmark=benchmark,
                attempts=attempts,
                frontier=frontier,
                trend=trend,
            )
        )
    faults.raise_any()
    return tuple(sorted(found, key=lambda each: each.benchmark.figure))


def record_setters(attempts: Iterable[Attempt], benchmark: Benchmark) -> Iterator[Attempt]:
    """The runs that beat every earlier one, in their order; a tie is no record, and runs marked so are left out."""
    best: list[float] = []
    for attempt in attempts:
        marked = attempt.own is not None and attempt.own.record == "no"
        if not marked and benchmark.beats(attempt.value, best):
            best = [attempt.value]
            yield attempt


def better_by(benchmark: Benchmark, first: float, last: float) -> float:
    """How many times better the last value is than the first."""
    return first / last if benchmark.better == "lower" else last / first


def efficiency_at(benchmark: Benchmark) -> Callable[[float], float]:
    """The function of the value that a trend is fitted to: it grows as runs get better."""
    return efficiency_of if benchmark.better == "lower" else lambda value: value


def _trend(frontier: tuple[Attempt, ...], benchmark: Benchmark) -> Trend:
    fitted = efficiency_at(benchmark)
    return fit_trend(
        [decimal_year(attempt.row.date) for attempt in frontier], [fitted(attempt.value) for attempt in frontier]
    )


def _idle(attempts: tuple[Attempt, ...], frontier: tuple[Attempt, ...], benchmark: Benchmark) -> Iterator[InputError]:
    """A fault for each row of the tracker that beats nothing and does not say so, or for what several do not beat."""
    setters = {attempt.record for attempt in frontier}
    unbeaten: dict[str, list[RecordRun]] = {}
    for attempt in attempts:
        row = attempt.own
        if row is not None and row.record is None and attempt.record not in setters:
            best = next(each for each in reversed(frontier) if each.row.date <= row.date)
            unbeaten.setdefault(best.record, []).append(row)
    unit = UNITS[benchmark.unit].plural
    for best in frontier:
        match unbeaten.get(best.record, ()):
            case [row]:
                yield InputError(
                    f"{attempts[-1].file}: {row.id}: value: found {row.value:.12g} {unit}, which does not beat the "
                    f"{best.value:.12g} {unit} of '{best.row.id}'; expected a {benchmark.better} one, "
                    "or 'no' in the column 'record'"
                )
            # The one that they do not beat is more likely to be wrong than all of them.
            case [first, *_, last] as rows:
                yield InputError(
                    f"{best.file}: {best.row.id}: value: found {best.value:.12g} {unit} on {best.row.date}, "
                    f"which {len(rows)} later rows do not beat, '{first.id}' to '{last.id}'; "
                    "expected a value that they beat, or 'no' in their column 'record'"
                )


def _earlier(benchmark: Benchmark, dataset: Dataset, efficiency: EfficiencyStudy) -> Iterator[Attempt]:
    """The runs of the efficiency paper with which a benchmark begins; none for most."""

    def attempt(row: VisionModel | LevelRun | TranslationRun, table: DataTable[Any], value: float) -> Attempt:
        return Attempt(row=row, file=table.file, value=value, authors=_authors(row, table, dataset))

    match benchmark.continues:
        case None:
            return
        case "alexnet_level":
            for run in efficiency.runs:
                yield attempt(run.model, ALEXNET_LEVEL, run.compute_tfs_days)
        case "resnet50_level":
            for level_run in dataset.rows(RESNET50_LEVEL):
                yield attempt(level_run, RESNET50_LEVEL, _resnet50_tfs_days(level_run, efficiency))
        case "translation.seq2seq" | "translation.gnmt":
            for system in dataset.rows(TRANSLATION):
                if benchmark.continues == f"translation.{system.level}":
                    yield attempt(system, TRANSLATION, system.training_flop * system.share_of_run)


def _authors(row: VisionModel | LevelRun | TranslationRun, table: DataTable[Any], dataset: Dataset) -> tuple[str, ...]:
    """The authors of a network: those of the first work that its row cites besides the sources of the whole table."""
    shared = dataset.sidecars[table.path].sources
    own = next((key for key in row.sources if key not in shared), None)
    return dataset.references[own].names if own else ()


def _resnet50_tfs_days(run: LevelRun, efficiency: EfficiencyStudy) -> float:
    """The compute of a run by the rule of all other rows where its factors are published, else as tracked."""
    if run.epochs is None or run.gmacs_per_image is None:
        return run.tracked_tfs_days
    shared, macs = efficiency.runs[0], to_base(run.gmacs_per_image, "GMAC")
    return run_tfs_days(run.epochs, macs, shared.images, shared.passes, shared.flop_per_mac)
