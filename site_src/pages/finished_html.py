"""The HTML of a page as readers get it: blocks in place of their marks, margin notes, tables that scroll.

In: what Markdown or a notebook made of a page, with a mark for each finished block. Out: the same in one pass, without
the styles that the policy of the site forbids and without headings that are empty. Every table gets a box of its own,
which the keyboard can reach and in which it scrolls where the window is too narrow; a table without a class the theme
would take apart once the page has loaded, and all would be laid out anew.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from site_src.components.faces import HTML
from site_src.html_stream import Attributes, HtmlStream
from site_src.pages.margin_notes import MarginNotes

_BLOCK: Final = re.compile(r"block:(\d+)")
# The one style that Markdown and notebooks write; left is the default.
_ALIGNED: Final = re.compile(r' style="text-align: (left|right);"')
# The look that a library gave a table.
_LOOK: Final = re.compile(r' (?:border|class)="[^"]*"')
_HEADING: Final = re.compile(r"<th\b")


def finished(html: str, blocks: Sequence[str] = (), works: Mapping[str, Markup] | None = None) -> str:
    """The finished page; `works` holds the margin note on each cited work by its key."""
    return _Page(blocks, MarginNotes(works or {})).read(html)


class _Page(HtmlStream):
    """One pass through a page. What is inside a table or its head waits until that ends."""

    def __init__(self, blocks: Sequence[str], notes: MarginNotes) -> None:
        super().__init__()
        self._blocks = blocks
        self._notes = notes
        self._around: list[list[str]] = []

    def read(self, html: str) -> str:
        """The whole page, with the notes that the margin has no room for at its end."""
        return self._notes.put_into(super().read(html))

    def start(self, tag: str, attributes: Attributes, written: str) -> None:
        """A start tag without styles, and with the note that describes it."""
        if tag in ("table", "thead"):
            self._around.append(self.out)
            self.out = []
        aligned = _ALIGNED.search(written)
        if aligned:
            written = _ALIGNED.sub("" if aligned[1] == "left" else ' class="right"', written)
        self.out.append(self._notes.start(tag, attributes, written))

    def end(self, tag: str) -> None:
        """An end tag; an empty heading becomes a cell, a head without headings goes, a table is put into its box."""
        self.out.append(self._notes.before_end(tag))
        if tag == "th" and _HEADING.match("".join(self.out[-2:])):
            # A heading without words says nothing to a screen reader.
            self.out[-2:] = ["<td></td>"]
            return
        super().end(tag)
        if tag in ("table", "thead"):
            inside = "".join(self.out)
            self.out = self._around.pop()
            self.out.append(_boxed(inside) if tag == "table" else inside if _HEADING.search(inside) else "")

    def comment(self, text: str) -> None:
        """Puts a block in place of its mark; a comment that names none stays."""
        found = _BLOCK.fullmatch(text)
        if not found or int(found[1]) >= len(self._blocks):
            super().comment(text)
            return
        block = self._blocks[int(found[1])]
        # Only one that cites a work is read as well: drawings and lists of layers are large.
        self.out.append(_Block(self._notes).read(block) if "data-aside" in block else block)


class _Block(HtmlStream):
    """One pass through a finished block, for its margin notes alone."""

    def __init__(self, notes: MarginNotes) -> None:
        super().__init__()
        self._notes = notes

    def start(self, tag: str, attributes: Attributes, written: str) -> None:
        """A start tag with the note that describes it."""
        self.out.append(self._notes.start(tag, attributes, written))

    def end(self, tag: str) -> None:
        """An end tag after the note that it ends."""
        self.out.append(self._notes.before_end(tag))
        super().end(tag)


def _boxed(table: str) -> Markup:
    """A table in its box."""
    tag, _, rows = table.partition(">")
    # Facts in rows have no heading.
    kind = "ruled" if _HEADING.search(rows) else "ruled facts"
    attributes = Markup(_LOOK.sub("", tag.removeprefix("<table")))  # noqa: S704 - HTML that was read
    return HTML.component("table_box", kind=kind, attributes=attributes, rows=Markup(rows.removesuffix("</table>")))  # noqa: S704
