"""The files of a bundle: rounded floats, sorted keys, and no cell that a spreadsheet would run."""

import csv
import hashlib
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.bundle.files import file_hash, rounded, write_csv, write_json

Replace = Callable[[str, str, str], None]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        # The thirteenth digit is dropped: 3 goes down, 7 goes up.
        (0.123_456_789_012_3, 0.123_456_789_012),
        (0.123_456_789_012_7, 0.123_456_789_013),
        # The binary error of 0.1 + 0.2 is in the seventeenth digit.
        (0.1 + 0.2, 0.3),
        (1.234_567_890_123_4e-14, 1.234_567_890_12e-14),
        (-2 / 3, -0.666_666_666_667),
        (0.0, 0.0),
    ],
)
def test_a_float_is_rounded_to_twelve_significant_digits(value: float, expected: float) -> None:
    assert rounded(value) == expected


def test_floats_are_rounded_at_every_depth() -> None:
    assert rounded({"a": [0.1 + 0.2, {"b": (0.1 + 0.2,)}]}) == {"a": [0.3, {"b": [0.3]}]}


@pytest.mark.parametrize("value", ["0.1234567890123", 12_345_678_901_234, True, None])
def test_what_is_no_float_is_left_alone(value: object) -> None:
    assert rounded(value) is value


def test_json_has_sorted_keys_and_ends_with_a_line_end(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", {"b": 1, "a": {"d": 0.1 + 0.2, "c": "é"}})
    expected = '{\n "a": {\n  "c": "é",\n  "d": 0.3\n },\n "b": 1\n}\n'
    assert (tmp_path / "a.json").read_bytes() == expected.encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_json_refuses_what_is_no_number(tmp_path: Path, value: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json(tmp_path / "a.json", {"a": value})


def test_refused_json_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json(tmp_path / "a.json", {"a": float("nan")})
    assert list(tmp_path.iterdir()) == []


def test_csv_has_the_columns_asked_for_in_their_order(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ["b", "a"], [{"a": 0.1 + 0.2, "b": "x, y", "c": 1}, {"a": None, "b": ["k", "l"]}])
    assert (tmp_path / "a.csv").read_bytes() == b'b,a\n"x, y",0.3\nk;l,\n'


def cell_written(value: object) -> str:
    """What a reader of CSV gets for a value in a cell; the row must hold this cell and the one after it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        write_csv(path, ["a", "b"], [{"a": value, "b": "end"}])
        (_, row) = csv.reader(StringIO(path.read_bytes().decode("utf-8"), newline=""))
    assert row[1:] == ["end"]
    return row[0]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\t1", "\r1", "\n1", "  =1", "\u00a0=1", "＝1", "＋1", "－1", "＠1", "-"],
)
def test_text_that_a_spreadsheet_would_run_is_marked_as_text(text: str) -> None:
    assert cell_written(text) == "'" + text.replace("\r", "\n")


@pytest.mark.parametrize("text", ["", "1+1", "a=b", "x-y", "'=1", "3.4-month", "(=1)", "−1", "–1", "e@x"])
def test_other_text_is_unchanged(text: str) -> None:
    assert cell_written(text) == text


@given(st.text())
@example("a\r=1")
@example(' "=1')
def test_no_text_is_run_and_none_is_lost(text: str) -> None:
    cell = cell_written(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not cell.startswith(("\t", "\r", "\n"))
    assert cell.removeprefix("'") == text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("'")


@given(st.lists(st.text(), min_size=1))
def test_no_list_is_run(texts: list[str]) -> None:
    assert cell_written(texts) == cell_written(";".join(texts))


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(-1.5e-7)
def test_a_number_stays_a_number(value: float) -> None:
    assert float(cell_written(value)) == rounded(value)


@given(st.integers())
@example(-1)
def test_a_whole_number_keeps_its_digits(value: int) -> None:
    assert cell_written(value) == str(value)


def test_nothing_is_an_empty_cell() -> None:
    assert cell_written(None) == ""


def test_the_hash_of_files_is_that_of_their_bytes_in_a_row(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    (tmp_path / "b").write_bytes(b"two")
    assert file_hash(tmp_path / "a", tmp_path / "b") == hashlib.sha256(b"onetwo").hexdigest()


def test_no_document_holds_a_float_of_more_than_twelve_digits(built: Path) -> None:
    def floats(value: object) -> list[float]:
        if isinstance(value, dict):
            return [number for item in value.values() for number in floats(item)]
        if isinstance(value, list):
            return [number for item in value for number in floats(item)]
        return [value] if isinstance(value, float) else []

    found = [
        number
        for path in (built / "build").rglob("*.json")
        for number in floats(json.loads(path.read_text(encoding="utf-8")))
    ]
    assert found
    assert [number for number in found if float(f"{number:.12g}") != number] == []
