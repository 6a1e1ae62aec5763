"""The one reader of HTML: goes through a page from start to end and writes it again, with what a subclass changes."""

from html.parser import HTMLParser

Attributes = dict[str, str | None]


class HtmlStream(HTMLParser):
    """Writes every piece of a page as it was read; a subclass overrides `start`, `end`, `words` or `comment`.

    `out` holds the pieces of the new page. Entities stay as they are written.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []

    def read(self, html: str) -> str:
        """The whole page, written again."""
        # As plain text: slices of markup would escape what is put into them.
        self.feed(str(html))
        self.close()
        return "".join(self.out)

    def start(self, tag: str, attributes: Attributes, written: str) -> None:  # noqa: ARG002 - for subclasses
        """A start tag; `written` is its text."""
        self.out.append(written)

    def end(self, tag: str) -> None:
        """An end tag."""
        self.out.append(f"</{tag}>")

    def words(self, text: str) -> None:
        """Text between tags."""
        self.out.append(text)

    def comment(self, text: str) -> None:
        """A comment."""
        self.out.append(f"<!--{text}-->")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """As the parser calls it."""
        self.start(tag, dict(attrs), self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        """As the parser calls it."""
        self.end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """As the parser calls it for a tag that ends itself."""
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        """As the parser calls it."""
        self.words(data)

    def handle_entityref(self, name: str) -> None:
        """As the parser calls it."""
        self.words(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """As the parser calls it."""
        self.words(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """As the parser calls it."""
        self.comment(data)

    def handle_decl(self, decl: str) -> None:
        """As the parser calls it."""
        self.out.append(f"<!{decl}>")
