"""Long reading: the measure of the text, what stands about it, and the home page at first sight."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.pages import COMPUTE, KINDS, SCHEMES

POSTS = (COMPUTE, "posts/2020-05-05-ai-and-efficiency/")
# How many characters each full line of each paragraph has: all lines but the last.
LINES = """() => [...document.querySelectorAll('.md-content__inner > p')].filter(p => p.checkVisibility()).flatMap(p => {
    const range = document.createRange(), lines = new Map()
    const texts = document.createTreeWalker(p, NodeFilter.SHOW_TEXT)
    for (let text; (text = texts.nextNode());) {
        if (text.parentElement.closest('.aside, .cite')) continue
        for (let i = 0; i < text.length; i++) {
            range.setStart(text, i)
            range.setEnd(text, i + 1)
            const box = range.getClientRects()[0]
            // Raised and small signs end a little higher or lower than their line.
            if (box) lines.set(Math.round(box.bottom / 12), (lines.get(Math.round(box.bottom / 12)) ?? 0) + 1)
        }
    }
    return [...lines.values()].slice(0, -1)
})"""


def lines(page: Page) -> list[int]:
    counts: list[int] = page.evaluate(LINES)
    assert len(counts) > 50
    return counts


@pytest.mark.parametrize("width", [1280, 1440, 1920])
def test_a_line_of_a_post_has_about_seventy_characters(opened: Open, address: str, width: int) -> None:
    for post in POSTS:
        counts = lines(opened(address + post, width=width))
        assert 65 <= sum(counts) / len(counts) <= 75


@pytest.mark.parametrize("width", [360, 600, 768, 1024, 1280, 1920])
def test_no_line_of_a_post_has_more_than_eighty_characters(opened: Open, address: str, width: int) -> None:
    assert max(lines(opened(address + COMPUTE, width=width))) <= 80


def test_a_figure_is_wider_than_the_text_of_a_wide_window(opened: Open, address: str) -> None:
    page = opened(address + COMPUTE)
    text, figure = page.locator(".md-content__inner > p").nth(1), page.locator("figure.figure").first
    assert figure.bounding_box()["width"] > 1.4 * text.bounding_box()["width"]  # type: ignore[index]


def test_the_contents_stand_beside_the_text_and_stay_in_sight(opened: Open, address: str) -> None:
    page = opened(address + COMPUTE)
    contents = page.locator(".md-sidebar--secondary .md-nav__link", has_text="References")
    page.evaluate("scrollTo({ top: 4000, behavior: 'instant' })")
    box = contents.bounding_box()
    assert box is not None
    assert 0 < box["y"] < 900
    assert box["x"] + box["width"] < page.locator("article").bounding_box()["x"]  # type: ignore[index]


def test_no_text_touches_the_edge_of_a_narrow_window(opened: Open, address: str) -> None:
    page = opened(address, width=360)
    for kind in KINDS:
        page.goto(address + kind)
        touching = page.evaluate(
            """() => [...document.querySelectorAll('article :is(h1, h2, p, li, dt, figcaption)')]
                .filter(text => text.checkVisibility() && !text.closest('[popover], .table-box'))
                .filter(text => text.offsetWidth && text.getBoundingClientRect().left < 10).map(text => text.textContent.slice(0, 40))"""
        )
        assert touching == [], kind


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_home_page_says_at_first_sight_what_it_is(opened: Open, address: str, scheme: str) -> None:
    page = opened(address, scheme=scheme, scripts=False)
    seen = [".lede", *(f".headline >> nth={place}" for place in (0, 1))]
    for selector in seen:
        box = page.locator(selector).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 900
    headline = page.locator(".headline").first.inner_text()
    # 3.438 months, with the interval of the test of the slope, and as the post prints it.
    for part in ("3.4\u00a0months", "2.6 to 5.1\u00a0months", "3.4-month"):
        assert part in headline


def test_long_formulas_keep_within_the_column(opened: Open, address: str) -> None:
    page = opened(address, width=360)
    for kind in (kind for kind in KINDS if kind.startswith(("appendix/", "systems/", "methods/", "results/compute"))):
        page.goto(address + kind)
        beyond = page.evaluate(
            """() => [...document.querySelectorAll('article math')].filter(math => math.checkVisibility() &&
                math.getBoundingClientRect().right > innerWidth &&
                !math.closest('.worked-line, .formula, .card-formula, .table-box')).map(math => math.textContent)"""
        )
        assert beyond == [], kind
