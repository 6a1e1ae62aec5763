"""How a number is spelled, with and without its unit, in a page, a figure and the terminal alike.

A number above ten million or below a ten-thousandth is written with a power of ten; thousands
are grouped by commas; a given number of significant digits is kept, trailing zeros included.
"""

from datetime import date
from decimal import Decimal
from typing import Final

from analysis.units import day_at, unit

LARGEST_PLAIN: Final = Decimal("1e7")
SMALLEST_PLAIN: Final = Decimal("1e-4")
# Units that are written close to the number.
CLOSE_UNITS: Final = frozenset({"x", "x/year", "percent"})
# Large sums of money are written with a word, largest first.
SUMS: Final = {1e12: "trillion", 1e9: "billion", 1e6: "million"}
# Large counts are written with a word for their size, largest first.
SIZES: Final = {1e15: "quadrillion", **SUMS, 1e3: "thousand"}
NO_BREAK_SPACE: Final = "\u00a0"
# The largest count that is written in words.
LARGEST_IN_WORDS: Final = 99
_ONES: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SUPERSCRIPT: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def numeral(value: float, digits: int | None = None) -> str:
    """A number as digits, rounded to `digits` significant ones, or unrounded if None."""
    exact = Decimal(repr(float(value)))
    if exact == 0:
        return "0"
    rounded = exact if digits is None else Decimal(f"{exact:.{digits - 1}e}")
    if not SMALLEST_PLAIN <= abs(rounded) < LARGEST_PLAIN:
        return _with_power(rounded, digits)
    if digits is None:
        return _trimmed(f"{rounded:,f}")
    places = max(digits - 1 - rounded.adjusted(), 0)
    return f"{rounded:,.{places}f}"


def grouped(count: int) -> str:
    """A whole number with all of its digits, thousands grouped."""
    return f"{count:,}"


def of_count(noun: str, count: int) -> str:
    """A noun as it follows a count: 1 "row", 2 "rows"."""
    return noun if count == 1 else f"{noun}s"


def numbered(count: int, noun: str) -> str:
    """A small number of things: "1 head", "12 heads"."""
    return f"{count} {of_count(noun, count)}"


def sized(count: float, digits: int) -> tuple[str, str]:
    """A large count as a number and the word for its size: "3.86" and "billion"; no word below a thousand."""
    # Rounded first, as 999,999 is then one million.
    rounded = float(f"{count:.{digits - 1}e}")
    size, word = next(((size, word) for size, word in SIZES.items() if rounded >= size), (1.0, ""))
    return numeral(rounded / size, digits), word


def count_in_words(count: int) -> str:
    """A count as running text has it: "fifteen", "twenty-six"; one of a hundred or more in digits."""
    if not 0 <= count <= LARGEST_IN_WORDS:
        return grouped(count)
    if count < len(_ONES):
        return _ONES[count]
    tens, units = divmod(count, 10)
    return f"{_TENS[tens - 2]}-{_ONES[units]}" if units else _TENS[tens - 2]


def spelled(value: float, unit_name: str, digits: int | None) -> str:
    """A number with its unit: "3.4 months", "321,000×", "1 year"; a date as its month, "April 2022"."""
    if unit_name == "date":
        return month_in_words(day_at(value))
    number, found = numeral(value, digits), unit(unit_name)
    symbol = found.symbol if number == "1" else found.plural
    if unit_name in ("x", "x/year") and "×" in number:
        return f"{number} times{' a year' if unit_name == 'x/year' else ''}"
    if unit_name in CLOSE_UNITS or not symbol:
        return f"{number}{symbol}"
    if found.dimension == "money":
        return f"{symbol}{NO_BREAK_SPACE}{number if value < min(SUMS) else _large_sum(value, digits)}"
    return f"{number}{NO_BREAK_SPACE}{symbol}"


def power_of_ten(power: int) -> str:
    """Ten to a whole power, raised digits and all."""
    return f"10{str(power).translate(_SUPERSCRIPT)}"


def _large_sum(value: float, digits: int | None) -> str:
    """Money in millions, billions or trillions: "13 trillion"."""
    size, word = next((size, word) for size, word in SUMS.items() if value >= size)
    return f"{numeral(value / size, digits)}{NO_BREAK_SPACE}{word}"


def _with_power(value: Decimal, digits: int | None) -> str:
    power = value.adjusted()
    mantissa = value.scaleb(-power)
    text = _trimmed(f"{mantissa:f}") if digits is None else f"{mantissa:.{digits - 1}f}"
    raised = power_of_ten(power)
    if text in ("1", "-1") and digits in (None, 1):
        return text.replace("1", raised)
    return f"{text} × {raised}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def day_in_words(day: date) -> str:
    """A day as it is read out: "1 June 2012"."""
    return f"{day.day} {day:%B %Y}"


def month_in_words(day: date) -> str:
    """The month of a day as it is read out: "June 2012"."""
    return f"{day:%B %Y}"
