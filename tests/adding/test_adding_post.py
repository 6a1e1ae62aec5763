"""Adding a post: one file, and the navigation, the feed, the home page, its citation and its card follow."""

from pathlib import Path

import pytest

from analysis.artifacts import Bundle, FolderFiles, built_editions
from analysis.input_files import ROOT
from site_src.citing.cite_this import citables
from site_src.outputs.feed import feed
from site_src.pages.authored import nav_at
from site_src.pages.edition import EditionPages, authored_sources

PAGE = "posts/2027-01-15-a-later-post.md"
POST = """---
title: A later post
description: What happened after the others.
topic: later
since: "{since}"
headline: |
  **It doubled every {{{{ compute.modern.doubling_time | digits(2) }}}}**
---

# A later post

It doubled every {{{{ compute.modern.doubling_time | digits(2) }}}} {{{{ cite("amodei2018ai") }}}}.
"""


@pytest.fixture(scope="module")
def pages(built: Path) -> EditionPages:
    """The pages of the open edition with one post more, rendered."""
    build = built / "build"
    bundles = {edition: Bundle(FolderFiles(build / edition)) for edition in built_editions(build)}
    sources = authored_sources(ROOT / "docs") | {PAGE: POST.format(since=list(bundles)[-1])}
    added = EditionPages.of(sources, bundles, address="https://example.org/", commits={})
    added.render()
    return added


def test_the_navigation_lists_a_new_post_last(pages: EditionPages) -> None:
    (posts,) = nav_at([{"Posts": "posts/*.md"}], pages.sources)
    assert posts["Posts"][-1] == PAGE


def test_the_home_page_shows_a_new_post(pages: EditionPages) -> None:
    home = pages.rendered["index.md"].markdown
    assert "[A later post](posts/2027-01-15-a-later-post.md): What happened after the others." in home
    # As every post that has a headline, it follows its own.
    assert home.count("\n[A later post](posts/2027-01-15-a-later-post.md)\n{ .headline-way }\n") == 1
    assert home.count("{ .headline-way }") == 5
    assert home.count("**It doubled every ") == 1


def test_the_feed_has_a_new_post(pages: EditionPages) -> None:
    assert "<title>A later post</title>" in feed(pages.site)


def test_a_new_post_can_be_cited_and_ends_with_its_citation(pages: EditionPages) -> None:
    assert citables(pages.site)[PAGE].title == "A later post: an independent recomputation"
    assert "## Cite this page" in pages.rendered[PAGE].markdown
    assert 'content="A later post: an independent recomputation' in pages.head(PAGE)


def test_a_closed_edition_does_not_have_a_new_post(built: Path) -> None:
    build = built / "build"
    editions = built_editions(build)
    bundles = {edition: Bundle(FolderFiles(build / edition)) for edition in editions[:-1]}
    sources = authored_sources(ROOT / "docs") | {PAGE: POST.format(since=editions[-1])}
    assert PAGE not in EditionPages.of(sources, bundles, address="https://example.org/", commits={}).sources
