"""Collects the quantities of every topic and compares the published claims with them: all that can be told of a study."""

from dataclasses import dataclass

from analysis.model.study import Study
from analysis.results import compute, constants, context, efficiency, trends, worked
from analysis.results.claims import LedgerRow, ledger
from analysis.results.quantity import Results

# In an order in which each topic finds what its quantities are made from.
TOPICS = (constants, worked, trends, compute, efficiency, context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """A study with its named numbers and its ledger: what figures, tables and artefacts are made from."""

    study: Study
    results: Results
    ledger: tuple[LedgerRow, ...]


def find(study: Study) -> Findings:
    """The findings of a study. Raises: VerdictError, DuplicateNameError, UnknownNameError."""
    results = collect(study)
    return Findings(study=study, results=results, ledger=ledger(study.dataset.claims, results))


def collect(study: Study) -> Results:
    """Every named number of a study. Raises: DuplicateNameError, UnknownNameError."""
    results = Results()
    for topic in TOPICS:
        for quantity in topic.quantities(study, results):
            results.add(quantity)
    return results
