"""Gains between pairs of systems at one level: how many times less compute, the months between, the halving time."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log2, prod

from analysis.inputs.dataset import Dataset
from analysis.inputs.rows import GameRun, InferenceModel, LevelRun, TranslationRun
from analysis.inputs.tables import GAMES, INFERENCE, RESNET50_LEVEL, TRANSLATION
from analysis.model.efficiency import gain, run_tfs_days
from analysis.model.study import Study
from analysis.results.alexnet_level import GAIN, RUN, run_inputs
from analysis.results.cells import Cells
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Input, Inputs, Observed, Step, dated
from analysis.results.worked import system_name
from analysis.units import MONTHS_PER_YEAR

IMPROVED_RESNET50 = "efficiency.resnet50.efficientnet_b1_training"


Row = LevelRun | TranslationRun | GameRun | InferenceModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A system of a pair: its name, its day, and the factors of its compute by their symbols."""

    name: str
    day: Observed
    factors: Inputs


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the efficiency data."""
    if study.efficiency is None:
        return
    tracked = {run.id: run for run in study.dataset.rows(RESNET50_LEVEL)}
    cells = Cells.of(study.dataset, RESNET50_LEVEL)
    yield _resnet50_improved(tracked["efficientnet-b1"], cells, results)
    for prefix, original, improved in _pairs(study.dataset):
        yield from _of_pair(prefix, original, improved, results)
    yield results.compute(
        "efficiency.resnet50.factor_as_tracked",
        gain,
        {"C_1": _tracked(tracked["resnet-50"], cells), "C_2": _tracked(tracked["efficientnet-b1"], cells)},
        unit="x",
        summary="The ratio of the two computes that the tracker lists at ResNet-50 level.",
        formula=GAIN,
    )


def _pairs(dataset: Dataset) -> Iterator[tuple[str, Side, Side]]:
    """Each pair with the prefix of its quantities."""
    level = {run.id: run for run in dataset.rows(RESNET50_LEVEL)}
    translation = {run.id: run for run in dataset.rows(TRANSLATION)}
    games = {run.id: run for run in dataset.rows(GAMES)}
    inference = {model.id: model for model in dataset.rows(INFERENCE)}
    cells = Cells.of(dataset, RESNET50_LEVEL)
    yield (
        "efficiency.resnet50.",
        _side(level["resnet-50"], cells, {"C_1": _tracked(level["resnet-50"], cells)}),
        _side(level["efficientnet-b1"], cells, {"C_2": IMPROVED_RESNET50}),
    )
    cells = Cells.of(dataset, TRANSLATION)
    for prefix, first, last in (
        ("efficiency.translation.seq2seq_", "seq2seq", "transformer-base-part"),
        ("efficiency.translation.gnmt_", "gnmt", "transformer-big-part"),
    ):
        yield prefix, _translation_side(translation[first], cells, 1), _translation_side(translation[last], cells, 2)
    cells = Cells.of(dataset, GAMES)
    for prefix, first, last in (
        ("efficiency.go.", "alphago-zero", "alphazero"),
        ("efficiency.dota.", "openai-five", "rerun"),
    ):
        yield prefix, _game_side(games[first], cells, 1), _game_side(games[last], cells, 2)
    cells = Cells.of(dataset, INFERENCE)
    for prefix, first, last in (
        ("efficiency.inference.shufflenet_", "alexnet", "shufflenet-0-5x"),
        ("efficiency.inference.efficientnet_", "resnet-50", "efficientnet-b0"),
    ):
        yield prefix, _inference_side(inference[first], cells, 1), _inference_side(inference[last], cells, 2)


def _of_pair(prefix: str, original: Side, improved: Side, results: Results) -> Iterator[Quantity]:
    """The quantities of a pair: gain, months between the systems, halving time."""
    above, below = (r"\,".join(side.factors) for side in (original, improved))
    first = len(original.factors)
    yield results.compute(
        f"{prefix}factor",
        lambda *factors: gain(prod(factors[:first]), prod(factors[first:])),
        {**original.factors, **improved.factors},
        unit="x",
        summary=f"How many times less compute {improved.name} takes than {original.name} at the same level.",
        formula=rf"\frac{{{above}}}{{{below}}}",
    )
    yield results.compute(
        f"{prefix}span",
        lambda start, end: MONTHS_PER_YEAR * (end - start),
        {"t_1": original.day, "t_2": improved.day},
        unit="month",
        summary=f"Months from {original.name} to {improved.name}.",
        formula=r"12\,(t_2 - t_1)",
    )
    yield results.compute(
        f"{prefix}doubling_time",
        lambda months, factor: months / log2(factor),
        {r"\Delta t": f"{prefix}span", "f": f"{prefix}factor"},
        unit="month",
        summary=f"Halving time between {original.name} and {improved.name}, two points.",
        formula=r"\frac{\Delta t}{\log_2 f}",
    )


def _resnet50_improved(run: LevelRun, cells: Cells, results: Results) -> Quantity:
    """EfficientNet-B1 by the rule of all other rows; the tracker's figure leaves the backward pass out."""
    epochs = cells.observed(run, "epochs", f"epochs of {run.name} to ResNet-50's accuracy")
    macs = cells.observed(run, "gmacs_per_image", "multiply-adds per image", unit="MAC")
    return results.compute(
        IMPROVED_RESNET50,
        run_tfs_days,
        run_inputs(epochs, macs),
        unit="tfs-day",
        summary="Training compute of EfficientNet-B1 to ResNet-50's accuracy by the rule of all other rows.",
        formula=RUN,
    )


def _side(row: Row, cells: Cells, factors: Inputs) -> Side:
    return Side(name=row.name, day=dated(row.name, row.date, cells.record(row), row.sources), factors=factors)


def _tracked(run: LevelRun, cells: Cells) -> Observed:
    return cells.observed(run, "tracked_tfs_days", f"compute of {run.name} as tracked")


def _translation_side(run: TranslationRun, cells: Cells, place: int) -> Side:
    """The whole run, and the share of it that the level took where that is a part."""
    share = cells.observed(run, "share_of_run", f"share of the run of {run.name} up to the level")
    whole = cells.observed(run, "training_flop", f"training compute of {run.name}")
    # A factor of 1 would only lengthen the formula.
    shares = {} if run.share_of_run == 1 else {f"s_{place}": share}
    return _side(run, cells, {**shares, f"C_{place}": whole})


def _game_side(run: GameRun, cells: Cells, place: int) -> Side:
    """The whole run, stated or of a charted system, and the share of its steps where only a part was needed."""
    whole: Input = (
        system_name(run.system) if run.system else cells.observed(run, "pfs_days", f"training compute of {run.name}")
    )
    if run.steps_to_level is None:
        return _side(run, cells, {f"C_{place}": whole})
    share = Step(
        law=lambda to_level, in_run: to_level / in_run,
        inputs={
            f"n_{place}": cells.observed(run, "steps_to_level", f"steps of {run.name} to the level"),
            f"N_{place}": cells.observed(run, "steps_in_run", f"steps of {run.name} in the whole run"),
        },
        unit="1",
        label=f"share of the run of {run.name} up to the level",
    )
    return _side(run, cells, {f"s_{place}": share, f"C_{place}": whole})


def _inference_side(model: InferenceModel, cells: Cells, place: int) -> Side:
    macs = cells.observed(model, "mmacs_per_image", f"multiply-adds of {model.name} per image")
    return _side(model, cells, {f"M_{place}": macs})
