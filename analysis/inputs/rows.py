"""The rows of the data tables: one frozen pydantic model per table."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from analysis.inputs.benchmarks import Address
from analysis.inputs.records import Dated, Name, Note, Positive, Slug, Sources, Text


class VisionModel(Dated):
    """Training of one network to AlexNet's accuracy on ImageNet. Source: hernandez2020measuring, table 3."""

    id: Slug
    name: Text
    date: dt.date
    date_note: Text
    gmacs_per_image: Positive
    architecture: Name
    epochs: Positive
    printed_petaflop: Positive
    sources: Sources
    note: Note = ""


class LevelRun(Dated):
    """A training run to ResNet-50's accuracy: total compute as tracked, with its factors where they are given."""

    id: Slug
    name: Text
    date: dt.date
    gmacs_per_image: Positive | None
    epochs: Positive | None
    tracked_tfs_days: Positive
    sources: Sources
    note: Note = ""


class TranslationRun(Dated):
    """A translation system at a fixed BLEU level: the compute of the run, and the share needed for the level."""

    id: Slug
    level: Literal["seq2seq", "gnmt"]
    role: Literal["original", "improved"]
    name: Text
    date: dt.date
    training_flop: Positive
    share_of_run: Positive
    sources: Sources
    note: Note = ""


class GameRun(Dated):
    """A game-playing system at a fixed strength: its compute, and the steps of the run up to that strength."""

    id: Slug
    task: Literal["go", "dota"]
    role: Literal["original", "improved"]
    name: Text
    date: dt.date
    pfs_days: Positive | None
    system: Slug | None
    steps_to_level: Positive | None
    steps_in_run: Positive | None
    sources: Sources
    note: Note = ""

    def disagreements(self) -> Iterator[str]:
        """Messages where compute has two sources or none, or where the steps do not fit each other."""
        if (self.system is None) == (self.pfs_days is None):
            yield "expected exactly one of 'system' and 'pfs_days'"
        if (self.steps_to_level is None) != (self.steps_in_run is None):
            yield "expected both or neither of 'steps_to_level' and 'steps_in_run'"
        elif self.steps_to_level and self.steps_in_run and self.steps_to_level > self.steps_in_run:
            yield (
                f"steps_to_level: found {self.steps_to_level:.12g}; "
                f"expected at most the {self.steps_in_run:.12g} of 'steps_in_run'"
            )


class InferenceModel(Dated):
    """One forward pass of a network at a fixed accuracy."""

    id: Slug
    level: Literal["alexnet", "resnet50"]
    role: Literal["original", "improved"]
    name: Text
    date: dt.date
    mmacs_per_image: Positive
    sources: Sources
    note: Note = ""


class Reimplementation(Dated):
    """Accuracy in percent of a network retrained for the efficiency paper, with two other reports of it."""

    id: Slug
    name: Text
    metric: Literal["top-5", "top-1"]
    measured_percent: Positive
    reference_code_percent: Positive | None
    original_paper_percent: Positive
    sources: Sources
    note: Note = ""


class PeerCount(Dated):
    """Multiply-adds of one network as seven public counters report them; `id` is its name in our counter."""

    id: Name
    fvcore: Positive | None
    thop: Positive | None
    ptflops_hooks: Positive | None
    ptflops_aten: Positive | None
    torchinfo: Positive | None
    torchprofile: Positive | None
    calflops: Positive | None
    sources: Sources
    note: Note = ""


class NotableModel(Dated):
    """A notable model with a known or estimated training compute, as Epoch AI lists it.

    Cells with several values are tuples. `system` is the same system in OpenAI's chart or appendix, if any.
    """

    id: Slug
    name: Text
    date: dt.date
    organisations: tuple[str, ...]
    kinds: tuple[str, ...]
    countries: tuple[str, ...]
    domains: tuple[str, ...]
    compute_flop: Positive
    confidence: Literal["confident", "likely", "speculative"]
    parameters: Positive | None
    training_data: Positive | None
    hardware: tuple[str, ...]
    devices: Positive | None
    mfu: Positive | None
    cost_usd_2023: Positive | None
    frontier: Literal["yes"] | None
    open_weights: Literal["yes", "no"] | None
    system: Slug | None
    link: str = ""
    sources: Sources
    note: Note = ""


class TrainingCost(Dated):
    """What one way of reckoning gives for the training cost of a system; `vintage` is the month of the estimate.

    Costs are in dollars of the month `price_level`. The same system has other rows for other ways and vintages.
    """

    id: Slug
    name: Text
    date: dt.date
    vintage: Literal["2024-12", "2025-03", "2025-07"]
    method: Literal["amortised", "cloud", "acquisition"]
    compute_flop: Positive | None
    cost_usd: Positive
    price_level: Literal["2023-12", "2024-12"]
    sources: Sources
    note: Note = ""


class ThreeErasSystem(Dated):
    """A system of "Compute trends across three eras". Source: sevilla2022compute."""

    id: Slug
    name: Text
    date: dt.date
    compute_flop: Positive
    parameters: Positive | None
    organisation: str = ""
    reference: str = ""
    sources: Sources
    note: Note = ""


class LanguageEvaluation(Dated):
    """A language model on one benchmark. Source: ho2024sheet."""

    id: Slug
    name: Text
    date: dt.date
    parameters: Positive
    tokens: Positive
    benchmark: Literal["wikitext-103", "wikitext-2", "penn-treebank"]
    perplexity: Positive
    paper: Text
    sources: Sources
    note: Note = ""


class ImageClassifier(Dated):
    """An image classifier with its error on ImageNet. Source: besiroglu2022imagenet."""

    id: Slug
    name: Text
    date: dt.date
    top1_error_percent: Positive
    compute_flop: Positive | None
    images: Positive
    parameters: Positive | None
    fitted: Literal["yes"] | None
    link: str = ""
    sources: Sources
    note: Note = ""

    def disagreements(self) -> Iterator[str]:
        """A message where a fitted model has no compute."""
        if self.fitted and self.compute_flop is None:
            yield "fitted: found 'yes' without 'compute_flop'; expected both"


class Accelerator(Dated):
    """A processor for machine learning with its listed peak rates, price and power, as Epoch AI lists it."""

    id: Slug
    name: Text
    manufacturer: str = ""
    kind: str = ""
    released: dt.date | None
    release_price_usd: Positive | None
    fp32_flop_per_s: Positive | None
    fp16_flop_per_s: Positive | None
    tf32_flop_per_s: Positive | None
    tensor_16bit_flop_per_s: Positive | None
    int8_op_per_s: Positive | None
    fp8_flop_per_s: Positive | None
    fp4_flop_per_s: Positive | None
    memory_bytes: Positive | None
    memory_bandwidth_byte_per_s: Positive | None
    tdp_w: Positive | None
    process_nm: Positive | None
    transistors_millions: Positive | None
    die_mm2: Positive | None
    link: str = ""
    sources: Sources
    note: Note = ""


class RecordRun(Dated):
    """A run to the level of a benchmark of the tracker; rows of one day are in the order in which they were made.

    `record` is "no" for a run that is kept for comparison and enters no trend.
    """

    id: Slug
    name: Text
    date: dt.date
    authors: tuple[str, ...]
    value: Positive
    hardware: str = ""
    change: Text
    record: Literal["no"] | None
    status: Literal["verified", "reported"]
    evidence: Address
    builds_on: Slug | None
    sources: Sources
    note: Note = ""
