"""The pages as a reader meets them in Chromium: wide and narrow, light and dark, by mouse and by keyboard."""

import functools
import http.server
import os
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.sites import Site

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")
KINDS = (
    "",
    "posts/2018-05-16-ai-and-compute/",
    "posts/2020-05-05-ai-and-efficiency/",
    "appendix/ai-and-compute-methods/",
    "appendix/ai-and-efficiency-methods/",
    "methods/counting-operations/",
    "architectures/",
    "architectures/resnet152/",
    "notebooks/recompute_headline/",
    "results/",
    "results/compute/",
    "results/counting/",
    "results/figures/",
    "results/tables/",
    "results/ledger/",
    "systems/alexnet/",
    "data/",
    "references/",
    "about/",
    "about/changelog/",
)


@pytest.fixture(scope="session")
def address(site: Site) -> Iterator[str]:
    """The site, served on this machine."""
    handler = functools.partial(Quiet, directory=str(site.pages))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=os.environ.get("BROWSER_EXECUTABLE") or None, args=FLAGS)
        yield chromium
        chromium.close()


def opened(browser: Browser, address: str, width: int = 1280, scheme: str = "light") -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_overflows_complains_or_asks_another_site(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith((address, "data:")) else complaints.append(request.url),
    )
    for kind in KINDS:
        page.goto(address + kind)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            complaints.append(f"{kind} is wider than the window")
    context.close()
    assert complaints == []


def test_a_narrow_window_shows_the_narrow_drawing_alone(browser: Browser, address: str) -> None:
    page = opened(browser, address, width=360)
    assert page.locator(".drawing-narrow").first.is_visible()
    assert not page.locator(".drawing-wide").first.is_visible()


def test_the_text_of_a_drawing_is_at_least_twelve_pixels_high_at_360(browser: Browser, address: str) -> None:
    page = opened(browser, address + "results/figures/", width=360)
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('.drawing-narrow svg')].flatMap(svg => {
            const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
            return [...svg.querySelectorAll('text')].map(text => parseFloat(text.getAttribute('font-size')) * scale)
        }))"""
    )
    # The narrow drawings are made for a column of 328 pixels; a twentieth of a pixel is lost in rounding.
    assert smallest >= 11.95


def test_labels_of_a_drawing_do_not_overlap_in_the_browser(browser: Browser, address: str) -> None:
    for width in WIDTHS:
        page = opened(browser, address + "results/figures/", width=width)
        overlaps = page.evaluate(
            """() => [...document.querySelectorAll('.drawing svg')].filter(svg => svg.checkVisibility()).flatMap(svg => {
                const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()])
                const hits = []
                boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
                    const dx = Math.min(p.right, q.right) - Math.max(p.left, q.left)
                    const dy = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top)
                    if (dx > 1 && dy > 4) hits.push(`${a} / ${b}`)
                }))
                return hits
            })"""
        )
        assert overlaps == []


def test_a_citation_shows_the_work_on_focus(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    preview = page.locator(".cite-preview").first
    assert not preview.is_visible()
    page.locator(".cite > a").first.focus()
    assert preview.is_visible()
    assert "Amodei" in preview.inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_preview_of_a_citation_never_leaves_the_window(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, address + "posts/2018-05-16-ai-and-compute/", width=width)
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.cite')].filter(cite => {
            cite.querySelector('a').focus()
            const box = cite.querySelector('.cite-preview').getBoundingClientRect()
            return box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight
        }).length"""
    )
    assert outside == 0


def test_a_number_leads_to_its_entry(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    page.locator("a.quantity").first.click()
    entry = page.locator('[id="compute.modern.doubling_time"]')
    assert page.url.endswith("results/compute/#compute.modern.doubling_time")
    assert "3.44" in entry.inner_text()


def test_drawings_take_the_colours_of_the_theme(browser: Browser, address: str) -> None:
    colours = {
        scheme: opened(browser, address, scheme=scheme).evaluate(
            "getComputedStyle(document.querySelector('.drawing svg text')).fill"
        )
        for scheme in SCHEMES
    }
    assert colours["light"] != colours["dark"]


def test_the_headlines_stand_without_scripts(browser: Browser, address: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    assert "3.4" in page.locator(".headline-number").first.inner_text()
    assert page.locator(".drawing svg").first.is_visible()
