"""The JSON Schemas (2020-12) of the JSON files of a bundle, for readers of the downloads, made from the contract."""

from collections.abc import Iterable
from typing import Any, Final

from analysis.contract import FILES
from analysis.contract.files import kind_of
from analysis.units import UNITS, units_at

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
# The files of single networks have one schema, and so do those of single benchmarks.
ONE_OF: Final = {"networks/*.json": "network", "tracker/*.json": "benchmark"}
ALL_UNITS: Final = sorted(UNITS)


def schemas(edition: str, files: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The schema of every kind of JSON file that an edition has, by its own path in the bundle."""
    return {schema_path(kind): _schema(kind, units_at(edition)) for kind in sorted({kind_of(file) for file in files})}


def schema_path(file: str) -> str:
    """The path of the schema of a JSON file of a bundle."""
    name = ONE_OF.get(kind_of(file), file.removesuffix(".json"))
    return f"schema/{name}.schema.json"


def _schema(file: str, units: list[str]) -> dict[str, Any]:
    schema = _with_units(FILES[file].json_schema(by_alias=True), units)
    return {"$schema": DIALECT, "$id": schema_path(file).removeprefix("schema/"), **schema}


def _with_units(schema: Any, units: list[str]) -> Any:
    """A schema that allows these units wherever the contract allows all; closed editions know no later ones."""
    if isinstance(schema, list):
        return [_with_units(part, units) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: units if key == "enum" and part == ALL_UNITS else _with_units(part, units) for key, part in schema.items()
    }
