"""Formulas in LaTeX with numbers in place of their symbols.

Every letter of a formula must belong to a symbol with an input, and every symbol must occur.
A thin space between two symbols is a product; between numbers it becomes a sign of multiplication.
"""

import re
from collections.abc import Mapping
from typing import Final

from analysis.errors import UnknownNameError
from analysis.model.worked import latex_line
from analysis.numerals import NO_BREAK_SPACE, numeral, spelled
from analysis.units import UNITS

DIGITS: Final = 4
_TOKEN: Final = re.compile(r"\\[A-Za-z]+\s*|\\.|.")
# These are followed by a name or an index, never by a symbol.
_VERBATIM: Final = frozenset({"_", r"\text", r"\mathrm"})


def filled(formula: str, numbers: Mapping[str, str | None]) -> str:
    """The formula with its symbols replaced by numbers (LaTeX); one without, a series, stays.

    Raises: UnknownNameError.
    """
    signs = _TOKEN.findall(formula)
    # Longest first, so that C_{2020} is not read as C.
    symbols = [(latex, _TOKEN.findall(latex)) for latex in sorted(numbers, key=len, reverse=True)]
    written, met, i = [], set(), 0
    while i < len(signs):
        sign = signs[i]
        found = next((pair for pair in symbols if _symbol_is_at(signs, i, pair[1])), None)
        if found:
            latex, length = found[0], len(found[1])
            met.add(latex)
            raised = signs[i + length : i + length + 1] == ["^"]
            written.append(_in_place_of(latex, numbers[latex], raised=raised))
            i += length
        elif sign.strip() in _VERBATIM:
            end = _end_of_group(signs, i + 1)
            written += signs[i:end]
            i = end
        elif sign.isalpha():
            raise UnknownNameError(f"formula {formula}: '{sign}' has no input; expected a symbol of the inputs")
        else:
            written.append(r" \times " if sign == r"\," else sign)
            i += 1
    if missing := [latex for latex in numbers if latex not in met]:
        raise UnknownNameError(f"formula {formula}: found no symbol {missing[0]}; expected every symbol of the inputs")
    return "".join(written)


def latex_number(value: float, digits: int = DIGITS) -> str:
    """A number as LaTeX, rounded to so many significant digits."""
    sign = "-" if value < 0 else ""
    return f"{sign}{latex_line(numeral(rounded(abs(value), digits)))}"


def latex_quantity(value: float, unit: str) -> str:
    """A number with its unit as LaTeX, rounded to four significant digits."""
    if unit == "date":
        return _words(spelled(value, unit, None))
    shown = rounded(value, DIGITS)
    # A text has large sums in words, a formula in powers of ten.
    if unit == "dollar":
        return f"{_words(f'{UNITS[unit].plural} ')}{latex_number(shown)}"
    before, _, after = spelled(shown, unit, None).replace(NO_BREAK_SPACE, " ").partition(numeral(shown))
    return f"{_words(before)}{latex_number(shown)}{_words(after)}"


def plain(latex: str) -> str:
    """A symbol as plain text: `f_compute`, `C_2`, `Δt`."""
    return re.sub(r"\\(mathrm|text)|[{}]", "", latex.replace(r"\Delta ", "Δ"))


def rounded(value: float, digits: int) -> float:
    """A number to so many significant digits, which need not all be written."""
    return float(f"{value:.{digits}g}")


def _words(text: str) -> str:
    """The words before or after a number. A sign inside `text` is kept with its backslash by the converter."""
    spaces = [r"\ " if side else "" for side in (text.startswith(" "), text.endswith(" "))]
    parts = re.findall(r"[$%]|[^$%]+", text.strip())
    written = "".join(rf"\{part}" if part in "$%" else rf"\text{{{part}}}" for part in parts)
    return f"{spaces[0]}{written}{spaces[1]}" if written else ""


def _symbol_is_at(signs: list[str], i: int, symbol: list[str]) -> bool:
    """Whether the whole symbol is at this position: with an index after it, it would be a different one."""
    end = i + len(symbol)
    return signs[i:end] == symbol and signs[end : end + 1] != ["_"]


def _in_place_of(latex: str, number: str | None, *, raised: bool) -> str:
    """The number, in brackets where a sign before it or a power after it would be misread; or the symbol itself."""
    if number is None:
        return latex
    return f"({number})" if number.startswith("-") or (raised and r"\times" in number) else number


def _end_of_group(signs: list[str], i: int) -> int:
    """The place after the group, or the single sign, that starts here."""
    if signs[i] != "{":
        return i + 1
    depth = 0
    for end in range(i, len(signs)):
        depth += {"{": 1, "}": -1}.get(signs[end], 0)
        if depth == 0:
            return end + 1
    return len(signs)
