"""The schemas of the JSON files accept what is written and refuse what is not meant."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator, meta

from analysis.bundle.json_schema import schema_path, schemas
from analysis.contract import FILES
from tests.editions import EDITIONS

Change = Callable[[dict[str, Any]], object]
SCHEMAS = schemas(EDITIONS[-1], FILES)
VALIDATOR = Draft202012Validator(SCHEMAS["schema/results.schema.json"])


def quantity() -> dict[str, Any]:
    """A made-up quantity with everything it may have."""
    symbol = {
        "symbol": "a",
        "label": "what was found",
        "value": 1.5,
        "unit": "x",
        "name": "some.thing",
        "record": None,
        "names": [],
    }
    return {
        "name": "some.thing.twice",
        "value": 3.0,
        "unit": "x",
        "low": None,
        "high": 4.0,
        "interval": "95%",
        "digits": 3,
        "summary": "Twice the thing.",
        "formula": "2a",
        "symbols": [symbol, {**symbol, "value": None, "name": None, "names": ["some.thing", "other.thing"]}],
        "filled": r"2 \times 1.5",
        "inputs": ["some.thing", "data/some.toml"],
        "rests_on": ["data/other.toml", "data/some.toml"],
        "used_by": [],
        "sources": ["somebody2018thing"],
    }


def parts(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every field of every record of a schema."""
    for record in (schema, *schema.get("$defs", {}).values()):
        yield from record.get("properties", {}).values()


def faults(file: str, content: object) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMAS[schema_path(file)]).iter_errors(content)]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_json_file_of_an_edition_follows_its_schema(built: Path, edition: str) -> None:
    folder = built / "build" / edition
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*.json") if path.parent.name != "schema"]
    known = schemas(edition, files)
    for file in files:
        content = json.loads((folder / file).read_text(encoding="utf-8"))
        assert [e.message for e in Draft202012Validator(known[schema_path(file)]).iter_errors(content)] == [], file


@pytest.mark.parametrize("file", sorted(FILES))
def test_a_record_with_a_field_that_nobody_knows_is_refused(built: Path, file: str) -> None:
    [path, *_] = sorted((built / "build" / EDITIONS[-1]).glob(file))
    content = json.loads(path.read_text(encoding="utf-8"))
    (content[0] if isinstance(content, list) else content)["colour"] = "red"
    assert any("'colour' was unexpected" in fault for fault in faults(file, content))


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_carries_the_schemas(built: Path, edition: str) -> None:
    folder = built / "build" / edition
    written = {path.relative_to(folder).as_posix(): path for path in (folder / "schema").iterdir()}
    # The tracker is younger than the closed editions.
    files = [file for file in FILES if edition == EDITIONS[-1] or not file.startswith("tracker/")]
    assert {name: json.loads(path.read_text(encoding="utf-8")) for name, path in written.items()} == schemas(
        edition, files
    )


def test_a_unit_that_a_later_edition_added_is_in_no_schema_of_a_closed_one() -> None:
    first, last = (json.dumps(schemas(edition, FILES)) for edition in (EDITIONS[0], EDITIONS[-1]))
    assert '"FLOP/dollar"' in last
    assert '"FLOP/dollar"' not in first


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_one(name: str) -> None:
    meta.validate(SCHEMAS[name])


def test_a_quantity_with_all_that_it_may_have_is_accepted() -> None:
    VALIDATOR.validate({"edition": "2018-05", "quantities": [quantity()]})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda record: record.pop("unit"), '"unit" is a required property'),
        (lambda record: record.update(unit="furlong"), '"furlong" is not one of'),
        (lambda record: record.update(value="3.0"), '"3.0" is not of type "number"'),
        (lambda record: record.update(value=None), 'null is not of type "number"'),
        (lambda record: record.update(colour="red"), "'colour' was unexpected"),
        (lambda record: record.update(name="Some Thing"), '"Some Thing" does not match'),
        (lambda record: record.update(digits=0), "0 is not valid under any of the schemas"),
        (lambda record: record.update(sources=[]), "[] has less than 1 item"),
        (lambda record: record["symbols"][0].pop("unit"), '"unit" is a required property'),
        (lambda record: record["symbols"][0].update(colour="red"), "'colour' was unexpected"),
    ],
)
def test_a_quantity_that_is_not_meant_is_refused(change: Change, message: str) -> None:
    record = quantity()
    change(record)
    errors = [error.message for error in VALIDATOR.iter_errors({"edition": "2018-05", "quantities": [record]})]
    assert len(errors) == 1
    assert message in errors[0]


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_field_of_a_schema_says_what_it_is(name: str) -> None:
    fields = list(parts(SCHEMAS[name]))
    assert fields
    assert [field for field in fields if not field.get("description")] == []


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_and_every_record_in_it_say_what_they_are(name: str) -> None:
    schema = SCHEMAS[name]
    assert [record for record in (schema, *schema.get("$defs", {}).values()) if not record.get("description")] == []


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_no_record_of_a_schema_takes_unknown_fields(name: str) -> None:
    records = [
        record for record in (SCHEMAS[name], *SCHEMAS[name].get("$defs", {}).values()) if record["type"] == "object"
    ]
    assert records
    assert [record for record in records if record["additionalProperties"]] == []
