"""What opens on a page, as axe-core judges it. Every kind of page is judged where it is opened, in `test_pages`."""

import pytest

from tests.browser.axe import AXE, THIN_OUT, violations
from tests.browser.conftest import Open
from tests.browser.pages import COMPUTE, VIEWS, Scheme


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_what_opens_breaks_no_rule_either(opened: Open, address: str, width: int, scheme: Scheme) -> None:
    page = opened(address + COMPUTE, width=width, scheme=scheme)
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(AXE)
    page.locator("a.quantity").first.click()
    page.evaluate(THIN_OUT)
    page.locator(":popover-open").wait_for()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("alexnet")
    page.locator(".md-search-result__link").first.hover()
    assert violations(page) == []


def test_axe_finds_what_is_wrong(opened: Open, address: str) -> None:
    page = opened(address)
    page.evaluate("document.querySelector('article').append(document.createElement('button'))")
    page.evaluate(AXE)
    page.evaluate(THIN_OUT)
    assert any(found.startswith("button-name") for found in violations(page))
