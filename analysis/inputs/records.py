"""The shape of every record under data/: frozen pydantic models that refuse unknown keys.

One class per kind of record. `since` names the edition that added a record and `until` the one that superseded it.
Checks that need more than one record are in `analysis.inputs.checks`.
"""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from math import floor, isfinite, log10
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from analysis.errors import did_you_mean
from analysis.record_text import ONE_LINE, Holds, fault_in
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
ClaimId = Annotated[str, Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
EditionId = Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
# Text is a single line unless its type allows more: notes and remarks several lines, reasons also quantities.
Text = Annotated[str, Field(min_length=1)]
Note = Annotated[str, Holds(lines=True)]
Remark = Annotated[str, Field(min_length=1), Holds(lines=True)]
Reason = Annotated[str, Field(min_length=1), Holds(lines=True, numbers=True)]
Sources = Annotated[tuple[str, ...], Field(min_length=1)]
UnitName = Annotated[str, AfterValidator(_known_unit)]
Positive = Annotated[float, AfterValidator(_positive)]
Finite = Annotated[float, AfterValidator(_finite)]
Era = Literal["first", "modern"]
Domain = Literal["vision", "speech", "language", "games", "fundamentals"]
Method = Literal["operations", "gpu_time", "chart_reading", "stated"]
Verdict = Literal["agrees", "consistent", "differs", "not testable"]
Relation = Literal["equals", "about", "more than", "at least", "at most", "order of magnitude"]
ClaimKind = Literal["result", "input", "assumption", "background"]
LedgerName = Literal["originals", "others", "later", "networks"]


class Record(BaseModel):
    """Base of all records: frozen, strict, no unknown keys, no text that `analysis.record_text` refuses."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    @field_validator("*", mode="after")
    @classmethod
    def _is_plain_text(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, (str, tuple)):
            return value
        holds = _holds(cls, info.field_name or "")
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and (fault := fault_in(text, holds)):
                raise ValueError(fault)
        return value


@cache
def _holds(model: type[Record], field: str) -> Holds:
    """What the text of a field may contain."""
    return next((item for item in model.model_fields[field].metadata if isinstance(item, Holds)), ONE_LINE)


class Dated(Record):
    """A record that belongs to every edition from `since` on, up to but not including `until` if that is given."""

    since: EditionId
    until: EditionId | None = None

    def belongs_to(self, edition: str) -> bool:
        """Whether the record belongs to an edition."""
        return self.since <= edition and (self.until is None or edition < self.until)

    def disagreements(self) -> Iterator[str]:
        """Messages about values of a row that contradict each other."""
        yield from ()


class Edition(Record):
    """One state of the analysis: the evidence as of one day, published on a later one."""

    id: EditionId
    evidence: dt.date
    published: dt.date
    title: Text
    closed: bool


class Erratum(Record):
    """A correction of a closed edition, as listed in CHANGELOG.md."""

    edition: EditionId
    date: dt.date
    text: Text


class Rounding(Record):
    """How finely a source prints a number: to a multiple of `rounded_to`, or to `rounded_digits` significant digits.

    Neither is given for an exact number: a count, or a value that is chosen rather than measured.
    """

    rounded_to: Positive | None = None
    rounded_digits: Annotated[int, Field(ge=1, le=12)] | None = None

    @model_validator(mode="after")
    def _one_rounding(self) -> Self:
        if self.rounded_to is not None and self.rounded_digits is not None:
            raise ValueError("expected only one of 'rounded_to' and 'rounded_digits'")
        return self

    # Half a unit of the last digit: rounding moves a number no further.
    def half_width(self, value: float) -> float:
        """How far the number before rounding can be from the printed one, in its unit; 0 if it is exact."""
        if self.rounded_digits is not None and value:
            return 10.0 ** (floor(log10(abs(value))) - self.rounded_digits + 1) / 2
        return (self.rounded_to or 0.0) / 2


class Constant(Dated, Rounding):
    """One number of assumptions.toml or observations.toml, with its unit and source.

    `file` is filled in by the loader, here and in `System` and `Claim`.
    A value with `instead_of` is inferred: it was chosen because results then come out as printed, and replaces this
    printed value; `note` explains how.
    """

    id: Name
    file: Text
    label: Text
    value: Finite
    unit: UnitName
    sources: Sources
    assumed: bool = False
    instead_of: Positive | None = None
    note: Note = ""

    @model_validator(mode="after")
    def _inferred_with_note(self) -> Self:
        if self.instead_of is not None and not self.note:
            raise ValueError("'instead_of' needs a 'note'")
        return self


class Period(Dated):
    """One of the periods into which the 2018 post divides the years (both ends inclusive), with its printed ranges."""

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
    why: Remark

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"'end' {self.end} is not after 'start' {self.start}")
        return self


class Factor(Rounding):
    """One factor of a calculation: a number, the name of an assumption, or a count of the counter.

    `architecture` means the multiply-adds of one forward pass through that network, at its usual input or at `input`.
    A number with `instead_of` is inferred: it was chosen because the product then comes out as printed, and replaces
    this number, which the source prints or lists.
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
    instead_of: Positive | None = None
    why: Note = ""

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        given = [name for name in ("value", "assumption", "architecture") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("expected exactly one of 'value', 'assumption' and 'architecture'")
        if self.input is not None and self.architecture is None:
            raise ValueError("expected 'input' only together with 'architecture'")
        if self.assumed and not self.why:
            raise ValueError("'assumed = true' needs a 'why'")
        if self.instead_of is not None and not self.why:
            raise ValueError("'instead_of' needs a 'why'")
        if self.value is None and (self.instead_of or self.half_width(1.0)):
            raise ValueError("expected 'instead_of', 'rounded_to' and 'rounded_digits' only together with 'value'")
        return self


class Intermediate(Record):
    """An intermediate result of a source on the way to a factor: a sum of products."""

    name: Name
    label: Text
    unit: UnitName
    products: Annotated[tuple[tuple[Positive, ...], ...], Field(min_length=1)]


class Estimate(Record):
    """One estimate of the compute of a system: a product of factors, or a single number read or stated."""

    id: Name
    method: Method
    role: Literal["charted", "printed", "counted", "variant"]
    sources: Sources
    where: Text
    device: Slug | None = None
    upper_bound: bool = False
    note: Note = ""
    factors: Annotated[tuple[Factor, ...], Field(min_length=1)]
    intermediates: tuple[Intermediate, ...] = ()

    @model_validator(mode="after")
    def _device_for_gpu_time(self) -> Self:
        if (self.method == "gpu_time") != (self.device is not None):
            raise ValueError("expected 'device' with method 'gpu_time' and with no other")
        return self


class System(Dated):
    """A trained system: its publication and every estimate of its training compute.

    `listing` is `chart` for systems that OpenAI charted, `modest` for the appendix's list of modest results, and `own`
    for a system in neither: it is counted and shown, but enters no trend.
    """

    id: Slug
    file: Text
    name: Text
    short_name: str = ""
    listing: Literal["chart", "modest", "own"]
    era: Era
    domain: Domain
    domain_note: Note = ""
    date: dt.date
    date_precision: Literal["day", "month", "year"]
    date_note: Text
    paper: Text
    paper_date: dt.date
    paper_date_precision: Literal["day", "month", "year"]
    sources: Sources
    error_factor: Positive | None = None
    used: Name
    note: Note = ""
    estimates: Annotated[tuple[Estimate, ...], Field(min_length=1)]

    @property
    def label(self) -> str:
        """The name shown in figures."""
        return self.short_name or self.name

    def estimate(self, estimate_id: str) -> Estimate:
        """The estimate of this id. Raises: KeyError."""
        return {e.id: e for e in self.estimates}[estimate_id]


class Device(Dated):
    """A processor and its listed single-precision peak, with cores and clocks where they are listed."""

    id: Slug
    name: Text
    vendor: Text
    released: dt.date
    cores: Positive | None
    base_clock_mhz: Positive | None
    boost_clock_mhz: Positive | None
    fp32_peak_tflop_per_s: Positive
    sources: Sources
    note: Note = ""


class Claim(Dated):
    """A quantitative statement in a published text, the quantity it is compared with, and our verdict.

    `ledger` is the list it is in, `repeats` the claim that makes the same statement first, and `claimed_factor` the
    quantity with the accuracy that its authors claim. `digits` overrides the number of digits in `printed`.
    """

    id: ClaimId
    file: Text
    publication: Text
    ledger: LedgerName
    kind: ClaimKind
    repeats: ClaimId | None = None
    where: Text
    statement: Text
    printed: Text
    value: Finite | None = None
    unit: UnitName = "1"
    digits: Annotated[int, Field(ge=1, le=12)] | None = None
    relation: Relation = "equals"
    compares: QuantityName | None = None
    claimed_factor: QuantityName | None = None
    verdict: Verdict
    reason: Reason
    sources: Sources

    @model_validator(mode="after")
    def _comparable(self) -> Self:
        if self.compares is not None and self.value is None:
            raise ValueError("a claim that names 'compares' needs a numeric 'value'")
        if self.relation == "order of magnitude" and (self.value or 0) <= 0:
            raise ValueError("an order of magnitude needs a 'value' above zero")
        return self
