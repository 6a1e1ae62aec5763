"""The named quantities of a bundle and the calculations behind the compute of its systems."""

from typing import Annotated

from pydantic import Field

from analysis.contract.base import Day, EditionId, Number, QuantityName, Record, Sources, Text, UnitName


class Symbol(Record):
    """A symbol of a formula and its number."""

    symbol: Text
    """The letter as the formula writes it, in LaTeX."""
    label: str
    """What the letter means, in words."""
    value: Number | None
    """The number, in the symbol's unit; null where the letter denotes several."""
    unit: UnitName
    """Unit of the number; 1 for a bare number."""
    name: str | None
    """The quantity that has this value; null where none has."""
    record: str | None
    """The file, and the place in it, that holds the value; null where none does."""
    names: tuple[str, ...]
    """Quantities that the letter denotes together; empty where it is one number."""


class Quantity(Record):
    """A named number with its interval, how it follows, and who says so."""

    name: QuantityName
    """Topic, scope and thing, joined by points; it never changes."""
    value: Number
    """The number, in its unit, to twelve digits; an exact count has all its digits."""
    unit: UnitName
    """Unit of value, low and high; 1 for a bare number, x for a factor."""
    low: Number | None
    """Lower end of the interval; null where there is none."""
    high: Number | None
    """Upper end of the interval; null where it has none."""
    interval: str
    """What low and high are; empty where there are none."""
    digits: Annotated[int, Field(ge=1)] | None
    """Significant digits that the pages print; null where they print all."""
    summary: Text
    """What the number is, in a sentence."""
    formula: Text
    """How it follows from its inputs, in LaTeX."""
    symbols: tuple[Symbol, ...]
    """The letters of the formula in the order of its reading."""
    filled: str
    """The formula with numbers for letters, and the value, in LaTeX."""
    inputs: Annotated[tuple[str, ...], Field(min_length=1)]
    """Quantities (by name) and files (by path, or path#entry) that it is made from directly."""
    rests_on: Annotated[tuple[str, ...], Field(min_length=1)]
    """Files and their entries that it rests on, directly or through other quantities, in the order of the trace."""
    used_by: tuple[str, ...]
    """Names of the quantities that take it as an input."""
    sources: Sources
    """Keys in references.json of the works that the number rests on."""


class Results(Record):
    """Every named quantity of one edition, in the order in which they are made."""

    edition: EditionId
    """Year and month of the edition."""
    quantities: Annotated[tuple[Quantity, ...], Field(min_length=1)]
    """The named numbers."""


class Factor(Record):
    """One factor of a calculation."""

    name: str
    """Name of the factor, such as days."""
    label: str
    """What the factor is, in words."""
    value: float
    """The number, in its unit."""
    unit: UnitName
    """Unit of value and instead_of."""
    base_value: float
    """The number in base units: FLOP, FLOP/s, multiply-adds, seconds or a count."""
    text: str
    """The factor as the line of arithmetic writes it."""
    assumption: str
    """Entry of data/assumptions.toml that gives the number; empty where none does."""
    architecture: str
    """Network whose multiply-adds the number is; empty where it is none."""
    input: tuple[int, ...] | None
    """Shape at which the network is counted; null where that is its usual one."""
    sources: tuple[str, ...]
    """Keys in references.json of the works that give the number."""
    assumed: bool
    """Whether the number is assumed, as nobody has published one."""
    instead_of: float | None
    """What the source prints in place of an inferred number, in unit; null where the number is as printed."""
    half_width: float
    """How far the number can lie from what its source rounded, in unit; 0 for an exact one."""
    why: str
    """Why this number; empty where it is obvious."""


class Intermediate(Record):
    """A number that a source works out on the way to a factor."""

    name: str
    """Name of the number."""
    label: str
    """What it is, in words."""
    unit: UnitName
    """Unit of value."""
    value: float
    """The number, in its unit."""
    text: str
    """The sum of products that gives it."""


class Calculation(Record):
    """One estimate of the training compute of a system: the product of its factors."""

    name: QuantityName
    """worked.<system>.<estimate>; the quantities of the calculation start with it."""
    system: str
    """Id of the system in systems.json."""
    system_name: str
    """Name of the system."""
    id: str
    """Name of the estimate among those of the system."""
    method: str
    """How the compute is known: operations, gpu_time, chart_reading or stated."""
    role: str
    """charted, printed, counted or variant."""
    where: str
    """Where in its source the estimate is."""
    device: str
    """Id of the processor; empty where the estimate names none."""
    upper_bound: bool
    """Whether the compute is at most this."""
    note: str
    """Remark; may be empty."""
    sources: tuple[str, ...]
    """Keys in references.json of the works that give the estimate."""
    compute_flop: float
    """Training compute, in FLOP."""
    compute_pfs_days: float
    """Training compute, in petaflop/s-days."""
    text: str
    """The line of arithmetic as text."""
    latex: str
    """The line of arithmetic in LaTeX."""
    parts: Annotated[tuple[str, ...], Field(min_length=1)]
    """The line of arithmetic in LaTeX, in parts between which a narrow page can break it."""
    factors: Annotated[tuple[Factor, ...], Field(min_length=1)]
    """The factors in order; their base values multiply to compute_flop."""
    intermediates: tuple[Intermediate, ...]
    """Numbers that the source works out on the way."""


class PublishedSettings(Record):
    """The settings with which the panel gives the published numbers."""

    utilisation: float
    """Share of the peak rate that is reached, where an estimate assumes one."""
    first_year: int
    """The year from which systems enter the trend."""
    error_factor: float
    """Error of the compute of a system in both directions, as a factor."""


class WhatIfPoint(Record):
    """A system of the trend as the panel fits it."""

    id: str
    """Id of the point in figures: the system's."""
    name: str
    """Name of the system."""
    date: Day
    """Day at which the system is drawn."""
    day: int
    """The same day, in days since 2000-01-01."""
    domain: str
    """Field of the task."""
    pfs_days: float
    """Training compute, in petaflop/s-days."""
    assumes_utilisation: bool
    """Whether the compute rests on the assumed utilisation."""


class WhatIfDevice(Record):
    """A processor to choose in the estimator."""

    name: str
    """Name of the processor."""
    peak_tflop_per_s: float
    """Listed single-precision peak, in TFLOP/s."""


class WhatIfFactor(Record):
    """A factor of the run that the estimator starts with."""

    name: str
    """Name of the factor."""
    value: float
    """The number, in its unit."""
    unit: UnitName
    """Unit of value."""
    base_value: float
    """The number in base units."""


class WhatIf(Record):
    """What the panel of the compute post starts from: settings, points, constants, and a run for the estimator."""

    published: PublishedSettings
    """The settings that give the published numbers."""
    last_year: int
    """The year of the last system."""
    days_per_year: float
    """Days per year."""
    months_per_year: int
    """Months per year."""
    flop_per_pfs_day: float
    """FLOP per petaflop/s-day."""
    t_quantiles: dict[int, float]
    """Student's t at 97.5% for a line through so many points."""
    points: tuple[WhatIfPoint, ...]
    """The systems of the trend, oldest first."""
    devices: tuple[WhatIfDevice, ...]
    """The processors to choose from."""
    runs: dict[str, tuple[WhatIfFactor, ...]]
    """By method, the factors of the run that the estimator starts with."""
