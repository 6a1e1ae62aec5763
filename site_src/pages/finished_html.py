"""The HTML of a page as readers get it: blocks in place of their marks, margin notes, tables that scroll.

In: what Markdown or a notebook made of a page, with a mark for each finished block. Out: the same in one pass, without
the styles that the policy of the site forbids and without headings that are empty. A date or a unit stays on one
line. Every table gets a box of its own, which the keyboard can reach and in which it scrolls where the window is too
narrow; a table without a class the theme would take apart once the page has loaded, and all would be laid out anew.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from analysis.numerals import NO_BREAK_SPACE
from site_src.components.faces import HTML
from site_src.html_stream import RAW, HtmlStream, Tag
from site_src.pages.margin_notes import MarginNotes
from site_src.typography import NO_PROSE

_BLOCK: Final = re.compile(r"block:(\d+)")
# What takes the place of the only styles that Markdown and notebooks write; left is the default.
_ALIGNED: Final = {"text-align: left;": "", "text-align: right;": ' class="right"'}
# The look that a library gave a table.
_LOOK: Final = ("border", "class")
_HEADING: Final = re.compile(r"<th\b")
# What would break after each hyphen: a day or a month as data have it, 2026-11-23, 2026-11, and a unit, pfs-days.
_HYPHENED: Final = re.compile(r"(?<![\w/.-])(?:\d{4}-\d\d(?:-\d\d)?|[pt]fs-days?)(?![\w/-])")


def finished(html: str, blocks: Sequence[str] = (), works: Mapping[str, Markup] | None = None) -> str:
    """The finished page; `works` holds the margin note on each cited work by its key."""
    return _Page(blocks, MarginNotes(works or {})).read(html)


class _Prose(HtmlStream):
    """One pass through what has margin notes and prose. Drawings and formulas, which have neither, stay whole."""

    raw = (*RAW, "math", "svg")

    def __init__(self, notes: MarginNotes) -> None:
        super().__init__()
        self._notes = notes
        # The open elements without prose, but for a script that holds HTML.
        self._without_prose: list[str] = []

    def start(self, tag: Tag) -> str:
        """A start tag with the note that describes it."""
        if tag.name in NO_PROSE and not tag.holds_html:
            self._without_prose.append(tag.name)
        return self._notes.start(tag)

    def end(self, name: str) -> str:
        """An end tag after the note that it ends."""
        if self._without_prose[-1:] == [name]:
            self._without_prose.pop()
        return self._notes.before_end(name) + super().end(name)

    def words(self, text: str) -> str:
        """Text between tags, with each date and unit on one line."""
        # Called for every piece of text of every page; a pattern that looks back takes long to find nothing.
        if self._without_prose or "-" not in text:
            return text
        return _HYPHENED.sub(lambda found: str(HTML.inline.nowrap(found[0])), text)


class _Page(_Prose):
    """One pass through a page. What is written of a table or its head is taken back and finished when that ends."""

    def __init__(self, blocks: Sequence[str], notes: MarginNotes) -> None:
        super().__init__(notes)
        self._blocks = blocks
        # The open tables and heads, and how much was written before each.
        self._around: list[tuple[Tag, int]] = []
        # How many summaries are open; in these, which are controls, a screen reader finds no link.
        self._summaries = 0
        # Whether the link of a section is open, whose sign the style sheet writes, so that it is no word of a heading.
        self._is_permalink = False
        # How much was written before what is open and left out: text that only the search reads, a link in a summary.
        self._before_left_out: int | None = None

    def read(self, html: str) -> str:
        """The whole page, with the notes that the margin has no room for at its end."""
        return self._notes.put_into(super().read(html))

    def start(self, tag: Tag) -> str:
        """A start tag without styles, and with the note that describes it."""
        if tag.name in ("table", "thead"):
            self._around.append((tag, len(self.out)))
        self._summaries += tag.name == "summary"
        kind = tag.attributes.get("class")
        self._is_permalink = kind == "headerlink"
        if kind == "searched" or (kind == "headerlink" and self._summaries):
            self._before_left_out = len(self.out)
        style = tag.attributes.get("style") or ""
        if style in _ALIGNED:
            tag = tag.replaced(f' style="{style}"', _ALIGNED[style])
        if kind == "cites" and self.out and self.out[-1].endswith(" "):
            # The space before a mark is copied no more than the mark, and no line begins with a mark.
            self.out[-1] = self.out[-1].removesuffix(" ")
            return f"{tag.written}{NO_BREAK_SPACE}"
        return super().start(tag)

    def end(self, name: str) -> str:
        """An end tag; an empty heading becomes a cell, a head without headings goes, a table is put into its box."""
        self._summaries -= name == "summary"
        self._is_permalink = False
        if name == "th" and _HEADING.match("".join(self.out[-1:])):
            # A heading without words says nothing to a screen reader.
            self.out.pop()
            return str(HTML.inline.empty_cell())
        written = super().end(name)
        if self._before_left_out is not None:
            del self.out[self._before_left_out :]
            self._before_left_out = None
            return ""
        if name not in ("table", "thead"):
            return written
        tag, before = self._around.pop()
        inside = "".join(self.out[before:]) + written
        del self.out[before:]
        if name == "thead":
            return inside if _HEADING.search(inside) else ""
        return _boxed(tag, inside)

    def words(self, text: str) -> str:
        """Text between tags, but for the sign of a link to its own section."""
        return "" if self._is_permalink else super().words(text)

    def comment(self, text: str) -> str:
        """The block in place of its mark; a comment that names none stays."""
        found = _BLOCK.fullmatch(text)
        if not found or int(found[1]) >= len(self._blocks):
            return super().comment(text)
        return _Prose(self._notes).read(self._blocks[int(found[1])])


def _boxed(tag: Tag, table: str) -> Markup:
    """A table in its box."""
    rows = Markup(table.removeprefix(tag.written).removesuffix("</table>"))  # noqa: S704 - HTML that was read
    # Facts in rows have no heading.
    kind = "ruled" if _HEADING.search(rows) else "ruled facts"
    attributes = {name: value for name, value in tag.attributes.items() if name not in _LOOK}
    return HTML.component("table_box", kind=kind, attributes=attributes, rows=rows)
