"""Links of pages that are settled in an earlier edition: they stay in the edition that is read, or say that they leave."""

import re

import pytest

from tests.sites import Site

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


@pytest.mark.parametrize("page", SETTLED)
def test_every_link_of_a_settled_page_that_leaves_the_edition_says_so(site: Site, page: str) -> None:
    html = (site.pages / page.removesuffix(".md") / "index.html").read_text("utf-8")
    found = links_out(html)
    assert found
    assert [link for link, edition in found if f"edition {edition}" not in re.sub(r"<[^>]*>", "", link)] == []


def test_the_compute_post_leaves_the_newest_edition_by_the_permanent_links_of_its_numbers_alone(site: Site) -> None:
    html = (site.pages / POST.removesuffix(".md") / "index.html").read_text("utf-8")
    texts = {re.sub(r"<[^>]*>", "", link) for link, _ in links_out(html)}
    assert texts == {f"Permanent link, edition {EARLIER}"}
    assert len(links_out(html)) == html.count('class="number-card"')
