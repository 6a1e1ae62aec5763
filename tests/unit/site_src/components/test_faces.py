"""The two faces of a component: what they escape, and that each component has both."""

import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from site_src.components.faces import HTML, MARKDOWN, TEMPLATES
from site_src.errors import PageError

# Parts of HTML that a copy does not have: notes in the margin, cards that open, boxes that scroll, fields of a form, the
# head of a page, and the page above all editions.
HTML_ONLY = {
    *("margin_note.j2", "number_card.j2", "number_cards.j2", "table_box.j2", "what_if_fields.j2"),
    *("head.j2", "root_page.j2", "fault_page.j2", "preview.j2"),
}
# Texts of the search and the feed, which are no part of a page.
MARKDOWN_ONLY = {"search_entry.j2", "feed_edition.j2", "feed_record.j2"}


def templates(face: str) -> set[str]:
    return {path.name for path in (TEMPLATES / face).iterdir()}


def test_every_component_has_both_faces() -> None:
    assert templates("html") - HTML_ONLY == templates("markdown") - MARKDOWN_ONLY


def test_every_template_is_used() -> None:
    root = Path(__file__).resolve().parents[4]
    read = [path for folder in ("site_src", "docs") for path in (root / folder).rglob("*")]
    texts = [path.read_text(encoding="utf-8") for path in read if path.suffix in (".py", ".md", ".j2")]
    # Components are named without their ending.
    unused = [
        name
        for name in templates("html") | templates("pages")
        if not any(re.search(rf"[\"']{name.removesuffix('.j2')}(\.j2)?[\"']", text) for text in texts)
    ]
    assert unused == []


def test_text_shows_every_character_as_it_is_in_the_language_of_the_face() -> None:
    assert HTML.text("*a* <b>") == "&#42;a&#42; &#60;b&#62;"
    assert MARKDOWN.text("*a* <b>|") == r"\*a\* &lt;b>\|"


def test_a_part_of_a_line_of_a_copy_keeps_the_spaces_around_it() -> None:
    assert MARKDOWN.text("; before that ") == "; before that "
    assert MARKDOWN.text("a\n b") == "a b"


def test_what_is_finished_is_not_escaped_again() -> None:
    for face in (HTML, MARKDOWN):
        assert face.text(Markup("<b>*a*</b>")) == "<b>*a*</b>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a.b", "`a.b`"), ("a*b", "`a*b`"), ("a`b", r"a\`b"), ("a|b", r"a\|b"), ("`|*", r"\`\|\*")],
)
def test_code_of_a_copy_is_text_where_a_sign_would_end_it_or_its_cell(text: str, shown: str) -> None:
    assert MARKDOWN.inline.code(text) == shown


def test_code_of_the_site_shows_every_sign() -> None:
    assert HTML.inline.code("a`<b>") == "<code>a`&lt;b&gt;</code>"


def test_nothing_in_an_address_ends_a_link_of_a_copy() -> None:
    link = MARKDOWN.inline.link("https://a.b/(c)|d>e f", MARKDOWN.text("g"))
    assert link == "[g](https://a.b/%28c%29%7Cd%3Ee%20f)"


def test_a_link_names_the_edition_that_it_leads_out_to() -> None:
    assert HTML.inline.link("a", HTML.text("b"), "2018-05", "claim") == (
        '<a class="claim" href="a">b <small class="other-edition">in edition 2018-05</small></a>'
    )
    assert MARKDOWN.inline.link("a", MARKDOWN.text("b"), "2018-05", "claim") == "[b in edition 2018-05](a)"


def test_a_component_shows_neither_a_missing_value_nor_a_name_that_does_not_exist() -> None:
    with pytest.raises(PageError, match=r"a component shows a value that is missing \(None\)"):
        HTML.component("figure_source", work=None, edition="", licence="")
    with pytest.raises(UndefinedError, match="'work' is undefined"):
        HTML.component("figure_source")


def test_a_component_has_no_space_around_it() -> None:
    shown = HTML.component("figure_source", work="a", edition="b", licence="c")
    assert shown == shown.strip() != ""
