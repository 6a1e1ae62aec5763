"""The pages in browsers that lack what is new: what they cannot do is left out, and nothing breaks."""

from playwright.sync_api import Browser, Page

from tests.browser.pages import COMPUTE
from tests.browser.watching import watched


def opened_without(browser: Browser, root: str, place: str, lacking: str, *, width: int) -> tuple[Page, list[str]]:
    """A page in a browser that lacks something, and its complaints."""
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    complaints = watched(page, root)
    page.add_init_script(lacking)
    page.goto(place)
    return page, complaints


def test_the_menu_opens_where_no_element_knows_whether_it_is_seen(browser: Browser, root: str, address: str) -> None:
    page, complaints = opened_without(browser, root, address, "delete Element.prototype.checkVisibility", width=360)
    page.get_by_role("button", name="Menu").click()
    page.wait_for_function("document.querySelector('.md-sidebar--primary').contains(document.activeElement)")
    page.context.close()
    assert complaints == []


def test_a_note_opens_where_no_element_knows_whether_it_is_seen(browser: Browser, root: str, address: str) -> None:
    page, complaints = opened_without(
        browser, root, address + COMPUTE, "delete Element.prototype.checkVisibility", width=360
    )
    page.locator(".cite a[aria-describedby]").first.click()
    assert page.locator(".aside:popover-open").is_visible()
    page.context.close()
    assert complaints == []


def test_a_number_leads_to_its_entry_where_nothing_can_open(browser: Browser, root: str, address: str) -> None:
    page, complaints = opened_without(
        browser, root, address + COMPUTE, "delete HTMLElement.prototype.showPopover", width=360
    )
    page.locator("article p a.quantity").first.click()
    page.wait_for_url("**/results/*/#*")
    page.context.close()
    assert complaints == []
