"""The JSON Schemas (2020-12) of the JSON files of a bundle, for readers of the downloads, made from the contract."""

from typing import Any, Final

from analysis.contract import FILES

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
# The files of single networks have one schema.
NETWORK: Final = "network"


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of every kind of JSON file, by its own path in the bundle."""
    return {schema_path(file): _schema(file) for file in FILES}


def schema_path(file: str) -> str:
    """The path of the schema of a JSON file of a bundle."""
    name = NETWORK if file.startswith("networks/") else file.removesuffix(".json")
    return f"schema/{name}.schema.json"


def _schema(file: str) -> dict[str, Any]:
    schema = FILES[file].json_schema(by_alias=True)
    return {"$schema": DIALECT, "$id": schema_path(file).removeprefix("schema/"), **schema}
