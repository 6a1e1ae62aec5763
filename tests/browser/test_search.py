"""The search as a reader meets it, and what a page asks of the server for those who do not search."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import Open
from tests.browser.pages import COMPUTE, SCHEMES, WIDTHS, Scheme

FIELD = "input.md-search__input"
RESULT = ".md-search-result__item"
# What people ask, and the page, the entry or the folder that the first answer has to be in.
QUERIES = {
    "resnet50": "architectures/resnet50/",
    "ResNet 50": "architectures/resnet50/",
    "resnet-152": "architectures/resnet152/",
    "vgg16": "architectures/vgg16/",
    "alexnet": "systems/alexnet/",
    "alphago zero": "systems/alphago-zero/",
    "AlphaGoZero": "systems/alphago-zero/",
    "alphazero": "systems/alphazero/",
    "gpt3 175b": "architectures/gpt3_175b/",
    "GPT-2 XL": "architectures/gpt2_xl/",
    "bert large": "architectures/bert_large/",
    "efficientnet b0": "architectures/efficientnet_b0/",
    "EfficientNetB7": "architectures/efficientnet_b7/",
    "mobilenet v2": "architectures/mobilenet_v2/",
    "inceptionv3": "architectures/inception_v3/",
    "squeezenet 1.1": "architectures/squeezenet1_1/",
    "deep speech 2": "systems/deepspeech2/",
    "deepspeech2": "systems/deepspeech2/",
    "neural machine translation": "systems/neural-machine-translation/",
    "perceptron": "systems/perceptron/",
    "lenet5": "systems/lenet-5/",
    "dota": "systems/dota-1v1/",
    "ai and compute": "posts/2018-05-16-ai-and-compute/",
    "ai and efficiency": "posts/2020-05-05-ai-and-efficiency/",
    "ai and compute to 2026": "posts/2026-11-23-ai-and-compute-to-2026/",
    "doubling time": "posts/",
    "training compute": "posts/",
    "algorithmic efficiency": "posts/2020-05-05-ai-and-efficiency/",
    "how fast does training compute grow": "posts/2026-11-23-ai-and-compute-to-2026/",
    "moore's law": "posts/2018-05-16-ai-and-compute/",
    "cost of training": "posts/2026-11-23-ai-and-compute-to-2026/",
    "what is a pfs-day": "posts/",
    "multiply-adds resnet-50": "architectures/resnet50/",
    "compute.modern.doubling_time": "results/compute/modern/#compute.modern.doubling_time",
    "parameters of vgg16": "architectures/vgg16/",
    "growth per year of cloud rental cost of training frontier models": "results/cost/#cost.cloud.growth_per_year",
    "figure 1": "figures/compute-modern-trend/",
    "table 3": "tables/compute-peak-rates/",
    "TD-Gammon v2.1": "systems/td-gammon-v2-1/",
    "Attention is all you need": "systems/transformer/",
    "GANs": "systems/gans/",
    "VGG": "systems/vgg/",
    "gpt-3": "architectures/gpt3_",
    "gpt3": "architectures/gpt3_",
    "llama 3 parameters": "architectures/llama3_",
    "Grok 4": "models/#grok-4",
    "gpt-4": "models/#gpt-4-jun-2023",
    "ledger": "results/ledger/",
    "tracker": "tracker/",
    "networks": "architectures/",
    "later studies": "results/ledger-later/",
    "how to cite": "about/",
    "eu ai act": "posts/2026-11-23-ai-and-compute-to-2026/",
}
# The first answer of the worker to each query, without a page that draws the results.
ASKED = """async ([root, ...queries]) => {
    const { config } = await (await fetch(`${root}search/search_index.json`)).json()
    const worker = new Worker(JSON.parse(document.getElementById("__config").textContent).search)
    worker.postMessage({ type: 0, data: { config, docs: [], options: {} } })
    const found = []
    for (const query of queries) {
        const answer = new Promise(done => { worker.onmessage = ({ data }) => data.type === 3 && done(data.data.items) })
        worker.postMessage({ type: 2, data: query })
        const [first = []] = await answer
        found.push(first.length ? first[0].location : "nothing")
    }
    worker.terminate()
    return found
}"""
# Milliseconds for a page to make its word list and to search at every letter typed, on a busy machine.
PATIENCE = 30_000


def search(page: Page, words: str) -> None:
    """Pastes words into the search, and waits until something is found.

    A search at every letter typed, with the results of each drawn, would cost a test seconds.
    """
    page.locator(FIELD).fill(words, force=True)
    page.locator(FIELD).press("End")
    expect(page.locator(".md-search-result__meta")).to_contain_text("matching document", timeout=PATIENCE)


def expect_first(page: Page, place: str) -> None:
    """Waits until a page is the first that was found."""
    first = page.locator(f"{RESULT}:first-child > a").first
    expect(first).to_have_attribute("href", re.compile(re.escape(f"/{place}?") + "[^#]*$"), timeout=PATIENCE)


@pytest.fixture(scope="module")
def home(browser: Browser, address: str) -> Page:
    """The start page, to search from."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    return page


def test_what_people_ask_brings_the_page_they_mean_first(home: Page, address: str) -> None:
    found = dict(zip(QUERIES, home.evaluate(ASKED, [address, *QUERIES]), strict=True))
    assert {words: place for words, place in found.items() if not place.startswith(QUERIES[words])} == {}


@pytest.mark.parametrize(
    ("words", "place"), [("resnet50", "architectures/resnet50/"), ("table 3", "tables/compute-peak-rates/")]
)
def test_a_reader_sees_the_page_first(home: Page, words: str, place: str) -> None:
    search(home, words)
    expect_first(home, place)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("compute.modern.doubling_time", "compute.modern.doubling_time"),
        ("pfs-day", "units.pfs_day.flop"),
        ("Moore", "constant.moore_doubling.value"),
        ("training compute modern era", "compute.modern.doubling_time"),
    ],
)
def test_words_bring_the_number_among_the_first(home: Page, words: str, name: str) -> None:
    search(home, words)
    found = home.locator(f"{RESULT}:nth-child(-n+5) > a[href$='#{name}']")
    expect(found).to_be_attached(timeout=PATIENCE)


def test_a_result_opens_the_entry_of_the_number(opened: Open, address: str) -> None:
    page = opened(address)
    search(page, "pfs-day")
    page.locator(f"{RESULT} a", has_text="Operations in one petaflop/s-day").click()
    page.wait_for_url("**/results/units/**")
    assert page.url.endswith("#units.pfs_day.flop")
    expect(page.locator("[id='units.pfs_day.flop']")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "scheme"), list(zip(WIDTHS, SCHEMES, strict=True)))
def test_results_stay_within_their_box_and_hold_no_broken_markup(
    opened: Open, address: str, width: int, scheme: Scheme
) -> None:
    page = opened(address, width=width, scheme=scheme)
    if width < 960:
        page.locator("label[for=__search]:visible").first.click()
    name = "compute.modern.as_plotted.alexnet_to_alphago_zero"
    search(page, name)
    expect(page.locator(f"{RESULT} > a[href$='#{name}']")).to_be_visible(timeout=PATIENCE)
    box = page.locator(".md-search__scrollwrap")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    wide = "all => all.filter(one => one.clientWidth && one.scrollWidth > one.clientWidth).map(one => one.textContent)"
    assert page.locator(".md-search-result article *").evaluate_all(wide) == []
    text = page.locator(".md-search-result__list").inner_text()
    assert not [mark for mark in ("<", "&lt;", "{{", "undefined") if mark in text]


def test_entries_are_asked_for_at_the_first_search_once_and_nothing_fails(
    browser: Browser, root: str, address: str, folder: Path
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    failed: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url.removeprefix(root))

    page.on("request", note)
    page.on("console", lambda message: failed.append(message.text) if message.type in ("error", "warning") else None)
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.goto(address + COMPUTE)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if url.endswith("entries.json")]
    # Nor does the theme take the feed and the copy for translations, and ask for a sitemap beside each.
    assert not [url for url in asked if url.endswith(("sitemap.xml", "feed.xml", ".md"))]
    for words in ("pfs-", "ResNet-1", "9", "Moore*"):
        search(page, words)
    assert len([url for url in asked if url.endswith("entries.json")]) == 1
    page.close()
    # Where one edition is served alone, the list of editions beside it is missing.
    if (folder / "versions.json").is_file():
        assert failed == []


def test_a_search_that_could_not_load_is_tried_again(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/entries.json", lambda route: route.abort(), times=1)
    page.goto(address)
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/entries.json")):
        page.locator(FIELD).press_sequentially("V")
    expect(page.locator(".md-search-result__meta")).to_contain_text("No matching documents", timeout=PATIENCE)
    search(page, "VGG")
    expect_first(page, "systems/vgg/")
    page.close()


def test_feed_and_copy_are_found_from_a_page_and_are_there(opened: Open, address: str, folder: Path) -> None:
    page = opened(address + COMPUTE)
    links = page.locator("link[rel~=alternate]")
    found = {link.get_attribute("type"): str(link.evaluate("link => link.href")) for link in links.all()}
    assert set(found) == {"application/atom+xml", "text/markdown"}
    assert page.request.get(found["text/markdown"]).text().startswith('---\ntitle: "AI and compute"')
    if (folder / "latest").is_dir():
        assert "<feed" in page.request.get(found["application/atom+xml"]).text()


def test_what_is_named_in_another_spelling_lacks_no_word(opened: Open, address: str) -> None:
    page = opened(address)
    page.locator(FIELD).click()
    page.keyboard.type("resnet50")
    first = page.locator(RESULT).first
    expect(first).to_contain_text("ResNet-50", timeout=PATIENCE)
    expect(first).not_to_contain_text("Missing")
