"""Works that are younger than the evidence of an edition, and the records that rest on them."""

from datetime import date

import pytest

from analysis.counting.catalogue import architectures_at
from analysis.inputs.dataset import Dataset
from analysis.inputs.younger_works import is_younger, younger_works

MAY = date(2018, 5, 16)


@pytest.mark.parametrize("issued", ["2018-06", "2018-06-01", "2019", "2022-02-11"])
def test_a_work_of_a_later_month_or_year_is_younger(issued: str) -> None:
    assert is_younger(issued, MAY)


@pytest.mark.parametrize("issued", ["2018-05", "2018-05-31", "2018-04-30", "2018", "1959"])
def test_a_work_of_the_month_of_the_evidence_or_before_is_not_younger(issued: str) -> None:
    assert not is_younger(issued, MAY)


def test_a_work_that_is_a_source_anywhere_in_a_record_is_listed_with_it(dataset: Dataset) -> None:
    works = younger_works(dataset.at("2018-05"), architectures_at("2018-05", dataset.editions[-1].id))
    # The utilisation used for the chart, factors of a system, and the rows and the description of a table.
    assert "data/assumptions.toml#gpu_utilisation_charted" in works["altman2020aiprogress"]
    assert "data/systems/alphago-zero.toml" in works["epoch2026models"]
    assert {"data/devices.csv#gtx-580", "data/devices.toml"} <= set(works["epoch2026hardware"])


def test_a_network_is_listed_with_the_younger_work_that_it_is_counted_from(dataset: Dataset) -> None:
    works = younger_works(dataset.at("2018-05"), architectures_at("2018-05", dataset.editions[-1].id))
    assert [place.split("#")[1] for place in works["torchvision2025"]] == ["resnet152_v1_5"]


def test_a_younger_work_on_which_no_record_rests_is_commentary(dataset: Dataset) -> None:
    assert younger_works(dataset.at("2018-05"), ())["lohn2022ai"] == []


def test_the_newest_edition_has_no_work_that_is_younger_than_it(dataset: Dataset) -> None:
    newest = dataset.editions[-1].id
    assert younger_works(dataset, architectures_at(newest, newest)) == {}
