"""Collects the quantities of every topic and compares the published claims with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from analysis.inputs.records import Verdict
from analysis.model.study import Study
from analysis.results import alexnet_level, compute, constants, context, counting, efficiency, trends, worked
from analysis.results.claims import LedgerRow, ledger
from analysis.results.quantity import Quantity, Results, merged

# In an order in which each topic finds what its quantities are made from.
TOPICS = (constants, counting, worked, trends, compute, alexnet_level, efficiency, context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """A study with its named numbers and its ledger: what figures, tables and artefacts are made from."""

    study: Study
    results: Results
    ledger: tuple[LedgerRow, ...]


def find(study: Study) -> Findings:
    """The findings of a study. Raises: VerdictError, DuplicateNameError, UnknownNameError."""
    results = collect(study)
    rows = ledger(study.dataset.claims, results)
    for quantity in _verdict_counts(rows):
        results.add(quantity)
    return Findings(study=study, results=results, ledger=rows)


def collect(study: Study) -> Results:
    """Every named number of a study. Raises: DuplicateNameError, UnknownNameError."""
    results = Results()
    for topic in TOPICS:
        for quantity in topic.quantities(study, results):
            results.add(quantity)
    return results


def _verdict_counts(rows: tuple[LedgerRow, ...]) -> Iterator[Quantity]:
    """How many published statements there are, and how many have each verdict."""
    verdicts: tuple[str, ...] = get_args(Verdict)
    for name, chosen, what in (
        ("all", rows, "of all kinds"),
        *((v.replace(" ", "_"), tuple(r for r in rows if r.verdict == v), f"with the verdict '{v}'") for v in verdicts),
    ):
        yield Quantity(
            name=f"claims.count.{name}",
            value=float(len(chosen)),
            unit="statement",
            summary=f"Published statements {what} in the ledger.",
            formula="n",
            inputs=("data/claims",),
            sources=merged(row.claim.sources for row in chosen) or ("amodei2018ai",),
            digits=None,
        )
