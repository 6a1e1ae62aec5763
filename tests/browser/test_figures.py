"""Figures as a reader meets them."""

from tests.browser.conftest import Open
from tests.browser.pages import SCHEMES, WIDTHS


def test_a_narrow_window_shows_the_narrow_drawing_alone(opened: Open, address: str) -> None:
    page = opened(address, width=360)
    assert page.locator(".drawing-narrow").first.is_visible()
    assert not page.locator(".drawing-wide").first.is_visible()


def test_the_text_of_a_drawing_is_at_least_twelve_pixels_high_at_360(opened: Open, address: str) -> None:
    page = opened(address + "results/figures/", width=360)
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('.drawing-narrow svg')].flatMap(svg => {
            const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
            return [...svg.querySelectorAll('text')].map(text => parseFloat(text.getAttribute('font-size')) * scale)
        }))"""
    )
    # The narrow drawings are made for a column of 328 pixels; a twentieth of a pixel is lost in rounding.
    assert smallest >= 11.95


def test_labels_of_a_drawing_do_not_overlap_in_the_browser(opened: Open, address: str) -> None:
    for width in WIDTHS:
        page = opened(address + "results/figures/", width=width)
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


def test_drawings_take_the_colours_of_the_theme(opened: Open, address: str) -> None:
    colours = {
        scheme: opened(address, scheme=scheme).evaluate(
            "getComputedStyle(document.querySelector('.drawing svg text')).fill"
        )
        for scheme in SCHEMES
    }
    assert colours["light"] != colours["dark"]
