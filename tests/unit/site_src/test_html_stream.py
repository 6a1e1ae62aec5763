"""The reader of HTML: a page that nothing is changed in comes out as it went in."""

import pytest

from site_src.html_stream import CuttingStream, HtmlStream, Tag, attribute, pieces_of

PAGES = [
    '<!doctype html>\n<html lang="en"><body><p class=a>One<br>two</p></body></html>',
    "<p>AT&T, a &amp; b, &copy; and &#169; and &#xA9;, &lt;b&gt;, R&D; x &#38</p>",
    "<p>a & b && c</p>\n<p>\n&T;\n&T</p>",
    '<svg viewBox="0 0 1 1"><clipPath id="a"><linearGradient/></clipPath></svg>',
    "<script>if (a < b && c) { x = '</p>' }</script><style>a > b {}</style>",
    "<!-- a <b> comment --><p hidden>é</p>",
    """<p title="a > b" class='c > d' data-e=f>g < h > i</p><br /><BR>""",
    "<SCRIPT>a</p></Script ><style>never ended <p>",
    "<p>a</p",
    "<",
    "",
]


class Loud(HtmlStream):
    """Changes one piece of every kind."""

    def start(self, tag: Tag) -> str:
        return f"[{tag.name} {tag.attributes}]"

    def end(self, name: str) -> str:
        return f"[/{name}]"

    def words(self, text: str) -> str:
        return text.upper()

    def comment(self, text: str) -> str:
        return f"[{text}]"


class Last(HtmlStream):
    """Takes back what was written last when an element ends."""

    def end(self, name: str) -> str:
        self.out.pop()
        return super().end(name)


def without_notes(html: str) -> str:
    return CuttingStream(lambda tag: tag.attributes.get("class") == "note").read(html)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_comes_out_as_it_went_in(page: str) -> None:
    assert HtmlStream().read(page) == page


def test_a_subclass_writes_what_it_likes_in_place_of_every_piece() -> None:
    page = '<A Href="&amp;">one</A><!--two--><br/>'
    assert Loud().read(page) == "[a {'href': '&'}]ONE[/a][two][br {}]"


def test_a_piece_may_take_back_the_one_before_it() -> None:
    assert Last().read("<p>one</p><p>two</p>") == "<p></p><p></p>"


def test_an_attribute_is_added_before_all_others_and_escaped() -> None:
    tag = Tag("a", '<a href="x">').with_attribute("title", 'a "b" & <c>')
    assert tag.written == '<a title="a &#34;b&#34; &amp; &lt;c&gt;" href="x">'


def test_attributes_are_rewritten_whatever_their_quotes() -> None:
    tag = Tag("a", """<a A="1&amp;2" b='"' c=3 d>""")
    found: list[tuple[str, str]] = []

    def change(name: str, value: str, written: str) -> str:
        found.append((name, value))
        return attribute("href", "4") if name == "c" else written

    assert tag.rewritten(change).written == """<a A="1&amp;2" b='"' href="4" d>"""
    assert found == [("a", "1&2"), ("b", '"'), ("c", "3")]


def test_an_element_is_cut_with_all_that_is_in_it() -> None:
    page = '<div>a<div class="note">b<div>c<br>&amp;</div><!--d-->e</div>f</div><p class="note">g</p>h'
    assert without_notes(page) == "<div>af</div>h"


def test_a_tag_in_the_text_of_a_script_ends_no_cut() -> None:
    assert without_notes('<script class="note">"<div></div>"</script><p>a</p>') == "<p>a</p>"


def test_a_quoted_value_may_hold_the_end_of_a_tag() -> None:
    assert Loud().read("""<p title="a > b" Class='c>"d' e f=g>h</p>""") == (
        """[p {'title': 'a > b', 'class': 'c>"d', 'e': None, 'f': 'g'}]H[/p]"""
    )


def test_an_attribute_is_empty_or_has_no_value() -> None:
    assert Tag("p", '<p a="" b c>').attributes == {"a": "", "b": None, "c": None}


def test_no_tag_is_read_in_the_text_of_a_script() -> None:
    assert Loud().read("<script>a<b></script><p>") == "[script {}]A<B>[/script][p {}]"


def test_html_that_a_script_holds_is_read_like_the_rest() -> None:
    held = '<script type="text/html">a<b></script><p>'
    assert Loud().read(held) == "[script {'type': 'text/html'}]A[b {}][/script][p {}]"


def test_tags_that_a_subclass_has_no_use_for_are_text() -> None:
    class Links(Loud):
        pieces = pieces_of("a", "div")

    page = "<p><a>b</a><aside>c</aside></p><div >d</div><script>a<a></script>"
    assert Links().read(page) == "<P>[a {}]B[/a]<ASIDE>C</ASIDE></P>[div {}]D[/div][script {}]A<A>[/script]"
