"""The schema of results.json accepts what is written and refuses what is not meant."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from analysis.schema import RESULTS_SCHEMA
from tests.editions import EDITIONS, FIRST, NEWEST

Change = Callable[[dict[str, Any]], object]
VALIDATOR = Draft202012Validator(RESULTS_SCHEMA)


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
        "sources": ["somebody2018thing"],
    }


def parts(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A schema and every schema within it."""
    yield schema
    for inner in (*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])):
        yield from parts(inner)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_results_of_every_edition_follow_the_schema(built: Path, edition: str) -> None:
    results = json.loads((built / "build" / edition / "results.json").read_text(encoding="utf-8"))
    assert results["quantities"]
    assert [error.message for error in VALIDATOR.iter_errors(results)] == []


@pytest.mark.parametrize("edition", [FIRST, NEWEST])
def test_every_edition_carries_the_schema(built: Path, edition: str) -> None:
    written = (built / "build" / edition / "schema" / "results.schema.json").read_text(encoding="utf-8")
    assert json.loads(written) == RESULTS_SCHEMA


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(RESULTS_SCHEMA)


def test_a_quantity_with_all_that_it_may_have_is_accepted() -> None:
    VALIDATOR.validate({"edition": "2018-05", "quantities": [quantity()]})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda record: record.pop("unit"), "'unit' is a required property"),
        (lambda record: record.update(unit="furlong"), "'furlong' is not one of"),
        (lambda record: record.update(value="3.0"), "'3.0' is not of type 'number'"),
        (lambda record: record.update(value=None), "None is not of type 'number'"),
        (lambda record: record.update(colour="red"), "'colour' was unexpected"),
        (lambda record: record.update(name="Some Thing"), "'Some Thing' does not match"),
        (lambda record: record.update(digits=0), "0 is less than the minimum of 1"),
        (lambda record: record.update(sources=[]), "[] should be non-empty"),
        (lambda record: record["symbols"][0].pop("unit"), "'unit' is a required property"),
        (lambda record: record["symbols"][0].update(colour="red"), "'colour' was unexpected"),
    ],
)
def test_a_quantity_that_is_not_meant_is_refused(change: Change, message: str) -> None:
    record = quantity()
    change(record)
    errors = [error.message for error in VALIDATOR.iter_errors({"edition": "2018-05", "quantities": [record]})]
    assert len(errors) == 1
    assert message in errors[0]


def test_every_part_of_the_schema_says_what_it_is() -> None:
    assert [part for part in parts(RESULTS_SCHEMA) if not (part.get("title") and part.get("description"))] == []


def test_no_object_of_the_schema_takes_unknown_fields() -> None:
    objects = [part for part in parts(RESULTS_SCHEMA) if part["type"] == "object"]
    # The file, a quantity and a symbol.
    assert [part["additionalProperties"] for part in objects] == [False, False, False]
