"""The one reader of HTML: goes through a page from start to end and writes it again, with what a subclass changes."""

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from typing import Final, NamedTuple

from markupsafe import escape

Attributes = dict[str, str | None]

# An attribute with a value, whose quotes may be of either kind or missing.
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


class Tag(NamedTuple):
    """A start tag: its name and the names of its attributes in lower case, and its text as it is `written`."""

    name: str
    attributes: Attributes
    written: str

    def with_attribute(self, name: str, value: str) -> "Tag":
        """The tag with one more attribute, before all others."""
        rest = self.written[1 + len(self.name) :]
        return self._replace(written=f"<{self.name} {attribute(name, value)}{rest}")

    def rewritten(self, change: Callable[[str, str, str], str]) -> "Tag":
        """The tag with other attributes: `change` takes name, value and text of each that has a value."""
        written = _ATTRIBUTE.sub(
            lambda found: change(found[1].lower(), unescape(found[2] or found[3] or found[4] or ""), found[0]),
            self.written,
        )
        return self._replace(written=written)


class HtmlStream(HTMLParser):
    """Writes every piece of a page as it was read.

    A subclass overrides `start`, `end`, `words` or `comment`, each of which returns what is written in place of a
    piece. `out` holds what is written so far. Entities stay as they are.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        # The lines of the page, and the names in capitals and small letters that SVG has, as `clipPath`, by lower case.
        self._lines: list[str] = []
        self._spelled: dict[str, str] = {}

    def read(self, html: str) -> str:
        """The whole page, written again."""
        # As plain text: slices of markup would escape what is put into them.
        text = str(html)
        self._lines = text.split("\n")
        self.feed(text)
        self.close()
        return "".join(self.out)

    def start(self, tag: Tag) -> str:
        """A start tag."""
        return tag.written

    def end(self, name: str) -> str:
        """An end tag."""
        return f"</{self._spelled.get(name, name)}>"

    def words(self, text: str) -> str:
        """Text between tags."""
        return text

    def comment(self, text: str) -> str:
        """A comment."""
        return f"<!--{text}-->"

    # What follows is called by the parser.

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Puts down a start tag."""
        written = self.get_starttag_text() or ""
        if not written.startswith(tag, 1):
            self._spelled[tag] = written[1 : 1 + len(tag)]
        self.out.append(self.start(Tag(tag, dict(attrs), written)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Puts down a tag that ends itself."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Puts down an end tag."""
        self.out.append(self.end(tag))

    def handle_data(self, data: str) -> None:
        """Puts down text."""
        self.out.append(self.words(data))

    def handle_entityref(self, name: str) -> None:
        """Puts down an entity with a name, or what only looks like one, as in `AT&T`."""
        self.handle_data(self._reference(f"&{name}"))

    def handle_charref(self, name: str) -> None:
        """Puts down an entity with a number."""
        self.handle_data(self._reference(f"&#{name}"))

    def handle_comment(self, data: str) -> None:
        """Puts down a comment."""
        self.out.append(self.comment(data))

    def handle_decl(self, decl: str) -> None:
        """Puts down a declaration, such as that of the type of document."""
        self.out.append(f"<!{decl}>")

    def _reference(self, written: str) -> str:
        """An entity with its semicolon, where it has one: the parser does not say."""
        line, column = self.getpos()
        return f"{written};" if self._lines[line - 1].startswith(";", column + len(written)) else written


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
