"""Adding a network, a figure and a table, on a copy of the analysis: functions of a new module, listed nowhere.

That nothing of this changes a closed edition is tested here for code and a table of data together.
"""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from analysis.bundle.files import rounded
from analysis.bundle.json_documents import documents
from analysis.inputs.dataset import Dataset
from analysis.results.collect import Findings


@pytest.fixture
def newest(written: dict[str, Any]) -> dict[str, Any]:
    """The documents of the open edition."""
    return list(written["documents"].values())[-1]  # type: ignore[no-any-return]


def test_a_network_is_one_function(newest: dict[str, Any], findings: Findings) -> None:
    network = next(network for network in newest["architectures.json"] if network["name"] == "later_net")
    # 8 x 4 = 32
    assert network["macs"] == 32
    assert "networks/later_net.json" in newest
    assert "counting.later_net.macs" in {quantity["name"] for quantity in newest["results.json"]["quantities"]}
    assert len(newest["architectures.json"]) == len(documents(findings)["architectures.json"]) + 1


def test_a_figure_of_a_new_topic_is_what_it_shows_and_how_it_is_drawn(written: dict[str, Any]) -> None:
    assert written["rows"] == {"later.points": [{"id": "one", "factor": 2.0}]}
    assert [column["key"] for column in written["columns"]["later.points"]] == ["id", "factor"]
    forms = ["narrow.inline.svg", "pdf", "png", "svg", "wide.inline.svg"]
    assert written["drawn"] == [f"figures/later.points.{form}" for form in forms]
    assert ["later.points" in names for names in written["figures"].values()] == [False, False, False, True]


def test_a_table_of_a_new_topic_is_one_function(newest: dict[str, Any]) -> None:
    table = next(table for table in newest["tables.json"] if table["name"] == "later.names")
    assert table["rows"] == [{"name": "one"}]


def test_a_benchmark_of_the_tracker_is_two_files(newest: dict[str, Any], written: dict[str, Any]) -> None:
    own = newest["tracker/later-level.json"]
    assert (own["rate"]["n"], own["rate"]["halving_time"]) == (1, None)
    assert [run["authors"] for run in own["runs"]] == ["First Author"]
    assert "tracker.later_level.n" in {quantity["name"] for quantity in newest["results.json"]["quantities"]}
    assert ["tracker.later_level" in names for names in written["figures"].values()] == [False, False, False, True]
    assert "data.records.later-level" in {resource["name"] for resource in written["package"]["resources"]}


def test_new_code_and_data_of_the_open_edition_change_no_closed_one(
    written: dict[str, Any], dataset: Dataset, findings_by_edition: Mapping[str, Findings]
) -> None:
    for edition in dataset.editions[:-1]:
        before = json.loads(json.dumps(rounded(documents(findings_by_edition[edition.id]))))
        assert written["documents"][edition.id] == before
