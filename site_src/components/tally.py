"""The verdicts of a ledger at a glance: a bar of their shares, and each count with what it means."""

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final, Literal

from markupsafe import Markup

from site_src.components.helpers import quantity
from site_src.components.number import Number
from site_src.context import PageContext
from site_src.formatting import percent

# The counts of a ledger, which together are all its results, and how each is marked and named.
PARTS: Final = {
    "agree": ("agrees", "agree"),
    "consistent": ("consistent", "are consistent once the rounding of their inputs is allowed for"),
    "differ": ("differs", "differ"),
    "inferred": ("inferred", "agree only because we inferred an input from the printed result"),
    "not_testable": ("not-testable", "cannot be tested"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One count, and where its piece of the bar begins and how long it is, in percent of the whole."""

    number: Number
    verdict: str
    meaning: str
    start: str
    length: str


def tally(context: PageContext, ledger: Literal["originals", "others", "networks"]) -> Markup:
    """The counts of one ledger; those of zero are left out. Raises: PageError."""
    numbers = {name: replace(quantity(context, f"claims.{ledger}.{name}"), bare=True) for name in PARTS}
    whole = quantity(context, f"claims.{ledger}.results").value
    starts = accumulate((number.value for number in numbers.values()), initial=0.0)
    parts = [
        Part(
            number=number,
            verdict=PARTS[name][0],
            meaning=PARTS[name][1],
            start=percent(start / whole),
            length=percent(number.value / whole),
        )
        for (name, number), start in zip(numbers.items(), starts, strict=False)
        if number.value
    ]
    return context.component("tally", parts=parts)
