"""The plain tables of an edition under `data/`: quantities, systems, calculations, claims, references, observations.

Each is a `Resource` with the rows of the edition. A row names the edition that added it, not the one that superseded it
which: at its edition it has no end.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, get_args, get_type_hints

from analysis.bundle.datapackage import NOT_NEGATIVE, REQUIRED, Field, Resource
from analysis.contract import FieldType
from analysis.inputs.dataset import Dataset
from analysis.inputs.records import Claim, Method, Positive, Record, System
from analysis.inputs.references import CSL_TYPES, Reference
from analysis.inputs.sidecars import Column
from analysis.inputs.tables import TABLES
from analysis.model.worked import Worked
from analysis.results.collect import Findings
from analysis.units import units_at

SOURCES: Final = Field(
    name="sources", description="keys of references.csv, separated by semicolons", constraints=REQUIRED
)
# Each edition lists the units it may use.
UNIT: Final = Field(name="unit", description="unit of the numbers in the row", constraints=REQUIRED)
# Table Schema types by JSON Schema type, the form in which pydantic describes a record.
TYPES: Final[Mapping[str, FieldType]] = {
    "string": "string",
    "number": "number",
    "integer": "integer",
    "boolean": "boolean",
    "array": "string",
}

QUANTITY_FIELDS: Final = (
    Field(
        name="name",
        description="name of the quantity: topic, scope, thing",
        constraints={**REQUIRED, "pattern": r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+"},
    ),
    Field(name="value", description="its value, in the unit of the row", type="number", constraints=REQUIRED),
    UNIT,
    Field(name="low", description="lower end of its interval; empty where there is none", type="number"),
    Field(name="high", description="upper end of its interval; empty where there is none", type="number"),
    Field(name="interval", description="what the interval is; empty where there is none"),
    Field(name="summary", description="what the quantity is", constraints=REQUIRED),
    Field(name="formula", description="how it follows from its inputs, in LaTeX", constraints=REQUIRED),
    Field(
        name="inputs",
        description="quantities and files it is made from, separated by semicolons",
        constraints=REQUIRED,
    ),
    SOURCES,
)

SYSTEM_COLUMNS: Final = (
    Column(name="id", unit="", description="identifier"),
    Column(name="name", unit="", description="name in full"),
    Column(name="short_name", unit="", description="name as drawn in figures; empty where it is the full one"),
    Column(
        name="listing",
        unit="",
        description="chart: charted by OpenAI; modest: in its list of modest results; own: neither",
    ),
    Column(name="era", unit="", description="first for systems before 2012, modern for those since"),
    Column(name="domain", unit="", description="field of the task"),
    Column(name="domain_note", unit="", description="why this field; empty where it is obvious"),
    Column(name="date", unit="", description="day at which the system is drawn"),
    Column(name="date_precision", unit="", description="how much of the date to believe"),
    Column(name="date_note", unit="", description="what the date refers to"),
    Column(name="paper", unit="", description="key of the paper that introduced it, in references.csv"),
    Column(name="paper_date", unit="", description="day at which the paper was public"),
    Column(name="paper_date_precision", unit="", description="how much of that date to believe"),
    Column(
        name="error_factor", unit="x", description="error of the compute in both directions, as the publisher draws it"
    ),
    Column(name="note", unit="", description="remark"),
    Column(name="sources", unit="", description="keys of references.csv, separated by semicolons"),
    Column(name="since", unit="", description="first edition the row belongs to"),
)

ESTIMATE_FIELDS: Final = (
    Field(name="name", description="name of the calculation and of its quantity", constraints=REQUIRED),
    Field(name="system", description="system, by its identifier", constraints=REQUIRED),
    Field(name="method", description="how the compute is known", constraints={**REQUIRED, "enum": get_args(Method)}),
    Field(
        name="role",
        description="which factors it takes: printed, charted, counted here, or a variant",
        constraints={**REQUIRED, "enum": ("charted", "printed", "counted", "variant")},
    ),
    Field(name="where", description="place in the source", constraints=REQUIRED),
    Field(name="device", description="processor, by its identifier; empty for other methods than gpu_time"),
    Field(name="upper_bound", description="whether the compute is at most this", type="boolean", constraints=REQUIRED),
    Field(
        name="compute_flop",
        description="training compute: the product of the factors",
        type="number",
        unit="FLOP",
        constraints=NOT_NEGATIVE,
    ),
    Field(
        name="compute_pfs_days",
        description="the same in petaflop/s-days",
        type="number",
        unit="pfs-day",
        constraints=NOT_NEGATIVE,
    ),
    Field(name="text", description="the calculation as a line of arithmetic", constraints=REQUIRED),
    Field(name="note", description="remark"),
    SOURCES,
)

FACTOR_FIELDS: Final = (
    Field(name="calculation", description="calculation, by its name in estimates.csv", constraints=REQUIRED),
    Field(
        name="position",
        description="place in the product, from one",
        type="integer",
        constraints={**REQUIRED, "minimum": 1},
    ),
    Field(name="name", description="name of the factor within the calculation", constraints=REQUIRED),
    Field(name="label", description="what the factor is", constraints=REQUIRED),
    Field(name="value", description="its value, in the unit of the row", type="number", constraints=NOT_NEGATIVE),
    UNIT,
    Field(name="assumed", description="whether no source states it", type="boolean", constraints=REQUIRED),
    SOURCES,
)

CLAIM_COLUMNS: Final = (
    Column(name="id", unit="", description="identifier"),
    Column(name="publication", unit="", description="text that makes the statement"),
    Column(
        name="ledger",
        unit="",
        description="originals: OpenAI's four texts; others: texts around them; later: later studies; networks: papers "
        "of networks",
    ),
    Column(name="kind", unit="", description="result, input, assumption (or definition) or background"),
    Column(name="repeats", unit="", description="claim that makes the same statement first; empty for that claim"),
    Column(name="where", unit="", description="place in the text"),
    Column(name="statement", unit="", description="the statement in words"),
    Column(name="printed", unit="", description="its number as the text prints it"),
    Column(name="value", unit="", description="the number, in the unit of the row; empty where it states none"),
    Column(name="unit", unit="", description="unit of the numbers in the row"),
    Column(name="relation", unit="", description="how the statement relates its number to the quantity"),
    Column(name="compares", unit="", description="quantity it is compared with; empty where there is none"),
    Column(name="verdict", unit="", description="the verdict that follows from the two numbers"),
    Column(name="sources", unit="", description="keys of references.csv, separated by semicolons"),
    Column(name="since", unit="", description="first edition the row belongs to"),
)

COMPARISON_FIELDS: Final = (
    Field(name="ours", description="our number, in the unit of the row; empty without a quantity", type="number"),
    Field(name="low", description="lowest that ours can be within the rounding of its inputs", type="number"),
    Field(name="high", description="highest that ours can be within the rounding of its inputs", type="number"),
    Field(name="ratio", description="the printed number over ours; empty where there is no such", type="number"),
    Field(
        name="within_claimed",
        description="whether a number that differs is within the factor its authors claim; empty where they claim none",
        type="boolean",
    ),
    Field(name="inferred", description="inputs inferred from the print that decide the verdict"),
)

REFERENCE_FIELDS: Final = (
    Field(name="key", description="key of the work", constraints={**REQUIRED, "pattern": "[a-z0-9]+"}),
    Field(
        name="type",
        description="kind of work, as CSL names it",
        constraints={**REQUIRED, "enum": sorted(set(CSL_TYPES.values()))},
    ),
    Field(name="title", description="title", constraints=REQUIRED),
    Field(name="authors", description="authors, family name first, separated by semicolons", constraints=REQUIRED),
    Field(name="year", description="year of publication", type="year", constraints=REQUIRED),
    Field(name="url", description="address; empty where there is none"),
    Field(name="doi", description="DOI; empty where there is none", constraints={"pattern": r"10\.\d+/\S+"}),
)


def plain_data(findings: Findings) -> Iterator[Resource]:
    """The plain tables of an edition; an observed table without rows in that edition is left out."""
    dataset, calculations = findings.study.dataset, findings.study.calculations
    edition = findings.study.edition.id
    yield Resource(
        path="data/quantities.csv",
        title="Quantities",
        description="Every named number of the edition with its interval, formula, inputs and sources.",
        fields=_at(QUANTITY_FIELDS, edition),
        rows=[
            {column.name: getattr(quantity, column.name) for column in QUANTITY_FIELDS}
            for quantity in findings.results.quantities.values()
        ],
        primary_key=("name",),
    )
    yield _systems(findings)
    yield Resource(
        path="data/estimates.csv",
        title="Worked calculations",
        description="Every estimate of the training compute of a system.",
        fields=ESTIMATE_FIELDS,
        rows=[_estimate(calculation) for calculation in calculations],
        primary_key=("name",),
        foreign_keys={"system": ("data.systems", "id"), "device": ("data.devices", "id")},
    )
    yield Resource(
        path="data/factors.csv",
        title="Factors of the worked calculations",
        description="Every factor of every estimate; in base units their product is the compute.",
        fields=_at(FACTOR_FIELDS, edition),
        rows=[row for calculation in calculations for row in _factors(calculation)],
        primary_key=("calculation", "position"),
        foreign_keys={"calculation": ("data.estimates", "name")},
    )
    yield _claims(findings)
    yield Resource(
        path="data/references.csv",
        title="References",
        description="The works that rows of the other files cite by their keys.",
        fields=REFERENCE_FIELDS,
        rows=[_reference(dataset.references[key]) for key in sorted(dataset.references)],
        primary_key=("key",),
    )
    yield from _observed(dataset)


def _at(fields: Iterable[Field], edition: str) -> tuple[Field, ...]:
    """Some fields, with the units of an edition."""
    constraints = {**REQUIRED, "enum": units_at(edition)}
    return tuple(replace(field, constraints=constraints) if field is UNIT else field for field in fields)


def _systems(findings: Findings) -> Resource:
    names = {(calculation.system, calculation.id): calculation.name for calculation in findings.study.calculations}
    calculation = Field(
        name="calculation", description="calculation that the trends rest on, in estimates.csv", constraints=REQUIRED
    )
    rows = [
        {**system.model_dump(mode="json"), "calculation": names[system.id, system.used]}
        for system in findings.study.dataset.systems
    ]
    return Resource(
        path="data/systems.csv",
        title="Systems",
        description="Every trained system: what it is, when it was public, and which estimate of its compute is used.",
        fields=(*_fields_of(System, SYSTEM_COLUMNS), calculation),
        rows=rows,
        primary_key=("id",),
        foreign_keys={"paper": ("data.references", "key"), "calculation": ("data.estimates", "name")},
    )


def _claims(findings: Findings) -> Resource:
    return Resource(
        path="data/claims.csv",
        title="Published statements",
        description="Every published statement with our number, the ratio of the two and the verdict.",
        fields=(*_fields_of(Claim, CLAIM_COLUMNS), *COMPARISON_FIELDS),
        rows=[row.record().model_dump() for row in findings.ledger],
        primary_key=("id",),
        foreign_keys={"compares": ("data.quantities", "name"), "repeats": ("data.claims", "id")},
    )


def _observed(dataset: Dataset) -> Iterator[Resource]:
    for table in TABLES:
        sidecar = dataset.sidecars.get(table.path)
        if sidecar is not None:
            yield Resource(
                path=table.file,
                title=sidecar.title,
                description=sidecar.description,
                # `until` would disclose a later edition to readers of this one.
                fields=_fields_of(table.row, (column for column in sidecar.columns if column.name != "until")),
                rows=[record.model_dump(mode="json") for record in dataset.rows(table)],
                primary_key=("id",),
                foreign_keys=table.keys,
                sources=sidecar.sources,
                licence=sidecar.licence,
            )


def _fields_of(model: type[Record], columns: Iterable[Column]) -> tuple[Field, ...]:
    """Columns of a table with the types and constraints that the class of its rows states."""
    schema = model.model_json_schema()
    kinds = get_type_hints(model, include_extras=True)
    return tuple(
        _field_of(
            column,
            schema["properties"][column.name],
            # JSON Schema does not show the validator behind `Positive`.
            positive=kinds[column.name] in (Positive, Positive | None),
        )
        for column in columns
    )


def _field_of(column: Column, accepted: Mapping[str, Any], *, positive: bool) -> Field:
    options = accepted.get("anyOf", [accepted])
    kind = next(option for option in options if option["type"] != "null")
    # An optional text is "" in the record, and an empty cell in the file.
    never_empty = {"type": "null"} not in options and accepted.get("default") != ""
    if kind["type"] == "array":
        never_empty = kind.get("minItems", 0) > 0
    return Field(
        name=column.name,
        description=column.description,
        type="date" if kind.get("format") == "date" else TYPES[kind["type"]],
        unit=column.unit,
        constraints={
            **(REQUIRED if never_empty else {}),
            **({"minimum": 0} if positive else {}),
            **{key: kind[key] for key in ("enum", "pattern") if key in kind},
        },
    )


def _estimate(calculation: Worked) -> dict[str, Any]:
    values = {column.name: getattr(calculation, column.name) for column in ESTIMATE_FIELDS}
    return {**values, "text": calculation.text(), "sources": list(calculation.sources)}


def _factors(calculation: Worked) -> Iterator[dict[str, Any]]:
    for position, term in enumerate(calculation.terms, start=1):
        yield {
            "calculation": calculation.name,
            "position": position,
            "name": term.name,
            "label": term.label,
            "value": term.value,
            "unit": term.unit,
            "assumed": term.assumed,
            "sources": list(term.sources),
        }


def _reference(reference: Reference) -> dict[str, Any]:
    record = reference.csl()
    authors = [(person.literal, person.family, person.given) for person in record.author]
    return {
        "key": reference.key,
        "type": reference.type,
        "title": reference.title,
        "authors": [", ".join(filter(None, author)) for author in authors],
        "year": int(reference.issued[:4]),
        "url": record.url,
        "doi": reference.doi,
    }
