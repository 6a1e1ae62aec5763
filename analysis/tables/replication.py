"""The tables of the refits: by study, and every printed number next to ours."""

from typing import Final

from analysis.results.collect import Findings
from analysis.results.formulas import rounded
from analysis.results.replication import Refitted, refitted
from analysis.results.trace import merged
from analysis.tables.registry import Column, Table, table, table_of

# Ours is shown with one digit more than is compared, so that a reader sees how it rounds.
MORE_DIGITS: Final = 1


@table(
    "replication.studies",
    number=27,
    since="2026-11",
    title=(
        "Published trends refitted: {replication.lines_agreed:words} of {replication.lines:words} lines agree "
        "to every digit compared"
    ),
)
def studies(findings: Findings) -> Table:
    """Every study, with how many of its lines and numbers agree."""
    columns = (
        Column(key="study", label="Study"),
        Column(key="lines", label="Lines", kind="number", digits=None),
        Column(key="lines_agreed", label="Lines that agree", kind="number", digits=None),
        Column(key="numbers", label="Numbers", kind="number", digits=None),
        Column(key="numbers_agreed", label="Numbers that agree", kind="number", digits=None),
        Column(key="sources", label="Sources", kind="sources"),
    )
    return table_of(
        columns,
        (
            {
                "study": study.authors,
                **study.counts(),
                "sources": list(merged(claim.sources for claim in study.claims)),
            }
            for study in refitted(findings.ledger)
        ),
    )


@table("replication.numbers", number=28, since="2026-11", title="Every number of a published trend next to ours")
def numbers(findings: Findings) -> Table:
    """Every printed number of a refitted trend, with the digits that agree."""
    columns = (
        Column(key="study", label="Study"),
        Column(key="line", label="Line"),
        Column(key="statement", label="Number"),
        Column(key="printed", label="Published"),
        Column(key="refitted", label="Ours", kind="number", digits=None),
        Column(key="digits_compared", label="Digits compared", kind="number", digits=None),
        Column(key="digits_agreed", label="Digits agreed", kind="number", digits=None),
    )
    return table_of(
        columns,
        (
            {
                "study": study.authors,
                "line": number.row.claim.where,
                "statement": number.row.claim.statement,
                "printed": number.row.claim.printed,
                "refitted": _shown(number),
                "digits_compared": number.compared,
                "digits_agreed": number.agreed,
            }
            for study in refitted(findings.ledger)
            for number in study.numbers
        ),
    )


def _shown(number: Refitted) -> float | None:
    return None if number.row.ours is None else rounded(number.row.ours, number.compared + MORE_DIGITS)
