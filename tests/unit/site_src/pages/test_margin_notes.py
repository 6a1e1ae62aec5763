"""What is beside the text: each note, and each work once a page."""

import re

import pytest
from markupsafe import Markup

from site_src.pages.finished_html import finished
from site_src.pages.margin_notes import MOST_IN_PARAGRAPH

WORKS = {key: Markup(f"<b>{number}</b> {key}") for number, key in enumerate("abcde", start=1)}


def cited(key: str, place: str = "") -> str:
    """The number of a work at a place, as citations write it."""
    anchor = f' id="{place}"' if place else ""
    return f'<span class="cite" data-aside="{key}"><a href="#ref-{key}"{anchor}>[1]</a></span>'


def filled(html: str) -> str:
    return finished(html, (), WORKS)


def beside(html: str) -> list[str]:
    """The places whose notes the margin shows."""
    page = filled(html)
    notes = re.findall(r'class="aside beside popup" id="([^"]+)"', page)
    return [re.findall(rf'aria-describedby="{note}"[^>]* id="([^"]+)"', page)[0] for note in notes]


def test_a_work_is_in_the_margin_once_a_page() -> None:
    html = f"<h2>One</h2><p>{cited('a', 'a-1')}</p><p>{cited('a', 'a-2')}</p><h2>Two</h2><p>{cited('a', 'a-3')}</p>"
    assert beside(html) == ["a-1"]


def test_what_the_margin_does_not_show_is_once_at_the_end_however_many_links_open_it() -> None:
    page = filled(f"<p>{''.join(cited('a', f'a-{n}') for n in range(5))}</p>")
    assert page.count("<b>1</b> a") == 2
    assert page.count(' aria-describedby="aside-2"') == 4
    assert page.partition("</p>")[2] == (
        '<span popover class="aside popup" id="aside-2" tabindex="-1" aria-hidden="true"><b>1</b> a</span>'
    )


def test_a_place_without_an_anchor_opens_the_note_at_the_end() -> None:
    assert beside(f"<p>{cited('a')}</p>") == []
    assert 'aria-describedby="aside-1"' in filled(f"<p>{cited('a')}</p>")


def test_the_id_of_a_note_holds_nothing_of_the_name_of_its_work() -> None:
    page = finished(f"<p>{cited('sandler', 'cite-sandler')}{cited('sandler')}</p>", (), {"sandler": Markup("<b>1</b>")})
    assert re.findall(r'class="aside[^"]*" id="([^"]+)"', page) == ["aside-1", "aside-2"]


def test_a_table_takes_nothing_from_the_margin() -> None:
    assert beside(f"<table><tr><td>{cited('a', 'a-1')}</td></tr></table><p>{cited('a', 'a-2')}</p>") == ["a-2"]


@pytest.mark.parametrize("tag", ["p", "li"])
def test_many_works_of_one_paragraph_do_not_flood_the_margin(tag: str) -> None:
    html = f"<{tag}>{''.join(cited(key, f'{key}-1') for key in WORKS)}</{tag}><{tag}>{cited('e', 'e-2')}</{tag}>"
    assert beside(html) == ["a-1", "b-1", "c-1", "e-2"]
    assert MOST_IN_PARAGRAPH == 3


def test_a_page_without_citations_stays_as_it_is() -> None:
    html = '<p>A <span class="x"><a href="#y">b</a></span></p>'
    assert filled(html) == html


def test_a_note_is_beside_its_letter_as_plain_text_and_with_its_links_at_the_foot() -> None:
    link = '<a class="quantity" href="#x">10 days</a>'
    note = (
        f'<div class="note" id="note-a">\n<p><strong>A</strong> It took {link}, '
        f'{cited("b", "cite-b-1")}.\u00a0<a class="back" href="#y">↩</a></p>\n</div>'
    )
    letter = '<span class="cite" data-aside="note-a"><sup><a href="#note-a" id="noteref-a">A</a></sup></span>'
    aside, foot = filled(f"<p>Said{letter}</p>{note}").split("</p>", 1)
    assert aside == (
        '<p>Said<span class="cite"><sup><a aria-describedby="aside-noteref-a" href="#note-a" id="noteref-a">A</a></sup>'
        '<span popover class="aside beside popup" id="aside-noteref-a" tabindex="-1" aria-hidden="true">'
        '<strong>A</strong> It took 10 days, <span class="cite">[1]</span>.</span></span>'
    )
    assert link in foot
    assert (aside + foot).count('id="aside-1"') == (aside + foot).count('id="cite-b-1"') == 1
