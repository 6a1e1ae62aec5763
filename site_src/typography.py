"""The signs of print in place of those of a keyboard: quotes, apostrophes, dashes, multiplication, exponents.

Text goes in as its authors typed it, from pages, templates and records alike; code, formulas and addresses stay.
"""

import re
from collections.abc import Callable
from itertools import chain, zip_longest
from typing import Final

from analysis.numerals import NO_BREAK_SPACE

# In these, words are no prose.
NO_PROSE: Final = frozenset({"code", "kbd", "math", "pre", "script", "style", "svg", "textarea"})
# Signs that are changed, as records have them in pages.
_SIGNS: Final = {"&#39;": "'", "&#x27;": "'", "&#34;": '"', "&quot;": '"', "&#94;": "^", "&#42;": "*", "&#46;": "."}
# What is between tags and is no prose, with the tags themselves. The cards of numbers are HTML in a script.
_MARKUP: Final = re.compile(
    rf"(<(?!script\b[^>]*text/html)(?P<name>{'|'.join(sorted(NO_PROSE))})\b.*?</(?P=name)>|<!--.*?-->|<[^>]*>)",
    re.DOTALL,
)
_MARKUP_OF_COPIES: Final = re.compile(
    r"(```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]+\$|\]\([^)\s]*\)|https?://\S+|<[^>\n]*>)", re.DOTALL
)
_ENTITIES: Final = re.compile("|".join(_SIGNS))
# The following begin with the signs that they are about, and look back from there: a pattern that looks back first is
# tried at every character of a page, which takes several times as long.
_TIMES: Final = re.compile(r"\d(?<![\w.]\d)\d*(?:(?:x\d+)+(?![\w-])|x(?= [A-Z]))")
_STAR: Final = re.compile(r"(?:\*(?<=\d\*)| \*(?<=\d \*) )(?=\w)")
_POWER: Final = re.compile(r"\^(?<=[\da-z]\^)(-?\d+)")
# Two numbers with a hyphen between them, which are a range where the second is larger: "2-3", "0.1-10", "4-5x", but not
# a date, the number of a report, a version with a size ("Llama 3-70B").
_MORE_DIGITS: Final = r"\d*(?:,\d{3})*(?:\.\d+)?"
_RANGE: Final = re.compile(rf"(\d(?<![\w.,/:@–-]\d){_MORE_DIGITS})-(\d{_MORE_DIGITS})(?=x\b|(?![\w/-]|\.\d))")
# What no line ends in: a name, with or without a sign, before its number, which may be a link; a number before its
# power of ten.
_UNBROKEN: Final = re.compile(
    r"""
    F(?<=\bF)igures?[ ](?=\d) | T(?<=\bT)ables?[ ](?=\d)
    | (?:n(?<=\bn)|p(?<=\bp)|R(?<=\bR))²?[ ]=[ ](?=[\d\0])
    | [ ](?<=\d[ ])×[ ](?=10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻\0])
    """,
    re.VERBOSE,
)
_RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
# A quote opens at the start and after these, and a double one also after a tag, where a word follows.
_OPENING: Final = re.compile(r"""["'](?:(?<=^.)|(?<=[\s(\[{—–/“‘].))(?:(?<=")|(?!\d))|"(?<=\0")(?=\w)""")


def typeset(text: str) -> str:
    """Plain text, typeset."""
    # As bibliographies in LaTeX open a quote.
    text = text.replace("`", "‘")
    text = _OPENING.sub(lambda found: "“" if found[0] == '"' else "‘", text)
    text = text.replace('"', "”").replace("'", "’")
    text = _TIMES.sub(lambda found: found[0].replace("x", "×"), text)
    text = _STAR.sub(lambda found: found[0].replace("*", "×"), text)
    text = _RANGE.sub(_ranged, text)
    return _POWER.sub(lambda found: found[1].translate(_RAISED), text)


def _ranged(found: re.Match[str]) -> str:
    low, high = (float(number.replace(",", "")) for number in found.groups())
    return f"{found[1]}–{found[2]}" if low < high else found[0]


def typeset_page(html: str) -> str:
    """A page in HTML, with its prose typeset, in lines that end in no name of a number."""
    return _outside(_MARKUP, html, lambda text: _UNBROKEN.sub(_unbroken, _typeset_prose(text)))


def typeset_entry(html: str) -> str:
    """An entry of the search in HTML, with its prose typeset, in words that are apart."""
    return _outside(_MARKUP, html, _typeset_prose)


def _typeset_prose(text: str) -> str:
    return typeset(_ENTITIES.sub(lambda found: _SIGNS[found[0]], text))


def _unbroken(found: re.Match[str]) -> str:
    return found[0].replace(" ", NO_BREAK_SPACE)


def typeset_markdown(text: str) -> str:
    """A copy in Markdown, with its prose typeset."""
    return _outside(_MARKUP_OF_COPIES, text, typeset)


def _outside(left: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    """A text with all changed but what a pattern finds. What is left counts as a letter to the quotes next to it."""
    # Pages hold hundreds of thousands of tags, so that no function is called for each. Between two pieces of text there
    # are as many of what is left as the pattern has groups: the first is the whole.
    parts, apart = left.split(text), 1 + left.groups
    kept = parts[1::apart]
    changed = change("\0".join(parts[::apart])).split("\0")
    return "".join(chain.from_iterable(zip_longest(changed, kept, fillvalue="")))
