"""The pages in WebKit, the engine of Safari, on a system that is set to dark."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.browser.pages import APPENDIX, COMPUTE
from tests.browser.serving import Host, served
from tests.browser.webkit import WebKit, here, launched

MAIN = (
    "",
    COMPUTE,
    "posts/2020-05-05-ai-and-efficiency/",
    APPENDIX,
    "results/ledger/",
    "systems/alexnet/",
    "figures/compute-by-domain/",
    "references/",
)
NARROW = 360
# The first script of every page. What the console would show is kept in the page, since the driver cannot read the console.
FIRST_SCRIPT = "/assets/theme.js"
KEEP_COMPLAINTS = b"""window.complaints = []
const complain = text => complaints.push(String(text))
addEventListener('error', ({ message }) => complain(message))
addEventListener('unhandledrejection', ({ reason }) => complain(reason))
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => complain(effectiveDirective + blockedURI))
console.error = (...parts) => complain(parts.join(' '))
"""


class Watching(Host):
    """Serves the site with a first script that keeps what goes wrong."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        if not self.path.endswith(FIRST_SCRIPT):
            return super().send_head()
        script = KEEP_COMPLAINTS + Path(self.translate_path(self.path)).read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript; charset=utf-8")
        self.send_header("Content-Length", str(len(script)))
        self.end_headers()
        return io.BytesIO(script)


@pytest.fixture(scope="module")
def webkit() -> Iterator[WebKit]:
    browser = here()
    assert browser, "the hook of the folder leaves these tests out where there is none"
    with launched(browser) as session:
        yield session


@pytest.fixture(scope="module")
def edition(folder: Path, pages: Path) -> Iterator[str]:
    """The address of the newest edition, served with what keeps complaints."""
    with served(folder, Watching) as address:
        yield f"{address}{pages.name}/"


@pytest.fixture(scope="module")
def post(webkit: WebKit, edition: str) -> WebKit:
    """The compute post, opened once for the tests that change nothing of it for each other."""
    webkit.go(edition + COMPUTE)
    return webkit


@pytest.mark.parametrize(("kind", "style"), [("quantity", "dotted"), ("claim", "dashed")])
def test_numbers_and_claims_are_underlined(post: WebKit, kind: str, style: str) -> None:
    found = post.run(
        f"""return [...document.querySelectorAll('article p a.{kind}')].map(getComputedStyle)
        .map(({{ textDecorationLine, textDecorationStyle }}) => `${{textDecorationLine}} ${{textDecorationStyle}}`)"""
    )
    assert set(found) == {f"underline {style}"}


def test_the_page_is_dark_where_the_system_is_and_light_once_the_reader_asks(post: WebKit) -> None:
    scheme = "return document.body.dataset.mdColorScheme + ' ' + getComputedStyle(document.body).backgroundColor"
    dark = post.run(scheme)
    post.click(".scheme-switch")
    light = post.run(scheme)
    post.click(".scheme-switch")
    assert (dark.split()[0], light) == ("slate", "default rgb(255, 255, 255)")
    assert post.run(scheme) == dark


def test_a_number_opens_its_card_inside_the_window(post: WebKit) -> None:
    post.click("article p a.quantity[href*='#compute.']")
    [[card, inside]] = post.run(
        """const cards = [...document.querySelectorAll(':popover-open')]
        const boxes = cards.map(card => [card.id, card.getBoundingClientRect()])
        for (const card of cards) card.hidePopover()
        return boxes.map(([id, b]) => [id, b.top >= 0 && b.left >= 0 && b.right <= innerWidth && b.bottom <= innerHeight])"""
    )
    assert card.startswith("card-compute.")
    assert inside


def test_a_point_of_a_figure_says_what_it_is(post: WebKit) -> None:
    name = post.run(
        """const point = [...document.querySelectorAll('.point')].find(point => point.getBoundingClientRect().width)
        point.focus()
        return new Promise(done => requestAnimationFrame(() => setTimeout(() => done(
            document.querySelector('.figure-tip:popover-open strong').textContent))))"""
    )
    assert name


def test_no_main_page_overflows_a_telephone_or_complains(webkit: WebKit, edition: str) -> None:
    webkit.go(f"{edition}about/")
    before = webkit.open_window(NARROW, 800)
    found = {}
    for place in MAIN:
        webkit.go(edition + place)
        found[place] = webkit.run("return [innerWidth, document.documentElement.scrollWidth, window.complaints]")
    webkit.close_window(before)
    assert found == {place: [NARROW, NARROW, []] for place in MAIN}
