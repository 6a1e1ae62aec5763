"""What is read off the text of the authored pages."""

import pytest

from site_src.errors import PageError
from site_src.pages.authored import captions, front_matter, led_to_copies, nav_at, pages_at, post, shown_on, since

POST = '{% call figure("compute.modern_trend") %}\nOf the post.\n{% endcall %}'
HOME = '{% call figure("compute.modern_trend", one_scale=true) %}\nOf the home page.\n{% endcall %}'


def test_a_page_says_since_when_it_stands_and_a_notebook_in_a_comment() -> None:
    assert since('---\ntitle: x\nsince: "2019-11"\n---\n\nsince: "2018-05"\n') == "2019-11"
    assert since('# ---\n# jupyter:\n#   since: "2026-11"\n# ---\n') == "2026-11"
    assert since("---\ntitle: x\n---\n") == ""


def test_front_matter_is_read_and_its_absence_is_no_fault() -> None:
    assert front_matter('---\ntitle: "A: b"\ntopic: compute\n---\ntext') == {"title": "A: b", "topic": "compute"}
    assert front_matter("text") == {}


def test_the_caption_is_that_of_the_first_page_and_the_home_page_comes_last() -> None:
    sources = {"index.md": HOME, "posts/a.md": POST}
    assert captions(sources) == {("figure", "compute.modern_trend"): "Of the post."}
    assert shown_on(sources) == {("figure", "compute.modern_trend"): ["index.md", "posts/a.md"]}


def test_the_navigation_of_an_edition_holds_its_own_pages_and_no_empty_section() -> None:
    nav = [{"Home": "index.md"}, {"Posts": [{"A": "posts/a.md"}, "posts/b.md"]}, {"Later": [{"C": "posts/c.md"}]}]
    assert nav_at(nav, ["index.md", "posts/a.md"]) == [{"Home": "index.md"}, {"Posts": [{"A": "posts/a.md"}]}]


def test_an_edition_has_the_pages_that_came_with_it_or_before() -> None:
    sources = {"a.md": "text", "b.md": 'since: "2019-11"', "c.md": 'since: "2020-05"'}
    assert list(pages_at("2019-11", sources)) == ["a.md", "b.md"]


def test_an_entry_for_a_folder_stands_for_its_pages_by_name() -> None:
    pages = ["posts/2020-a.md", "posts/2018-b.md", "index.md"]
    assert nav_at([{"Posts": "posts/*.md"}, {"Later": "later/*.md"}], pages) == [
        {"Posts": ["posts/2018-b.md", "posts/2020-a.md"]}
    ]


def test_links_to_other_sources_lead_to_their_copies() -> None:
    text = "[a](../data/index.md#b) [c](d.md) [e](https://a.b/c.md) [f](g.csv) `h.md`"
    assert led_to_copies(text, "posts/a.md") == (
        "[a](../../data/index.md#b) [c](../d/index.md) [e](https://a.b/c.md) [f](../g.csv) `h.md`"
    )


def test_a_post_without_what_its_citation_needs_is_refused_by_name() -> None:
    text = "---\ntitle: A post\ntopic: compute\n---\n\n# A post\n"
    with pytest.raises(PageError) as caught:
        post("posts/a.md", text)
    assert str(caught.value) == (
        "docs/posts/a.md: front matter: found no description, since; expected title, description, topic, since"
    )
