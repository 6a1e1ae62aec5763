"""Asides: what a raised letter or a number in brackets stands for, beside the line or opened in place.

In: the finished HTML of a page with marks in it, and the words for each work. Out: the page with a piece of text for
each mark, which the style sheet puts into the margin of a wide window; elsewhere the script opens it.
"""

import re
from collections.abc import Mapping
from typing import Final

# How many works the margin has room for beside one paragraph.
MOST_IN_PARAGRAPH: Final = 3
_MARK: Final = re.compile(r"<(?P<tag>h[23]|p|li)\b|<!--aside:(?P<key>[^:]+):(?P<place>[^>]+)-->")
_NOTE: Final = re.compile(
    r'<div class="note" id="(note-\w+)">\s*<p>(.*?)\u00a0<a class="back".*?</p>\s*</div>', re.DOTALL
)
# What a second copy of a text must not hold: links, anchors and other asides.
_LINKS: Final = re.compile(r'</?a\b[^>]*>| id="[^"]*"|<!--aside:[^>]*-->')


def mark(key: str, place: str) -> str:
    """What stands for the aside at a place: for a work by its key, or for a note by its anchor."""
    return f"<!--aside:{key}:{place}-->"


def anchor(place: str) -> str:
    """The anchor of the aside that belongs to a place."""
    return f"aside-{place}"


def filled(html: str, works: Mapping[str, str]) -> str:
    """The page with every aside in; `works` holds the HTML for each work by its key."""
    words = {**works, **{note: _LINKS.sub("", text) for note, text in _NOTE.findall(html)}}
    margin = _Margin()

    def aside(found: re.Match[str]) -> str:
        if tag := found["tag"]:
            margin.enter(tag)
            return found[0]
        key = found["key"]
        return _aside(found["place"], words[key], beside=key not in works or margin.takes(key))

    return _MARK.sub(aside, html)


def _aside(place: str, words: str, *, beside: bool) -> str:
    """One aside. Its words stand at the foot of the page as well, so that they are hidden from readers of speech."""
    kind = "aside beside" if beside else "aside"
    return f'<span popover class="{kind}" id="{anchor(place)}" tabindex="-1" aria-hidden="true">{words}</span>'


class _Margin:
    """What the margin takes: a work once a section, and few works a paragraph."""

    def __init__(self) -> None:
        self._shown: set[str] = set()
        self._room = MOST_IN_PARAGRAPH

    def enter(self, tag: str) -> None:
        """Begins a section or a paragraph."""
        self._room = MOST_IN_PARAGRAPH
        if tag.startswith("h"):
            self._shown.clear()

    def takes(self, key: str) -> bool:
        """Whether a work is shown here; if so, it is remembered."""
        if key in self._shown or not self._room:
            return False
        self._shown.add(key)
        self._room -= 1
        return True
