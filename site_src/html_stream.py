"""The one reader of HTML: goes through a page from start to end and writes it again, with what a subclass changes.

It takes pages apart by what a tag looks like, which holds for pages that we or libraries have written and whose markup
is checked. The parser of the standard library also copes with markup that is broken, and takes five times as long.
"""

import re
from collections.abc import Callable
from functools import cache, cached_property
from html import unescape
from typing import ClassVar, Final

from markupsafe import escape

Attributes = dict[str, str | None]

# The elements that may lead to a file or a place in one, each with the attribute that says where.
ADDRESSES: Final = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src", "iframe": "src"}
# An attribute, whose value may have quotes of either kind or none, or be missing.
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
# Elements whose text ends only with their own end tag. One that holds HTML for scripts to take is read like the rest.
RAW: Final = ("script", "style")
_HOLDS_HTML: Final = 'type="text/html"'
_ANY_NAME: Final = r"[a-zA-Z][^\s/>]*"


def pieces_of(*names: str) -> re.Pattern[str]:
    """Finds the next piece that is not text; with `names`, all tags but those of the elements are taken for text."""
    name = "|".join((*names, *RAW)) if names else _ANY_NAME
    # A quoted value may hold any character.
    return re.compile(
        rf"""
        <!--(?P<comment>.*?)-->
        | <(?P<start>(?i:{name}))(?=[\s/>]) [^"'>]* (?: (?: "[^"]*" | '[^']*' ) [^"'>]* )* >
        | </(?P<end>(?i:{name})) \s* >
        | <!(?P<declaration>[^>]*)>
        """,
        re.DOTALL | re.VERBOSE,
    )


class Tag:
    """A start tag: its `name` in lower case, and its text as it is `written`."""

    def __init__(self, name: str, written: str) -> None:
        self.name = name
        self.written = written

    @cached_property
    def attributes(self) -> Attributes:
        """The value of each attribute by its name in lower case; none where it has no value."""
        return {found[1].lower(): _value(found) for found in self._found()}

    @property
    def holds_html(self) -> bool:
        """Whether it is of a script that only holds HTML, for another script to take."""
        return self.name == "script" and _HOLDS_HTML in self.written

    def replaced(self, old: str, new: str) -> "Tag":
        """The tag with other words for a part of its text."""
        return Tag(self.name, self.written.replace(old, new))

    def with_attribute(self, name: str, value: str) -> "Tag":
        """The tag with one more attribute, before all others."""
        rest = self.written[1 + len(self.name) :]
        return Tag(self.name, f"<{self.name} {attribute(name, value)}{rest}")

    def rewritten(self, change: Callable[[str, str, str], str]) -> "Tag":
        """The tag with other attributes: `change` takes name, value and text of each that has a value."""
        parts, place = [], 0
        for found in self._found():
            if (value := _value(found)) is not None:
                parts += [self.written[place : found.start()], change(found[1].lower(), value, found[0])]
                place = found.end()
        return Tag(self.name, "".join([*parts, self.written[place:]]))

    def _found(self) -> list[re.Match[str]]:
        return list(_ATTRIBUTE.finditer(self.written, 1 + len(self.name)))


class HtmlStream:
    """Writes every piece of a page as it was read.

    A subclass overrides `start`, `end`, `words` or `comment`, each of which returns what is written in place of a
    piece. `out` holds what is written so far. Entities stay as they are. One that changes the tags of some elements
    alone gives `pieces` of them, and one that changes nothing in some elements has them `raw`: pages hold hundreds of
    thousands of others.
    """

    pieces: ClassVar = pieces_of()
    raw: ClassVar[tuple[str, ...]] = RAW

    def __init__(self) -> None:
        self.out: list[str] = []
        # The end tag that is being read; SVG has names in capitals and small letters, as `clipPath`.
        self._ending = ""

    def read(self, html: str) -> str:
        """The whole page, written again."""
        # As plain text: slices of markup would escape what is put into them.
        text, place = str(html), 0
        while place < len(text):
            place = self._read_from(text, place)
        return "".join(self.out)

    def _read_from(self, text: str, place: int) -> int:
        """Reads up to the end of the next element whose text is raw, or of the page; gives the place after it."""
        # Called for every tag of every page, so it is written to be fast.
        write = self.out.append
        for piece in self.pieces.finditer(text, place):
            begin = piece.start()
            if place < begin:
                write(self.words(text[place:begin]))
            place, kind = piece.end(), piece.lastgroup
            if kind == "start":
                name = piece["start"].lower()
                tag = Tag(name, piece[0])
                write(self.start(tag))
                if name in self.raw and not tag.holds_html:
                    ending = _ending_of(name).search(text, place)
                    until = ending.start() if ending else len(text)
                    write(self.words(text[place:until]))
                    return until
            elif kind == "end":
                self._ending = piece[0]
                write(self.end(piece["end"].lower()))
            else:
                write(self.comment(piece["comment"]) if kind == "comment" else piece[0])
        if place < len(text):
            write(self.words(text[place:]))
        return len(text)

    def start(self, tag: Tag) -> str:
        """A start tag."""
        return tag.written

    def end(self, name: str) -> str:  # noqa: ARG002 - for subclasses
        """An end tag, by its name in lower case."""
        return self._ending

    def words(self, text: str) -> str:
        """Text between tags."""
        return text

    def comment(self, text: str) -> str:
        """A comment."""
        return f"<!--{text}-->"


@cache
def _ending_of(name: str) -> re.Pattern[str]:
    """Finds the end tag of an element."""
    return re.compile(rf"</{name}\s*>", re.IGNORECASE)


def _value(found: re.Match[str]) -> str | None:
    """The value of an attribute that was found, without its quotes."""
    # Only one of the groups after that of the name takes part.
    return unescape(found[found.lastindex]) if found.lastindex and found.lastindex > 1 else None


class CuttingStream(HtmlStream):
    """Writes a page without some elements and what is in them; `is_cut` recognises them by their start tags."""

    def __init__(self, is_cut: Callable[[Tag], bool]) -> None:
        super().__init__()
        self._is_cut = is_cut
        # The element that is being cut: its name, how many of that name are open, how much was written before it.
        self._cut, self._depth, self._before = "", 0, 0

    def start(self, tag: Tag) -> str:
        """A start tag, with which a cut may begin."""
        if not self._cut and self._is_cut(tag):
            self._cut, self._before = tag.name, len(self.out)
        self._depth += tag.name == self._cut
        return super().start(tag)

    def end(self, name: str) -> str:
        """An end tag; the one that ends a cut takes back all that was written since."""
        self._depth -= name == self._cut
        if not self._cut or self._depth:
            return super().end(name)
        del self.out[self._before :]
        self._cut = ""
        return ""


def attribute(name: str, value: str) -> str:
    """An attribute as it is written in a tag."""
    return f'{name}="{escape(value)}"'
