"""What stands beside the text: each note, and each work once a section."""

from site_src.components.margin_notes import MOST_IN_PARAGRAPH, filled, mark

WORKS = {key: f"<b>{number}</b> {key}" for number, key in enumerate("abcde", start=1)}


def cited(key: str, place: str) -> str:
    """A link to a work from a place, as citations write it."""
    return f'<a href="#ref-{key}" id="{place}">[1]</a>{mark(key)}'


def beside(html: str) -> list[str]:
    """The places whose asides the margin shows."""
    return [part.split('"')[0] for part in filled(html, WORKS).split('class="aside beside" id="aside-')[1:]]


def test_a_work_stands_in_the_margin_once_a_section() -> None:
    html = f"<h2>One</h2><p>{cited('a', 'a-1')}</p><p>{cited('a', 'a-2')}</p><h2>Two</h2><p>{cited('a', 'a-3')}</p>"
    assert beside(html) == ["a-1", "a-3"]


def test_what_the_margin_does_not_show_stands_once_at_the_end_however_many_links_open_it() -> None:
    html = f"<p>{''.join(cited('a', f'a-{n}') for n in range(5))}</p>"
    page = filled(html, WORKS)
    assert page.count("<b>1</b> a") == 2
    assert page.count(' aria-describedby="aside-a"') == 4
    assert page.partition("</p>")[2].count('id="aside-a"') == 1


def test_a_table_takes_nothing_from_the_margin_of_its_section() -> None:
    assert beside(f"<table><tr><td>{cited('a', 'a-1')}</td></tr></table><p>{cited('a', 'a-2')}</p>") == ["a-2"]


def test_many_works_of_one_paragraph_do_not_flood_the_margin() -> None:
    html = f"<p>{''.join(cited(key, f'{key}-1') for key in WORKS)}</p><p>{cited('e', 'e-2')}</p>"
    assert beside(html) == ["a-1", "b-1", "c-1", "e-2"]
    assert MOST_IN_PARAGRAPH == 3


def test_a_note_stands_beside_its_letter_as_plain_text_and_with_its_links_at_the_foot() -> None:
    link = '<a class="quantity" href="#x">10 days</a>'
    note = (
        f'<div class="note" id="note-a">\n<p><strong>A</strong> It took {link}, '
        f'{cited("b", "cite-b-1")}.\u00a0<a class="back" href="#y">↩</a></p>\n</div>'
    )
    letter = f'<sup><a href="#note-a" id="noteref-a">A</a></sup>{mark("note-a")}'
    aside, foot = filled(f"<p>Said{letter}</p>{note}", WORKS).split("</p>", 1)
    assert aside == (
        '<p>Said<sup><a aria-describedby="aside-noteref-a" href="#note-a" id="noteref-a">A</a></sup>'
        '<span popover class="aside beside" id="aside-noteref-a" tabindex="-1" aria-hidden="true">'
        "<strong>A</strong> It took 10 days, [1].</span>"
    )
    assert link in foot
    assert (aside + foot).count('id="aside-cite-b-1"') == (aside + foot).count('id="cite-b-1"') == 1
