"""Adding a table of data: a declaration, a CSV file and its sidecar, on a copy of the repository."""

from pathlib import Path
from typing import Any

import pytest

from analysis.inputs.dataset import Dataset
from tests.adding.code_copy import run_python


def test_a_declared_table_is_in_the_data_dictionary(written: dict[str, Any]) -> None:
    dictionary = list(written["documents"].values())[-1]["dictionary.json"]
    table = next(table for table in dictionary if table["file"] == "data/costs/prices.csv")
    assert [column["unit"] for column in table["columns"] if column["name"] == "price"] == ["dollar"]


def test_a_declared_table_is_among_the_downloads(written: dict[str, Any], extended: Path, dataset: Dataset) -> None:
    assert written
    published = (extended / "bundle/data/costs/prices.csv").read_text(encoding="utf-8").splitlines()
    expected = f"gtx-580-hour,gtx-580,0.25,amodei2018ai,{dataset.editions[-1].id}"
    assert published == ["id,device,price,sources,since", expected]


def test_a_declared_table_is_in_the_data_package_with_its_keys(written: dict[str, Any]) -> None:
    resource = next(r for r in written["package"]["resources"] if r["path"] == "data/costs/prices.csv")
    assert resource["schema"]["primaryKey"] == ["id"]
    assert resource["schema"]["foreignKeys"] == [
        {"fields": ["device"], "reference": {"resource": "data.devices", "fields": ["id"]}}
    ]
    price = next(field for field in resource["schema"]["fields"] if field["name"] == "price")
    assert (price["type"], price["unit"], price["constraints"]) == (
        "number",
        "dollar",
        {"required": True, "minimum": 0},
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            ",gtx-580,",
            ",gtx-581,",
            "gtx-580-hour: device: unknown 'gtx-581'; did you mean 'gtx-580'?",
        ),
        (
            ",0.25,",
            ",1e20,",
            "gtx-580-hour: price: found 1e+20 dollar; expected 1e-06 to 1e+13 dollar (a price in dollars)",
        ),
        (
            ",amodei2018ai,",
            ",amodei2018aj,",
            "gtx-580-hour: sources: unknown key 'amodei2018aj' in references.bib; did you mean 'amodei2018ai'?",
        ),
    ],
    ids=["key", "range", "source"],
)
def test_a_declared_table_is_checked(extended: Path, old: str, new: str, expected: str) -> None:
    path = extended / "data/costs/prices.csv"
    text = path.read_text(encoding="utf-8")
    try:
        path.write_text(text.replace(old, new), encoding="utf-8")
        run = run_python(extended, "-m", "analysis", "check")
    finally:
        path.write_text(text, encoding="utf-8")
    assert (run.returncode, run.stderr.splitlines()) == (1, [f"error: data/costs/prices.csv: {expected}"])
