"""Collects the quantities of every topic and compares the published claims with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final, get_args

from analysis.errors import UnknownNameError, did_you_mean
from analysis.inputs.records import LedgerName, Verdict
from analysis.model.study import Study, analyse
from analysis.record_text import numbers_named_in
from analysis.results import (
    alexnet_level,
    assumed_factors,
    bands,
    compute,
    constants,
    context,
    costs,
    counting,
    effective,
    efficiency,
    efficiency_forecast,
    field,
    field_specifications,
    forecast,
    frontier,
    hardware,
    kinks,
    language_progress,
    measurements,
    pairs,
    printed_inputs,
    replication,
    resampling,
    robust,
    specifications,
    spending,
    three_eras,
    tracker,
    trends,
    vision_progress,
    worked,
)
from analysis.results.claims import ABOUT_SHARE, EXACT_SHARE, LedgerRow, check_verdict, ledger
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Observed, merged

# The order matters: each topic uses quantities of the topics before it.
TOPICS = (
    constants,
    counting,
    worked,
    printed_inputs,
    trends,
    robust,
    compute,
    alexnet_level,
    pairs,
    efficiency,
    context,
    field,
    forecast,
    bands,
    kinks,
    spending,
    costs,
    three_eras,
    hardware,
    language_progress,
    vision_progress,
    effective,
    tracker,
    efficiency_forecast,
    measurements,
    resampling,
    specifications,
    field_specifications,
    frontier,
    assumed_factors,
)
LEDGERS: Final = {
    "originals": "OpenAI's four texts",
    "others": "the texts around them",
    "later": "later studies",
    "networks": "the papers of the networks",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Findings:
    """A study with its named numbers and its ledger: the input of figures, tables and files."""

    study: Study
    results: Results
    ledger: tuple[LedgerRow, ...]


def find(study: Study) -> Findings:
    """The findings of a study. Raises: VerdictError, DuplicateNameError, UnknownNameError."""
    findings = judged(study)
    for row in findings.ledger:
        check_verdict(row)
    return findings


def judged(study: Study) -> Findings:
    """The findings of a study, whatever verdicts its claims state. Raises: DuplicateNameError, UnknownNameError."""
    results = collect(study)
    rows = _compared(study, results)
    # After the comparison, which these count; no claim is compared with them.
    for quantity in (*_rules(rows, results), *_ledger_counts(rows, results), *replication.counts(rows, results)):
        results.add(quantity)
    _check_reasons(rows, results)
    return Findings(study=study, results=results, ledger=rows)


def collect(study: Study) -> Results:
    """Every named number of a study. Raises: DuplicateNameError, UnknownNameError."""
    results = Results()
    for topic in TOPICS:
        for quantity in topic.quantities(study, results):
            results.add(quantity)
    return results


def _check_reasons(rows: tuple[LedgerRow, ...], results: Results) -> None:
    """Checks that every quantity named in a reason exists in this edition. Raises: UnknownNameError."""
    for claim in (row.claim for row in rows):
        for name in numbers_named_in(claim.reason):
            if name not in results.quantities:
                hint = did_you_mean(name, results.quantities)
                raise UnknownNameError(f"{claim.file}: {claim.id}: reason: no quantity '{name}'{hint}")


def _compared(study: Study, results: Results) -> tuple[LedgerRow, ...]:
    """Every claim next to our number in the edition that its text belongs to.

    A text is not judged by what became known after it: a value corrected in a later edition does not change the
    comparison.
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


def _rules(rows: tuple[LedgerRow, ...], results: Results) -> Iterator[Quantity]:
    """The most that the printed interval of a statement may reach from its number, by the rule of the ledger."""
    for thing, share, what in (
        ("exact_share", EXACT_SHARE, "a number that is stated"),
        ("about_share", ABOUT_SHARE, "a number that the text calls approximate"),
    ):
        rule = Observed(
            value=100 * share,
            unit="percent",
            label=f"share of {what}",
            record="analysis/results/claims.py",
            sources=merged(row.claim.sources for row in rows if row.claim.ledger == "originals"),
        )
        yield results.compute(
            f"claims.rule.{thing}",
            lambda value: value,
            {"x": rule},
            unit="percent",
            summary=f"How far ours may be from {what}, at most, to agree with it.",
            formula="x",
            digits=None,
        )


def _ledger_counts(rows: tuple[LedgerRow, ...], results: Results) -> Iterator[Quantity]:
    """How many statements and distinct results each ledger holds, and how many of these have each verdict.

    A result that agrees or is consistent only by an input inferred from the print is counted separately from both.
    """
    for name in get_args(LedgerName):
        listed = [row for row in rows if row.claim.ledger == name]
        distinct = [row for row in listed if row.claim.kind == "result" and row.claim.repeats is None]
        counts = {
            "statements": (listed, "Statements"),
            "results": (distinct, "Distinct results"),
            "agree": (_with(distinct, "agrees"), "Distinct results that agree with ours"),
            "consistent": (_with(distinct, "consistent"), "Distinct results that are consistent with ours"),
            "differ": ([row for row in distinct if row.verdict == "differs"], "Distinct results that differ from ours"),
            "inferred": (
                [row for row in distinct if row.inferred and row.verdict != "differs"],
                "Distinct results that agree or are consistent only by an input inferred from the print",
            ),
            "not_testable": (_with(distinct, "not testable"), "Distinct results that cannot be tested"),
        }
        for thing, (counted, what) in counts.items() if listed else ():
            inputs = {f"n_{{{i}}}": part for i, part in enumerate(_of_publications(listed, counted), start=1)}
            yield results.compute(
                f"claims.{name}.{thing}",
                lambda *parts: float(sum(parts)),
                inputs,
                unit="statement",
                summary=f"{what}, in {LEDGERS[name]}.",
                formula=" + ".join(inputs),
                digits=None,
            )


def _with(rows: list[LedgerRow], verdict: Verdict) -> list[LedgerRow]:
    """The rows of a verdict that no inferred input decides."""
    return [row for row in rows if row.verdict == verdict and not row.inferred]


def _of_publications(listed: list[LedgerRow], counted: list[LedgerRow]) -> Iterator[Observed]:
    """The number of counted rows in each publication."""
    for file, group in groupby(listed, key=lambda row: row.claim.file):
        claims = [row.claim for row in group]
        yield Observed(
            value=sum(row.claim.file == file for row in counted),
            unit="statement",
            label=f"of these, in {claims[0].publication}",
            record=file,
            sources=merged(claim.sources for claim in claims),
        )
