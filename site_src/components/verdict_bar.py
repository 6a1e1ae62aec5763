"""How many of some published statements have each verdict, as a stacked bar with its counts.

In: claims of the ledger. Out: a drawing without a word in it, and the counts in words below. As everywhere, only
results count, each once, and what an inferred input decides is not counted as agreement.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from analysis.contract import Claim
from site_src.context import PageContext

# From what speaks for the originals to what says nothing, with the sign by which each is coloured.
KINDS: Final = {
    "agrees": "agree",
    "consistent": "consistent",
    "differs": "differ",
    "inferred": "by an inferred input",
    "not testable": "not testable",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The statements of one verdict: their number and how many come before them in the bar."""

    kind: str
    words: str
    start: int
    count: int


def verdict_bar(context: PageContext, claims: Iterable[Claim]) -> Markup:
    """The bar of the results among some statements; nothing where none of them is a result."""
    kinds = [_kind(claim) for claim in claims if is_counted(claim)]
    shares, start = [], 0
    for kind, words in KINDS.items():
        if count := kinds.count(kind):
            shares.append(Share(kind=kind.replace(" ", "-"), words=words, start=start, count=count))
            start += count
    return context.component("verdict_bar", shares=shares, total=start)


def _kind(claim: Claim) -> str:
    """The verdict as the ledger's own numbers count it: what differs in spite of an inferred input still differs."""
    return "inferred" if claim.inferred and claim.verdict != "differs" else claim.verdict


def is_counted(claim: Claim) -> bool:
    """Whether a statement is a result that no other one says."""
    return claim.kind == "result" and not claim.repeats
