"""Adding a system, a row of a table or a published statement: one entry in data/, and the open edition follows.

The fixture `added` fails where an addition reaches into a closed edition.
"""

from pathlib import Path
from typing import Any

import pytest

from analysis.bundle.csv_tables import plain_data
from analysis.bundle.drawings import jobs_of
from analysis.bundle.golden import golden_of
from analysis.bundle.json_documents import documents
from analysis.bundle.state import state_of
from analysis.difference.sections import compared
from analysis.results.collect import Findings
from site_src.tracker import benchmarks, newest_records, runs_of
from tests import bundles
from tests.adding.additions import RECORD, ROW, SYSTEM
from tests.adding.conftest import Added
from tests.conftest import copy_of_inputs
from tests.editions import NEWEST

CLAIM = """
[[claims]]
id = "compute-2018.later"
kind = "result"
where = "lead"
statement = "A year has twelve months."
printed = "3.4 months"
value = 3.4
unit = "month"
compares = "compute.modern.doubling_time"
verdict = "agrees"
reason = "It rounds to it."
sources = ["amodei2018ai"]
since = "{since}"
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the data with a system, a row and a statement more."""
    root = copy_of_inputs(tmp_path_factory.mktemp("added"))
    (root / "data/systems/later-net.toml").write_text(SYSTEM.format(since=NEWEST), encoding="utf-8")
    for file, entry in (("efficiency/alexnet_level.csv", ROW), ("claims/amodei2018ai.toml", CLAIM)):
        with (root / "data" / file).open("a", encoding="utf-8") as opened:
            opened.write(entry.format(since=NEWEST))
    return root


@pytest.fixture(scope="module")
def found(root: Path, added: Added) -> Findings:
    """What the open edition finds there."""
    return added(root)


def downloads(findings: Findings) -> dict[str, list[dict[str, Any]]]:
    """The rows of every file under data/ of a bundle."""
    return {resource.path: list(resource.rows) for resource in plain_data(findings)}


def test_a_system_is_one_file(found: Findings, findings: Findings) -> None:
    written = documents(found)
    assert "later-net" in {system.id for system in written["systems.json"]}
    assert "worked.later_net.stated" in {calculation.name for calculation in written["worked.json"]}
    assert found.results["worked.later_net.stated"].value == 0.5
    assert "later-net" in {row["id"] for row in downloads(found)["data/systems.csv"]}
    # It is not one of the charted systems, on which the trend rests.
    assert found.results["compute.modern.doubling_time"] == findings.results["compute.modern.doubling_time"]


def test_a_row_is_one_line(found: Findings, findings: Findings) -> None:
    assert "later-net" in {row["id"] for row in downloads(found)["data/efficiency/alexnet_level.csv"]}
    # The table and the figure of the level have one row more each, the trend over all networks one point more.
    before, after = golden_of(findings), golden_of(found)
    for part in ("tables", "figures"):
        old, new = (golden[part]["efficiency.alexnet_level"] for golden in (before, after))
        assert len(new) == len(old) + 1
    old, new = (golden["quantities"]["efficiency.alexnet_all_points.n"]["value"] for golden in (before, after))
    assert new == old + 1
    # The row sets a record, so its name has to find a place among the others.
    drawn = [job() for job in jobs_of(found) if job.arguments[0] == "efficiency.alexnet_level"]
    assert [b"Later network" in files["figures/efficiency.alexnet_level.wide.inline.svg"] for files in drawn[:1]] == [
        True
    ]
    assert len(drawn) == 2


def test_a_record_is_one_line(copied_data: Path, added: Added, findings: Findings) -> None:
    with (copied_data / "data/records/gpt2-small-speedrun.csv").open("a", encoding="utf-8") as file:
        file.write(RECORD.format(since=NEWEST))
    found = added(copied_data)
    # 45 minutes over 0.45.
    assert found.results["tracker.gpt2_small_speedrun.factor"].value == 100
    for name, more in (("tracker.gpt2_small_speedrun.n", 1), ("tracker.gpt2_small_optimiser.n", 0)):
        assert found.results[name].value == findings.results[name].value + more
    golden = golden_of(found)
    table = [row for row in golden["tables"]["tracker.records"] if row["run"] == "later"]
    chart = [row for row in golden["figures"]["tracker.gpt2_small_speedrun"] if row["run"] == "later"]
    assert [row["authors"] for row in table] == ["First Author, Second Author"]
    assert [row["record"] for row in table] == ["yes"]
    assert [row["sets_record"] for row in chart] == [True]
    # The site reads the same: the rates on the index page, the feed, and the page of the benchmark.
    bundle = bundles.bundle(tables=documents(found)["tables.json"])
    assert [run["run"] for run in newest_records(bundle, 1)] == ["later"]
    assert runs_of(bundle, "gpt2-small-speedrun")[0]["run"] == "later"
    rates = {each["benchmark"]: each for each in benchmarks(bundle)}
    assert (rates["gpt2-small-speedrun"]["last"], rates["gpt2-small-speedrun"]["factor"]) == ("2026-09-01", 100)
    # The preview names the row as the cause of all that moves.
    sections = compared(state_of(findings), state_of(found), code_changed=False)
    moved = {section.title: section.rows for section in sections}
    assert "tracker.gpt2_small_speedrun.halving_time" in {row[0] for row in moved["Quantities"]}
    causes = {row[-1] for title in ("Quantities", "Figures and tables") for row in moved[title]}
    assert causes == {"data/records/gpt2-small-speedrun.csv#later"}


def test_a_published_statement_is_one_entry(found: Findings, findings: Findings) -> None:
    assert "compute-2018.later" in {claim.id for claim in documents(found)["ledger.json"]}
    assert "compute-2018.later" in {row["id"] for row in downloads(found)["data/claims.csv"]}
    for count in ("statements", "results", "agree"):
        name = f"claims.originals.{count}"
        assert found.results[name].value == findings.results[name].value + 1
