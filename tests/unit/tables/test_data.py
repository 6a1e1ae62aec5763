"""The tables of the data page: nothing is left out."""

from typing import Any

from analysis.inputs.tables import DEVICES
from analysis.results.collect import Findings
from analysis.tables.catalogue import tables_at
from tests.editions import NEWEST


def rows_of(findings: Findings, name: str) -> tuple[dict[str, Any], ...]:
    """The rows of a table."""
    return next(entry for entry in tables_at(NEWEST) if entry.name == name).build(findings).rows


def test_every_device_is_a_row(findings: Findings) -> None:
    names = [row["device"] for row in rows_of(findings, "data.devices")]
    assert sorted(names) == sorted(device.name for device in findings.study.dataset.rows(DEVICES))


def test_every_constant_is_a_row_that_says_whether_it_is_assumed(findings: Findings) -> None:
    kinds = {row["label"]: row["kind"] for row in rows_of(findings, "data.constants")}
    assert len(kinds) == len(findings.study.dataset.constants)
    assert (kinds["Moore's-law doubling time"], kinds["FLOP per multiply-add"]) == ("assumed", "stated")


def test_every_quantity_is_a_row(findings: Findings) -> None:
    names = [row["name"] for row in rows_of(findings, "data.quantities")]
    assert names == list(findings.results.quantities)


def test_every_claim_is_a_row_with_its_verdict(findings: Findings) -> None:
    rows = [(row["id"], row["verdict"]) for row in rows_of(findings, "data.ledger")]
    assert sorted(rows) == sorted((row.claim.id, row.verdict) for row in findings.ledger)
