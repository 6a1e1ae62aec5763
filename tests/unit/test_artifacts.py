"""The file contract: how bundles are opened and their files written."""

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.artifacts import (
    HASH_FILE,
    ROOT,
    Bundle,
    FolderFiles,
    built_editions,
    file_hash,
    input_hash,
    is_current,
    json_text,
    open_bundle,
    rounded,
    swap_in,
    write_csv,
    write_json,
)
from analysis.contract import Reference
from analysis.errors import BundleError, UnknownNameError
from tests.editions import NEWEST

Replace = Callable[[str, str, str], None]


@pytest.fixture
def empty_build(tmp_path: Path) -> Path:
    """A build of two editions whose documents hold nothing."""
    build = tmp_path / "build"
    for edition in ("2018-05", "2019-11"):
        (build / edition).mkdir(parents=True)
        (build / edition / "edition.json").write_text("{}", encoding="utf-8")
    (build / HASH_FILE).write_text("0\n", encoding="utf-8")
    return build


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        # The thirteenth digit is dropped: 3 goes down, 7 goes up.
        (0.123_456_789_012_3, 0.123_456_789_012),
        (0.123_456_789_012_7, 0.123_456_789_013),
        # What a machine adds to 0.3 stands in the seventeenth digit.
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
def test_other_text_stands_as_it_is(text: str) -> None:
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


def test_a_folder_is_swapped_in_for_another_without_remains(tmp_path: Path) -> None:
    fresh, target = tmp_path / ".build.partial", tmp_path / "build"
    for folder, name in ((fresh, "new"), (target, "old")):
        folder.mkdir()
        (folder / name).touch()
    swap_in(fresh, target)
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["build", "build/new"]


def test_a_folder_is_swapped_in_where_there_was_none(tmp_path: Path) -> None:
    (tmp_path / "fresh").mkdir()
    swap_in(tmp_path / "fresh", tmp_path / "build")
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


def test_remains_of_an_earlier_swap_are_cleared_away(tmp_path: Path) -> None:
    for name in ("fresh", "build", ".build.old"):
        (tmp_path / name).mkdir()
    (tmp_path / ".build.old" / "remains").touch()
    swap_in(tmp_path / "fresh", tmp_path / "build")
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


def test_without_a_build_no_bundle_is_opened(tmp_path: Path) -> None:
    with pytest.raises(BundleError) as caught:
        open_bundle("2018-05", tmp_path / "build")
    assert str(caught.value) == f"{tmp_path / 'build'}: no build; run `python -m analysis build`"


def test_an_edition_that_was_not_built_is_refused_with_the_nearest_one(empty_build: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"^no built edition '2019-12'; did you mean '2019-11'\?$"):
        open_bundle("2019-12", empty_build)


def test_built_editions_stand_from_the_oldest(empty_build: Path) -> None:
    (empty_build / "no-edition").mkdir()
    assert built_editions(empty_build) == ["2018-05", "2019-11"]


def test_a_bundle_without_a_document_says_which(empty_build: Path) -> None:
    with pytest.raises(BundleError) as caught:
        _ = open_bundle("2018-05", empty_build).results
    assert str(caught.value).startswith(f"{empty_build / '2018-05' / 'results.json'}: cannot be read (")
    assert str(caught.value).endswith("; run `python -m analysis build`")


def test_a_bundle_with_a_torn_document_says_which(empty_build: Path) -> None:
    (empty_build / "2018-05" / "results.json").write_text('{"quantities": [', encoding="utf-8")
    with pytest.raises(BundleError, match=r"results\.json: cannot be read \(Invalid JSON: EOF"):
        _ = open_bundle("2018-05", empty_build).results


def test_a_bundle_with_a_document_of_an_older_build_says_which_field_is_missing(empty_build: Path) -> None:
    with pytest.raises(BundleError) as caught:
        _ = open_bundle("2018-05", empty_build).edition
    place = empty_build / "2018-05" / "edition.json"
    assert str(caught.value) == f"{place}: cannot be read (id: Field required); run `python -m analysis build`"


def test_a_bundle_in_memory_reads_as_one_in_a_folder() -> None:
    work = {"id": "doe2020work", "type": "article", "title": "Work", "issued": {"date-parts": [[2020]]}}
    bundle = Bundle(files={"references.json": json_text([work]).encode(), "figures/a.inline.svg": b"<svg/>"})
    assert bundle.references == {"doe2020work": Reference.of(work)}
    assert bundle.text("figures/a.inline.svg") == "<svg/>"
    assert bundle.download_names() == ["references.json"]


def test_a_bundle_in_memory_without_a_document_says_which() -> None:
    with pytest.raises(BundleError, match=r"^ledger\.json: cannot be read \(there is no such file\); run"):
        _ = Bundle(files={}).ledger


@pytest.mark.parametrize("name", ["missing.svg", "../x"])
def test_a_file_that_a_bundle_in_memory_does_not_hold_is_refused(name: str) -> None:
    with pytest.raises(BundleError, match=f"^'{re.escape(name)}' is no file of the bundle in memory$"):
        Bundle(files={}).text(name)


def test_a_bundle_in_memory_is_in_no_folder() -> None:
    with pytest.raises(BundleError, match=r"^the bundle is in no folder$"):
        _ = Bundle(files={}).folder


def test_a_file_of_a_folder_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    bundle = Bundle(FolderFiles(tmp_path))
    assert bundle.text("a.txt") == "one"
    (tmp_path / "a.txt").write_text("two", encoding="utf-8")
    assert bundle.text("a.txt") == "one"


def test_a_file_that_is_not_asked_for_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "references.json").write_text("[]", encoding="utf-8")
    (tmp_path / "ledger.json").write_text("torn", encoding="utf-8")
    assert Bundle(FolderFiles(tmp_path)).references == {}


def test_a_bundle_can_be_the_key_of_a_cache_and_is_the_same_only_as_itself() -> None:
    one, other = Bundle(files={}), Bundle(files={})
    assert {one: 1, other: 2}[one] == 1


def test_every_file_of_data_bibliography_and_changelog_decides_the_hash(copied_data: Path) -> None:
    files = [path for path in copied_data.rglob("*") if path.is_file()]
    hashes = {input_hash(copied_data)}
    for path in files:
        text = path.read_bytes()
        path.write_bytes(text + b"\n")
        hashes.add(input_hash(copied_data))
        path.write_bytes(text)
    # One for the files as they stand and one for each of them changed: no two alike.
    assert len(hashes) == 1 + len(files)


def test_a_new_file_under_data_decides_the_hash(copied_data: Path) -> None:
    before = input_hash(copied_data)
    (copied_data / "data/systems/new.toml").touch()
    assert input_hash(copied_data) != before


def test_the_name_of_a_file_decides_the_hash(copied_data: Path) -> None:
    before = input_hash(copied_data)
    (copied_data / "data/systems/vgg.toml").rename(copied_data / "data/systems/vgg-16.toml")
    assert input_hash(copied_data) != before


def test_code_decides_the_hash(copied_data: Path) -> None:
    before = input_hash(copied_data)
    (copied_data / "analysis/model").mkdir(parents=True)
    (copied_data / "analysis/model/study.py").touch()
    assert input_hash(copied_data) != before


def test_what_python_compiles_does_not_decide_the_hash(copied_data: Path) -> None:
    before = input_hash(copied_data)
    (copied_data / "analysis/__pycache__").mkdir(parents=True)
    (copied_data / "analysis/__pycache__/study.py").touch()
    assert input_hash(copied_data) == before


def test_the_hash_does_not_hang_on_where_the_files_lie(
    copied_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(copied_data, elsewhere, dirs_exist_ok=True)
    assert input_hash(elsewhere) == input_hash(copied_data)


def test_a_build_of_other_files_is_not_current(empty_build: Path) -> None:
    assert not is_current(empty_build.parent)


def test_no_build_is_not_current(copied_data: Path) -> None:
    assert not is_current(copied_data)


def test_a_build_of_these_files_is_current(copied_data: Path) -> None:
    (copied_data / "build").mkdir()
    (copied_data / "build" / HASH_FILE).write_text(input_hash(copied_data) + "\n", encoding="utf-8")
    assert is_current(copied_data)


def test_a_build_written_by_the_package_opens(built: Path) -> None:
    bundle = open_bundle(NEWEST, built / "build")
    assert (bundle.edition.id, bundle.systems["alexnet"].name) == (NEWEST, "AlexNet")


def test_a_bundle_gives_every_record_by_its_name(built: Path) -> None:
    bundle = open_bundle(NEWEST, built / "build")
    for records in (bundle.results, bundle.worked, bundle.figures, bundle.tables):
        assert records
        assert all(record.name == name for name, record in records.items())
    assert all(record.id == key for key, record in bundle.references.items())


def test_a_bundle_holds_the_ledger_and_the_dictionary(built: Path) -> None:
    bundle = open_bundle(NEWEST, built / "build")
    tables = {f"data/{path.relative_to(ROOT / 'data').as_posix()}" for path in (ROOT / "data").rglob("*.csv")}
    assert {record.file for record in bundle.dictionary} == tables
    names = ("originals", "others", "networks")
    assert len(bundle.ledger) == sum(bundle.results[f"claims.{name}.statements"].value for name in names)


def test_drawings_for_a_page_are_no_downloads(built: Path) -> None:
    names = open_bundle("2018-05", built / "build").download_names()
    assert "figures/compute.modern_trend.svg" in names
    assert [name for name in names if name.endswith(".inline.svg")] == []


def test_downloads_stand_in_order(built: Path) -> None:
    names = open_bundle("2018-05", built / "build").download_names()
    assert names == sorted(names)


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


@pytest.mark.parametrize("name", ["../2020-05/results.json", "/etc/hostname", "figures/../../x"])
def test_a_file_outside_the_bundle_is_refused(built: Path, name: str) -> None:
    with pytest.raises(BundleError, match="is no file of the bundle"):
        open_bundle("2018-05", built / "build").text(name)
