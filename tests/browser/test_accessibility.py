"""Every kind of page as axe-core judges it: by the rules of WCAG 2.2 AA and what it calls best practice."""

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.pages import COMPUTE, KINDS, OLDER, SCHEMES, TO_2026, WIDTHS, Scheme

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
# The rules of WCAG 2.2 AA that axe leaves out unless asked: the size of targets, and names that hold what is shown.
RUN = """axe.run({
    resultTypes: ['violations'],
    rules: { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true } },
})"""
SCHEME_OF_THEME = {"light": "default", "dark": "slate"}
# The time that axe needs goes with the number of elements, and pages repeat theirs. Of those that are alike in element
# and class, in all that they stand in and all within, and in whether they hold text, two stay, and any that others refer to.
THIN_OUT = """() => {
    const shapes = new Map()
    const shape = element => {
        const within = new Set([...element.children].map(shape))
        const own = [element.localName, element.getAttribute('class'), element.textContent.trim() !== ''].join()
        shapes.set(element, `${own}(${[...within].join()})`)
        return shapes.get(element)
    }
    const seen = {}
    const thin = (element, place) => {
        for (const child of [...element.children]) {
            const key = `${place}>${shapes.get(child)}`
            seen[key] = (seen[key] ?? 0) + 1
            if (seen[key] > 2 && !child.matches('[id], label')) child.remove()
            else thin(child, `${place}>${child.localName}.${child.className}`)
        }
    }
    shape(document.body)
    thin(document.body, '')
}"""


# Every width and every scheme: colours do not depend on the width, nor places on the scheme.
VIEWS: tuple[tuple[int, Scheme], ...] = tuple(zip(WIDTHS, SCHEMES, strict=True))
# What stands beside the text of these on wide screens is elsewhere, or not shown, on narrow ones.
WITH_MARGINS = (COMPUTE, TO_2026, "results/ledger/")
WIDE_AND_DARK: tuple[int, Scheme] = (WIDTHS[0], SCHEMES[1])


def violations(page: Page) -> list[str]:
    """What axe finds wrong with a page: the rule, the element, and why."""
    found: dict[str, Any] = page.evaluate(RUN)
    return [
        f"{violation['id']}: {node['html']}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("kind", [*KINDS, "404.html", *(f"../{edition}/" for edition in OLDER)])
def test_no_page_breaks_a_rule_in_either_scheme_at_any_width(opened: Open, address: str, kind: str) -> None:
    page = opened(address + kind)
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(AXE)
    page.evaluate(THIN_OUT)
    found = {}
    for width, scheme in (*VIEWS, WIDE_AND_DARK) if kind in WITH_MARGINS else VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.locator(f"body[data-md-color-scheme={SCHEME_OF_THEME[scheme]}]").wait_for()
        found[width, scheme] = violations(page)
    assert not any(found.values()), found


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_what_opens_breaks_no_rule_either(opened: Open, address: str, width: int, scheme: Scheme) -> None:
    page = opened(address + COMPUTE, width=width, scheme=scheme)
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(AXE)
    page.locator("a.quantity").first.click()
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
