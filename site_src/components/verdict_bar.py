"""How many of some published statements have each verdict, as a stacked bar with its counts.

In: a ledger, and one of its files where only that counts. Out: a drawing without a word in it, and the counts in words
below. The counts are quantities of the analysis, and those of a file the terms that these are the sums of.
"""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from analysis.contract import Quantity
from site_src.context import PageContext
from site_src.errors import find

# What is counted, from what speaks for the originals to what says nothing: the sign that colours it, and its words.
KINDS: Final = {
    "agree": ("agrees", "agree"),
    "consistent": ("consistent", "consistent"),
    "differ": ("differs", "differ"),
    "inferred": ("inferred", "agree only by an inferred input"),
    "not_testable": ("not-testable", "not testable"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The statements of one verdict: their number and how many come before them in the bar."""

    kind: str
    words: str
    start: int
    count: int


def verdict_bar(context: PageContext, ledger: str, file: str = "") -> Markup:
    """The bar of the results in a ledger, or in one of its files; words where it has none."""
    shares, start = [], 0
    for name, (kind, words) in KINDS.items():
        counted = find(context.bundle.results, f"claims.{ledger}.{name}", "quantity")
        if count := int(_of_file(counted, file) if file else counted.value):
            shares.append(Share(kind=kind, words=words, start=start, count=count))
            start += count
    return context.component("verdict_bar", shares=shares, total=start)


def _of_file(counted: Quantity, file: str) -> float:
    """The term that a file adds to a count."""
    return sum(symbol.value or 0 for symbol in counted.symbols if symbol.record == file)
