"""Asides: what a raised letter or a number in brackets stands for, beside the line or opened in place.

In: the finished HTML of a page with marks in it, and the words for each work. Out: the page with a piece of text beside
each mark that the margin of a wide window has room for, where the style sheet puts it; all others the script opens.
"""

import re
from collections.abc import Mapping
from typing import Final

# How many works the margin has room for beside one paragraph.
MOST_IN_PARAGRAPH: Final = 3
_MARK: Final = re.compile(
    r"<(?P<tag>h[23]|p|li|td)\b"
    r'|<a (?P<link>(?:[^>]*\bid="(?P<place>[^"]+)")?[^>]*>[^<]*</a>(?:</sup>)?)<!--aside:(?P<key>[^>]+)-->'
)
_NOTE: Final = re.compile(
    r'<div class="note" id="(note-\w+)">\s*<p>(.*?)\u00a0<a class="back".*?</p>\s*</div>', re.DOTALL
)
# What a second copy of a text must not hold: links, anchors and other asides.
_LINKS: Final = re.compile(r'</?a\b[^>]*>| id="[^"]*"|<!--aside:[^>]*-->')


def mark(key: str) -> str:
    """What stands after a link for the aside that it opens: that of a work by its key, or of a note."""
    return f"<!--aside:{key}-->"


def filled(html: str, works: Mapping[str, str]) -> str:
    """The page with every aside in; `works` holds the HTML for each work by its key.

    What the margin has no room for stands once at the end of the page, however many links open it.
    """
    words = {**works, **{note: _LINKS.sub("", text) for note, text in _NOTE.findall(html)}}
    margin = _Margin()
    shared: dict[str, str] = {}

    def aside(found: re.Match[str]) -> str:
        if tag := found["tag"]:
            margin.enter(tag)
            return found[0]
        key = found["key"]
        if key not in works or (found["place"] and margin.takes(key)):
            here = f"aside-{found['place']}"
            return _described(found["link"], here) + _aside(here, words[key], "aside beside")
        end = f"aside-{key}"
        shared[key] = _aside(end, words[key], "aside")
        return _described(found["link"], end)

    html = _MARK.sub(aside, html)
    return html + "".join(shared.values())


def _described(link: str, anchor: str) -> str:
    return f'<a aria-describedby="{anchor}" {link}'


def _aside(anchor: str, words: str, kind: str) -> str:
    """One aside. Its words stand at the foot of the page as well, so that they are hidden from readers of speech."""
    return f'<span popover class="{kind}" id="{anchor}" tabindex="-1" aria-hidden="true">{words}</span>'


class _Margin:
    """What the margin takes: a work once a section, and few works a paragraph."""

    def __init__(self) -> None:
        self._shown: set[str] = set()
        self._room = MOST_IN_PARAGRAPH

    def enter(self, tag: str) -> None:
        """Begins a section, a paragraph or a cell, beside which there is no margin."""
        self._room = 0 if tag == "td" else MOST_IN_PARAGRAPH
        if tag.startswith("h"):
            self._shown.clear()

    def takes(self, key: str) -> bool:
        """Whether a work is shown here; if so, it is remembered."""
        if key in self._shown or not self._room:
            return False
        self._shown.add(key)
        self._room -= 1
        return True
