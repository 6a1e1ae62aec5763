"""Editions are permanent: what a later one adds, replaces or closes does not change the bundles of earlier ones."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.artifacts import open_bundle
from analysis.bundle.build import drawing, write_bundle
from analysis.bundle.files import rounded
from analysis.bundle.golden import golden_of
from analysis.bundle.json_documents import bibliography, documents
from analysis.inputs.bibliography import load_bibliography
from analysis.inputs.dataset import Dataset
from analysis.inputs.load import load_dataset
from analysis.model.study import analyse
from analysis.results.collect import Findings, find
from tests.editions import CLOSED, EDITIONS, NEWEST, supersede
from tests.sites import files_of

Replace = Callable[[str, str, str], None]
SOURCE = """
@misc{doe2027network,
  author = {Doe, Jane},
  title = {A Network},
  date = {2027-01-04},
  url = {https://example.org},
  since = {2027-06},
}
"""
CLAIM = """
[[claims]]
id = "compute-2018.later"
where = "lead"
statement = "A later statement."
printed = "many"
kind = "background"
verdict = "not testable"
reason = "It holds no number."
sources = ["doe2027network"]
since = "2027-06"
"""
DEVICE = "tesla-v100,Tesla V100,NVIDIA,2017-06-21,5120,,1530,15.7,doe2027network,,2027-06,\n"


@pytest.fixture
def later(fifth_edition: Path, replace_in: Replace) -> Dataset:
    """The data with a later edition: a new system, source, claim and device, a constant replaced, a claim closed."""
    data = fifth_edition / "data"
    adam = (data / "systems/adam.toml").read_text(encoding="utf-8")
    system = adam.replace('"adam"', '"later-net"').replace('"kingma2014adam"', '"doe2027network"')
    (data / "systems/later-net.toml").write_text(system.replace('since = "2018-05"', 'since = "2027-06"'), "utf-8")
    for file, text in (("../references.bib", SOURCE), ("claims/amodei2018ai.toml", CLAIM), ("devices.csv", DEVICE)):
        with (data / file).open("a", encoding="utf-8") as end:
            end.write(text)
    replace_in("data/claims/efficientdl2020notes.toml", 'since = "2020-05"', 'since = "2020-05"\nuntil = "2027-06"')
    supersede(data / "observations.toml", "500000.0", "500010.0", since="2027-06")
    return load_dataset(fifth_edition)


@pytest.mark.parametrize("edition", CLOSED)
def test_what_a_later_edition_brings_leaves_every_document_of_a_closed_one(
    later: Dataset, dataset: Dataset, edition: str
) -> None:
    before, after = (find(analyse(data, edition)) for data in (dataset, later))
    assert documents(after) == documents(before)
    assert golden_of(after) == golden_of(before)
    assert bibliography(after) == bibliography(before)


def test_every_file_of_a_closed_edition_has_the_same_bytes_after_a_later_one(
    later: Dataset, built: Path, tmp_path: Path
) -> None:
    findings = find(analyse(later, "2018-05"))
    # One that shows anything else than before is not in the store of the build, and so is drawn.
    with drawing(built) as draw:
        write_bundle(findings, tmp_path / "2018-05", before=None, drawings=draw(findings))
    assert files_of(tmp_path / "2018-05") == files_of(built / "build" / "2018-05")


def test_an_edition_that_is_closed_says_so_and_nothing_else_new(later: Dataset, dataset: Dataset) -> None:
    before, after = (documents(find(analyse(data, NEWEST))) for data in (dataset, later))
    assert [name for name in after if after[name] != before[name]] == ["edition.json"]
    assert [edition.closed for edition in after["edition.json"].editions] == [True] * len(EDITIONS)


def test_the_later_edition_itself_has_what_it_brings(later: Dataset) -> None:
    written = documents(find(analyse(later)))
    assert "later-net" in {system.id for system in written["systems.json"]}
    assert "doe2027network" in {reference.id for reference in written["references.json"]}
    claims = {claim.id for claim in written["ledger.json"]}
    assert ("compute-2018.later" in claims, "efficiency-notes.factor" in claims) == (True, False)
    device_table = next(table for table in written["tables.json"] if table.name == "data.devices")
    assert "Tesla V100" in {row["device"] for row in device_table.rows}


def strings(value: Any) -> set[str]:
    """Every text in a JSON value."""
    members = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return {value} if isinstance(value, str) else set().union(*map(strings, members))


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_source_that_an_edition_names_is_in_its_bibliography(
    findings_by_edition: dict[str, Findings], dataset: Dataset, edition: str
) -> None:
    named = strings(rounded(documents(findings_by_edition[edition]))) & set(dataset.references)
    assert named == set(dataset.at(edition).references) & named
    assert named


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_bibliography_of_an_edition_reads_as_its_works(
    findings_by_edition: dict[str, Findings], tmp_path: Path, edition: str
) -> None:
    findings = findings_by_edition[edition]
    (tmp_path / "references.bib").write_text(bibliography(findings), encoding="utf-8")
    works = load_bibliography(tmp_path / "references.bib")
    assert [work.csl() for work in works.values()] == [
        work.csl() for work in findings.study.dataset.references.values()
    ]
    assert {work.since for work in works.values()} == {""}


def test_tables_and_works_enter_with_their_edition(dataset: Dataset) -> None:
    first = dataset.at("2018-05")
    # Only the devices are a table of the compute post; the Dota paper is of December 2019.
    assert set(first.sidecars) == {"devices"}
    assert ("berner2019dota" in first.references, "berner2019dota" in dataset.at("2020-05").references) == (False, True)


@pytest.mark.parametrize(("edition", "before"), list(zip(EDITIONS, (None, *EDITIONS), strict=False)))
def test_a_bundle_lists_what_changed_since_the_previous_edition(built: Path, edition: str, before: str | None) -> None:
    changes = open_bundle(edition, built / "build").changes
    assert (changes.before, changes.after, bool(changes.quantities.added)) == (before, edition, before is not None)


def test_a_bundle_has_the_bibliography_of_its_edition(built: Path, findings_by_edition: dict[str, Findings]) -> None:
    written = open_bundle("2018-05", built / "build").text("references.bib")
    assert written == bibliography(findings_by_edition["2018-05"])
