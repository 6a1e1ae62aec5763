"""The rates of the tracker: per benchmark how many times better the last record is, its halving time, its records."""

from collections.abc import Iterator

from analysis.inputs.rows import LevelRun, TranslationRun
from analysis.inputs.tables import ALEXNET_LEVEL, TRANSLATION
from analysis.model.records import Attempt, Tracked, better_by, efficiency_at
from analysis.model.study import Study
from analysis.model.trends import end_point_doubling_time_months
from analysis.results.cells import Cells
from analysis.results.compute import END_POINTS
from analysis.results.pairs import IMPROVED_RESNET50
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Law, Observed, Series, Step, count_of, dated
from analysis.results.trends import Line, dates_of, halving_time

SPEEDRUN = "tracker.gpt2_small_speedrun"
OPTIMISERS = "tracker.gpt2_small_optimiser"


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that has the tracker."""
    for tracked in study.tracker:
        yield from _runs(tracked, Cells.of(study.dataset, TRANSLATION), results)
        yield from _of_benchmark(tracked, results)
    known = {tracked.prefix: tracked for tracked in study.tracker}
    if SPEEDRUN in known:
        yield from _speedrun(known[SPEEDRUN], results)
    if OPTIMISERS in known:
        yield _same(
            "efficiency.optimiser.factor",
            f"{OPTIMISERS}.factor",
            "How many times fewer training steps the last record takes than the first, by the optimiser alone.",
            results,
        )


def _of_benchmark(tracked: Tracked, results: Results) -> Iterator[Quantity]:
    prefix, frontier, benchmark = tracked.prefix, tracked.frontier, tracked.benchmark
    values = Series(
        members=tuple(_value(attempt, tracked) for attempt in frontier),
        unit=benchmark.unit,
        label=f"{benchmark.metric} of each record",
    )
    what = f"{benchmark.metric}, {tracked.title}"
    yield results.compute(
        f"{prefix}.n",
        lambda count: count,
        {"n": count_of("C_i", values, "number of records", "record")},
        unit="record",
        summary=f"Runs that beat every earlier one: {what}.",
        formula="n",
        digits=None,
    )
    first, last = _value(frontier[0], tracked), _value(frontier[-1], tracked)
    yield results.compute(
        f"{prefix}.factor",
        lambda start, end: better_by(benchmark, start, end),
        {"C_1": first, "C_2": last},
        unit="x",
        summary=f"How many times better the last record is than the first: {what}.",
        formula=r"\frac{C_1}{C_2}" if benchmark.better == "lower" else r"\frac{C_2}{C_1}",
    )
    if tracked.trend is not None:
        line = Line(
            prefix=prefix,
            what=what,
            trend=tracked.trend,
            dates=dates_of(tuple(_day(attempt) for attempt in frontier)),
            computes=values,
            fitted=efficiency_at(benchmark),
            letter="e",
            fitted_label="the base-2 logarithm of efficiency",
        )
        yield halving_time(line, results)


def _speedrun(tracked: Tracked, results: Results) -> Iterator[Quantity]:
    """The speedrun by its end points, as speed records are usually quoted."""
    factor = "efficiency.speedrun_gpt2.factor"
    yield _same(
        factor,
        f"{SPEEDRUN}.factor",
        "How many times less time the last record of the GPT-2 small speedrun takes than the first.",
        results,
    )
    first, last = (_day(tracked.frontier[end]) for end in (0, -1))
    span = Step(
        law=lambda start, end: end - start,
        inputs={"t_1": first, "t_2": last},
        unit="year",
        label="years from the first record to the last",
    )
    yield results.compute(
        "efficiency.speedrun_gpt2.halving_time",
        end_point_doubling_time_months,
        {"f": factor, r"\Delta t": span},
        unit="month",
        summary="Halving time of the GPT-2 small speedrun from its first record to its last, two points.",
        formula=END_POINTS,
    )


def _same(name: str, other: str, summary: str, results: Results) -> Quantity:
    """A quantity of the tracker under the name by which the efficiency post calls it."""
    return results.compute(name, _same_number, {"f": other}, unit="x", summary=summary, formula="f")


def _day(attempt: Attempt) -> Observed:
    return dated(attempt.row.name, attempt.row.date, attempt.record, attempt.row.sources)


def _value(attempt: Attempt, tracked: Tracked) -> str | Observed:
    """The value of a run: a quantity where the benchmark begins with computed ones, else the cell of its row."""
    row = attempt.row
    if tracked.benchmark.continues is None:
        return _observed(attempt, tracked)
    if attempt.file == ALEXNET_LEVEL.file:
        return f"efficiency.training.{row.id.replace('-', '_')}"
    if isinstance(row, LevelRun) and row.epochs is not None:
        return IMPROVED_RESNET50
    return f"{tracked.prefix}.runs.{row.id.replace('-', '_')}"


def _observed(attempt: Attempt, tracked: Tracked) -> Observed:
    benchmark, row = tracked.benchmark, attempt.row
    label = f"{benchmark.metric} of {row.name}"
    return Observed(value=attempt.value, unit=benchmark.unit, label=label, record=attempt.record, sources=row.sources)


def _runs(tracked: Tracked, translation: Cells, results: Results) -> Iterator[Quantity]:
    """The values of runs that no other topic computes, at a benchmark that begins with computed ones."""
    for attempt in tracked.attempts:
        name, run = _value(attempt, tracked), attempt.row
        if isinstance(name, Observed) or not name.startswith(tracked.prefix):
            continue
        law: Law = _same_number
        inputs, formula = {"C": _observed(attempt, tracked)}, "C"
        if isinstance(run, TranslationRun):
            law, formula = _part_of_run, r"C\,s"
            inputs = {
                "C": translation.observed(run, "training_flop", f"training compute of {run.name}"),
                "s": translation.observed(run, "share_of_run", f"share of the run of {run.name} up to the level"),
            }
        yield results.compute(
            name,
            law,
            inputs,
            unit=tracked.benchmark.unit,
            summary=f"Training compute of {run.name} up to the level: {tracked.title}.",
            formula=formula,
        )


def _same_number(value: float) -> float:
    return value


def _part_of_run(whole: float, share: float) -> float:
    return whole * share
