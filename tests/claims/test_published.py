"""Published statements: in every edition each keeps the verdict that is stated for it."""

from collections.abc import Mapping

import pytest

from analysis.results.claims import Interval, ledger, verdict_of
from analysis.results.collect import Findings
from tests.editions import EDITIONS

EVERY_EDITION = pytest.mark.parametrize("edition", EDITIONS)


@EVERY_EDITION
def test_every_claim_of_an_edition_holds_its_verdict(findings_by_edition: Mapping[str, Findings], edition: str) -> None:
    findings = findings_by_edition[edition]
    rows = ledger(findings.study.dataset.claims, findings.results)
    assert [(row.claim.id, row.verdict) for row in rows] == [
        (claim.id, claim.verdict) for claim in findings.study.dataset.claims
    ]


@EVERY_EDITION
def test_every_edition_has_claims_to_hold(findings_by_edition: Mapping[str, Findings], edition: str) -> None:
    assert len(findings_by_edition[edition].ledger) > 0


@EVERY_EDITION
def test_the_recomputed_verdict_of_a_claim_is_the_stated_one(
    findings_by_edition: Mapping[str, Findings], edition: str
) -> None:
    rows = [row for row in findings_by_edition[edition].ledger if row.ours is not None]
    assert [
        row.claim.id
        for row in rows
        if verdict_of(row.claim, row.ours or 0.0, row.reach or Interval(low=row.ours or 0.0, high=row.ours or 0.0))
        != row.claim.verdict
    ] == []


def test_a_claim_keeps_its_verdict_in_later_editions(findings_by_edition: Mapping[str, Findings]) -> None:
    last = {row.claim.id: row.verdict for row in findings_by_edition[EDITIONS[-1]].ledger}
    assert [
        (edition, row.claim.id)
        for edition in EDITIONS[:-1]
        for row in findings_by_edition[edition].ledger
        if last[row.claim.id] != row.verdict
    ] == []


@pytest.mark.parametrize(
    ("quantity", "printed"),
    [
        # "A 3.4-month doubling time", amodei2018ai.
        ("compute.modern.doubling_time", 3.4),
        # "Decreasing by a factor of 2 every 16 months", hernandez2020aiefficiency.
        ("efficiency.alexnet.doubling_time", 16.0),
    ],
)
def test_the_headline_of_each_post_agrees(findings: Findings, quantity: str, printed: float) -> None:
    verdicts = {row.verdict for row in findings.ledger if (row.claim.compares, row.claim.value) == (quantity, printed)}
    assert verdicts == {"agrees"}
