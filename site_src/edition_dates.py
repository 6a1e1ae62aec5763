"""The two days of an edition in words: that of its evidence, and that on which it was computed and published."""

from datetime import date

from analysis.contract import Edition
from analysis.numerals import day_in_words, month_in_words


def as_of(evidence: str) -> str:
    """What an edition rests on; `evidence` is an ISO date."""
    return f"evidence as of {month_in_words(date.fromisoformat(evidence))}"


def publication(edition: Edition) -> str:
    """When an edition was computed and published; the open one is still to be published."""
    day = day_in_words(date.fromisoformat(edition.published))
    return f"computed and published on {day}" if edition.closed else f"computed on {day} and still open"


def sentence(edition: Edition) -> str:
    """What an edition is."""
    return f"Edition {edition.id} is the {as_of(edition.evidence)}, {publication(edition)}."
