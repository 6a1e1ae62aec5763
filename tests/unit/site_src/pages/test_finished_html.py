"""The HTML of a page as readers get it: blocks in place of their marks, tables in boxes, no styles."""

import pytest
from markupsafe import Markup

from analysis.numerals import NO_BREAK_SPACE
from site_src.context import block_mark
from site_src.pages.finished_html import finished

BOX = '<div class="table-box" role="group" aria-label="Table" tabindex="0">'


def boxed(kind: str, rows: str, attributes: str = "") -> str:
    return f'{BOX}<table class="{kind}"{attributes}>{rows}</table></div>'


def test_every_table_gets_a_box_that_the_keyboard_reaches_and_nothing_else_changes() -> None:
    html = "<p>a</p><table><tr><th>1</th></tr></table>\n<table><tr><th>2</th></tr></table><p>b &amp; &#60;c<br/></p><!-- d -->"
    first, second = (boxed("ruled", f"<tr><th>{number}</th></tr>") for number in (1, 2))
    assert finished(html) == f"<p>a</p>{first}\n{second}<p>b &amp; &#60;c<br/></p><!-- d -->"


def test_a_table_loses_the_look_of_a_library_and_keeps_its_name() -> None:
    html = '<table border="1" class="dataframe" aria-label="Data"><tr><th>1</th></tr></table>'
    assert finished(html) == boxed("ruled", "<tr><th>1</th></tr>", ' aria-label="Data"')


def test_a_table_without_a_heading_says_that_it_holds_facts() -> None:
    assert finished("<table><tr><td>1</td></tr></table>") == boxed("ruled facts", "<tr><td>1</td></tr>")


def test_a_table_within_a_table_has_a_box_of_its_own() -> None:
    inner = "<table><tr><td>1</td></tr></table>"
    assert finished(f"<table><tr><th>{inner}</th></tr></table>") == boxed(
        "ruled", f"<tr><th>{boxed('ruled facts', '<tr><td>1</td></tr>')}</th></tr>"
    )


def test_alignment_is_a_class_where_it_is_not_the_usual_one() -> None:
    written = '<p style="text-align: left;">A</p><p style="text-align: right;">1</p>'
    assert finished(written) == '<p>A</p><p class="right">1</p>'


def test_a_heading_without_words_is_a_cell() -> None:
    written = "<table><thead><tr><th></th><th>A</th></tr></thead></table>"
    assert finished(written) == boxed("ruled", "<thead><tr><td></td><th>A</th></tr></thead>")
    aligned = '<table><thead><tr><th style="text-align: right;"></th><th>A</th></tr></thead></table>'
    assert finished(aligned) == finished(written)


def test_a_head_without_words_is_none() -> None:
    head = '<thead>\n<tr>\n<th></th>\n<th style="text-align: right;"></th>\n</tr>\n</thead>'
    written = f"<table>\n{head}\n<tbody></tbody></table>"
    assert finished(written) == boxed("ruled facts", "\n\n<tbody></tbody>")


@pytest.mark.parametrize("hyphened", ["2026-11-23", "2026-11", "pfs-days", "tfs-day"])
def test_a_date_or_a_unit_stays_on_one_line(hyphened: str) -> None:
    shown = f'<p>On <span class="nowrap">{hyphened}</span>, a</p>'
    assert finished(f"<p>On {hyphened}, a</p>") == shown
    # In a block as well, and in HTML that waits in a script.
    held = '<script type="text/html">{}</script>'.format
    assert finished("<!--block:0--><!--block:1-->", [f"<p>On {hyphened}, a</p>", held(f"<p>On {hyphened}, a</p>")]) == (
        shown + held(shown)
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p>2018-05-16-ai-and-compute, 12026-11, 2026-113, 2012/2026-11</p>",
        '<pre>2026-11-23</pre><code>2026-11</code><svg><text>2026-11</text></svg><a title="2026-11">a</a>',
        "<script>2026-11</script>",
    ],
)
def test_what_only_looks_like_a_date_stays_as_it_is(html: str) -> None:
    assert finished(html) == html


def test_a_block_is_put_in_place_of_its_mark_as_it_is() -> None:
    blocks = ("<b>0</b>", '<table style="x"><td>1</td></table>')
    html = f"<p>{block_mark(1)}</p>{block_mark(0)}{block_mark(1)}"
    assert finished(html, blocks) == f"<p>{blocks[1]}</p>{blocks[0]}{blocks[1]}"


def test_a_mark_within_a_block_is_no_mark() -> None:
    assert finished(block_mark(0), (block_mark(0),)) == block_mark(0)


@pytest.mark.parametrize(
    "comment", ["<!--block:x-->", "<!--block:1-->", "<!--block:-1-->", "<!--blocks:0-->", "<!--a block:0-->"]
)
def test_other_comments_stay(comment: str) -> None:
    assert finished(comment, ("<b>0</b>",)) == comment


def test_a_block_that_cites_a_work_gets_its_note() -> None:
    block = '<p><span class="cite" data-aside="a"><a href="#ref-a" id="cite-a-1">[1]</a></span></p>'
    html = finished(block_mark(0), (block,), {"a": Markup("<b>1</b> A")})
    assert "data-aside" not in html
    assert '<a aria-describedby="aside-1" href="#ref-a" id="cite-a-1">[1]</a>' in html
    assert html.endswith('aria-hidden="true"><b>1</b> A</span></span></p>')


def test_the_space_before_a_mark_is_inside_it_so_that_neither_is_copied_or_begins_a_line() -> None:
    assert finished('<p>So it is <span class="cites">[1]</span>.</p>') == (
        f'<p>So it is<span class="cites">{NO_BREAK_SPACE}[1]</span>.</p>'
    )


def test_the_text_that_the_search_reads_in_place_of_a_block_goes() -> None:
    assert finished('<p>At <span class="searched">n^2</span><!--block:0--> it ends.</p>', ["<math>n</math>"]) == (
        "<p>At <math>n</math> it ends.</p>"
    )


def test_a_heading_in_a_summary_has_no_link_to_itself() -> None:
    heading = '<h2 id="a">A<a class="headerlink" href="#a">#</a></h2>'
    assert finished(f"<details><summary>{heading}</summary>{heading}</details>") == (
        '<details><summary><h2 id="a">A</h2></summary><h2 id="a">A<a class="headerlink" href="#a"></a></h2></details>'
    )
