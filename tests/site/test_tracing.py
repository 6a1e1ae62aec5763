"""Following the trace of a number down to its records, up to what is made from it, and over the editions."""

import json
from pathlib import Path

import pytest

from analysis.artifacts import Bundle, FolderFiles
from site_src.components.provenance import dependants, history, record_page, records_of


def quantity(name: str, value: float, *inputs: str) -> dict[str, object]:
    return {"name": name, "value": value, "low": None, "high": None, "unit": "x", "inputs": list(inputs)}


@pytest.fixture
def bundles(tmp_path: Path) -> dict[str, Bundle]:
    """Two editions of four numbers; the third edition moves one of them."""
    made = {}
    for edition, observed in (("2018-05", 2.0), ("2019-11", 2.0), ("2020-05", 3.0)):
        quantities = [
            quantity("constant.a.value", observed, "data/assumptions.toml#a"),
            quantity("context.b", 2 * observed, "constant.a.value", "data/systems/alexnet.toml"),
            quantity("context.c", 4 * observed, "context.b", "constant.a.value"),
            quantity("context.d", 1.0, "data/efficiency/games.csv#go"),
        ]
        folder = tmp_path / edition
        folder.mkdir()
        (folder / "results.json").write_text(json.dumps({"quantities": quantities}), encoding="utf-8")
        (folder / "systems.json").write_text(json.dumps([{"id": "alexnet"}]), encoding="utf-8")
        (folder / "architectures.json").write_text(json.dumps([{"name": "alexnet"}]), encoding="utf-8")
        (folder / "dictionary.json").write_text(json.dumps([{"file": "data/efficiency/games.csv"}]), encoding="utf-8")
        ledger = [
            {"file": "data/claims/compute_2018.toml", "ledger": "originals"},
            {"file": "data/claims/networks.toml", "ledger": "networks"},
        ]
        (folder / "ledger.json").write_text(json.dumps(ledger), encoding="utf-8")
        made[edition] = Bundle(FolderFiles(folder))
    return made


def test_a_number_rests_on_every_record_below_it_once(bundles: dict[str, Bundle]) -> None:
    assert records_of(bundles["2018-05"], "context.c") == ["data/assumptions.toml#a", "data/systems/alexnet.toml"]


def test_a_number_goes_into_those_that_name_it(bundles: dict[str, Bundle]) -> None:
    assert dependants(bundles["2018-05"]) == {
        "constant.a.value": ["context.b", "context.c"],
        "context.b": ["context.c"],
    }


def test_the_history_of_a_number_holds_the_editions_in_which_it_moved(bundles: dict[str, Bundle]) -> None:
    states = [(edition, record["value"]) for edition, record in history(bundles, "context.b")]
    assert states == [("2018-05", 4.0), ("2020-05", 6.0)]
    assert [edition for edition, _ in history(bundles, "context.d")] == ["2018-05"]


@pytest.mark.parametrize(
    ("record", "page"),
    [
        ("data/assumptions.toml#a", "results/constant.md#constant.a.value"),
        ("data/systems/alexnet.toml", "systems/alexnet.md"),
        ("data/systems/alexnet@2019-11.toml", "systems/alexnet.md"),
        ("data/efficiency/games.csv#go", "data/index.md#data-efficiency-games"),
        ("data/claims/compute_2018.toml", "results/ledger.md"),
        ("data/claims/networks.toml", "results/ledger-networks.md"),
        ("data/claims/later.toml", ""),
        ("analysis/counting/architectures/alexnet.py", "architectures/alexnet.md"),
        ("data/periods.toml", ""),
    ],
)
def test_a_record_leads_to_the_page_that_shows_it(bundles: dict[str, Bundle], record: str, page: str) -> None:
    assert record_page(bundles["2018-05"], record, "counting.alexnet.macs") == page
