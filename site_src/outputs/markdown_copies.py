"""A page as Markdown, for programs that read text: its Markdown face, without what only the site's builder reads.

The rendered copy of a page goes in; its attributes, boxes and included files are Markdown of the builder, not of
readers. Out comes plain Markdown with the facts about the page at its head.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from analysis.record_text import quoted
from site_src.typography import typeset, typeset_markdown

# Attributes of a heading, a link or a paragraph: `{ #id .class key="value" }`; in text of records the brace is escaped.
_ATTRIBUTE: Final = r'(?:[#.][\w.-]+|[\w-]+="[^"]*"|download)'
_ATTRIBUTES: Final = re.compile(rf"[ \t]*(?<!\\)\{{:?[ ]*{_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE})*[ ]*\}}")
_BOXES: Final = re.compile(r"^</?(?:div|section|form|figure|details|summary)\b[^>]*>\n?", re.MULTILINE)
_NOTICE: Final = re.compile(r'^!!! \w+ "([^"]*)"\n((?:\n|    .*\n?)+)', re.MULTILINE)
_DEFINED: Final = re.compile(r"^(?=\S)([^|#>\n].*)\n:[ ]+((?:.*\n)(?:[ ]+\S.*\n)*)", re.MULTILINE)
_INCLUDED: Final = re.compile(r'^--8<-- "([^"]+)"$', re.MULTILINE)
_CODE: Final = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def copy(markdown: str, facts: Mapping[str, str], root: Path) -> str:
    """The copy of a page, with `facts` about it at its head; included files are read below `root`."""
    body = _INCLUDED.sub(lambda found: (root / found[1]).read_text(encoding="utf-8"), markdown)
    head = "".join(f"{name}: {quoted(typeset(value))}\n" for name, value in facts.items())
    return f"---\n{head}---\n\n{_plain(body)}\n"


@cache
def _plain(text: str) -> str:
    """The text as plain Markdown, typeset. While the site is served, most have the same text build after build."""
    return typeset_markdown(_tidy(_outside_code(text)))


def _outside_code(text: str) -> str:
    """The text without what the builder alone reads; code stays as it is."""
    kept: list[str] = []

    def hide(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\0{len(kept) - 1}\0"

    plain = _CODE.sub(hide, text)
    plain = _NOTICE.sub(lambda found: _quotation(found[1], found[2]), plain)
    plain = _DEFINED.sub(lambda found: f"- **{found[1]}**: {found[2]}", plain)
    plain = _BOXES.sub("", _ATTRIBUTES.sub("", plain))
    return re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], plain)


def _quotation(title: str, text: str) -> str:
    lines = [title, "", *(line.removeprefix("    ") for line in text.strip("\n").split("\n"))]
    return "".join(f"> {line}".rstrip() + "\n" for line in lines) + "\n"


def _tidy(text: str) -> str:
    """No spaces at the end of a line, no two empty lines."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)).strip()
