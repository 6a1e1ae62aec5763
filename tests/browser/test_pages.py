"""Every kind of page, wide and narrow, light and dark."""

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import AXE, THIN_OUT, violations
from tests.browser.conftest import Open
from tests.browser.pages import COMPUTE, KINDS, OLDER, SCHEMES, TO_2026, VIEWS, WIDTHS, Scheme
from tests.browser.watching import watched
from tests.editions import NEWEST

# What is not in its place, or in none: the fault, and the first words of each that has it.
MISPLACED = """() => {
    const visible = selector => [...document.querySelectorAll(selector)].filter(one => one.checkVisibility())
    const sides = one => one.getBoundingClientRect()
    const faults = {
        'page wider than the window': visible(':root').filter(page => page.scrollWidth > innerWidth),
        'page longer than its contents': visible('.md-footer').filter(foot =>
            document.documentElement.scrollHeight > Math.max(innerHeight, sides(foot).bottom) + 1),
        'page of no section': visible('.md-tabs').filter(tabs =>
            !tabs.querySelector('.md-tabs__item--active') && !location.pathname.endsWith('404.html')),
        'table out of its box': visible('.table-box').filter(box =>
            box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX !== 'auto'),
        'heading of a table over its first rows': visible('.table-box thead').filter(head =>
            sides(head.querySelector('th, td')).top > sides(head).top + 1),
        'number on several lines': visible('article :is(p, li) > a.quantity').filter(one =>
            new Set([...one.getClientRects()].map(piece => piece.bottom)).size > 1),
        'text at the edge': visible('article :is(h1, h2, p, li, dt, figcaption)').filter(text =>
            !text.closest('[popover], .table-box') && text.offsetWidth && sides(text).left < 10),
        'formula out of the column': visible('article math').filter(math =>
            sides(math).right > innerWidth && !math.closest('.worked-line, .formula, .card-formula, .table-box')),
    }
    return Object.entries(faults).flatMap(([fault, found]) =>
        found.map(one => `${fault}: ${one.textContent.trim().slice(0, 40)}`))
}"""


# From what is wide enough for notes beside the text to a telephone.
BETWEEN = (1280, 768, 360)
SCHEME_OF_THEME = {"light": "default", "dark": "slate"}
# These have notes or columns beside the text, on wide screens alone.
WITH_MARGINS = (COMPUTE, TO_2026, "results/ledger/")
WIDE_AND_DARK: tuple[int, Scheme] = (WIDTHS[0], SCHEMES[1])


@pytest.mark.parametrize("kind", [*KINDS, "404.html", *(f"../{edition}/" for edition in OLDER)])
def test_a_page_is_in_order_in_every_view(opened: Open, root: str, address: str, kind: str) -> None:
    page = opened("about:blank")
    complaints = watched(page, root)
    page.goto(address + kind)
    page.emulate_media(reduced_motion="reduce")
    for width in BETWEEN:
        page.set_viewport_size({"width": width, "height": 900})
        complaints += [f"at {width}: {fault}" for fault in page.evaluate(MISPLACED)]
    page.evaluate(AXE)
    page.evaluate(THIN_OUT)
    for width, scheme in (*VIEWS, WIDE_AND_DARK) if kind in WITH_MARGINS else VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.locator(f"body[data-md-color-scheme={SCHEME_OF_THEME[scheme]}]").wait_for()
        complaints += [f"at {width}, {scheme}: {fault}" for fault in violations(page)]
    assert complaints == []


def test_a_table_sorts_by_its_numbers_both_ways(opened: Open, address: str) -> None:
    page = opened(address + "tables/compute-systems/")
    heading = page.locator(".sortable th", has_text="FLOP").locator("button")

    def first_system() -> str:
        return page.locator(".sortable tbody tr").first.locator("td").first.inner_text()

    heading.click()
    # The smallest is the Perceptron, the largest AlphaGo Zero: 8.64e5 and 1.61e23 FLOP.
    assert first_system() == "Perceptron"
    heading.click()
    assert first_system() == "AlphaGo Zero"
    assert page.locator("th[aria-sort=descending]").count() == 1


def test_a_table_in_parts_is_sorted_as_one_and_restored(opened: Open, address: str) -> None:
    page = opened(address + "architectures/")
    table = page.locator("#networks-vision")
    heading, first = table.locator("th button", has_text="Multiply-adds"), table.locator("tbody th").first
    written = first.inner_text()
    heading.click()
    # The smallest, with 327 thousand, is in the last part.
    assert first.inner_text() == "LeNet-5"
    assert table.locator("th[scope=rowgroup]").count() == 0
    heading.click()
    heading.click()
    assert first.inner_text() == written


def test_the_headlines_stand_without_scripts(opened: Open, address: str) -> None:
    page = opened(address, scripts=False)
    assert [text.split("\u00a0")[0] for text in page.locator(".headline-number").all_inner_texts()[:4]] == [
        "5.7",
        "8.5",
        "3.4",
        "16",
    ]
    assert page.locator(".drawing svg").first.is_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_headline_number_is_on_one_line(opened: Open, address: str, width: int) -> None:
    page = opened(address, width=width)
    heights = page.locator(".headline-number a").evaluate_all("all => all.map(one => one.getClientRects().length)")
    assert set(heights) == {1}


def test_a_citation_can_be_copied(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + "figures/compute-modern-trend/")
    page.locator(".citation-ways button[data-copy]").click()
    page.locator(".citation-ways button", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    context.close()
    assert "Figure 1" in copied
    assert copied.endswith(f"/{NEWEST}/figures/compute-modern-trend/")


def test_a_citation_that_the_browser_does_not_copy_is_selected(opened: Open, address: str) -> None:
    page = opened(address + "figures/compute-modern-trend/")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('refused')) }")
    page.locator(".citation-ways button[data-copy]").click()
    page.locator(".citation-ways button", has_text="Ctrl+C").wait_for()
    assert page.evaluate("getSelection().toString()").endswith(f"/{NEWEST}/figures/compute-modern-trend/")
