"""A post read with the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.pages import COMPUTE, WIDTHS

# More steps than any page has stops.
ENOUGH = 2000
# What can be reached, how each looks before it is, and what is reported of one that is reached.
PREPARE = """() => {
    // The ring may be on the label of a field or on what a point is drawn with.
    const looks = one => [one, ...one.children, ...(one.labels ?? [])].map(element => {
        const { outlineStyle, outlineWidth, boxShadow, stroke } = getComputedStyle(element)
        return [outlineStyle === 'none' ? '' : outlineWidth, boxShadow, stroke].join()
    }).join()
    const shown = one => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 0
    const name = one => `${one.localName} ${(one.ariaLabel || one.textContent).trim().slice(0, 40)} ${one.id}`
    const all = () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
        .filter(one => one.tabIndex >= 0 && !one.disabled && shown(one))
    const before = new Map(all().map(one => [one, looks(one)]))
    const reached = new Set()
    let first
    // Of buttons of a group, the one that is chosen is reached, and the arrows lead to the others.
    const another = one => one.type === 'radio' && [...reached].some(other => other.name === one.name)
    window.missed = () => all().filter(one => !reached.has(one) && !another(one)).map(name)
    window.stop = () => {
        const one = document.activeElement
        if (one === document.body || one === first) return first = null
        first ??= one
        reached.add(one)
        const box = [...one.getClientRects()].find(({ width, height }) => width && height) ?? one.getBoundingClientRect()
        const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)]
        const top = document.elementFromPoint(x, y)
        // Points of a drawing may lie on one another.
        const own = [one, ...(one.labels ?? []), one.closest('svg')]
        const covered = !top || !(top.contains(one) || own.some(part => part?.contains(top)))
        const faults = []
        if (x < 0 || x > innerWidth || y < 0 || y > innerHeight) faults.push('is outside the window')
        else if (covered) faults.push(`is covered by ${top && name(top)}`)
        if (before.get(one) === looks(one)) faults.push('looks the same')
        return faults.map(fault => `${name(one)}: ${fault}`)
    }
}"""


def walk(page: Page, key: str) -> list[str]:
    """What is wrong with the stops from one end of a page to the other."""
    faults: list[str] = []
    for _ in range(ENOUGH):
        page.keyboard.press(key)
        found = page.evaluate("window.stop()")
        if found is None:
            return faults
        faults += found
    raise AssertionError("the walk does not end")


# A page under load may take a few seconds to settle.
TRIES = 20


# There in one width and back in the other, as a walk takes a step for each of many hundred controls.
@pytest.mark.parametrize(("width", "key"), [(WIDTHS[0], "Tab"), (WIDTHS[-1], "Shift+Tab")])
def test_every_control_of_a_post_is_reached_seen_and_marked(opened: Open, address: str, width: int, key: str) -> None:
    page = opened(address + COMPUTE, width=width)
    page.emulate_media(reduced_motion="reduce")
    page.locator(".md-version").wait_for()
    page.evaluate(PREPARE)
    assert walk(page, key) == []
    assert page.evaluate("window.missed()") == []


def test_the_first_stop_leads_past_all_that_is_above_the_text(opened: Open, address: str) -> None:
    page = opened(address + COMPUTE)
    page.keyboard.press("Tab")
    assert page.locator(".md-skip").is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('article').contains(document.activeElement)")


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_key_switches_the_scheme_and_keeps_the_focus(opened: Open, address: str, width: int, key: str) -> None:
    page = opened(address, width=width)
    switch = page.get_by_role("button", name="Dark theme")
    switch.press(key)
    page.locator("body[data-md-color-scheme=slate]").wait_for()
    assert switch.get_attribute("aria-pressed") == "true"
    page.keyboard.press(key)
    page.locator("body[data-md-color-scheme=default]").wait_for()


@pytest.mark.parametrize("key", ["/", "s"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_key_opens_the_search_and_escape_closes_it(opened: Open, address: str, width: int, key: str) -> None:
    page = opened(address + COMPUTE, width=width)
    page.keyboard.press(key)
    page.keyboard.type("alexnet")
    page.locator(".md-search-result__item").first.wait_for()
    # Results of fewer letters may still be replaced under the focus by those of more.
    found = page.locator(".md-search-result__link:focus")
    for _ in range(TRIES):
        page.keyboard.press("ArrowDown")
        if found.count():
            break
        page.wait_for_timeout(200)
        page.locator("[data-md-component=search-query]").focus()
    assert found.count() == 1
    page.keyboard.press("Escape")
    assert not page.locator("#__search").is_checked()
    page.locator(".md-search__output").wait_for(state="hidden")


def test_in_a_narrow_window_a_button_opens_the_search_and_has_the_focus_after_it(opened: Open, address: str) -> None:
    page = opened(address, width=360)
    button = page.get_by_role("banner").get_by_role("button", name="Search")
    button.press("Enter")
    assert page.evaluate("document.activeElement.name") == "query"
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert button.evaluate("button => button === document.activeElement")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_in_a_narrow_window_keys_lead_through_the_drawer(opened: Open, address: str, key: str) -> None:
    page = opened(address, width=360)
    page.emulate_media(reduced_motion="reduce")
    menu = page.get_by_role("button", name="Menu")
    menu.press(key)
    assert page.evaluate("document.querySelector('.md-sidebar--primary').contains(document.activeElement)")
    drawer = page.locator(".md-sidebar--primary")
    drawer.get_by_role("button", name="Posts").press(key)
    drawer.get_by_role("link", name="AI and efficiency", exact=True).wait_for()
    # What lies behind the part that slid in cannot be reached.
    assert not drawer.get_by_role("link", name="References").is_visible()
    back = drawer.get_by_role("button", name="Posts")
    assert back.evaluate("button => button === document.activeElement")
    page.keyboard.press(key)
    drawer.get_by_role("link", name="References").wait_for()
    assert drawer.get_by_role("button", name="Posts").evaluate("button => button === document.activeElement")
    page.keyboard.press(key)
    page.keyboard.press("Escape")
    assert not page.locator("#__drawer").is_checked()
    assert menu.evaluate("button => button === document.activeElement")
    assert not drawer.get_by_role("link", name="AI and efficiency", exact=True).is_visible()


def test_the_drawer_closes_when_the_focus_leaves_it(opened: Open, address: str) -> None:
    page = opened(address, width=360)
    page.get_by_role("button", name="Menu").press("Enter")
    page.locator("article a[href]").first.focus()
    assert not page.locator("#__drawer").is_checked()


def test_keys_lead_to_another_edition(opened: Open, root: str, address: str) -> None:
    page = opened(address + COMPUTE)
    page.locator(".md-version__current").focus()
    listed = page.locator(".md-version__list")
    page.keyboard.press("Escape")
    expect(listed).to_have_css("opacity", "0")
    page.locator(".md-version__current").focus()
    expect(listed).to_have_css("opacity", "1")
    for _ in range(listed.locator("a").count()):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{root}2018-05/{COMPUTE}")


@pytest.mark.parametrize("width", WIDTHS)
def test_escape_closes_the_card_of_a_number_and_the_focus_returns(opened: Open, address: str, width: int) -> None:
    page = opened(address + COMPUTE, width=width)
    number = page.locator("p a.quantity").first
    number.press("Enter")
    page.locator(".number-card:popover-open").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.number-card')")
    page.keyboard.press("Escape")
    assert page.locator(":popover-open").count() == 0
    assert number.evaluate("number => number === document.activeElement")


def test_keys_open_the_data_of_a_figure(opened: Open, address: str) -> None:
    page = opened(address + COMPUTE)
    summary = page.locator("details.figure-data > summary").first
    for key, is_open in (("Enter", True), ("Space", False)):
        summary.press(key)
        assert summary.evaluate("summary => summary.parentElement.open") is is_open
