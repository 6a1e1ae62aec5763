"""Closed editions: today's code and data give exactly the published numbers, except for errata."""

from collections.abc import Mapping

import pytest

from analysis.bundle.golden import FOLDER, differences, golden_of
from analysis.input_files import ROOT
from analysis.inputs.dataset import Dataset
from analysis.inputs.files import read_json
from analysis.results.collect import Findings
from tests.editions import CLOSED


def test_each_closed_edition_has_a_golden_file_and_the_open_one_has_none() -> None:
    assert sorted(path.stem for path in (ROOT / FOLDER).glob("*.json")) == list(CLOSED)


@pytest.mark.parametrize("edition", CLOSED)
def test_a_closed_edition_comes_out_as_it_was_published(
    findings_by_edition: Mapping[str, Findings], edition: str
) -> None:
    golden = read_json(ROOT / FOLDER / f"{edition}.json", ROOT)
    assert golden["edition"] == edition
    assert differences(golden, golden_of(findings_by_edition[edition])) == []


@pytest.mark.parametrize("edition", CLOSED)
def test_every_erratum_of_a_closed_edition_is_counted(dataset: Dataset, edition: str) -> None:
    golden = read_json(ROOT / FOLDER / f"{edition}.json", ROOT)
    assert golden["errata"] == len(dataset.errata_of(edition))
