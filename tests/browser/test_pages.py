"""The pages as a reader meets them in Chromium: wide and narrow, light and dark, by mouse and by keyboard."""

import functools
import http.server
import os
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from site_src.settings import archive_name
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
    "results/figures/",
    "results/tables/",
    "results/ledger/",
    "systems/alexnet/",
    "data/",
    "figures/compute-by-domain/",
    "tables/compute-systems/",
    "tables/data-ledger/",
    "editions/",
    "editions/2020-05/",
    "references/",
    "about/",
    "about/changelog/",
)
OLDER = ("2018-05", "2019-11", "2020-05")


@pytest.fixture(scope="session")
def root(site: Site) -> Iterator[str]:
    """The site, served on this machine."""
    handler = functools.partial(Quiet, directory=str(site.folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def address(root: str, site: Site) -> str:
    """The newest edition."""
    return f"{root}{site.pages.name}/"


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


# Each width in one scheme: how wide a page is does not hang on its colours.
@pytest.mark.parametrize(("width", "scheme"), list(zip(WIDTHS, SCHEMES, strict=True)))
def test_no_page_overflows_complains_or_asks_another_site(
    browser: Browser, root: str, address: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith((root, "data:")) else complaints.append(request.url),
    )
    for place in (*(address + kind for kind in KINDS), *(root + edition + "/" for edition in OLDER)):
        page.goto(place)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            complaints.append(f"{place} is wider than the window")
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


def test_without_scripts_a_number_leads_to_its_entry(browser: Browser, address: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    page.locator("a.quantity").first.click()
    entry = page.locator('[id="compute.modern.doubling_time"]')
    assert page.url.endswith("results/compute/#compute.modern.doubling_time")
    assert "3.44" in entry.inner_text()


def headline(page: Page) -> tuple[Locator, Locator]:
    """The first number of the home page and its card."""
    return page.locator("a.quantity").first, page.locator('[id="card-compute.modern.doubling_time"]')


@pytest.mark.parametrize("way", ["click", "Enter", "Space"])
def test_a_number_opens_where_it_stands_and_escape_closes_it(browser: Browser, address: str, way: str) -> None:
    page = opened(browser, address)
    number, card = headline(page)
    assert not card.is_visible()
    assert number.get_attribute("aria-expanded") == "false"
    if way == "click":
        number.click()
    else:
        number.press(way)
    assert card.is_visible()
    assert number.get_attribute("aria-expanded") == "true"
    # The value at full precision, the formula filled in, its input linked, the way to the entry of this edition.
    assert "3.43841790619" in card.inner_text()
    assert card.locator("math").count() >= 3
    assert "results/compute/#compute.modern.slope" in card.locator(".card-symbols a").first.get_attribute("href")
    assert card.locator(".card-links a").last.get_attribute("href").startswith("../2026-11/results/compute/#")
    page.keyboard.press("Escape")
    assert not card.is_visible()
    assert number.get_attribute("aria-expanded") == "false"
    assert page.url == address


def test_opening_a_number_moves_nothing(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    number, card = headline(page)
    before = page.locator("article").bounding_box(), number.bounding_box()
    number.click()
    assert card.is_visible()
    assert (page.locator("article").bounding_box(), number.bounding_box()) == before


@pytest.mark.parametrize("width", WIDTHS)
def test_no_card_leaves_the_window(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, address + "posts/2018-05-16-ai-and-compute/", width=width)
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


def test_a_citation_can_be_copied(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + "figures/compute-modern-trend/")
    page.locator(".citation-ways button[data-copy]").click()
    page.locator(".citation-ways button", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    context.close()
    assert "Figure 1" in copied
    assert copied.endswith("/2026-11/figures/compute-modern-trend/")


def test_a_table_sorts_by_its_numbers_both_ways(browser: Browser, address: str) -> None:
    page = opened(browser, address + "tables/compute-systems/")
    heading = page.locator(".sortable th", has_text="FLOP").locator("button")

    def first_system() -> str:
        return page.locator(".sortable tbody tr").first.locator("td").first.inner_text()

    heading.click()
    # The smallest is the Perceptron, the largest AlphaGo Zero: 8.64e5 and 1.61e23 FLOP.
    assert first_system() == "Perceptron"
    heading.click()
    assert first_system() == "AlphaGo Zero"
    assert page.locator("th[aria-sort=descending]").count() == 1


def test_an_older_edition_leads_to_the_same_page_of_the_newest_and_to_the_next(browser: Browser, root: str) -> None:
    page = opened(browser, f"{root}2018-05/figures/compute-modern-trend/")
    banner = page.locator("[data-md-component=outdated] a")
    banner.wait_for()
    page.locator("[data-next-edition] a").wait_for()
    assert page.locator("[data-next-edition] a").get_attribute("href") == f"{root}2019-11/figures/compute-modern-trend/"
    banner.click()
    assert page.url == f"{root}latest/figures/compute-modern-trend/"
    page.locator(".md-version").wait_for()
    assert not page.locator("[data-md-component=outdated]").is_visible()


def test_the_menu_of_editions_keeps_the_page(browser: Browser, root: str) -> None:
    page = opened(browser, f"{root}2026-11/posts/2018-05-16-ai-and-compute/")
    page.locator(".md-version__current").focus()
    page.locator(".md-version__link", has_text="2019-11").click()
    page.wait_for_url(f"{root}2019-11/posts/2018-05-16-ai-and-compute/")


def test_the_root_leads_to_the_newest_edition(browser: Browser, root: str) -> None:
    page = opened(browser, root)
    page.wait_for_url(f"{root}latest/")


def test_the_archive_of_an_edition_opens_from_disk(browser: Browser, site: Site, tmp_path: Path) -> None:
    archive = site.pages / "files" / f"{archive_name(site.pages.name)}.zip"
    zipfile.ZipFile(archive).extractall(tmp_path)
    page = browser.new_context().new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((tmp_path / archive.stem / "index.html").as_uri())
    page.get_by_role("link", name="Read the post").first.click()
    assert page.url.endswith("posts/2018-05-16-ai-and-compute/index.html")
    page.locator("p a.quantity").first.click()
    assert page.locator(":popover-open").is_visible()
    assert complaints == []


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
