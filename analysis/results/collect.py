"""Collects the quantities of every topic and compares the published claims with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from analysis.inputs.records import Verdict
from analysis.model.study import Study, analyse
from analysis.results import (
    alexnet_level,
    compute,
    constants,
    context,
    counting,
    efficiency,
    pairs,
    printed_inputs,
    trends,
    worked,
)
from analysis.results.claims import LedgerRow, ledger
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Observed, merged

# In an order in which each topic finds what its quantities are made from.
TOPICS = (constants, counting, worked, printed_inputs, trends, compute, alexnet_level, pairs, efficiency, context)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Findings:
    """A study with its named numbers and its ledger: what figures, tables and artefacts are made from."""

    study: Study
    results: Results
    ledger: tuple[LedgerRow, ...]


def find(study: Study) -> Findings:
    """The findings of a study. Raises: VerdictError, DuplicateNameError, UnknownNameError."""
    results = collect(study)
    rows = _compared(study, results)
    for quantity in _verdict_counts(rows, results):
        results.add(quantity)
    return Findings(study=study, results=results, ledger=rows)


def collect(study: Study) -> Results:
    """Every named number of a study. Raises: DuplicateNameError, UnknownNameError."""
    results = Results()
    for topic in TOPICS:
        for quantity in topic.quantities(study, results):
            results.add(quantity)
    return results


def _compared(study: Study, results: Results) -> tuple[LedgerRow, ...]:
    """Every claim beside the number of the edition that its text belongs to.

    A text cannot be measured by what was found out after it: a value corrected in a later edition leaves the
    comparison as it was.
    """
    claims = study.dataset.claims
    at = {study.edition.id: results}
    for edition in sorted({claim.since for claim in claims} - {study.edition.id}):
        at[edition] = collect(analyse(study.records, edition))
    rows = {
        row.claim.id: row
        for edition, found in at.items()
        for row in ledger([claim for claim in claims if claim.since == edition], found)
    }
    return tuple(rows[claim.id] for claim in claims)


def _verdict_counts(rows: tuple[LedgerRow, ...], results: Results) -> Iterator[Quantity]:
    """How many published statements there are, and how many have each verdict."""
    verdicts: tuple[Verdict, ...] = get_args(Verdict)
    for name, chosen, what in (
        ("all", verdicts, "of all kinds"),
        *((verdict.replace(" ", "_"), (verdict,), f"with the verdict '{verdict}'") for verdict in verdicts),
    ):
        counts = {f"n_{{{i}}}": count for i, count in enumerate(_of_publications(rows, chosen, what), start=1)}
        yield results.compute(
            f"claims.count.{name}",
            lambda *counts: float(sum(counts)),
            counts,
            unit="statement",
            summary=f"Published statements {what} in the ledger.",
            formula=" + ".join(counts),
            digits=None,
        )


def _of_publications(rows: tuple[LedgerRow, ...], verdicts: tuple[Verdict, ...], what: str) -> Iterator[Observed]:
    """How many statements of each publication have one of these verdicts."""
    for file, group in groupby((row.claim for row in rows), key=lambda claim: claim.file):
        claims = list(group)
        chosen = [claim for claim in claims if claim.verdict in verdicts]
        yield Observed(
            value=len(chosen),
            unit="statement",
            label=f"statements {what} in {claims[0].publication}",
            record=file,
            sources=merged(claim.sources for claim in chosen),
        )
