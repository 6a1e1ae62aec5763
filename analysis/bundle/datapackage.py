"""The Frictionless data package of an edition: what every CSV file of a bundle is and what its columns hold.

A `Resource` is a CSV file to be written: its rows and a description of each column. The build writes the rows, and
`data_package` describes the files as they then lie in the folder, so that no CSV file goes undescribed.
Source of the form: Frictionless Data, Data Package and Table Schema, version 1.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from analysis import contract
from analysis.bundle.files import file_hash
from analysis.counting.count import Breakdown
from analysis.counting.registry import Architecture
from analysis.counting.report import layer_row
from analysis.figures.columns import column_of
from analysis.inputs.references import Reference
from analysis.numerals import month_in_words
from analysis.results.collect import Findings
from analysis.tables.columns import meaning

NAME: Final = "ai-and-compute-recomputed"
TITLE: Final = "AI and compute, recomputed"
LICENCE: Final = "CC BY 4.0"
REQUIRED: Final = {"required": True}
NOT_NEGATIVE: Final = {"required": True, "minimum": 0}
# A day, or only a month or year: the date type of Table Schema requires a full date.
PARTIAL_DATE: Final = {"pattern": r"\d{4}(-\d{2}(-\d{2})?)?"}
NUMBER_KINDS: Final = frozenset({"number", "from", "to"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column of a CSV file. `unit` is empty where there is none; `constraints` are those of a Table Schema."""

    name: str
    description: str
    type: contract.FieldType = "string"
    unit: str = ""
    constraints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A CSV file: its path in the bundle, rows and fields. `foreign_keys` maps a field to (resource, field)."""

    path: str
    title: str
    description: str
    fields: tuple[Field, ...]
    rows: Iterable[contract.Row]
    primary_key: tuple[str, ...] = ()
    foreign_keys: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    licence: str = LICENCE

    @property
    def name(self) -> str:
        """The name of the resource: its path with points."""
        return self.path.removesuffix(".csv").replace("/", ".")

    @property
    def columns(self) -> list[str]:
        """The header of the file."""
        return [column.name for column in self.fields]


LAYER_FIELDS: Final = (
    Field(name="path", description="place of the layer in the network, stage first", constraints=REQUIRED),
    Field(name="kind", description="kind of layer", constraints=REQUIRED),
    Field(name="detail", description="window, stride and other settings; empty where there are none"),
    Field(name="input", description="shape of the input", constraints=REQUIRED),
    Field(name="output", description="shape of what comes out", constraints=REQUIRED),
    Field(
        name="macs",
        description="multiply-adds of a forward pass over one example",
        type="integer",
        unit="MAC",
        constraints=NOT_NEGATIVE,
    ),
    Field(
        name="training_macs",
        description="multiply-adds of a training step over one example",
        type="integer",
        unit="MAC",
        constraints=NOT_NEGATIVE,
    ),
    Field(
        name="params",
        description="parameters of the layer; shared ones are listed where they are used first",
        type="integer",
        unit="parameter",
        constraints=NOT_NEGATIVE,
    ),
)
# Targets of the columns of figures and tables that name a record.
FIGURE_KEYS: Final = {"calculation": ("data.estimates", "name"), "claim": ("data.claims", "id")}
TABLE_KEYS: Final = {
    "system": ("data.systems", "id"),
    "architecture": ("tables.counting.architectures", "architecture"),
}


def data_package(findings: Findings, resources: Iterable[Resource], folder: Path) -> contract.DataPackage:
    """The descriptor of the CSV files in the folder of an edition."""
    edition, references = findings.study.edition, findings.study.dataset.references
    cited = dict.fromkeys(key for quantity in findings.results.quantities.values() for key in quantity.sources)
    return contract.DataPackage(
        name=NAME,
        title=f"{TITLE}: edition {edition.id}, evidence as of {month_in_words(edition.evidence)}",
        description=edition.title,
        created=f"{edition.published}T00:00:00Z",
        version=edition.id,
        licenses=(_licence(LICENCE),),
        sources=tuple(_source(references[key]) for key in cited),
        resources=tuple(_packaged(resource, folder, references) for resource in resources),
    )


def figure_resource(record: contract.Figure) -> Resource:
    """The rows of a figure, from its record in figures.json."""
    return Resource(
        path=f"figures/{record.name}.csv",
        title=f"Figure {record.number}: {record.title}",
        description=f"The rows that the figure draws. {record.alt}",
        fields=tuple(
            Field(
                name=column.key,
                description=column.description,
                type=column.type,
                unit=column.unit,
                constraints={} if column_of(record.name, column.key).optional else REQUIRED,
            )
            for column in record.columns
        ),
        rows=record.rows,
        foreign_keys={column.key: FIGURE_KEYS[column.key] for column in record.columns if column.key in FIGURE_KEYS},
    )


def table_resource(record: contract.Table) -> Resource:
    """The rows of a table, from its record in tables.json."""
    path = f"tables/{record.name}.csv"
    return Resource(
        path=path,
        title=f"Table {record.number}: {record.title}",
        description="The rows of the table as the site prints them, numbers in full.",
        fields=tuple(
            Field(
                name=column.key,
                description=meaning(record.name, column.key),
                type="number" if column.kind in NUMBER_KINDS else "string",
                unit=column.unit,
                constraints=PARTIAL_DATE if column.kind == "date" else {},
            )
            for column in record.columns
        ),
        rows=record.rows,
        foreign_keys={column.key: TABLE_KEYS[column.kind] for column in record.columns if column.kind in TABLE_KEYS},
    )


def network_resource(architecture: Architecture, breakdown: Breakdown) -> Resource:
    """The layers of a network."""
    return Resource(
        path=f"networks/{architecture.name}.csv",
        title=f"Layers of {architecture.title}",
        description=f"Every layer with its operations and parameters, for one {architecture.example}.",
        fields=LAYER_FIELDS,
        rows=[layer_row(row) for row in breakdown.rows],
        primary_key=("path",),
        sources=architecture.sources,
    )


def _packaged(resource: Resource, folder: Path, references: Mapping[str, Reference]) -> contract.PackagedFile:
    path = folder / resource.path
    return contract.PackagedFile(
        name=resource.name,
        path=resource.path,
        title=resource.title,
        description=resource.description,
        bytes=path.stat().st_size,
        hash=f"sha256:{file_hash(path)}",
        licenses=(_licence(resource.licence),),
        sources=tuple(_source(references[key]) for key in resource.sources),
        table_schema=_schema(resource),
    )


def _schema(resource: Resource) -> contract.TableSchema:
    """The Table Schema of a CSV file."""
    return contract.TableSchema(
        fields=tuple(_field(column) for column in resource.fields),
        primary_key=resource.primary_key,
        foreign_keys=tuple(
            contract.ForeignKey(
                fields=(name,),
                # Table Schema writes a key into the same file as an empty resource name.
                reference=contract.KeyTarget(resource="" if home == resource.name else home, fields=(key,)),
            )
            for name, (home, key) in resource.foreign_keys.items()
            if (home, key) != (resource.name, name)
        ),
    )


def _field(column: Field) -> contract.PackageField:
    return contract.PackageField(
        name=column.name,
        type=column.type,
        unit=column.unit,
        description=column.description,
        constraints=contract.Constraints.of(column.constraints),
    )


def _licence(words: str) -> contract.Licence:
    """A licence by its SPDX name, which is its short name with hyphens."""
    return contract.Licence(name=words.replace(" ", "-"), title=words)


def _source(reference: Reference) -> contract.PackageSource:
    return contract.PackageSource(title=reference.title, path=reference.csl().url)
