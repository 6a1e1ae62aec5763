"""The JSON files of a bundle: what each of them holds, and how it is read."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final

from pydantic import Field, TypeAdapter, ValidationError

from analysis.contract.base import Record
from analysis.contract.datapackage import DataPackage
from analysis.contract.editions import Changes, Claim, DictionaryTable, Edition, Reference
from analysis.contract.exhibits import BenchmarkRuns, Figure, Network, NetworkCount, System, Table
from analysis.contract.quantities import Calculation, Results, WhatIf

# What a file holds: one record, or several in order.
Content = Record | tuple[Record, ...]


def _listed(kind: type[Record], description: str) -> TypeAdapter[Any]:
    """The records of one kind in order."""
    return TypeAdapter(Annotated[tuple[kind, ...], Field(description=description)])  # type: ignore[arg-type, valid-type]


# By name of the file; single networks and benchmarks have one each, `networks/<name>.json` and `tracker/<id>.json`.
FILES: Final[Mapping[str, TypeAdapter[Any]]] = MappingProxyType(
    {
        "architectures.json": _listed(Network, "The networks of an edition, in the order of their listing."),
        "changes.json": TypeAdapter(Changes),
        "datapackage.json": TypeAdapter(DataPackage),
        "dictionary.json": _listed(DictionaryTable, "The data tables of an edition, by the path of their files."),
        "edition.json": TypeAdapter(Edition),
        "figures.json": _listed(Figure, "The figures of an edition, by number."),
        "ledger.json": _listed(Claim, "The published statements of an edition, in the order of their files."),
        "networks/*.json": TypeAdapter(NetworkCount),
        "references.json": _listed(Reference, "The works of an edition, by key."),
        "results.json": TypeAdapter(Results),
        "systems.json": _listed(System, "The trained systems of an edition."),
        "tables.json": _listed(Table, "The tables of an edition, by number."),
        "tracker/*.json": TypeAdapter(BenchmarkRuns),
        "what_if.json": TypeAdapter(WhatIf),
        "worked.json": _listed(Calculation, "The estimates of training compute of an edition."),
    }
)


def kind_of(name: str) -> str:
    """The entry of `FILES` that a file of a bundle belongs to."""
    folder, slash, _ = name.rpartition("/")
    return f"{folder}/*.json" if slash else name


def read_content(name: str, text: bytes) -> Content:
    """The records of a file of a bundle. Raises: ValueError: its first fault, in one line."""
    adapter = FILES[kind_of(name)]
    try:
        content: Content = adapter.validate_json(text)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(map(str, fault["loc"]))
        raise ValueError(f"{place}: {fault['msg']}" if place else fault["msg"]) from None
    return content
