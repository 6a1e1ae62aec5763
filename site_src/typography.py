"""The signs of print in place of those of a keyboard: quotes, apostrophes, signs of multiplication, exponents.

Text goes in as its authors typed it, from pages, templates and records alike; code, formulas and addresses stay.
"""

import re
from collections.abc import Callable
from itertools import chain, zip_longest
from typing import Final

# In these, words are no prose.
NO_PROSE: Final = frozenset({"code", "kbd", "math", "pre", "script", "style", "svg", "textarea"})
_QUOTES: Final = {"&#39;": "'", "&#x27;": "'", "&#34;": '"', "&quot;": '"'}
# What is between tags and is no prose, with the tags themselves. The cards of numbers are HTML in a script.
_MARKUP: Final = re.compile(
    rf"<(?!script\b[^>]*text/html)({'|'.join(sorted(NO_PROSE))})\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL
)
_MARKUP_OF_COPIES: Final = re.compile(
    r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]+\$|\]\([^)\s]*\)|https?://\S+|<[^>\n]*>", re.DOTALL
)
_ENTITIES: Final = re.compile("|".join(_QUOTES))
_TIMES: Final = re.compile(r"(?<![\w.])\d+(?:x\d+)+(?![\w-])")
_POWER: Final = re.compile(r"(?<=[\da-z])\^(-?\d+)")
_RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
# A quote opens after these, and a double one also after a tag, where a word follows.
_OPENING: Final = re.compile(r"""(?:^|(?<=[\s(\[{—–/“‘]))(?:"|'(?!\d))|(?<=\0)"(?=\w)""")


def typeset(text: str) -> str:
    """Plain text, typeset."""
    text = _OPENING.sub(lambda found: "“" if found[0] == '"' else "‘", text)
    text = text.replace('"', "”").replace("'", "’")
    text = _TIMES.sub(lambda found: found[0].replace("x", "×"), text)
    return _POWER.sub(lambda found: found[1].translate(_RAISED), text)


def typeset_html(html: str) -> str:
    """A page or an entry of the search in HTML, with its prose typeset."""
    return _outside(_MARKUP, html, lambda text: typeset(_ENTITIES.sub(lambda found: _QUOTES[found[0]], text)))


def typeset_markdown(text: str) -> str:
    """A copy in Markdown, with its prose typeset."""
    return _outside(_MARKUP_OF_COPIES, text, typeset)


def _outside(left: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    """A text with all changed but what a pattern finds. What is left counts as a letter to the quotes next to it."""
    # Pages hold hundreds of thousands of tags, so that no function is called for each.
    kept = [found[0] for found in left.finditer(text)]
    changed = change(left.sub("\0", text)).split("\0")
    return "".join(chain.from_iterable(zip_longest(changed, kept, fillvalue="")))
