"""Text of records: which characters it may hold, which numbers it may name, and how each destination takes it.

Text that somebody entered is never code: nothing compiles it, and every way out of the data goes through one of the
functions here, or through a library that escapes by itself (the csv, json and yaml modules, ElementTree, Jinja's `e`,
`html.escape` for HTML written by hand). Formulas contain only numbers and units, never text of records.

The rule of characters. Refused everywhere: control characters (C0 and C1), every invisible format character
(bidirectional controls, zero-width characters, byte-order marks, soft hyphens, tags), line and paragraph separators,
surrogates, private characters, noncharacters and unassigned ones. A line break is accepted in remarks of several lines
alone. Letters that run from right to left are welcome, and isolated from the text around them.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any, Final

# The one form in which text names a number: `{{ compute.modern.doubling_time }}`, nothing else between the braces.
NUMBER_MARK: Final = re.compile(r"\{\{ ([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+) \}\}")
_TEMPLATE_MARKS: Final = ("{{", "{%", "{#")
_REFUSED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})
# No-break spaces stay: they hold numbers and units together.
_BREAKS: Final = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]*[\n\r\t\f\v\x1c-\x1f\x85\u2028\u2029][\s\x1c-\x1f\x85]*")
# Everything with a meaning to Markdown or to the extensions of mkdocs.yml anywhere in a line, and what exhibits mark.
_MARKUP: Final = re.compile(r"[\\`*_{}\[\]<>#|!~^@&]")
# What begins a list, a definition, a rule or an underlined heading at the start of a line.
_LINE_START: Final = re.compile(r"^(?P<sign>[-+=:])|^(?P<digits>\d+)(?P<point>[.)])")
_COPIED_MARKUP: Final = re.compile(r"[\\`*_{\[\]$|]|&(?=#?\w+;)")
_COPIED_LINE_START: Final = re.compile(r"^([ \t]*)(#|>|[-+=~:](?=[-+=~\s])|\d+(?=[.)]\s))", re.MULTILINE)
# JSON may spell any character by its number; these could end a script or open a comment.
_UNSAFE_IN_SCRIPT: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """What a text may contain besides printable characters on one line: several lines, names of quantities."""

    lines: bool = False
    numbers: bool = False


ONE_LINE: Final = Holds()


def fault_in(text: str, holds: Holds = ONE_LINE) -> str:
    """What was expected of the text and is not so, for a message; nothing where it can be used."""
    lines, numbers = holds.lines, holds.numbers
    # `isprintable` is quick, and refuses all that is refused here, along with spaces that are not.
    for character in "" if text.isprintable() else text:
        if unicodedata.category(character) in _REFUSED and not (lines and character == "\n"):
            name = unicodedata.name(character, "line break" if character in "\n\r" else "not a printable character")
            return f"expected {'text' if lines else 'one line'} without U+{ord(character):04X} ({name.lower()})"
    rest = NUMBER_MARK.sub("", text) if numbers else text
    if "{" in rest and (mark := next((mark for mark in _TEMPLATE_MARKS if mark in rest), "")):
        form = "a number as '{{ topic.scope.thing }}' and no other" if numbers else "text without"
        return f"expected {form} '{mark}'"
    return ""


def numbers_named_in(text: str) -> list[str]:
    """The names of the quantities that a text states, in its order."""
    return NUMBER_MARK.findall(text)


def with_numbers(text: str, write: Callable[[str], str]) -> str:
    """The text as Markdown, and in place of every name of a quantity what `write` makes of it."""
    parts = NUMBER_MARK.split(_one_line(text))
    # Split by one group: text and names alternate.
    return "".join(write(part) if i % 2 else _marked_up(part, starts_line=i == 0) for i, part in enumerate(parts))


def copied_with_numbers(text: str, write: Callable[[str], str]) -> str:
    """The same for a Markdown file that is read as it is."""
    parts = NUMBER_MARK.split(_one_line(text))
    return "".join(write(part) if i % 2 else copied_text(part) for i, part in enumerate(parts))


def markdown_text(text: str) -> str:
    """The text as part of a line of Markdown that Python-Markdown turns into HTML: it shows every character as it is.

    Characters with a meaning become numeric entities, which no extension takes for markup, not even in tables,
    headings and lists of attributes.
    """
    return _marked_up(_one_line(text), starts_line=True)


def inline_text(text: str) -> str:
    """The same for text that does not begin its line, such as that of a link."""
    return _marked_up(_one_line(text), starts_line=False)


def copied_text(text: str) -> str:
    """The text as part of a Markdown file that is read as it is, with backslashes where readers would see markup."""
    # Not every reader of Markdown takes a backslash before these two.
    marked = _COPIED_MARKUP.sub(lambda sign: "&amp;" if sign[0] == "&" else f"\\{sign[0]}", text).replace("<", "&lt;")
    return _COPIED_LINE_START.sub(
        lambda found: f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}", marked
    )


def copied_line(text: str) -> str:
    """The text as part of one line of a Markdown file that is read as it is."""
    return copied_text(_one_line(text))


def copied_part(text: str) -> str:
    """The same for a part of a line, which keeps the spaces around it."""
    return copied_text(_BREAKS.sub(" ", text))


def script_json(value: Any) -> str:
    """A value as JSON inside an element `script`, which no text can end."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).translate(_UNSAFE_IN_SCRIPT)


def quoted(text: str) -> str:
    """The text as a quoted value of YAML, always on one line."""
    return json.dumps(text, ensure_ascii=False)


def terminal_text(text: str) -> str:
    r"""The text as a terminal shows it, control sequences spelled out as `\u001b`; JSON stays JSON."""
    return "".join(_spelled(character) if _is_hidden(character) else character for character in text)


def _one_line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip(" ")


def _marked_up(text: str, *, starts_line: bool) -> str:
    marked = _MARKUP.sub(lambda sign: f"&#{ord(sign[0])};", text)
    if starts_line:
        marked = _LINE_START.sub(_start_spelled, marked)
    # Pages hold hundreds of thousands of texts, nearly all of them in ASCII.
    right_to_left = not text.isascii() and any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in text)
    return f"<bdi>{marked}</bdi>" if right_to_left else marked


def _start_spelled(found: re.Match[str]) -> str:
    if sign := found["sign"]:
        return f"&#{ord(sign)};"
    return f"{found['digits']}&#{ord(found['point'])};"


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _REFUSED


def _spelled(character: str) -> str:
    """A character by its number, as JSON spells it: one beyond the first 65,536 by two."""
    return json.dumps(character).strip('"') if not character.isascii() else f"\\u{ord(character):04x}"


def html_text(text: str) -> str:
    """The text inside an element or a quoted attribute of HTML, on one line."""
    return escape(_one_line(text))
