"""The JSON files of a bundle: what each of them holds, and how it is read."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from analysis.contract.base import Record
from analysis.contract.datapackage import DataPackage
from analysis.contract.editions import Changes, Claim, DictionaryTable, Edition, Reference
from analysis.contract.exhibits import Figure, Network, NetworkCount, System, Table
from analysis.contract.quantities import Calculation, Results, WhatIf

# What a file holds: one record, or several in order.
Content = Record | tuple[Record, ...]

# By name of the file; those of single networks are `networks/<name>.json`.
FILES: Final[Mapping[str, TypeAdapter[Any]]] = MappingProxyType(
    {
        "architectures.json": TypeAdapter(tuple[Network, ...]),
        "changes.json": TypeAdapter(Changes),
        "datapackage.json": TypeAdapter(DataPackage),
        "dictionary.json": TypeAdapter(tuple[DictionaryTable, ...]),
        "edition.json": TypeAdapter(Edition),
        "figures.json": TypeAdapter(tuple[Figure, ...]),
        "ledger.json": TypeAdapter(tuple[Claim, ...]),
        "networks/*.json": TypeAdapter(NetworkCount),
        "references.json": TypeAdapter(tuple[Reference, ...]),
        "results.json": TypeAdapter(Results),
        "systems.json": TypeAdapter(tuple[System, ...]),
        "tables.json": TypeAdapter(tuple[Table, ...]),
        "what_if.json": TypeAdapter(WhatIf),
        "worked.json": TypeAdapter(tuple[Calculation, ...]),
    }
)


def read_content(name: str, text: bytes) -> Content:
    """The records of a file of a bundle. Raises: ValueError: its first fault, in one line."""
    adapter = FILES["networks/*.json" if name.startswith("networks/") else name]
    try:
        content: Content = adapter.validate_json(text)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(map(str, fault["loc"]))
        raise ValueError(f"{place}: {fault['msg']}" if place else fault["msg"]) from None
    return content
