"""Citations and their previews."""

import pytest

from tests.browser.conftest import Open
from tests.browser.pages import COMPUTE, WIDTHS


def test_a_citation_shows_the_work_on_focus(opened: Open, address: str) -> None:
    page = opened(address)
    preview = page.locator(".cite-preview").first
    assert not preview.is_visible()
    page.locator(".cite > a").first.focus()
    assert preview.is_visible()
    assert "Amodei" in preview.inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_preview_of_a_citation_never_leaves_the_window(opened: Open, address: str, width: int) -> None:
    page = opened(address + COMPUTE, width=width)
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.cite')].filter(cite => {
            cite.querySelector('a').focus()
            const box = cite.querySelector('.cite-preview').getBoundingClientRect()
            return box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight
        }).length"""
    )
    assert outside == 0
