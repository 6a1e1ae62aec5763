"""How a value is spelled next to others: units, short forms, methods. The digits come from `analysis.numerals`."""

from typing import Final

from markupsafe import escape

from analysis.contract import Claim, Quantity
from analysis.numerals import NO_BREAK_SPACE, count_in_words, grouped, numeral, sized, spelled
from analysis.units import convert, unit
from site_src.errors import PageError

BESIDE_PRINTED_DIGITS: Final = 4
RANGE_DIGITS: Final = 3
SHORT_DIGITS: Final = 4
# Larger whole numbers are rounded like all others.
LARGEST_WHOLE: Final = 1e7
# A day is less than a hundredth of a year.
DATE_DIGITS: Final = 5
# Large counts, and below which they are short enough to be exact.
COUNT_DIGITS: Final = 3
LARGEST_EXACT: Final = 1e6
# How a text relates to a number that is no value but a limit.
LIMITS: Final = ("at least", "at most")
# How the compute of a run is known.
METHODS: Final = {
    "operations": "Counting operations",
    "gpu_time": "GPU time",
    "chart_reading": "Reading of the chart",
    "stated": "As stated by the source",
}


def unit_label(unit_name: str) -> str:
    """A unit as written in a column heading."""
    return unit(unit_name).plural if unit_name else ""


def plain_name(record: Quantity) -> str:
    """A quantity in words, for a list or a heading: what it is, without the full stop of a sentence."""
    return record.summary.removesuffix(".")


def beside_printed(value: float, unit_name: str) -> str:
    """Our number next to a printed one: four significant digits, without zeros that say nothing."""
    return spelled(float(f"{value:.{BESIDE_PRINTED_DIGITS}g}"), unit_name, None)


def in_a_row(value: float, claim: Claim) -> str:
    """A number of a published statement; a share of cases, of which the text says "most", is a percentage."""
    if claim.unit == "1" and claim.relation in LIMITS:
        return beside_printed(convert(value, "1", "percent"), "percent")
    return beside_printed(value, claim.unit)


def limit_of(claim: Claim) -> str:
    """What a statement is read as where it sets a bound, "at least 50%"; else nothing."""
    if claim.relation not in LIMITS or claim.value is None or claim.ours is None:
        return ""
    return NO_BREAK_SPACE.join([*claim.relation.split(), in_a_row(claim.value, claim)])


def range_in_a_row(claim: Claim) -> str:
    """The range of our number over the roundings of its inputs, to fewer digits than the number; may be empty."""
    if claim.low is None or claim.high is None:
        return ""
    if limit_of(claim):
        return f"{in_a_row(claim.low, claim)} to {in_a_row(claim.high, claim)}"
    return f"{numeral(claim.low, RANGE_DIGITS)} to {numeral(claim.high, RANGE_DIGITS)}"


def abbreviated(value: float, unit_name: str) -> str:
    """A number with its unit where many appear next to each other: whole ones whole, all else to four digits."""
    short = float(value).is_integer() and abs(value) < LARGEST_WHOLE
    digits = None if short else DATE_DIGITS if unit_name == "year" else SHORT_DIGITS
    return spelled(value, unit_name, digits)


def large_count(count: float) -> str:
    """A count as running text has it: below a million with all of its digits, else rounded, "3.86 billion"."""
    if count < LARGEST_EXACT:
        return grouped(int(count))
    return NO_BREAK_SPACE.join(sized(count, COUNT_DIGITS))


def words(count: float) -> str:
    """A count in words, without a unit. Raises: PageError where it is no whole number of zero or more."""
    if count < 0 or not float(count).is_integer():
        raise PageError(f"expected a whole number before the filter 'words', found {count:g}")
    return count_in_words(int(count))


def one_paragraph(text: str) -> str:
    """A caption or note as one paragraph: in the source, each sentence has its own line."""
    return " ".join(line.strip() for line in text.splitlines())


def full_stop(text: str) -> str:
    """What ends a sentence after a title: nothing where the title ends it."""
    return "" if text.endswith((".", "?", "!")) else "."


def counted_as(claim: Claim) -> str:
    """What a published statement counts as: its verdict, or "inferred" where it holds only by an inferred input."""
    return "inferred" if claim.inferred and claim.verdict != "differs" else claim.verdict


def percent(share: float) -> str:
    """A share in percent, to a tenth."""
    return f"{share:.1%}"


def element_text(text: str) -> str:
    """Plain text as it is inside an element of HTML; quotes stay, as the search would take entities for words."""
    return str(escape(text)).replace("&#34;", '"').replace("&#39;", "'")
