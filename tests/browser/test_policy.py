"""The policy of the site holds whatever a reader does. That opening a page is fine is tested with the pages."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import COMPUTE, OLDER
from tests.browser.serving import served
from tests.browser.watching import watched


@pytest.mark.parametrize(
    "place", [COMPUTE, "results/compute/", "figures/compute-by-domain/", "notebooks/recompute_headline/"]
)
def test_no_page_breaks_it_by_being_used(browser: Browser, root: str, address: str, place: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints = watched(page, root)
    page.goto(address + place)
    turn_dark_and_back(page)
    search(page)
    choose_edition(page)
    open_everything(page)
    context.close()
    assert complaints == []


def turn_dark_and_back(page: Page) -> None:
    switch = page.get_by_role("button", name="Dark theme")
    switch.click()
    page.locator("body[data-md-color-scheme=slate]").wait_for()
    switch.click()
    page.locator("body[data-md-color-scheme=default]").wait_for()


def search(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("alexnet")
    page.locator(".md-search-result__item").first.wait_for()
    page.keyboard.press("Escape")


def choose_edition(page: Page) -> None:
    page.locator(".md-version__current").focus()
    assert page.locator(".md-version__link").last.is_visible()
    page.keyboard.press("Escape")


def open_everything(page: Page) -> None:
    """Uses each control, number, mark and heading within the text once, as a click of the mouse does."""
    page.evaluate(
        """() => {
            const controls = 'button, input, select, summary, a.quantity, .cite a[href], .point'
            for (const control of document.querySelectorAll(`article :is(${controls})`)) {
                if (!control.checkVisibility()) continue
                control.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }))
                control.dispatchEvent(new InputEvent('input', { bubbles: true }))
                for (const shown of document.querySelectorAll(':popover-open')) shown.hidePopover()
                for (const shown of document.querySelectorAll('dialog[open]')) shown.close()
            }
        }"""
    )
    page.wait_for_timeout(200)


def test_the_scheme_is_kept_from_page_to_page_and_edition_to_edition(browser: Browser, root: str, address: str) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Dark theme").click()
    page.goto(f"{root}{OLDER[0]}/results/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    assert page.get_by_role("button", name="Dark theme").get_attribute("aria-pressed") == "true"
    context.close()


def test_the_scheme_of_the_system_stands_before_anything_is_painted(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    # Notes the scheme at each frame that is drawn while the page is read.
    page.add_init_script(
        """window.seen = new Set()
        const look = () => {
            if (document.body) window.seen.add(document.body.dataset.mdColorScheme)
            requestAnimationFrame(look)
        }
        requestAnimationFrame(look)"""
    )
    page.goto(address + COMPUTE)
    assert page.evaluate("[...window.seen]") == ["slate"]
    context.close()


WRONG = {
    "a script within the page": "<script>document.title = 'run'</script>",
    "a style attribute": "<p style='color: red'>x</p>",
    "a style element": "<style>p { color: red }</style>",
    "a handler within the page": "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' onload='x()'>",
    "a script of another site": "<script src='https://elsewhere.example/x.js'></script>",
    "an evaluated text": "<script src='evaluated.js'></script>",
}


@pytest.mark.parametrize("fault", WRONG.values(), ids=WRONG.keys())
def test_a_page_that_breaks_it_is_reported(browser: Browser, tmp_path: Path, fault: str) -> None:
    (tmp_path / "index.html").write_text(f"<!doctype html><title>x</title>{fault}<link rel=icon href='data:,'>")
    (tmp_path / "evaluated.js").write_text("try { eval('1') } catch { document.title = 'stopped' }")
    context = browser.new_context()
    page = context.new_page()
    with served(tmp_path) as address:
        complaints = watched(page, address)
        page.goto(address)
        page.wait_for_timeout(100)
        assert page.title() != "run"
    context.close()
    assert any(complaint.startswith("policy: ") for complaint in complaints)
