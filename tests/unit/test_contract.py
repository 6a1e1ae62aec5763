"""The records of a bundle: what they take, and that they are written as they are read."""

import json
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from analysis import contract
from analysis.bundle.files import json_text
from analysis.contract import FILES, Changes, Content, EndMove, Reference, Symbol, Table, read_content

SYMBOL: dict[str, Any] = {
    "symbol": "a",
    "label": "what was found",
    "value": 1.5,
    "unit": "x",
    "name": None,
    "record": "data/some.toml",
    "names": (),
}


def table(*cells: object) -> Table:
    """A table of one column with these cells."""
    return Table.of(
        {
            "name": "some.table",
            "number": 1,
            "since": "2018-05",
            "title": "Some table",
            "code": "analysis/tables/some.py:1",
            "columns": [{"key": "a", "label": "A", "kind": "text", "unit": "", "digits": 3}],
            "rows": [{"a": cell} for cell in cells],
            "input_hash": "",
        }
    )


def written(content: Content) -> Any:
    """What a reader of JSON gets for records."""
    return json.loads(json_text(content))


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="Instance is frozen"):
        Symbol(**SYMBOL).value = 2.0  # type: ignore[misc]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "colour: Extra inputs are not permitted"),
        ({"value": "1.5"}, "value"),
        ({"unit": "dayz"}, "unit: Value error, unknown unit 'dayz'; did you mean 'day'?"),
        ({"symbol": ""}, "symbol: String should have at least 1 character"),
        ({"value": float("nan")}, "value"),
    ],
)
def test_a_record_that_is_not_meant_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Symbol(**{**SYMBOL, **change})
    fault = caught.value.errors()[0]
    assert f"{fault['loc'][0]}: {fault['msg']}".startswith(message)


def test_a_missing_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="label\n  Field required"):
        Symbol(**{key: value for key, value in SYMBOL.items() if key != "label"})


@pytest.mark.parametrize("number", [3, 3.0, 12345678901234567890])
def test_a_whole_number_stays_whole_and_another_stays_a_fraction(number: float) -> None:
    value = Symbol(**{**SYMBOL, "value": number}).value
    assert (value, type(value)) == (number, type(number))


@pytest.mark.parametrize("cell", [3, 3.0, "3", True, None])
def test_a_cell_keeps_its_type(cell: object) -> None:
    [row] = table(cell).rows
    assert (row["a"], type(row["a"])) == (cell, type(cell))
    assert json_text(table(cell)).count(json.dumps(cell)) >= 1


def test_several_texts_in_a_cell_are_written_as_a_list() -> None:
    assert written(table(["one", "two"]))["rows"] == [{"a": ["one", "two"]}]


def test_a_key_that_is_no_python_name_is_written_as_its_format_has_it() -> None:
    assert written(EndMove(before=1.0, after=None)) == {"from": 1.0, "to": None}


def test_a_work_is_written_without_its_empty_fields() -> None:
    work = {
        "id": "doe2020work",
        "type": "article",
        "title": "Work",
        "issued": {"date-parts": [[2020]]},
        "DOI": "10.1/x",
    }
    assert Reference.of(work).container_title == ""
    assert written(Reference.of(work)) == work


def test_a_file_that_is_not_what_it_should_be_is_refused_in_one_line() -> None:
    text = json.dumps([{"id": "doe2020work", "type": "article", "title": "Work", "issued": {"date-parts": [["2020"]]}}])
    with pytest.raises(ValueError, match=r"^0\.issued\.date-parts\.0\.0: Input should be a valid integer$"):
        read_content("references.json", text.encode())


def test_files_of_single_networks_are_read_alike() -> None:
    with pytest.raises(ValueError, match=r"^macs: Field required$"):
        read_content("networks/some_network.json", b"{}")


def test_the_changes_of_a_first_edition_have_no_edition_before() -> None:
    nothing = {"moved": [], "added": [], "removed": []}
    changes = {
        "from": None,
        "to": "2018-05",
        "quantities": nothing,
        "figures": nothing,
        "tables": nothing,
        "records": {"added": [], "changed": [], "closed": []},
        "references": [],
    }
    assert Changes.of(changes).before is None
    assert written(Changes.of(changes)) == changes


def models() -> list[type[BaseModel]]:
    """Every kind of record."""
    found = (getattr(contract, name) for name in contract.__all__)
    return [kind for kind in found if isinstance(kind, type) and issubclass(kind, BaseModel)]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_field_of_a_record_is_described(model: type[BaseModel]) -> None:
    assert [name for name, field in model.model_fields.items() if not field.description] == []


def test_every_file_has_an_adapter_that_takes_no_other_content() -> None:
    for name in FILES:
        with pytest.raises(ValueError, match=r"."):
            read_content(name, b'"text"')
