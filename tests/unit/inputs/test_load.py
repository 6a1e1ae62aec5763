"""The dataset as a whole: what is read from where, and how it narrows to an edition."""

import tomllib
from collections.abc import Callable
from dataclasses import replace as replaced
from pathlib import Path

import pytest

from analysis.errors import InputError, UnknownNameError
from analysis.inputs.dataset import Dataset
from analysis.inputs.load import ROOT, load_dataset
from analysis.inputs.records import Dated
from analysis.inputs.tables import DEVICES, TABLES, DataTable
from analysis.model.study import analyse
from analysis.results.collect import find
from tests.editions import LISTED, NEWEST

Fault = Callable[[str, str, str], str]

ALEXNET = "data/systems/alexnet.toml"


def test_the_id_of_a_system_is_the_name_of_its_file(fault: Fault) -> None:
    message = fault(ALEXNET, 'id = "alexnet"', 'id = "alexnet2"')
    assert message == f"{ALEXNET}: id: found 'alexnet2'; expected the file's name 'alexnet'"


def test_the_lock_of_an_editor_is_no_record(copied_data: Path) -> None:
    (copied_data / "data/systems/.#alexnet.toml").symlink_to("nowhere")
    assert load_dataset(copied_data) == load_dataset()


def test_a_file_of_entries_holds_nothing_else(fault: Fault) -> None:
    message = fault("data/editions.toml", "[[editions]]", "count = 4\n[[editions]]")
    assert message == "data/editions.toml: found count, editions; expected only [[editions]]"


def test_a_misspelt_array_of_entries_is_refused(copied_data: Path) -> None:
    path = copied_data / "data/periods.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("[[periods]]", "[[period]]"), encoding="utf-8")
    with pytest.raises(InputError, match=r"^data/periods\.toml: found period; expected only \[\[periods\]\]$"):
        load_dataset(copied_data)


def test_a_file_of_claims_names_its_publication(copied_data: Path) -> None:
    path = copied_data / "data/claims/amodei2018ai.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text("\n".join(line for line in text.splitlines() if not line.startswith("publication")), "utf-8")
    with pytest.raises(
        InputError, match=r"^data/claims/amodei2018ai\.toml: expected 'publication', 'ledger' and \[\[claims\]\]$"
    ):
        load_dataset(copied_data)


def test_a_file_of_claims_holds_nothing_else(fault: Fault) -> None:
    message = fault("data/claims/amodei2018ai.toml", "publication = ", "edition = 1\npublication = ")
    assert message == (
        "data/claims/amodei2018ai.toml: expected 'publication', 'ledger' and [[claims]]; found also 'edition'"
    )


def test_a_folder_without_records_is_refused(copied_data: Path) -> None:
    for path in (copied_data / "data/systems").glob("*.toml"):
        path.unlink()
    with pytest.raises(InputError, match=r"^data/systems: no \.toml file; expected at least one$"):
        load_dataset(copied_data)


def test_every_system_file_becomes_a_system(dataset: Dataset) -> None:
    assert {system.id for system in dataset.systems} == {path.stem for path in (ROOT / "data/systems").glob("*.toml")}


def test_every_claim_is_read(dataset: Dataset) -> None:
    files = (ROOT / "data/claims").glob("*.toml")
    assert len(dataset.claims) == sum(len(tomllib.loads(path.read_text("utf-8"))["claims"]) for path in files)


def test_every_table_under_data_is_read() -> None:
    tables = {path.relative_to(ROOT / "data").with_suffix("").as_posix() for path in (ROOT / "data").rglob("*.csv")}
    assert {table.path for table in TABLES} == tables


def test_a_copy_reads_as_the_repository_does(dataset: Dataset, copied_data: Path) -> None:
    assert load_dataset(copied_data) == dataset


def test_the_modern_chart_has_fifteen_points_and_the_first_era_eleven(dataset: Dataset) -> None:
    # The compute chart of May 2018 shows fifteen systems; the addendum of November 2019 adds eleven.
    charted = [system.era for system in dataset.systems if system.listing == "chart"]
    assert (charted.count("modern"), charted.count("first")) == (15, 11)


def test_an_edition_before_a_record_does_not_have_it(dataset: Dataset) -> None:
    # The first era entered in November 2019.
    assert "perceptron" not in {system.id for system in dataset.at("2018-05").systems}


def test_the_first_edition_of_a_record_has_it(dataset: Dataset) -> None:
    assert "perceptron" in {system.id for system in dataset.at("2019-11").systems}


def test_an_edition_leaves_out_a_record_from_its_end_on(dataset: Dataset) -> None:
    systems = tuple(
        system.model_copy(update={"until": "2020-05"}) if system.id == "alexnet" else system
        for system in dataset.systems
    )
    narrowed = replaced(dataset, systems=systems)
    has_alexnet = [
        edition.id for edition in dataset.editions if "alexnet" in {s.id for s in narrowed.at(edition.id).systems}
    ]
    assert has_alexnet == ["2018-05", "2019-11"]


def test_an_edition_has_its_own_record_of_a_constant(dataset: Dataset) -> None:
    earlier = next(constant for constant in dataset.constants if constant.id == "moore_doubling")
    others = tuple(constant for constant in dataset.constants if constant is not earlier)
    closed = earlier.model_copy(update={"until": "2020-05"})
    later = earlier.model_copy(update={"since": "2020-05", "value": 18.0})
    both = replaced(dataset, constants=(*others, closed, later))
    values = [both.at(edition.id).constant["moore_doubling"].value for edition in dataset.editions]
    assert values == [24.0, 24.0, 18.0, 18.0]


def test_an_edition_leaves_out_the_editions_after_it(dataset: Dataset) -> None:
    assert [edition.id for edition in dataset.at("2019-11").editions] == ["2018-05", "2019-11"]


@pytest.mark.parametrize(
    "table", [table for table in TABLES if table.path.startswith("efficiency/")], ids=lambda t: t.name
)
def test_the_efficiency_data_enter_with_the_efficiency_post(dataset: Dataset, table: DataTable[Dated]) -> None:
    assert dataset.at("2019-11").rows(table) == ()
    assert dataset.at("2020-05").rows(table) == dataset.rows(table) != ()


def test_narrowing_twice_is_narrowing_to_the_earlier_edition(dataset: Dataset) -> None:
    assert dataset.at("2020-05").at("2018-05") == dataset.at("2018-05")


def test_an_unknown_edition_is_refused_with_the_nearest_one(dataset: Dataset) -> None:
    with pytest.raises(UnknownNameError, match=r"^no edition '2018-06'; did you mean '2018-05'\?$"):
        dataset.at("2018-06")


def test_an_edition_unlike_any_is_refused_with_all_of_them(dataset: Dataset) -> None:
    with pytest.raises(UnknownNameError, match=rf"^no edition 'latest'; expected one of {LISTED}$"):
        dataset.at("latest")


def test_a_system_that_replaces_a_closed_one_has_a_file_named_after_its_edition(
    copied_data: Path, replace_in: Callable[[str, str, str], None]
) -> None:
    systems = copied_data / "data/systems"
    text = (systems / "vgg.toml").read_text(encoding="utf-8")
    later = text.replace('name = "VGG"', 'name = "VGG-16"').replace('since = "2018-05"', f'since = "{NEWEST}"')
    (systems / f"vgg@{NEWEST}.toml").write_text(later, encoding="utf-8")
    replace_in("data/systems/vgg.toml", 'since = "2018-05"', f'since = "2018-05"\nuntil = "{NEWEST}"')
    loaded = load_dataset(copied_data)
    names = [[s.name for s in loaded.at(edition.id).systems if s.id == "vgg"] for edition in loaded.editions]
    assert names == [["VGG"], ["VGG"], ["VGG"], ["VGG-16"]]


def test_constants_and_claims_know_their_file(dataset: Dataset) -> None:
    files = {record.file for record in (*dataset.constants, *dataset.claims)}
    assert {"data/assumptions.toml", "data/observations.toml", "data/claims/amodei2018ai.toml"} <= files
    assert [file for file in files if not (ROOT / file).is_file()] == []


def test_an_edition_does_not_know_when_a_record_will_end(dataset: Dataset) -> None:
    devices = tuple(device.model_copy(update={"until": NEWEST}) for device in dataset.rows(DEVICES))
    narrowed = dataset.with_rows(DEVICES, devices)
    assert narrowed.at("2020-05").rows(DEVICES) == dataset.at("2020-05").rows(DEVICES)
    assert narrowed.at(NEWEST).rows(DEVICES) == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("references.bib", "title = {", "title = {a\u202eb ", "references.bib: ainslie2023gqa: title: expected"),
        ("CHANGELOG.md", "## Ed", "- Erratum to 2018-05 (2027-01-03): a\u200bb.\n\n## Ed", "CHANGELOG.md:6: text: exp"),
        ("data/systems/vgg.toml", 'name = "VGG"', 'name = "VGG {{ 7*7 }}"', "data/systems/vgg.toml: name: expected"),
        ("data/devices.csv", "GTX", "G\x1b[31mTX", "data/devices.csv: row 2: name: expected one line without U+001B"),
        ("data/devices.toml", 'title = "', 'title = "\\u2028', "data/devices.toml: title: expected one line without U+2028"),
        ("data/editions.toml", 'title = "', 'title = "\\n# ', "data/editions.toml: editions[0]: title: expected one line"),
        ("references.bib", "@misc{", "@misc{ü", "references.bib:5: found key 'üainslie2023gqa'; expected letters"),
    ],
)  # fmt: skip
def test_text_that_is_not_plain_is_refused_in_every_kind_of_file(
    fault: Fault, file: str, old: str, new: str, message: str
) -> None:
    assert fault(file, old, new).startswith(message)


def test_an_unknown_number_in_a_reason_is_reported_with_the_nearest(copied_data: Path) -> None:
    path = copied_data / "data/claims/sastry2019addendum.toml"
    text = path.read_text(encoding="utf-8").replace(
        "{{ compute.first.doubling_time }}", "{{ compute.first.doublingtime }}"
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnknownNameError, match=r"reason: no quantity '.*doublingtime'; did you mean '.*doubling_time'"):
        find(analyse(load_dataset(copied_data)))
