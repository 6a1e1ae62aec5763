"""The site where no script runs."""

from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.pages import COMPUTE, KINDS, OLDER, WIDTHS

# Controls that do something without a script: links, what is shown or hidden by the browser itself, and fields that
# CSS listens to.
DEAD = """() => [...document.querySelectorAll('button, input, select, textarea, [role=button]')]
    .filter(one => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter(one => !one.closest('.figure-controls') && !one.popoverTargetElement && one.id !== '__drawer')
    .map(one => one.outerHTML)"""


def test_every_kind_of_page_shows_its_content_and_no_control_that_is_dead(
    opened: Open, root: str, address: str
) -> None:
    page = opened("about:blank", scripts=False)
    found: dict[str, list[str]] = {}
    for place in (*(address + kind for kind in (*KINDS, "404.html")), *(f"{root}{older}/" for older in OLDER)):
        page.goto(place)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found[f"{place} at {width}"] = faults(page)
    assert not any(found.values()), found


def faults(page: Page) -> list[str]:
    """What a page lacks, and its controls that are dead."""
    shown = {
        "a heading": page.locator("h1").count() == 1 and page.locator("h1").is_visible(),
        "a text": len(page.locator("article").inner_text()) > 100,
        "each figure": all(figure.locator("svg:visible").count() > 0 for figure in page.locator("figure.figure").all()),
        "the sections": page.get_by_role("navigation", name="Tabs").get_by_role("link").count() > 5,
        "the scheme switch, which is dead": not page.locator(".scheme-switch").is_visible(),
        "the search, which is dead": not page.locator("[name=query]").is_visible(),
    }
    return [*(what for what, as_expected in shown.items() if not as_expected), *page.evaluate(DEAD)]


def test_in_a_narrow_window_the_drawer_opens_and_leads_on(opened: Open, address: str) -> None:
    page = opened(address + COMPUTE, width=360, scripts=False)
    link = page.locator(".md-sidebar--primary").get_by_role("link", name="AI and efficiency", exact=True)
    assert not link.is_visible()
    page.locator(".md-header label[for=__drawer]").click()
    link.click()
    assert page.url == f"{address}posts/2020-05-05-ai-and-efficiency/"


def test_the_tables_of_a_page_are_all_there(opened: Open, address: str) -> None:
    page = opened(address + "results/ledger/", scripts=False)
    rows = page.locator(".ledger tbody tr")
    assert rows.count() > 100
    page.locator(".ledger-group > summary").last.click()
    assert rows.last.is_visible()
