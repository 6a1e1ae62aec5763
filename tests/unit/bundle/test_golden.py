"""Golden files: what they hold, what counts as a difference, and when one is written."""

import json
import math
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.bundle.golden import FOLDER, differences, freeze, golden_of, golden_text
from analysis.bundle.json_documents import documents
from analysis.counting.catalogue import ARCHITECTURES
from analysis.errors import GoldenError, UnknownNameError
from analysis.inputs.load import load_dataset
from analysis.model.study import analyse
from analysis.results.collect import Findings, find
from tests.editions import EDITIONS, NEWEST
from tests.records import plain

Replace = Callable[[str, str, str], None]
EDITION = "2018-05"
NAME = f"{FOLDER}/{EDITION}.json"
ERRATUM = f"\n- Erratum to {EDITION} (2027-01-03): A device was listed too slow.\n"
# The cores of a card are in a single cell of a single table.
OLD, NEW = ",2496,", ",2497,"


@pytest.fixture(scope="module")
def golden(findings_by_edition: Mapping[str, Findings]) -> dict[str, Any]:
    """What the first edition says in numbers."""
    return golden_of(findings_by_edition[EDITION])


def test_a_golden_file_holds_every_number_of_an_edition(
    golden: dict[str, Any], findings_by_edition: Mapping[str, Findings]
) -> None:
    findings = findings_by_edition[EDITION]
    assert set(golden["quantities"]) == set(findings.results.quantities)
    doubling = findings.results["compute.modern.doubling_time"]
    held = golden["quantities"]["compute.modern.doubling_time"]
    # Twelve digits are written, so half a unit of the twelfth is lost at most.
    assert [held[key] for key in ("value", "low", "high")] == pytest.approx(
        [doubling.value, doubling.low, doubling.high], rel=5e-12, abs=0
    )
    assert held["unit"] == "month"
    assert len(golden["figures"]["compute.modern_trend"]) == len(findings.study.chosen["modern"])
    assert {row["system"] for row in golden["tables"]["compute.systems"]}
    assert (golden["edition"], golden["errata"]) == (EDITION, 0)


def test_a_golden_file_reads_back_as_it_was_written(golden: dict[str, Any]) -> None:
    assert json.loads(golden_text(golden)) == golden


def test_each_quantity_and_each_row_of_a_golden_file_is_a_line(golden: dict[str, Any]) -> None:
    lines = [line.strip().rstrip(",") for line in golden_text(golden).splitlines()]
    quantity = golden["quantities"]["compute.modern.doubling_time"]
    assert f'"compute.modern.doubling_time": {json.dumps(quantity, sort_keys=True)}' in lines
    row = golden["tables"]["data.devices"][0]
    assert json.dumps(row, sort_keys=True, ensure_ascii=False) in lines


def test_the_order_of_names_leaves_no_mark_in_a_golden_file(golden: dict[str, Any]) -> None:
    turned = {**golden, "quantities": dict(reversed(golden["quantities"].items()))}
    assert golden_text(turned) == golden_text(golden)


def test_an_edition_does_not_differ_from_itself(golden: dict[str, Any]) -> None:
    assert differences(golden, deepcopy(golden)) == []


def changed(golden: dict[str, Any], value: Any) -> list[str]:
    """The differences once a doubling time has another value."""
    now = deepcopy(golden)
    now["quantities"]["compute.modern.doubling_time"]["value"] = value
    return differences(golden, now)


def test_a_float_may_move_within_the_last_digits(golden: dict[str, Any]) -> None:
    value = golden["quantities"]["compute.modern.doubling_time"]["value"]
    # A billionth is allowed: half of it passes, twice of it does not.
    assert changed(golden, value * (1 + 5e-10)) == []
    assert changed(golden, value * (1 + 2e-9)) == [
        f"quantities: compute.modern.doubling_time: value: found {value * (1 + 2e-9)!r}; expected {value!r}"
    ]


@pytest.mark.parametrize("value", [math.nan, math.inf, None, "3.4"])
def test_no_other_kind_of_value_passes_for_a_float(golden: dict[str, Any], value: Any) -> None:
    assert len(changed(golden, value)) == 1


def test_a_whole_number_is_compared_to_its_last_digit() -> None:
    held = {"quantities": {"a.b": {"value": 10**15}}, "figures": {}, "tables": {}}
    now = {"quantities": {"a.b": {"value": 10**15 + 1}}, "figures": {}, "tables": {}}
    assert differences(held, now) == ["quantities: a.b: value: found 1000000000000001; expected 1000000000000000"]


def test_what_is_gone_and_what_is_new_are_differences(golden: dict[str, Any]) -> None:
    now = deepcopy(golden)
    unit = now["quantities"].pop("compute.modern.n")["unit"]
    now["tables"]["data.devices"].append({"device": "Another"})
    row = len(now["tables"]["data.devices"])
    lines = differences(golden, now)
    assert f"quantities: compute.modern.n: unit: found nothing; expected {unit!r}" in lines
    assert f"tables: data.devices: row {row}: device: found 'Another'; expected nothing of this name" in lines


def test_a_closed_edition_without_a_golden_file_gets_one(copied_data: Path, golden: dict[str, Any]) -> None:
    assert freeze(EDITION, copied_data) == f"{NAME}: written, with {len(golden['quantities'])} quantities"
    assert (copied_data / NAME).read_text(encoding="utf-8") == golden_text(golden)


def test_a_golden_file_is_kept_where_nothing_changed(copied_data: Path) -> None:
    freeze(EDITION, copied_data)
    written = (copied_data / NAME).stat().st_mtime_ns
    assert freeze(EDITION, copied_data) == f"{NAME}: nothing changed; file kept"
    assert (copied_data / NAME).stat().st_mtime_ns == written


def test_changed_numbers_are_refused_without_an_erratum(copied_data: Path, replace_in: Replace) -> None:
    freeze(EDITION, copied_data)
    before = (copied_data / NAME).read_text(encoding="utf-8")
    replace_in("data/devices.csv", OLD, NEW)
    with pytest.raises(GoldenError) as caught:
        freeze(EDITION, copied_data)
    assert str(caught.value) == (
        f"{NAME}: tables: data.devices: row 2: cores: found 2497.0; expected 2496.0 (1 in all); "
        "expected an erratum in CHANGELOG.md beyond the 0 of the golden file: "
        f"'- Erratum to {EDITION} (YYYY-MM-DD): what was corrected'"
    )
    assert (copied_data / NAME).read_text(encoding="utf-8") == before


def test_an_erratum_lets_numbers_move_once(copied_data: Path, replace_in: Replace) -> None:
    freeze(EDITION, copied_data)
    replace_in("data/devices.csv", OLD, NEW)
    with (copied_data / "CHANGELOG.md").open("a", encoding="utf-8") as file:
        file.write(ERRATUM)
    assert freeze(EDITION, copied_data) == f"{NAME}: rewritten; values changed: 1, errata: 1"
    assert json.loads((copied_data / NAME).read_text(encoding="utf-8"))["errata"] == 1
    replace_in("data/devices.csv", NEW, OLD)
    with pytest.raises(GoldenError, match="beyond the 1 of the golden file"):
        freeze(EDITION, copied_data)


def test_an_erratum_that_changed_no_number_is_counted(copied_data: Path) -> None:
    freeze(EDITION, copied_data)
    with (copied_data / "CHANGELOG.md").open("a", encoding="utf-8") as file:
        file.write(ERRATUM)
    assert freeze(EDITION, copied_data) == f"{NAME}: rewritten; values changed: 0, errata: 1"


def test_a_listed_erratum_cannot_be_removed(copied_data: Path) -> None:
    changelog = copied_data / "CHANGELOG.md"
    before = changelog.read_text(encoding="utf-8")
    changelog.write_text(before + ERRATUM, encoding="utf-8")
    freeze(EDITION, copied_data)
    changelog.write_text(before, encoding="utf-8")
    with pytest.raises(GoldenError, match=r"found 0 errata in CHANGELOG\.md; expected an erratum .* beyond the 1 of"):
        freeze(EDITION, copied_data)


def test_the_erratum_of_another_edition_frees_nothing(copied_data: Path, replace_in: Replace) -> None:
    freeze(EDITION, copied_data)
    replace_in("data/devices.csv", OLD, NEW)
    with (copied_data / "CHANGELOG.md").open("a", encoding="utf-8") as file:
        file.write(ERRATUM.replace(EDITION, "2020-05"))
    with pytest.raises(GoldenError):
        freeze(EDITION, copied_data)


def test_an_edition_just_closed_is_not_frozen_while_a_network_names_no_edition(
    copied_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = [edition.id for edition in load_dataset(copied_data).editions if edition.closed][-1]
    monkeypatch.setitem(ARCHITECTURES, "new", replace(ARCHITECTURES["alexnet"], name="new", since=None))
    with pytest.raises(GoldenError) as caught:
        freeze(closed, copied_data)
    assert str(caught.value) == (
        "analysis/counting/architectures/alexnet.py: new: found no 'since'; "
        f'expected since="{closed}", or the edition opened after it where the network is new there, '
        f"before the numbers of {closed} are frozen"
    )
    assert not (copied_data / FOLDER / f"{closed}.json").exists()


def test_an_open_and_an_unknown_edition_have_no_golden_file(copied_data: Path) -> None:
    with pytest.raises(
        GoldenError, match=rf"^edition {NEWEST} is open; expected one that data/editions\.toml calls closed$"
    ):
        freeze(NEWEST, copied_data)
    with pytest.raises(UnknownNameError, match=r"^no edition '2018-06'; did you mean '2018-05'\?$"):
        freeze("2018-06", copied_data)


def test_an_erratum_is_only_in_the_documents_of_its_edition(copied_data: Path) -> None:
    with (copied_data / "CHANGELOG.md").open("a", encoding="utf-8") as file:
        file.write(ERRATUM)
    dataset = load_dataset(copied_data)
    errata = {e.id: plain(documents(find(analyse(dataset, e.id)))["edition.json"])["errata"] for e in dataset.editions}
    listed = [{"date": "2027-01-03", "text": "A device was listed too slow."}]
    assert errata == {edition: listed if edition == EDITION else [] for edition in EDITIONS}
