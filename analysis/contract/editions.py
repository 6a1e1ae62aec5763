"""The records about an edition: evidence, changes, published statements, works, and the data tables behind it."""

from typing import Literal

from pydantic import Field

from analysis.contract.base import Day, EditionId, Number, Record, Sources, SparseRecord, Text, UnitName


class EditionRecord(Record):
    """One state of the analysis: the evidence as of a day, computed and published on a later one."""

    id: EditionId
    """Year and month of the evidence."""
    evidence: Day
    """Last day of the evidence."""
    published: Day
    """Day of publication."""
    title: Text
    """What the edition is."""
    closed: bool
    """Whether its numbers are settled."""


class Erratum(Record):
    """A correction of a closed edition."""

    date: Day
    """Day of the correction."""
    text: Text
    """What was corrected."""


class Edition(EditionRecord):
    """The edition of a bundle, those up to it, and its corrections."""

    editions: tuple[EditionRecord, ...]
    """The editions up to this one, oldest first."""
    errata: tuple[Erratum, ...]
    """Its corrections, in the order of the changelog."""
    younger_works: dict[str, tuple[str, ...]]
    """Works that are younger than the evidence, by key, each with the records that rest on it."""


class Claim(Record):
    """A published statement, our number next to it, and the verdict."""

    id: str
    """Id of the statement; it never changes."""
    file: str
    """The file under data/claims/ that holds it."""
    publication: str
    """Title of the publication."""
    ledger: Literal["originals", "others", "later", "networks"]
    """The list it belongs to."""
    kind: str
    """result, input, assumption or background."""
    repeats: str | None
    """Id of the statement that says the same first; null where this is the first."""
    where: str
    """Where in the publication it is."""
    statement: str
    """The statement, in short."""
    printed: str
    """The number as printed."""
    value: float | None
    """The printed number, in unit; null for a statement without one."""
    unit: UnitName
    """Unit of value, ours, low and high."""
    digits: int | None
    """Significant digits of the printed number, where they are not those of its text."""
    relation: str
    """How the text relates to the number: equals, about, more than, at least, at most, order of magnitude."""
    compares: str | None
    """The quantity it is compared with; null where there is none."""
    claimed_factor: str | None
    """The quantity that holds the accuracy its authors claim; null where they claim none."""
    verdict: Literal["agrees", "consistent", "differs", "not testable"]
    """The verdict that follows from the two numbers."""
    reason: str
    """Why the verdict is as it is."""
    sources: Sources
    """Keys in references.json of the works that make the statement."""
    since: EditionId
    """First edition that has this record."""
    until: EditionId | None
    """First edition without it; null while it holds."""
    ours: Number | None
    """The recomputed number, in unit; null where there is none."""
    low: Number | None
    """The lowest that ours can be, as its inputs were printed rounded; null where there is no number."""
    high: Number | None
    """The highest that ours can be, as its inputs were printed rounded; null where there is no number."""
    ratio: float | None
    """The printed number over ours; null where there is none."""
    within_claimed: bool | None
    """Whether a number that differs is within the accuracy its authors claim; null where they claim none."""
    inferred: tuple[str, ...]
    """Inferred inputs that decide the verdict."""


class EndMove(Record):
    """An end of an interval in two editions."""

    before: Number | None = Field(alias="from")
    """Its value in the edition before; null where there was none."""
    after: Number | None = Field(alias="to")
    """Its value in this edition; null where there is none."""


class MovedQuantity(Record):
    """A quantity that has another value than in the edition before, and why."""

    name: str
    """Name of the quantity."""
    unit: UnitName
    """Unit of its values."""
    before: Number = Field(alias="from")
    """Its value in the edition before."""
    after: Number = Field(alias="to")
    """Its value in this edition."""
    ratio: Number | None
    """The new value over the old one; null where that makes no sense."""
    low: EndMove | None
    """The lower end of its interval; null where it is the same."""
    high: EndMove | None
    """The upper end of its interval; null where it is the same."""
    cause: Literal["data", "code"]
    """Whether other data or other code changed it."""
    because: tuple[str, ...]
    """The records that differ."""


class ChangedQuantities(Record):
    """Quantities that were added, changed or removed."""

    moved: tuple[MovedQuantity, ...]
    """Those with another value."""
    added: tuple[str, ...]
    """Names of those that the edition before does not have."""
    removed: tuple[str, ...]
    """Names of those that only the edition before has."""


class ChangedNames(Record):
    """Figures or tables that were added, changed or removed."""

    moved: tuple[str, ...]
    """Names of those with other rows."""
    added: tuple[str, ...]
    """Names of those that the edition before does not have."""
    removed: tuple[str, ...]
    """Names of those that only the edition before has."""


class ChangedRecord(Record):
    """A data record that was added, replaced or closed."""

    collection: str
    """The kind of record."""
    id: str
    """Id of the record."""
    file: str
    """The file that holds it."""
    label: str
    """What it is called in a list."""


class ChangedRecords(Record):
    """Data records that were added, replaced or closed."""

    added: tuple[ChangedRecord, ...]
    """New ones."""
    changed: tuple[ChangedRecord, ...]
    """Those that replace a closed one."""
    closed: tuple[ChangedRecord, ...]
    """Those that nothing replaces."""


class Changes(Record):
    """What an edition changes in the one before it."""

    before: EditionId | None = Field(alias="from")
    """The edition before; null for the first."""
    after: EditionId = Field(alias="to")
    """This edition."""
    quantities: ChangedQuantities
    """Named numbers."""
    figures: ChangedNames
    """Figures."""
    tables: ChangedNames
    """Tables."""
    records: ChangedRecords
    """Data records."""
    references: tuple[str, ...]
    """Keys of works that are new."""


class Person(SparseRecord):
    """An author: a person by family and given name, or a body by its literal name."""

    family: str = ""
    """Family name."""
    given: str = ""
    """Given name or initials."""
    literal: str = ""
    """Name of a body, or `others`."""


class Issued(Record):
    """When a work was published."""

    date_parts: tuple[tuple[int, ...], ...] = Field(alias="date-parts")
    """One date: year, then month and day as far as they are known."""


class Reference(SparseRecord):
    """A work in CSL-JSON. Fields that are empty are left out."""

    id: str
    """Key of the work."""
    type: str
    """Kind of work, as CSL names it."""
    author: tuple[Person, ...] = ()
    """Its authors, in order."""
    title: str
    """Title of the work."""
    issued: Issued
    """When it was published."""
    container_title: str = Field("", alias="container-title")
    """What it appeared in."""
    volume: str = ""
    """Volume."""
    issue: str = ""
    """Issue."""
    page: str = ""
    """Pages."""
    publisher: str = ""
    """Publisher."""
    doi: str = Field("", alias="DOI")
    """Digital object identifier."""
    archive: str = ""
    """Archive that keeps it, such as arXiv."""
    archive_location: str = ""
    """Its number in the archive."""
    url: str = Field("", alias="URL")
    """Address."""
    note: str = ""
    """Remark."""


class DictionaryColumn(Record):
    """A column of a data table."""

    name: str
    """Name of the column."""
    unit: str
    """Unit of its numbers; empty where it has none."""
    description: str
    """What it holds."""
    rounded_to: float | None
    """Its source prints numbers to the nearest multiple of this; null where it does not."""
    rounded_digits: int | None
    """Its source prints numbers to so many significant digits; null where it does not."""


class DictionaryTable(Record):
    """A data table: what it is, where it comes from, and what its columns mean."""

    file: str
    """The file under data/."""
    title: Text
    """What the table is."""
    description: Text
    """What it holds and how it was made."""
    sources: Sources
    """Keys in references.json of the works it comes from."""
    licence: Text
    """Licence of the table."""
    since: EditionId
    """First edition that has the table."""
    columns: tuple[DictionaryColumn, ...]
    """Its columns, in order."""
