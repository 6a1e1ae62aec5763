"""What moved on the pages that are made from records."""

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.artifacts import open_bundle
from analysis.bundle.state import QuantityState, RecordState, State, state_of
from analysis.difference.generated import moved_on_pages
from analysis.results.collect import Findings
from site_src import addresses
from site_src.pages.generated import generated_pages
from tests.editions import NEWEST

DOCS = Path(__file__).resolve().parents[3] / "docs"
CHANGES = f"editions/{NEWEST}.md"


def quantity(value: float) -> QuantityState:
    return QuantityState(value=value, low=None, high=None, unit="x", rests_on=())


def record(file: str, **content: str) -> RecordState:
    return RecordState(file=file, label="A record", since=NEWEST, content=json.dumps(content))


def state(**parts: Any) -> State:
    nothing: dict[str, Any] = {key: {} for key in ("quantities", "figures", "tables", "claims", "records")}
    return State(**{"edition": NEWEST, "references": (), **nothing, **parts})


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("cost.largest.growth", {"results/cost.md"}),
        ("compute.modern.n", {"results/compute/modern.md"}),
        ("counting.a_net.macs", {"results/counting/a_net.md", "architectures/a_net.md"}),
        ("worked.a_system.operations", {"results/worked.md", "systems/a-system.md"}),
        ("system.a_system.compute", {"results/system.md", "systems/a-system.md"}),
        ("tracker.a_race.factor", {"results/tracker.md", "tracker/a-race.md", "docs/tracker/index.md"}),
        ("tracker.a_race.low", {"results/tracker.md", "tracker/a-race.md"}),
    ],
)
def test_a_quantity_that_moves_shows_on_its_list_and_on_the_page_of_what_it_is_about(
    name: str, pages: set[str]
) -> None:
    still = {
        "figures": {"tracker.a_race": []},
        "records": {"systems": {"a-system": record("data/systems/a-system.toml")}},
    }
    before, after = (state(quantities={name: quantity(value)}, **still) for value in (2.0, 3.0))
    assert moved_on_pages(before, after) == {page: [name] for page in {*pages, CHANGES}}


def test_figures_and_tables_that_move_show_on_their_own_pages_and_where_all_are() -> None:
    before, after = (
        state(figures={"tracker.a_race": [{"n": n}], "a.drawn": [{"n": n}]}, tables={"a.listed": [{"n": n}]})
        for n in (1, 2)
    )
    assert moved_on_pages(before, after) == {
        "figures/tracker-a-race.md": ["tracker.a_race"],
        "figures/a-drawn.md": ["a.drawn"],
        "results/figures.md": ["tracker.a_race", "a.drawn"],
        "tracker/a-race.md": ["tracker.a_race"],
        "tables/a-listed.md": ["a.listed"],
        "results/tables.md": ["a.listed"],
    }


def test_statements_whose_rows_move_show_on_their_ledgers() -> None:
    claims = {
        name: record("data/claims/a.toml", ledger=ledger)
        for name, ledger in (
            ("a.first", "originals"),
            ("a.other", "others"),
            ("a.study", "later"),
            ("a.net", "networks"),
            ("a.still", "others"),
        )
    }
    before, after = (
        state(
            records={"claims": claims},
            tables={"data.ledger": [{"id": name, "ours": 1.0 if name == "a.still" else ours} for name in claims]},
        )
        for ours in (2.0, 3.0)
    )
    pages = moved_on_pages(before, after)
    assert pages["docs/results/ledger.md"] == ["a.first", "a.other"]
    assert pages["docs/results/ledger-later.md"] == ["a.study"]
    assert pages["docs/results/ledger-networks.md"] == ["a.net"]


def test_records_and_works_show_where_they_are_listed() -> None:
    files = ("data/models.csv", "data/systems/one.toml", "data/records/a-race.csv", "data/devices.csv")
    before, after = (
        state(records={file: {"one": record(file, note=note)} for file in files}, references=works)
        for note, works in (("old", ()), ("new", ("a2026work",)))
    )
    assert moved_on_pages(before, after) == {
        "docs/models/index.md": ["data/models.csv#one"],
        "systems/one.md": ["data/systems/one.toml"],
        "tracker/a-race.md": ["data/records/a-race.csv#one"],
        "docs/references.md": ["a2026work"],
    }


def test_the_same_state_moves_nothing(findings: Findings) -> None:
    assert moved_on_pages(state_of(findings), state_of(findings)) == {}


def test_the_pages_are_those_of_the_site(built: Path, findings: Findings) -> None:
    whole = moved_on_pages(state(), state_of(findings))
    listing = {page for page in whole if page.startswith("docs/")}
    assert {page for page in listing if not (DOCS.parent / page).is_file()} == set()
    bundles = {edition: open_bundle(edition, built / "build") for edition in ("2018-05", NEWEST)}
    # A divided topic has an index that gives no values.
    indexes = {addresses.topic_page(topic) for topic in addresses.DIVIDED_TOPICS}
    assert set(whole) - listing == set(generated_pages(bundles)) - indexes
