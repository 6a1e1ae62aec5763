"""What Markdown and notebooks write, as the pages have it."""

from site_src.pages.html_repairs import mended


def test_alignment_is_a_class_where_it_is_not_the_usual_one() -> None:
    written = '<th style="text-align: left;">A</th><td style="text-align: right;">1</td>'
    assert mended(written) == '<th>A</th><td class="right">1</td>'


def test_a_heading_without_words_is_a_cell() -> None:
    assert mended("<thead><tr><th></th><th>A</th></tr></thead>") == "<thead><tr><td></td><th>A</th></tr></thead>"


def test_a_head_without_words_is_none() -> None:
    written = '<table>\n<thead>\n<tr>\n<th></th>\n<th style="text-align: right;"></th>\n</tr>\n</thead>\n<tbody></tbody></table>'
    assert mended(written) == "<table>\n<tbody></tbody></table>"
