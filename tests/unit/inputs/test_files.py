"""Files as text, TOML and JSON, and the messages where they cannot be read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.inputs.files import frozen, read_json, read_toml
from analysis.inputs.load import load_dataset

Fault = Callable[[str, str, str], str]

ALEXNET = "data/systems/alexnet.toml"
DEVICES = "data/devices.csv"


def test_an_impossible_date_in_toml_is_refused(fault: Fault) -> None:
    # The date is on line 7 of the file.
    message = fault(ALEXNET, "date = 2012-06-01", "date = 2012-02-30")
    assert message == f"{ALEXNET}: not readable as TOML: Invalid date or datetime (at line 7, column 8)"


def test_a_file_that_is_no_toml_is_named_with_the_line(fault: Fault) -> None:
    message = fault(ALEXNET, 'id = "alexnet"', "id = alexnet")
    assert message == f"{ALEXNET}: not readable as TOML: Invalid value (at line 1, column 6)"


def test_a_toml_file_is_utf8(copied_data: Path) -> None:
    path = copied_data / ALEXNET
    path.write_bytes(path.read_bytes() + b"# \xff\n")
    with pytest.raises(InputError, match=rf"^{ALEXNET}: not UTF-8 text: 'utf-8' codec"):
        load_dataset(copied_data)


def test_a_missing_toml_file_is_named(copied_data: Path) -> None:
    (copied_data / "data/periods.toml").unlink()
    with pytest.raises(InputError, match=r"^data/periods\.toml: no such file$"):
        load_dataset(copied_data)


def test_a_repeated_key_is_refused(fault: Fault) -> None:
    message = fault(ALEXNET, 'era = "modern"', 'era = "modern"\nera = "first"')
    place = "at line 5, column 14); 'era' already has a value on line 4"
    assert message == f"{ALEXNET}: not readable as TOML: Cannot overwrite a value ({place}"


@pytest.mark.parametrize("file", [DEVICES, "data/devices.toml", ALEXNET, "references.bib", "CHANGELOG.md"])
def test_a_byte_order_mark_is_read_past(copied_data: Path, file: str) -> None:
    path = copied_data / file
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_dataset(copied_data) == load_dataset()


def test_a_number_of_toml_is_shown_as_it_is_written(fault: Fault) -> None:
    message = fault(ALEXNET, "error_factor = 2.0", "error_factor = -2.50")
    assert message == f"{ALEXNET}: error_factor: expected a finite number above zero; found '-2.50'"


def test_lists_become_tuples_at_every_depth() -> None:
    assert frozen({"a": [[1.0], {"b": [2.0]}]}) == {"a": ((1.0,), {"b": (2.0,)})}


def test_a_toml_file_reads_as_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "some.toml").write_text("[[rows]]\nx = [1.0, 2.0]\n", encoding="utf-8")
    assert read_toml(tmp_path / "some.toml", tmp_path) == {"rows": ({"x": (1.0, 2.0)},)}


def test_a_json_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"^x\.json: not readable as JSON: "):
        read_json(tmp_path / "x.json", tmp_path)
