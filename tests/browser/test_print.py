"""A post on paper."""

import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.browser.conftest import Open
from tests.browser.pages import COMPUTE
from tests.editions import NEWEST


@pytest.fixture(scope="module")
def paper(browser: Browser, address: str) -> Iterator[PdfReader]:
    """The compute post, printed from the dark scheme."""
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address + COMPUTE)
    yield PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    context.close()


@pytest.fixture(scope="module")
def text(paper: PdfReader) -> str:
    """All that the pages say, in one line."""
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def test_a_post_is_an_article_of_a_few_pages_of_a4(paper: PdfReader) -> None:
    assert 6 <= len(paper.pages) <= 16
    # A4 in points; Chromium rounds to whole CSS pixels.
    assert float(paper.pages[0].mediabox.width) == pytest.approx(595.3, abs=1)
    assert float(paper.pages[0].mediabox.height) == pytest.approx(841.9, abs=1)


def test_it_begins_with_its_edition_and_its_permanent_address(paper: PdfReader) -> None:
    first = paper.pages[0].extract_text()
    # The number of the page comes first in the file.
    assert first.startswith(f"1\nAI and compute, recomputed, edition {NEWEST}")
    assert f"https://ai-and-compute.example/{NEWEST}/{COMPUTE}" in first


def test_it_holds_the_notes_and_the_addresses_of_the_references(text: str) -> None:
    assert text.count("The unit multiplies a rate by a time") == 1
    assert "https://openai.com/index/ai-and-compute/" in text
    assert "https://doi.org/10.1038/nature24270" in text


def test_its_numbers_are_listed_with_interval_and_address(text: str) -> None:
    listed = text[text.index("Numbers on this page") :]
    assert "3.44 months." in listed
    assert "2.60 to 5.09 months: 95% interval" in listed
    # What a card folds is at its address.
    assert "Unrounded" not in listed
    assert "results/compute/modern/#compute.modern.doubling_time" in listed


@pytest.mark.parametrize(
    "words", ["Table of contents", "Skip to content", "Download", "BibTeX", "Changelog", "↩", "#ref"]
)
def test_it_holds_nothing_that_only_a_screen_can_use(text: str, words: str) -> None:
    assert words not in text


def test_it_is_black_on_white_from_the_dark_scheme_as_well(opened: Open, address: str) -> None:
    page = opened(address + COMPUTE, scheme="dark")
    page.emulate_media(media="print")
    colours = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('.md-content__inner > p + p')).color]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
