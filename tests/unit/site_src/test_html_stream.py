"""The reader of HTML writes every piece as it was read."""

import pytest
from markupsafe import Markup

from site_src.html_stream import Attributes, HtmlStream


@pytest.mark.parametrize(
    "html",
    [
        "<!DOCTYPE html><p>a</p>",
        "a &amp; b &#60; &#x3c; &nbsp;c & d",
        '<a  HREF="x"\n title=\'y "z"\' hidden>b</a >'.replace("</a >", "</a>"),
        "<br><br/><img src=x />",
        "<!-- a --><!--b-->",
        "<script>if (a < b && c) { '</p>' }</script>",
        "<style>a > b {}</style>",
        "<svg viewBox='0 0 1 1'><path d='M0'/></svg>",
        "text alone",
        "",
    ],
)
def test_what_nobody_changes_is_written_as_it_was_read(html: str) -> None:
    assert HtmlStream().read(html) == html


def test_each_piece_can_be_changed() -> None:
    class Marked(HtmlStream):
        def start(self, tag: str, attributes: Attributes, written: str) -> None:
            self.out.append(f"[{tag} {attributes} {written}]")

        def end(self, tag: str) -> None:
            self.out.append(f"[/{tag}]")

        def words(self, text: str) -> None:
            self.out.append(text.upper())

        def comment(self, text: str) -> None:
            self.out.append(f"({text})")

    assert Marked().read('<b id="x" hidden>a&lt;</b><!--c-->') == (
        """[b {'id': 'x', 'hidden': None} <b id="x" hidden>]A&LT;[/b](c)"""
    )


def test_markup_is_read_as_plain_text() -> None:
    class Replaced(HtmlStream):
        def words(self, text: str) -> None:
            self.out.append(text.replace("a", "<i>a</i>"))

    assert Replaced().read(Markup("<b>a</b>")) == "<b><i>a</i></b>"
