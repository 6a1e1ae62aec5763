"""Refitted trends: which claims are compared digit by digit, how they form lines, and what the tables say of them."""

from typing import Any

import pytest

from analysis.inputs.records import Claim
from analysis.results.claims import LedgerRow
from analysis.results.collect import Findings
from analysis.results.quantity import Results
from analysis.results.replication import STUDIES, counts, refitted

_, FILE = STUDIES["costs"]


def row(name: str, where: str, ours: float | None, **changes: Any) -> LedgerRow:
    """A row of the ledger that prints 2.40 at a place of a study."""
    fields: dict[str, Any] = {
        "id": name,
        "file": FILE,
        "publication": "Costs",
        "ledger": "others",
        "kind": "result",
        "where": where,
        "statement": "Costs grow.",
        "printed": "2.40",
        "value": 2.40,
        "compares": "some.quantity",
        "verdict": "agrees",
        "reason": "None.",
        "sources": ("cottier2024rising",),
        "since": "2026-11",
    }
    return LedgerRow(claim=Claim(**(fields | changes)), verdict="agrees", ours=ours)


def test_a_line_agrees_if_all_its_numbers_do() -> None:
    rows = [
        row("a", "table 1", 2.404),
        row("b", "table 1", 2.396),
        row("c", "table 2", 2.404),
        row("d", "table 2", 2.41),
        # Nothing to compare with is no agreement.
        row("e", "table 3", None, compares=None),
    ]
    (study,) = refitted(rows)
    assert study.counts() == {"lines": 3, "lines_agreed": 1, "numbers": 5, "numbers_agreed": 3}


@pytest.mark.parametrize(
    "changes",
    [
        {"relation": "at least"},
        {"kind": "background"},
        {"repeats": "a"},
        {"value": None, "compares": None},
        {"file": "data/claims/another.toml"},
    ],
)
def test_bounds_repeats_and_other_texts_are_left_out(changes: dict[str, Any]) -> None:
    assert refitted([row("b", "table 1", 2.40, **changes)]) == ()


def test_the_totals_are_the_sums_of_the_studies() -> None:
    other = row("b", "table 1", 9.0, file=STUDIES["eras"][1])
    found = {each.name: each.value for each in counts([row("a", "table 1", 2.40), other], Results())}
    assert (found["replication.costs.numbers_agreed"], found["replication.eras.numbers_agreed"]) == (1, 0)
    assert (found["replication.numbers"], found["replication.numbers_agreed"]) == (2, 1)


def test_every_study_is_refitted(findings: Findings) -> None:
    assert [study.name for study in refitted(findings.ledger)] == list(STUDIES)


def test_an_independent_run_agrees_where_the_data_are_those_of_the_authors(findings: Findings) -> None:
    # Another program finds all lines of costs, and of the tables of three eras all but those with one system more or
    # less, and one that its notebook rounds otherwise.
    by_name = {study.name: study for study in refitted(findings.ledger)}
    assert by_name["costs"].counts()["lines"] == by_name["costs"].counts()["lines_agreed"]
    differing = {where for where, line in by_name["eras"].lines.items() if not all(number.agrees for number in line)}
    assert {where for where in differing if where.startswith(("table 3", "table 4", "table 6"))} == {
        "table 3, 2010 to 2022, all",
        "table 3, 2012 to 2022, all",
        "table 4, 2016 to 2022, regular scale",
    }
