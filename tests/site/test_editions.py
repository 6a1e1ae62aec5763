"""A page renders with the numbers of every edition from its first to the one it is settled in."""

import re
from pathlib import Path

import pytest

from analysis.artifacts import built_editions
from site_src.pages.render import render_page
from tests.sites import ROOT, Context, Site

DATED = [page for page in sorted((ROOT / "docs").rglob("*.md")) if "\nsettled: " in page.read_text(encoding="utf-8")]


def test_there_are_settled_pages() -> None:
    # The four posts and their appendices.
    assert len(DATED) == 8


@pytest.mark.parametrize("page", DATED, ids=lambda page: page.name)
def test_a_post_renders_at_every_edition_from_its_first_to_its_last(
    page: Path, site: Site, context_of: Context
) -> None:
    text = page.read_text(encoding="utf-8")
    since, settled = (re.search(rf'^{key}: "(.*)"$', text, re.MULTILINE)[1] for key in ("since", "settled"))  # type: ignore[index]
    build = site.root / "build"
    editions = [edition for edition in built_editions(build) if since <= edition <= settled]
    assert editions[0] == since
    for edition in editions:
        context = context_of(page.relative_to(ROOT / "docs").as_posix(), edition)
        body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
        assert "## References" in render_page(body, context).markdown


def test_the_post_of_2018_knows_nothing_of_the_addendum(context_of: Context) -> None:
    page = "posts/2018-05-16-ai-and-compute.md"
    text = (ROOT / "docs" / page).read_text(encoding="utf-8").split("---\n", 2)[2]
    rendered = {edition: render_page(text, context_of(page, edition)).markdown for edition in ("2018-05", "2019-11")}
    assert "Before 2012, compute grew about as fast as Moore's law" not in rendered["2018-05"]
    assert "Before 2012, compute grew about as fast as Moore's law" in rendered["2019-11"]
