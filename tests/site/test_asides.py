"""What stands beside the text: each note, and each work once a section."""

from site_src.asides import MOST_IN_PARAGRAPH, filled, mark

WORKS = {key: f"<b>{number}</b> {key}" for number, key in enumerate("abcde", start=1)}


def beside(html: str) -> list[str]:
    """The places whose asides the margin shows."""
    return [part.split('"')[0] for part in filled(html, WORKS).split('class="aside beside" id="aside-')[1:]]


def test_a_work_stands_in_the_margin_once_a_section() -> None:
    html = f"<h2>One</h2><p>{mark('a', 'a-1')}</p><p>{mark('a', 'a-2')}</p><h2>Two</h2><p>{mark('a', 'a-3')}</p>"
    assert beside(html) == ["a-1", "a-3"]
    assert filled(html, WORKS).count("<b>1</b> a") == 3


def test_many_works_of_one_paragraph_do_not_flood_the_margin() -> None:
    html = f"<p>{''.join(mark(key, key) for key in WORKS)}</p><p>{mark('e', 'e-2')}</p>"
    assert beside(html) == ["a", "b", "c", "e-2"]
    assert MOST_IN_PARAGRAPH == 3


def test_a_note_stands_beside_its_letter_as_plain_text_and_with_its_links_at_the_foot() -> None:
    link = '<a class="quantity" href="#x">10 days</a>'
    note = (
        f'<div class="note" id="note-a">\n<p><strong>A</strong> It took {link}, '
        f'<a id="cite-b-1" href="#ref-b">[2]</a>{mark("b", "cite-b-1")}.\u00a0<a class="back" href="#y">↩</a></p>\n</div>'
    )
    html = filled(f"<p>Said{mark('note-a', 'noteref-a')}</p>{note}", WORKS)
    aside, foot = html.split("</p>", 1)
    assert aside.endswith(
        '<span popover class="aside beside" id="aside-noteref-a" tabindex="-1" aria-hidden="true">'
        "<strong>A</strong> It took 10 days, [2].</span>"
    )
    assert link in foot
    assert html.count('id="aside-cite-b-1"') == html.count('id="cite-b-1"') == 1
