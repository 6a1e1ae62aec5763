"""The data package of an edition: another reader's checks, and what must be in it."""

import csv
import json
import re
import shutil
from math import prod
from pathlib import Path
from typing import Any

import frictionless
import pytest

from analysis.input_files import ROOT
from analysis.inputs.dataset import Dataset
from analysis.inputs.ranges import COLUMN_RANGES
from analysis.inputs.tables import TABLES
from analysis.units import UNITS, to_base
from tests.editions import EDITIONS, FIRST, NEWEST, PUBLISHED

EVERY_EDITION = pytest.mark.parametrize("edition", EDITIONS)


def descriptor(bundle: Path) -> dict[str, Any]:
    """The descriptor of a bundle."""
    return json.loads((bundle / "datapackage.json").read_text(encoding="utf-8"))


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def faults(bundle: Path, name: str) -> set[str]:
    """Every kind of fault that Frictionless finds in a resource, which it reads with those that it refers to."""
    package = descriptor(bundle)
    resources = {resource["name"]: resource for resource in package["resources"]}
    read, named = dict[str, Any](), [name]
    while named:
        each = named.pop()
        read[each] = resources[each]
        keys = resources[each]["schema"].get("foreignKeys", [])
        named += {key["reference"]["resource"] for key in keys} - {"", *read}
    (bundle / "datapackage.json").write_text(json.dumps({**package, "resources": list(read.values())}))
    report = frictionless.validate(str(bundle / "datapackage.json"))
    return {error.type for task in report.tasks if task.name == name for error in task.errors}


def numbers(cells: dict[str, str]) -> dict[str, float | str]:
    """The cells of a row, those that are numbers as numbers."""
    return {key: float(cell) if re.fullmatch(r"[\d.]+(e\+?\d+)?", cell) else cell for key, cell in cells.items()}


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """A bundle to break."""
    return Path(shutil.copytree(built / "build" / "2018-05", tmp_path / "bundle"))


@EVERY_EDITION
def test_frictionless_finds_every_edition_valid(built: Path, edition: str) -> None:
    report = frictionless.validate(str(built / "build" / edition / "datapackage.json"))
    assert report.flatten(["title", "message"]) == []
    assert report.valid


def test_a_package_names_its_evidence_and_the_day_on_which_it_was_made(built: Path) -> None:
    package = descriptor(built / "build" / "2018-05")
    assert package["title"].endswith(": edition 2018-05, evidence as of May 2018")
    assert package["created"] == f"{PUBLISHED[FIRST]}T00:00:00Z"


@EVERY_EDITION
def test_every_csv_file_of_an_edition_is_a_resource(built: Path, edition: str) -> None:
    bundle = built / "build" / edition
    written = sorted(path.relative_to(bundle).as_posix() for path in bundle.rglob("*.csv"))
    assert sorted(resource["path"] for resource in descriptor(bundle)["resources"]) == written


@pytest.mark.parametrize(
    ("path", "old", "new", "fault"),
    [
        # Of the same length, so that only the hash differs.
        ("data/devices.csv", "1.581", "1.582", "hash-count"),
        ("data/devices.csv", "1.581", "fast", "type-error"),
        ("data/devices.csv", "1.581", "-1.581", "constraint-error"),
        ("data/devices.csv", ",1.581,", ",,", "constraint-error"),
        ("data/devices.csv", "gtx-580", "tesla-k20", "primary-key"),
        ("data/devices.csv", "vendor", "maker", "incorrect-label"),
        ("data/estimates.csv", "worked.alexnet.gpu_time,alexnet", "worked.alexnet.gpu_time,alex", "foreign-key"),
        ("data/systems.csv", ",vision,", ",sight,", "constraint-error"),
        ("networks/alexnet.csv", "105415200", "105415200.5", "type-error"),
        ("figures/compute.modern_trend.csv", "2012-06-01", "1 June 2012", "type-error"),
        ("tables/compute.systems.csv", "2012-06-01", "1 June 2012", "constraint-error"),
    ],
)
def test_frictionless_finds_an_altered_cell(copy: Path, path: str, old: str, new: str, fault: str) -> None:
    text = (copy / path).read_text(encoding="utf-8")
    assert old in text
    (copy / path).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    assert fault in faults(copy, path.removesuffix(".csv").replace("/", "."))


@EVERY_EDITION
def test_every_column_is_described_in_words_and_in_known_units(built: Path, edition: str) -> None:
    fields = [
        field
        for resource in descriptor(built / "build" / edition)["resources"]
        for field in resource["schema"]["fields"]
    ]
    assert [field for field in fields if not field.get("description")] == []
    # Columns with a range of their own, such as clock rates, enter no calculation.
    assert {field["unit"] for field in fields if "unit" in field and field["name"] not in COLUMN_RANGES} <= set(UNITS)


@EVERY_EDITION
def test_an_edition_holds_no_row_of_a_later_one(built: Path, dataset: Dataset, edition: str) -> None:
    standing = dataset.at(edition)
    data = built / "build" / edition / "data"
    counts = {table.path: len(standing.rows(table)) for table in TABLES if table.path in standing.sidecars}
    names = [table.path for table in TABLES if (data / f"{table.path}.csv").is_file()]
    found = {name: rows(data / f"{name}.csv") for name in names}
    assert {name: len(table) for name, table in found.items()} == counts
    assert [row for table in found.values() for row in table if row["since"] > edition] == []


@pytest.mark.parametrize("name", [table.path for table in TABLES])
def test_an_observed_table_holds_the_cells_of_its_file(built: Path, name: str) -> None:
    # Every row of the files is in the last edition, so that the two tables are equal but for `until`.
    observed = [row for row in rows(ROOT / "data" / f"{name}.csv") if not row.pop("until")]
    published = rows(built / "build" / NEWEST / "data" / f"{name}.csv")
    assert [numbers(row) for row in published] == [numbers(row) for row in observed]


@EVERY_EDITION
def test_the_factors_of_a_calculation_multiply_to_its_compute(built: Path, edition: str) -> None:
    data = built / "build" / edition / "data"
    factors = rows(data / "factors.csv")
    estimates = rows(data / "estimates.csv")
    assert estimates
    for estimate in estimates:
        own = [row for row in factors if row["calculation"] == estimate["name"]]
        assert [row["position"] for row in own] == [str(place) for place in range(1, len(own) + 1)]
        product = prod(to_base(float(row["value"]), row["unit"]) for row in own)
        # Each of a handful of factors is rounded at its twelfth digit.
        assert product == pytest.approx(float(estimate["compute_flop"]), rel=1e-10, abs=0)


@EVERY_EDITION
def test_every_source_of_a_row_is_a_reference(built: Path, edition: str) -> None:
    data = built / "build" / edition / "data"
    known = {row["key"] for row in rows(data / "references.csv")}
    cited = {
        key for path in data.rglob("*.csv") for row in rows(path) for key in row.get("sources", "").split(";") if key
    }
    assert cited
    assert cited - known == set()


def test_authors_have_the_family_name_first(built: Path) -> None:
    references = {row["key"]: row for row in rows(built / "build" / "2018-05" / "data" / "references.csv")}
    assert references["krizhevsky2012imagenet"]["authors"] == "Krizhevsky, Alex;Sutskever, Ilya;Hinton, Geoffrey E."


@EVERY_EDITION
def test_the_package_says_which_edition_it_is_and_how_it_may_be_used(built: Path, edition: str) -> None:
    package = descriptor(built / "build" / edition)
    assert (package["version"], package["licenses"]) == (edition, [{"name": "CC-BY-4.0", "title": "CC BY 4.0"}])
    titles = {source["title"] for source in package["sources"]}
    assert "AI and Compute" in titles
    assert ("AI and Efficiency" in titles) == (edition >= "2020-05")
