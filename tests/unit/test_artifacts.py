"""How bundles are opened and read, and when a build is current."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from analysis.artifacts import HASH_FILE, Bundle, FolderFiles, built_editions, input_hash, is_current, open_bundle
from analysis.bundle.files import json_text
from analysis.contract import Reference
from analysis.errors import BundleError, UnknownNameError
from analysis.input_files import ROOT
from analysis.inputs.records import LedgerName
from tests import bundles
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


def test_without_a_build_no_bundle_is_opened(tmp_path: Path) -> None:
    with pytest.raises(BundleError) as caught:
        open_bundle("2018-05", tmp_path / "build")
    assert str(caught.value) == f"{tmp_path / 'build'}: no build; run `python -m analysis build`"


def test_an_edition_that_was_not_built_is_refused_with_the_nearest_one(empty_build: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"^no built edition '2019-12'; did you mean '2019-11'\?$"):
        open_bundle("2019-12", empty_build)


def test_built_editions_are_listed_oldest_first(empty_build: Path) -> None:
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
    # One for the unchanged files and one for each changed file, all different.
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


def test_the_hash_does_not_depend_on_the_location_of_the_files(
    copied_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(copied_data, elsewhere, dirs_exist_ok=True)
    assert input_hash(elsewhere) == input_hash(copied_data)


def test_a_build_of_other_files_is_not_current(empty_build: Path) -> None:
    assert not is_current(empty_build.parent)


def test_no_build_is_not_current(copied_data: Path) -> None:
    assert not is_current(copied_data)


def test_a_build_whose_stamp_is_no_text_is_not_current(empty_build: Path) -> None:
    (empty_build / HASH_FILE).write_bytes(b"\xff")
    assert not is_current(empty_build.parent)


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
    names = get_args(LedgerName)
    assert len(bundle.ledger) == sum(bundle.results[f"claims.{name}.statements"].value for name in names)


def test_drawings_for_a_page_are_no_downloads(built: Path) -> None:
    names = open_bundle("2018-05", built / "build").download_names()
    assert "figures/compute.modern_trend.svg" in names
    assert [name for name in names if name.endswith(".inline.svg")] == []


def test_downloads_are_in_order(built: Path) -> None:
    names = open_bundle("2018-05", built / "build").download_names()
    assert names == sorted(names)


@pytest.mark.parametrize("name", ["../2020-05/results.json", "/etc/hostname", "figures/../../x"])
def test_a_file_outside_the_bundle_is_refused(built: Path, name: str) -> None:
    with pytest.raises(BundleError, match="is no file of the bundle"):
        open_bundle("2018-05", built / "build").text(name)


def test_the_code_of_an_edition_is_that_of_its_figures_and_tables() -> None:
    figures = (bundles.figure(code="analysis/a.py:7"), bundles.figure(name="b", code="analysis/a.py:90"))
    made = bundles.bundle(figures=figures, tables=(bundles.table(code="analysis/b.py:9"),))
    assert made.code_files() == {"analysis/a.py", "analysis/b.py"}
