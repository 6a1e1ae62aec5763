"""Adding a table of data: a declaration, a CSV file and its sidecar, on a copy of the repository."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from analysis.bundle.files import rounded
from analysis.bundle.json_documents import documents
from analysis.inputs.dataset import Dataset
from analysis.results.collect import Findings
from tests.adding.code_copy import code_copy, run_python, written_by

# Put at the end of the declarations: the class of the rows, and the table among the others.
DECLARATION = '''

class Price(Dated):
    """What an hour of a processor costs."""

    id: Slug
    device: Slug
    price: Positive
    sources: Sources


PRICES: Final = DataTable(name="prices", path="costs/prices", row=Price, keys={"device": (DEVICES.resource, "id")})
'''
ROWS = "id,device,price,sources,since,until\ngtx-580-hour,gtx-580,0.25,amodei2018ai,{since},\n"
SIDECAR = """
title = "Prices of processors"
description = "What an hour costs."
sources = ["amodei2018ai"]
licence = "CC BY 4.0"
since = "{since}"
columns = [
  {{ name = "id", unit = "", description = "identifier" }},
  {{ name = "device", unit = "", description = "processor" }},
  {{ name = "price", unit = "dollar", description = "price of an hour" }},
  {{ name = "sources", unit = "", description = "keys of references.bib" }},
  {{ name = "since", unit = "", description = "first edition" }},
  {{ name = "until", unit = "", description = "edition from which the row no longer holds" }},
]
"""
# The CSV files under data/ of the open edition, and their descriptions.
PACKAGE = """
from analysis.bundle.csv_tables import plain_data
from analysis.bundle.datapackage import data_package
from analysis.bundle.files import write_csv

folder = Path("bundle")
resources = list(plain_data(newest))
for resource in resources:
    (folder / resource.path).parent.mkdir(parents=True, exist_ok=True)
    write_csv(folder / resource.path, resource.columns, resource.rows)
written["package"] = data_package(newest, resources, folder)
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, dataset: Dataset) -> Path:
    """A copy of the analysis and its inputs with one more table."""
    root = code_copy(tmp_path_factory.mktemp("table"))
    path = root / "analysis/inputs/tables.py"
    before, declared, after = path.read_text(encoding="utf-8").partition("\nTABLES")
    text = (
        before.rstrip() + "\n" + DECLARATION + declared + after.replace("    DEVICES,\n", "    DEVICES,\n    PRICES,\n")
    )
    path.write_text(
        text.replace("import Dated, Device\n", "import Dated, Device, Positive, Slug, Sources\n"), encoding="utf-8"
    )
    (root / "data/costs").mkdir()
    for name, content in (("prices.csv", ROWS), ("prices.toml", SIDECAR)):
        (root / "data/costs" / name).write_text(content.format(since=dataset.editions[-1].id), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def written(root: Path) -> dict[str, Any]:
    """What the copy writes."""
    return written_by(root, PACKAGE)


def test_a_declared_table_is_in_the_data_dictionary(written: dict[str, Any]) -> None:
    dictionary = list(written["documents"].values())[-1]["dictionary.json"]
    table = next(table for table in dictionary if table["file"] == "data/costs/prices.csv")
    assert [column["unit"] for column in table["columns"] if column["name"] == "price"] == ["dollar"]


def test_a_declared_table_is_among_the_downloads(written: dict[str, Any], root: Path, dataset: Dataset) -> None:
    assert written
    published = (root / "bundle/data/costs/prices.csv").read_text(encoding="utf-8").splitlines()
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


def test_a_declared_table_changes_no_closed_edition(
    written: dict[str, Any], dataset: Dataset, findings_by_edition: Mapping[str, Findings]
) -> None:
    for edition in dataset.editions[:-1]:
        before = json.loads(json.dumps(rounded(documents(findings_by_edition[edition.id]))))
        assert written["documents"][edition.id] == before


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
def test_a_declared_table_is_checked(root: Path, old: str, new: str, expected: str) -> None:
    path = root / "data/costs/prices.csv"
    text = path.read_text(encoding="utf-8")
    try:
        path.write_text(text.replace(old, new), encoding="utf-8")
        run = run_python(root, "-m", "analysis", "check")
    finally:
        path.write_text(text, encoding="utf-8")
    assert (run.returncode, run.stderr.splitlines()) == (1, [f"error: data/costs/prices.csv: {expected}"])
