"""The shape of every record under data/: frozen pydantic models that accept nothing they do not know.

One class a kind of record. A record says since which edition it stands and, once it is replaced,
until which. Checks that need more than one record live in `analysis.inputs.checks`.
"""

import datetime as dt
from math import isfinite
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from analysis.errors import did_you_mean
from analysis.units import UNITS


def _known_unit(name: str) -> str:
    if name not in UNITS:
        raise ValueError(f"unknown unit '{name}'{did_you_mean(name, UNITS)}")
    return name


def _positive(value: float) -> float:
    if not isfinite(value) or value <= 0:
        raise ValueError("expected a finite number above zero")
    return value


def _finite(value: float) -> float:
    if not isfinite(value):
        raise ValueError("expected a finite number")
    return value


Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
PeriodId = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
QuantityName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")]
EditionId = Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
Text = Annotated[str, Field(min_length=1)]
Sources = Annotated[tuple[str, ...], Field(min_length=1)]
UnitName = Annotated[str, AfterValidator(_known_unit)]
Positive = Annotated[float, AfterValidator(_positive)]
Finite = Annotated[float, AfterValidator(_finite)]
Era = Literal["first", "modern"]
Domain = Literal["vision", "speech", "language", "games", "fundamentals"]
Method = Literal["operations", "gpu_time", "chart_reading", "stated"]
Verdict = Literal["match", "rounding", "mismatch", "not recomputable"]
Relation = Literal["equals", "at least", "at most", "order of magnitude"]


class Record(BaseModel):
    """What all records share: frozen, strict, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Dated(Record):
    """A record that stands since one edition and, perhaps, until another (exclusive)."""

    since: EditionId
    until: EditionId | None = None

    def stands_at(self, edition: str) -> bool:
        """Whether the record belongs to an edition."""
        return self.since <= edition and (self.until is None or edition < self.until)


class Edition(Record):
    """One published state of the analysis."""

    id: EditionId
    date: dt.date
    title: Text
    closed: bool


class Erratum(Record):
    """A correction of a closed edition, as CHANGELOG.md tells it."""

    edition: EditionId
    date: dt.date
    text: Text


class Constant(Dated):
    """One number of assumptions.toml or observations.toml, with its unit and source.

    `file` is where it stands; the loader fills it in, here and in a system and a claim.
    """

    id: Name
    file: Text
    label: Text
    value: Finite
    unit: UnitName
    sources: Sources
    assumed: bool = False
    note: str = ""


class Period(Dated):
    """A stretch of years as the 2018 post divides them (both ends inclusive), with the ranges it prints."""

    id: PeriodId
    label: Text
    era: Era
    start: dt.date
    end: dt.date
    pfs_days_low: Positive | None = None
    pfs_days_high: Positive | None = None
    devices_low: Positive | None = None
    devices_high: Positive | None = None
    peak_tflop_per_s_low: Positive | None = None
    peak_tflop_per_s_high: Positive | None = None
    sources: Sources
    assumed: bool
    why: Text

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"'end' {self.end} is not after 'start' {self.start}")
        return self


class Factor(Record):
    """One factor of a calculation: a number of its own, an assumption by name, or what the counter finds.

    `architecture` stands for the multiply-adds of one pass through a network, at its usual input or at `input`.
    """

    name: Name
    label: Text
    value: Positive | None = None
    unit: UnitName = "1"
    assumption: Name | None = None
    architecture: Name | None = None
    input: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1)] | None = None
    sources: tuple[str, ...] = ()
    assumed: bool = False
    why: str = ""

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        given = [name for name in ("value", "assumption", "architecture") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("expected one of 'value', 'assumption' and 'architecture'")
        if self.input is not None and self.architecture is None:
            raise ValueError("expected 'input' only beside 'architecture'")
        if self.assumed and not self.why:
            raise ValueError("'assumed = true' needs a 'why'")
        return self


class Intermediate(Record):
    """A number that a source works out on the way to a factor: a sum of products."""

    name: Name
    label: Text
    unit: UnitName
    products: Annotated[tuple[tuple[Positive, ...], ...], Field(min_length=1)]


class Estimate(Record):
    """One way to the compute of a system: a product of factors, or one number read or stated."""

    id: Name
    method: Method
    role: Literal["charted", "printed", "counted", "variant"]
    sources: Sources
    where: Text
    device: Slug | None = None
    upper_bound: bool = False
    note: str = ""
    factors: Annotated[tuple[Factor, ...], Field(min_length=1)]
    intermediates: tuple[Intermediate, ...] = ()

    @model_validator(mode="after")
    def _device_for_gpu_time(self) -> Self:
        if (self.method == "gpu_time") != (self.device is not None):
            raise ValueError("expected 'device' for method 'gpu_time' and for no other")
        return self


class System(Dated):
    """A trained system: who made it public when, and every estimate of its training compute.

    `listing` is `chart` for what OpenAI charted, `modest` for the appendix's list of modest results, and `own` for
    a system that neither has: it is counted and shown, and enters no trend.
    """

    id: Slug
    file: Text
    name: Text
    short_name: str = ""
    listing: Literal["chart", "modest", "own"]
    era: Era
    domain: Domain
    domain_note: str = ""
    date: dt.date
    date_precision: Literal["day", "month", "year"]
    date_note: Text
    paper: Text
    paper_date: dt.date
    paper_date_precision: Literal["day", "month", "year"]
    sources: Sources
    error_factor: Positive | None = None
    used: Name
    note: str = ""
    estimates: Annotated[tuple[Estimate, ...], Field(min_length=1)]

    @property
    def label(self) -> str:
        """The name as drawn in a figure."""
        return self.short_name or self.name

    def estimate(self, estimate_id: str) -> Estimate:
        """The estimate of this id. Raises: KeyError."""
        return {e.id: e for e in self.estimates}[estimate_id]


class Device(Dated):
    """A processor and its listed single-precision peak. Cores and clocks where they are listed."""

    id: Slug
    name: Text
    vendor: Text
    released: dt.date
    cores: Positive | None
    base_clock_mhz: Positive | None
    boost_clock_mhz: Positive | None
    fp32_peak_tflop_per_s: Positive
    sources: Sources
    note: str = ""


class VisionModel(Dated):
    """What one network took to reach AlexNet's accuracy on ImageNet (hernandez2020measuring, table 3)."""

    id: Slug
    name: Text
    date: dt.date
    date_note: Text
    gmacs_per_image: Positive
    architecture: Name
    epochs: Positive
    printed_petaflop: Positive
    sources: Sources
    note: str = ""


class LevelRun(Dated):
    """A training run to ResNet-50's accuracy: total compute as tracked, or the factors behind it."""

    id: Slug
    name: Text
    date: dt.date
    gmacs_per_image: Positive | None
    epochs: Positive | None
    tracked_tfs_days: Positive
    sources: Sources
    note: str = ""


class TranslationRun(Dated):
    """A translation system at a fixed BLEU level: the whole run and the part needed for the level."""

    id: Slug
    level: Literal["seq2seq", "gnmt"]
    role: Literal["original", "improved"]
    name: Text
    date: dt.date
    training_flop: Positive
    share_of_run: Positive
    sources: Sources
    note: str = ""


class GameRun(Dated):
    """A game-playing system at a fixed strength: steps of a run, or compute as stated."""

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
    note: str = ""


class InferenceModel(Dated):
    """One forward pass of a network at a fixed accuracy."""

    id: Slug
    level: Literal["alexnet", "resnet50"]
    role: Literal["original", "improved"]
    name: Text
    date: dt.date
    mmacs_per_image: Positive
    sources: Sources
    note: str = ""


class Reimplementation(Dated):
    """Accuracy in percent of a network retrained for the efficiency paper, beside two other reports of it."""

    id: Slug
    name: Text
    metric: Literal["top-5", "top-1"]
    measured_percent: Positive
    reference_code_percent: Positive | None
    original_paper_percent: Positive
    sources: Sources
    note: str = ""


class PeerCount(Dated):
    """Multiply-adds of one network (`id`, its name in the counter) as seven public counters report them."""

    id: Name
    fvcore: Positive | None
    thop: Positive | None
    ptflops_hooks: Positive | None
    ptflops_aten: Positive | None
    torchinfo: Positive | None
    torchprofile: Positive | None
    calflops: Positive | None
    sources: Sources
    note: str = ""


class Claim(Dated):
    """A quantitative statement of a published text, the quantity it is compared with, and our verdict."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
    file: Text
    publication: Text
    where: Text
    statement: Text
    printed: Text
    value: Finite | None = None
    unit: UnitName = "1"
    digits: Annotated[int, Field(ge=1, le=12)] | None = None
    relation: Relation = "equals"
    compares: QuantityName | None = None
    verdict: Verdict
    reason: Text
    sources: Sources

    @model_validator(mode="after")
    def _comparable(self) -> Self:
        if self.compares is not None and self.value is None:
            raise ValueError("a claim that names 'compares' needs a numeric 'value'")
        if self.relation == "order of magnitude" and (self.value or 0) <= 0:
            raise ValueError("an order of magnitude needs a 'value' above zero")
        return self
