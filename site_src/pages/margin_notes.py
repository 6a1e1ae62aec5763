"""Margin notes: what a raised letter or a number in brackets refers to, next to the line or opened in place.

The tags of a page go in, in their order. Out come the tags with the id of the note that describes them, and the notes.
The margin takes a work once a page, and few works a paragraph. What it has no room for is put once at the end of the
page, however many links open it.
"""

import re
from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from site_src.components.faces import HTML
from site_src.html_stream import Tag

# How many works the margin has room for next to one paragraph.
MOST_IN_PARAGRAPH: Final = 3
# The placeholder of a note until its words are known: those of a letter are at the end of the page.
_PLACE: Final = re.compile("\0([^\0]*)\0([^\0]*)\0")
_FOOT_NOTE: Final = re.compile(r'<div class="note" id="(note-\w+)">\s*<p>(.*?)\u00a0<a class="back".*?</p>', re.DOTALL)
# What a second copy of a text must not hold: links, anchors and notes.
_LINKS: Final = re.compile('</?a\\b[^>]*>| id="[^"]*"|\0[^\0]*\0[^\0]*\0')


class MarginNotes:
    """The notes of one page; `works` holds the words on each cited work by its key."""

    def __init__(self, works: Mapping[str, Markup]) -> None:
        self._works = works
        self._shown: set[str] = set()
        self._room = MOST_IN_PARAGRAPH
        # The id of the note at the end of the page, by work.
        self._shared: dict[str, str] = {}
        self._count = 0
        # What the place under way is on, the id of its note, and how many elements of its kind are open.
        self._key, self._anchor, self._depth = "", "", 0

    def start(self, tag: Tag) -> str:
        """A start tag, with the id of its note if it is the link of a place that has one."""
        self._enter(tag.name)
        # Few of the many tags have one, and to read their attributes takes long.
        if "data-aside" in tag.written and (key := tag.attributes.get("data-aside")):
            self._key, self._depth = key, 0
            tag = tag.replaced(f' data-aside="{key}"', "")
        if self._key and tag.name == "a":
            self._anchor = self._anchor_of(self._key, tag.attributes.get("id") or "")
            tag = tag.with_attribute("aria-describedby", self._anchor)
        self._depth += tag.name == "span"
        return tag.written

    def before_end(self, tag: str) -> str:
        """What goes before an end tag: the note, at the end of its place."""
        self._depth -= tag == "span"
        if not self._key or tag != "span" or self._depth:
            return ""
        key, self._key = self._key, ""
        if self._anchor == self._shared.get(key):
            return ""
        return f"\0{key}\0{self._anchor}\0"

    def put_into(self, html: str) -> str:
        """The page with the notes in it, and at its end those that several links open."""
        foot_notes = {key: Markup(_LINKS.sub("", text)) for key, text in _FOOT_NOTE.findall(html)}  # noqa: S704
        words = {**self._works, **foot_notes}
        page = _PLACE.sub(lambda found: _note(found[2], words[found[1]], "aside beside"), html)
        return page + "".join(_note(anchor, words[key], "aside") for key, anchor in self._shared.items())

    def _enter(self, tag: str) -> None:
        """Begins a paragraph, or a cell, which has no margin."""
        if tag in ("p", "li", "h2", "h3"):
            self._room = MOST_IN_PARAGRAPH
        elif tag == "td":
            self._room = 0

    def _anchor_of(self, key: str, place: str) -> str:
        """The id of the note on a work or of a letter, for a link: its own where the margin shows it there.

        That of a work is a number: reader modes keep a note whose id has a word such as "and", as many a key does.
        """
        if key not in self._works:
            return f"aside-{place}"
        if not place or key in self._shown or not self._room:
            if key not in self._shared:
                self._shared[key] = self._numbered()
            return self._shared[key]
        self._shown.add(key)
        self._room -= 1
        return self._numbered()

    def _numbered(self) -> str:
        """The id of one more note."""
        self._count += 1
        return f"aside-{self._count}"


def _note(anchor: str, words: Markup, kind: str) -> Markup:
    """One note. Its words are at the foot of the page as well, so they are hidden from readers of speech."""
    return HTML.component("margin_note", kind=kind, anchor=anchor, words=words)
