"""Numbers that open."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.browser.pages import COMPUTE, WIDTHS
from tests.editions import NEWEST


def test_without_scripts_a_number_leads_to_its_entry(opened: Open, address: str) -> None:
    page = opened(address, scripts=False)
    page.locator("a.quantity").filter(has_text="3.4").first.click()
    entry = page.locator('[id="compute.modern.doubling_time"]')
    assert page.url.endswith("results/compute/modern/#compute.modern.doubling_time")
    assert "3.44" in entry.inner_text()


def headline(page: Page) -> tuple[Locator, Locator]:
    """The number of the recomputed post on the home page, and its card."""
    return page.locator("a.quantity").filter(has_text="3.4").first, page.locator(
        '[id="card-compute.modern.doubling_time"]'
    )


@pytest.mark.parametrize("way", ["click", "Enter", "Space"])
def test_a_number_opens_where_it_stands_and_escape_closes_it(opened: Open, address: str, way: str) -> None:
    page = opened(address)
    number, card = headline(page)
    # It is no part of the page before a reader asks for it.
    assert card.count() == 0
    assert number.get_attribute("aria-expanded") == "false"
    if way == "click":
        number.click()
    else:
        number.press(way)
    assert card.is_visible()
    # The state of a popover is announced a moment after it opens or closes.
    expect(number).to_have_attribute("aria-expanded", "true")
    # First what it is, with its rounded interval; folded, the value at full precision, the formula filled in, its input
    # linked; and the way to the entry of this edition.
    assert "2.60 to 5.09" in card.inner_text()
    assert "3.43841790619" not in card.inner_text()
    card.locator("summary", has_text="Formula").click()
    assert "3.43841790619" in card.inner_text()
    assert card.locator("math").count() >= 3
    assert "results/compute/modern/#compute.modern.slope" in card.locator(".card-symbols a").first.get_attribute("href")
    assert card.locator(".card-links a").last.get_attribute("href").startswith(f"../{NEWEST}/results/compute/modern/#")
    page.keyboard.press("Escape")
    assert not card.is_visible()
    expect(number).to_have_attribute("aria-expanded", "false")
    assert page.url == address


def test_opening_a_number_moves_nothing(opened: Open, address: str) -> None:
    page = opened(address)
    number, card = headline(page)
    before = page.locator("article").bounding_box(), number.bounding_box()
    number.click()
    assert card.is_visible()
    assert (page.locator("article").bounding_box(), number.bounding_box()) == before


@pytest.mark.parametrize("width", WIDTHS)
def test_no_card_leaves_the_window(opened: Open, address: str, width: int) -> None:
    page = opened(address + COMPUTE, width=width)
    outside = page.evaluate(
        """() => [...document.querySelectorAll('a.quantity')].filter(number => {
            number.scrollIntoView({ block: 'center' })
            number.click()
            const card = document.querySelector(':popover-open')
            if (!card) return true
            const box = card.getBoundingClientRect()
            card.hidePopover()
            return box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight
        }).map(number => number.textContent)"""
    )
    assert outside == []
