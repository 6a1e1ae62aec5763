"""Links of pages that are settled in an earlier edition: they stay in the edition that is read, or say that they leave."""

import re
from collections import Counter

import pytest

from tests.sites import Site, html_of

EARLIER = "2019-11"
POST = "posts/2018-05-16-ai-and-compute.md"
SETTLED = (
    POST,
    "appendix/ai-and-compute-methods.md",
    "posts/2020-05-05-ai-and-efficiency.md",
    "appendix/ai-and-efficiency-methods.md",
)
LINK_OUT = re.compile(r'<a\b[^>]*\bhref="(?:\.\./)+(\d{4}-\d{2})/[^"]*"[^>]*>.*?</a>', re.DOTALL)


def links_out(html: str) -> list[tuple[str, str]]:
    """The links that lead to another edition, whole, each with that edition."""
    return [(found[0], found[1]) for found in LINK_OUT.finditer(html)]


def name_of(link: str) -> str:
    """What a link is called: its label, else its text."""
    label = re.search(r'aria-label="([^"]*)"', link)
    return label[1] if label else re.sub(r"<[^>]*>", "", link)


@pytest.mark.parametrize("page", SETTLED)
def test_every_link_of_a_settled_page_that_leaves_the_edition_says_so(site: Site, page: str) -> None:
    html = html_of(site.pages / page.removesuffix(".md") / "index.html")
    found = links_out(html)
    assert found
    assert [link for link, edition in found if f"edition {edition}" not in name_of(link)] == []
    # The downloads of a figure say it in their labels alone, as the line above them shows it.
    for figure in re.findall(r"<figure\b.*?</figure>", html, re.DOTALL):
        assert [e for _, e in links_out(figure) if f", edition {e}. Licence: " not in figure] == []


def test_the_compute_post_leaves_the_newest_edition_for_its_numbers_and_drawings_alone(site: Site) -> None:
    html = html_of(site.pages / POST.removesuffix(".md") / "index.html")
    drawings = html.count('class="figure-source"')
    assert Counter(name_of(link) for link, _ in links_out(html)) == {
        f"Permanent link, edition {EARLIER}": html.count('class="number-card"'),
        **{f"Download as {kind}, in edition {EARLIER}": drawings for kind in ("SVG", "PNG", "PDF")},
    }
