"""Gains between pairs of systems at one level: two products of factors, their quotient, and the time between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from typing import Final, Protocol

from analysis.inputs.dataset import Dataset
from analysis.inputs.records import GameRun
from analysis.model.worked import latex_line
from analysis.numerals import numeral
from analysis.units import to_base, years_between

# A share of a run is a quotient of steps; in a formula it is written with so many digits.
SHARE_DIGITS: Final = 4
TRANSLATION_PAIRS: Final = {
    "seq2seq": ("seq2seq", "transformer-base-part"),
    "gnmt": ("gnmt", "transformer-big-part"),
}
GAME_PAIRS: Final = {"go": ("alphago-zero", "alphazero"), "dota": ("openai-five", "rerun")}
INFERENCE_PAIRS: Final = {
    "shufflenet_inference": ("alexnet", "shufflenet-0-5x"),
    "efficientnet_inference": ("resnet-50", "efficientnet-b0"),
}


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
    """An original and an improved system at one level. Computes are in one unit; the formula is LaTeX."""

    original: str
    improved: str
    original_compute: float
    improved_compute: float
    original_date: date
    improved_date: date
    sources: tuple[str, ...]
    formula: str

    @property
    def factor(self) -> float:
        """How many times less the improved system needs."""
        return self.original_compute / self.improved_compute

    @property
    def years(self) -> float:
        """Years between the two dates."""
        return years_between(self.original_date, self.improved_date)


def gains(dataset: Dataset, pfs_days: dict[str, float]) -> dict[str, Gain]:
    """The gain of every pair by its name; `pfs_days` gives the compute of systems that a pair names."""
    translation = {run.id: run for run in dataset.translation}
    games = {run.id: run for run in dataset.games}
    inference = {model.id: model for model in dataset.inference}
    found = {"resnet50": _resnet50_gain(dataset)}
    for name, (first, last) in TRANSLATION_PAIRS.items():
        a, b = translation[first], translation[last]
        found[name] = gain_of(
            a, b, _part_of(a.share_of_run, a.training_flop), _part_of(b.share_of_run, b.training_flop)
        )
    for name, (first, last) in GAME_PAIRS.items():
        c, d = games[first], games[last]
        found[name] = gain_of(c, d, _game_factors(c, pfs_days), _game_factors(d, pfs_days))
    for name, (first, last) in INFERENCE_PAIRS.items():
        e, f = inference[first], inference[last]
        found[name] = gain_of(e, f, (e.mmacs_per_image,), (f.mmacs_per_image,))
    return found


def gain_of(original: Run, improved: Run, original_factors: Sequence[float], improved_factors: Sequence[float]) -> Gain:
    """A pair whose computes are products of some factors, which the formula shows."""
    return Gain(
        original=original.name,
        improved=improved.name,
        original_compute=prod(original_factors),
        improved_compute=prod(improved_factors),
        original_date=original.date,
        improved_date=improved.date,
        sources=tuple(dict.fromkeys((*original.sources, *improved.sources))),
        formula=rf"\frac{{{_product(original_factors)}}}{{{_product(improved_factors)}}}",
    )


def _resnet50_gain(dataset: Dataset) -> Gain:
    """ResNet-50's tracked compute against EfficientNet-B1 by the rule of all other rows, in FLOP.

    The tracker's figure for EfficientNet-B1 leaves out the factor for the backward pass.
    """
    level = {run.id: run for run in dataset.resnet50_level}
    original, improved = level["resnet-50"], level["efficientnet-b1"]
    assert improved.epochs is not None
    assert improved.gmacs_per_image is not None
    constants = ("imagenet_images_efficiency", "passes_per_training_step", "multiply_adds_counted_once")
    factors = (
        improved.epochs,
        to_base(improved.gmacs_per_image, "GMAC"),
        *(dataset.constant[name].value for name in constants),
    )
    return gain_of(original, improved, (to_base(original.tracked_tfs_days, "tfs-day"),), factors)


def _game_factors(run: GameRun, pfs_days: dict[str, float]) -> tuple[float, ...]:
    """The share of the run that the level took, where only a part was needed, and the whole run in pfs-days."""
    whole = run.pfs_days if run.system is None else pfs_days[run.system]
    assert whole is not None
    if run.steps_to_level is None or run.steps_in_run is None:
        return (whole,)
    return _part_of(run.steps_to_level / run.steps_in_run, whole)


def _part_of(share: float, whole: float) -> tuple[float, ...]:
    """A part of a run as factors; a whole run needs no share."""
    return (whole,) if share == 1 else (share, whole)


def _product(factors: Sequence[float]) -> str:
    return latex_line(" × ".join(numeral(float(f"{factor:.{SHARE_DIGITS}g}")) for factor in factors))
