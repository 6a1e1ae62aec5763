"""The Frictionless data package of a bundle. Fields that are empty are left out.

Source of the form: Frictionless Data, Data Package and Table Schema, version 1.
"""

from typing import Annotated, Literal

from pydantic import Field

from analysis.contract.base import FieldType, Record, SparseRecord, Text


class Licence(SparseRecord):
    """A licence."""

    name: str
    """Its SPDX name."""
    title: str
    """Its short name."""


class PackageSource(SparseRecord):
    """A work that data comes from."""

    title: str
    """Title of the work."""
    path: str = ""
    """Its address."""


class Constraints(SparseRecord):
    """What a value must satisfy."""

    required: bool | None = None
    """Whether every cell holds something."""
    minimum: Annotated[int, Field(ge=0)] | None = None
    """The smallest number."""
    pattern: str = ""
    """A regular expression for the whole text."""
    enum: tuple[str, ...] = ()
    """The texts there are."""


class PackageField(SparseRecord):
    """A column of a CSV file."""

    name: str
    """Its name in the header."""
    type: FieldType
    """Type of its cells."""
    unit: str = ""
    """Unit of its numbers."""
    description: Text
    """What it holds."""
    constraints: Constraints = Constraints()
    """What its cells must satisfy."""


class KeyTarget(Record):
    """The target of a foreign key."""

    resource: str
    """Name of a resource; an empty text for the resource itself."""
    fields: tuple[str, ...]
    """Names of columns there."""


class ForeignKey(SparseRecord):
    """Columns whose values are those of columns elsewhere."""

    fields: tuple[str, ...]
    """Names of the columns."""
    reference: KeyTarget
    """Their target."""


class TableSchema(SparseRecord):
    """The Table Schema of a CSV file."""

    fields: tuple[PackageField, ...]
    """Its columns, in order."""
    primary_key: tuple[str, ...] = Field((), alias="primaryKey")
    """Columns that name a row."""
    foreign_keys: tuple[ForeignKey, ...] = Field((), alias="foreignKeys")
    """Columns that refer to rows elsewhere."""


class PackagedFile(SparseRecord):
    """A CSV file."""

    profile: Literal["tabular-data-resource"] = "tabular-data-resource"
    """Kind of resource."""
    name: str
    """Its path with points."""
    path: str
    """Its path in the bundle."""
    title: Text
    """Its title."""
    description: Text
    """What it holds."""
    format: Literal["csv"] = "csv"
    """Format of the file."""
    mediatype: Literal["text/csv"] = "text/csv"
    """Media type of the file."""
    encoding: Literal["utf-8"] = "utf-8"
    """Encoding of the file."""
    bytes: Annotated[int, Field(ge=0)]
    """Size of the file."""
    hash: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
    """Hash of the file."""
    licenses: tuple[Licence, ...]
    """Its licence."""
    sources: tuple[PackageSource, ...] = ()
    """Works that it comes from."""
    table_schema: TableSchema = Field(alias="schema")
    """Its columns."""


class DataPackage(SparseRecord):
    """The descriptor of the CSV files of a bundle."""

    profile: Literal["tabular-data-package"] = "tabular-data-package"
    """Kind of package."""
    name: str
    """Name of the package."""
    title: Text
    """Title of the publication and its edition."""
    description: Text
    """What the edition is."""
    created: str
    """Day of publication, as a time."""
    version: str
    """The edition."""
    licenses: tuple[Licence, ...]
    """Licence of the data."""
    sources: tuple[PackageSource, ...]
    """Works that its numbers rest on."""
    resources: tuple[PackagedFile, ...]
    """The CSV files."""
