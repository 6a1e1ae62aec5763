"""Long reading: the measure of the text, what stands about it, and the home page at first sight."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.pages import COMPUTE, SCHEMES

# From this width on the text has its full measure.
WIDE = 1280
# The widths at which the lines of each post are counted.
POSTS = {COMPUTE: (360, 600, 768, 1024, WIDE, 1440, 1920), "posts/2020-05-05-ai-and-efficiency/": (WIDE, 1440, 1920)}
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


@pytest.mark.parametrize(("post", "widths"), POSTS.items())
def test_a_line_of_a_post_has_about_seventy_characters_and_none_has_more_than_eighty(
    opened: Open, address: str, post: str, widths: tuple[int, ...]
) -> None:
    page = opened(address + post)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        counts = lines(page)
        assert max(counts) <= 80, width
        if width >= WIDE:
            assert 65 <= sum(counts) / len(counts) <= 75, width


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


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_home_page_says_at_first_sight_what_it_is(opened: Open, address: str, scheme: str) -> None:
    page = opened(address, scheme=scheme, scripts=False)
    seen = [".lede", *(f".headline >> nth={place}" for place in (0, 1))]
    for selector in seen:
        box = page.locator(selector).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 900
    headline = page.locator(".headline").nth(2).inner_text()
    # 3.438 months, with the interval of the test of the slope, and as the post prints it.
    for part in ("3.4\u00a0months", "2.6 to 5.1\u00a0months", "3.4-month"):
        assert part in headline
