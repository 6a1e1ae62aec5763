"""What a page weighs, and that nothing in it moves or waits for a script."""

import urllib.request

import pytest
from playwright.sync_api import Page, Route

from site_src.theme.bundle import assets
from tests.browser.conftest import Open
from tests.browser.far import FAR, begin, followed
from tests.browser.pages import APPENDIX, COMPUTE, KINDS, TO_2026, WIDTHS

MOVEMENTS = """
    window.moved = []
    new PerformanceObserver(list => list.getEntries().forEach(entry => {
        const elements = entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.textContent)
        if (!entry.hadRecentInput) moved.push([entry.value, ...elements].join(" "))
    })).observe({ type: "layout-shift", buffered: true })
"""


@pytest.mark.parametrize("place", [COMPUTE, TO_2026])
def test_a_post_weighs_at_most_260_kb_with_all_it_loads(opened: Open, root: str, address: str, place: str) -> None:
    page = opened("about:blank")
    loaded: set[str] = set()
    page.on("request", lambda request: loaded.add(request.url.partition("#")[0]))
    arrive(page, address + place)
    read_through(page)
    weights = {place.removeprefix(address): len(transferred(place)) for place in loaded if place.startswith(root)}
    assert {place, *assets("", {})} <= weights.keys()
    assert sum(weights.values()) <= 260_000, weights


def test_scripts_of_our_own_weigh_at_most_10_kb(address: str) -> None:
    scripts = [path for path in assets("", {}) if path.endswith(".js")]
    assert sum(len(transferred(address + path)) for path in scripts) <= 10_000


def test_the_first_figure_waits_for_no_script(opened: Open, address: str) -> None:
    page = opened("about:blank")
    stopped: list[str] = []

    def stop(route: Route) -> None:
        stopped.append(route.request.url)
        route.abort()

    page.route("**/*.js", stop)
    page.goto(address + COMPUTE)
    assert stopped
    figure = page.locator(".drawing svg").first
    figure.scroll_into_view_if_needed()
    assert figure.is_visible()
    assert figure.locator("path").count() > 10


@pytest.mark.parametrize("kind", KINDS)
def test_no_typeface_comes_late_and_the_italic_one_where_it_is_needed_alone(
    opened: Open, address: str, kind: str
) -> None:
    page = opened(address + kind)
    preloaded = page.locator("link[rel=preload][as=font]").evaluate_all("all => all.map(link => link.href)")
    used = page.evaluate("""async () => {
        await document.fonts.ready
        const named = { "normal normal": "regular", "italic normal": "italic", "normal 600 700": "semibold" }
        return [...document.fonts]
            .filter(({ family, status }) => family.includes("recomputed") && status === "loaded")
            .map(({ family, style, weight }) => `${family.split(" ")[1]}-${named[`${style} ${weight}`]}`)
    }""")
    names = {place.split("/")[-1].split(".")[0] for place in preloaded}
    assert names >= set(used)
    assert ("serif-italic" in names) == ("serif-italic" in used)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_while_a_page_loads_and_is_read(opened: Open, address: str, width: int) -> None:
    page = opened("about:blank", width=width)
    page.add_init_script(MOVEMENTS)
    moved = {}
    for place in (
        "",
        COMPUTE,
        APPENDIX,
        "figures/compute-by-domain/",
        "results/ledger/",
        "systems/alexnet/",
        "../2018-05/",
    ):
        arrive(page, address + place)
        read_through(page)
        if movements := page.evaluate("moved"):
            moved[place] = movements
    assert moved == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_link_to_a_calculation_far_below_leads_to_it(opened: Open, address: str, width: int) -> None:
    page = opened("about:blank", width=width)
    arrive(page, address + APPENDIX)
    names = page.locator(".worked").evaluate_all("all => all.map(one => one.id).filter((_, i) => i % 7 === 3)")
    assert len(names) > 4
    for name in names:
        page.evaluate("name => { location.hash = name }", name)
        page.evaluate("() => new Promise(done => setTimeout(done, 200))")
        top = page.locator(f"[id='{name}']").evaluate("one => one.getBoundingClientRect().top")
        assert 0 < top < 120, name
        page.evaluate("scrollTo(0, 0)")


def test_what_moves_is_noticed(opened: Open, address: str) -> None:
    page = opened("about:blank")
    page.add_init_script(MOVEMENTS)
    page.goto(address)
    page.evaluate("""() => new Promise(done => {
        const pushed = document.createElement("p")
        pushed.style.height = "200px"
        document.querySelector("article").prepend(pushed)
        setTimeout(done, 200)
    })""")
    assert page.evaluate("moved") != []


def test_the_first_move_has_all_that_is_far_laid_out(opened: Open, address: str) -> None:
    page = opened("about:blank")
    arrive(page, address + APPENDIX)
    assert page.evaluate(FAR) > 10
    begin(page)
    assert page.evaluate(FAR) == 0


def test_a_move_before_the_script_runs_counts(opened: Open, address: str) -> None:
    page = opened("about:blank")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/site.js", hold)
    page.goto(address + APPENDIX, wait_until="commit")
    page.locator("article .worked").last.wait_for(state="attached")
    page.evaluate("scrollTo(0, 500)")
    # The scroll event is sent with the first of two frames.
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate(FAR) > 0
    for route in held:
        route.continue_()
    page.wait_for_load_state()
    followed(page)


def arrive(page: Page, place: str) -> None:
    """Opens a page and waits for all of it: on a slow machine the network is idle while half is still to be parsed."""
    page.goto(place)
    page.wait_for_load_state("networkidle")


def read_through(page: Page) -> None:
    """Scrolls a page from its top to its end, a window at a time, after a first move."""
    begin(page)
    page.evaluate("""async () => {
        for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
            scrollTo(0, y)
            await new Promise(requestAnimationFrame)
        }
        await new Promise(done => setTimeout(done, 200))
    }""")


def transferred(address: str) -> bytes:
    """What the server sends for an address to a browser, which takes it compressed."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()
