"""What moved between two editions: with a small fifth edition after the four of the repository."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from analysis.bundle.changes import changes
from analysis.inputs.load import load_dataset
from analysis.model.study import analyse
from analysis.results import context
from analysis.results.collect import Findings, find
from analysis.results.lineage import lineages
from tests.conftest import copy_of_inputs, open_edition_after
from tests.editions import NEWEST, supersede
from tests.records import plain

# No record is based on it.
WORK = """
@misc{later2027work,
  author = {Author, First},
  title = {A later work},
  date = {2027-01},
  url = {https://example.org/},
  since = {2027-06},
  keywords = {further reading},
}
"""
CLAIMS = "data/claims/efficientdl2020notes.toml"
SINCE = 'since = "{}"'
NOTHING = {"moved": [], "added": [], "removed": []}


def opened(root: Path) -> Findings:
    """The findings of the open edition."""
    return find(analyse(load_dataset(root)))


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """The findings of the last closed edition, which no change to the open one reaches."""
    root = copy_of_inputs(tmp_path_factory.mktemp("before"))
    open_edition_after(root)
    return find(analyse(load_dataset(root), NEWEST))


@pytest.fixture(scope="module")
def speedup_changed(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """The findings of the open edition with a larger speed-up of solvers."""
    root = copy_of_inputs(tmp_path_factory.mktemp("speedup"))
    open_edition_after(root)
    # Larger by two in a hundred thousand, so that every verdict of the ledger stays.
    supersede(root / "data/observations.toml", "500000.0", "500010.0", since="2027-06")
    return opened(root)


@pytest.fixture(scope="module")
def renewed(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """The findings of the open edition: a system and a row replace others, a device and a work are new, a claim closed."""
    root = copy_of_inputs(tmp_path_factory.mktemp("renewed"))
    open_edition_after(root)
    system = root / "data/systems/word2vec.toml"
    text = system.read_text(encoding="utf-8")
    value = next(line for line in text.splitlines() if line.startswith("value"))
    later = text.replace(value, f"{value}1").replace(SINCE.format("2018-05"), SINCE.format("2027-06"))
    system.with_stem("word2vec@2027-06").write_text(later, encoding="utf-8")
    close(system, since="2018-05")
    close(root / CLAIMS, since="2020-05")
    table = root / "data/efficiency/alexnet_level.csv"
    text = table.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("resnet-18,"))
    epochs = row.split(",")[6]
    later = row.replace(f",{epochs},", f",{epochs}.0001,").replace("2020-05", "2027-06")
    table.write_text(text.replace(row, f"{row}2027-06") + f"{later}\n", encoding="utf-8")
    with (root / "data/devices.csv").open("a", encoding="utf-8") as file:
        file.write("tesla-v100,Tesla V100,NVIDIA,2017-06-21,5120,,1530,15.7,epoch2026hardware,,2027-06,\n")
    with (root / "references.bib").open("a", encoding="utf-8") as file:
        file.write(WORK)
    return opened(root)


def close(path: Path, *, since: str) -> None:
    """Closes the first record of a TOML file that is there since an edition."""
    text, opening = path.read_text(encoding="utf-8"), SINCE.format(since)
    assert opening in text
    path.write_text(text.replace(opening, f'{opening}\nuntil = "2027-06"', 1), encoding="utf-8")


def test_an_edition_without_new_records_changes_nothing(before: Findings, fifth_edition: Path) -> None:
    assert plain(changes(before, opened(fifth_edition))) == {
        "from": NEWEST,
        "to": "2027-06",
        "quantities": NOTHING,
        "figures": NOTHING,
        "tables": NOTHING,
        "records": {"added": [], "changed": [], "closed": []},
        "references": [],
    }


def test_nothing_moves_in_the_first_edition(findings_by_edition: Mapping[str, Findings]) -> None:
    first = plain(changes(None, findings_by_edition["2018-05"]))
    assert (first["from"], first["to"]) == (None, "2018-05")
    assert (first["quantities"], first["records"]["added"], first["references"]) == (NOTHING, [], [])


def test_a_changed_value_moves_just_the_quantities_made_from_it(before: Findings, speedup_changed: Findings) -> None:
    found = plain(changes(before, speedup_changed))
    leaf = "data/observations.toml#mip_speedup"
    moved = {record["name"]: record for record in found["quantities"]["moved"]}
    assert set(moved) == {name for name, known in lineages(speedup_changed.results).items() if leaf in known.rests_on}
    assert set(moved) == {"constant.mip_speedup.value", "context.solvers.doubling_time"}
    assert {(record["cause"], *record["because"]) for record in moved.values()} == {("data", leaf)}
    speedup = moved["constant.mip_speedup.value"]
    # 500,010 / 500,000 = 1.00002
    assert (speedup["from"], speedup["to"], speedup["ratio"], speedup["unit"]) == (
        500000.0,
        500010.0,
        pytest.approx(1.00002, rel=1e-12),
        "x",
    )
    assert (speedup["low"], speedup["high"]) == (None, None)


def test_a_changed_value_moves_the_tables_that_show_it(before: Findings, speedup_changed: Findings) -> None:
    found = plain(changes(before, speedup_changed))
    assert {"data.constants", "data.quantities"} <= set(found["tables"]["moved"])
    assert "data.devices" not in found["tables"]["moved"]
    assert "compute.modern_trend" not in found["figures"]["moved"]


def test_a_changed_value_is_a_changed_record(before: Findings, speedup_changed: Findings) -> None:
    assert plain(changes(before, speedup_changed))["records"] == {
        "added": [],
        "changed": [
            {
                "collection": "constants",
                "id": "mip_speedup",
                "file": "data/observations.toml",
                "label": "speed-up of mixed-integer solvers on a fixed problem set",
            }
        ],
        "closed": [],
    }


def test_a_system_put_in_the_place_of_another_moves_its_compute(before: Findings, renewed: Findings) -> None:
    found = plain(changes(before, renewed))
    record = next(record for record in found["quantities"]["moved"] if record["name"] == "worked.word2vec.stated")
    assert record["cause"] == "data"
    assert record["because"] == ["data/systems/word2vec.toml", "data/systems/word2vec@2027-06.toml"]


def test_a_row_put_in_the_place_of_another_moves_its_run_and_not_those_of_other_rows(
    before: Findings, renewed: Findings
) -> None:
    moved = {record["name"]: record["because"] for record in plain(changes(before, renewed))["quantities"]["moved"]}
    runs = {name for name in moved if name.startswith("efficiency.training")}
    assert runs == {"efficiency.training.resnet_18", "efficiency.training_recounted.resnet_18"}
    assert {name: moved[name] for name in runs} == {
        name: ["data/efficiency/alexnet_level.csv#resnet-18"] for name in runs
    }


def test_a_number_changed_over_the_same_records_is_changed_by_code(
    before: Findings, fifth_edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    law = context.end_point_doubling_time_months
    monkeypatch.setattr(context, "end_point_doubling_time_months", lambda *given: law(*given) * (1 + 1e-6))
    moved = plain(changes(before, opened(fifth_edition)))["quantities"]["moved"]
    assert "context.solvers.doubling_time" in {record["name"] for record in moved}
    assert {(record["cause"], *record["because"]) for record in moved} == {("code",)}


def test_records_that_are_new_changed_and_closed_are_listed(before: Findings, renewed: Findings) -> None:
    assert plain(changes(before, renewed))["records"] == {
        "added": [{"collection": "devices", "id": "tesla-v100", "file": "data/devices.csv", "label": "Tesla V100"}],
        "changed": [
            {
                "collection": "systems",
                "id": "word2vec",
                "file": "data/systems/word2vec@2027-06.toml",
                "label": "Word2Vec",
            },
            {
                "collection": "alexnet_level",
                "id": "resnet-18",
                "file": "data/efficiency/alexnet_level.csv",
                "label": "ResNet-18",
            },
        ],
        "closed": [
            {
                "collection": "claims",
                "id": "efficiency-notes.factor",
                "file": CLAIMS,
                "label": "Between 2012 and 2019 the operations for AlexNet's accuracy fell 44 times.",
            }
        ],
    }


def test_works_that_are_new_are_listed(before: Findings, renewed: Findings) -> None:
    assert plain(changes(before, renewed))["references"] == ["later2027work"]


def test_between_the_editions_of_the_repository_only_data_changed_numbers(
    findings_by_edition: Mapping[str, Findings],
) -> None:
    # The same code gives all of them.
    moved = [
        record
        for before, after in pairwise(findings_by_edition.values())
        for record in plain(changes(before, after))["quantities"]["moved"]
    ]
    assert moved
    assert [record["name"] for record in moved if record["cause"] != "data"] == []


def test_the_first_era_enters_as_records(findings_by_edition: Mapping[str, Findings]) -> None:
    found = plain(changes(findings_by_edition["2018-05"], findings_by_edition["2019-11"]))
    added = [entry["id"] for entry in found["records"]["added"] if entry["collection"] == "systems"]
    # The addendum of November 2019 adds eleven systems.
    assert (len(added), "perceptron" in added) == (11, True)
    assert "efficiency.alexnet.factor" not in found["quantities"]["added"]
