"""Tables: in a box that scrolls in a narrow window, with their heading in sight. With the pages: in it at all."""

import pytest

from tests.browser.conftest import Open
from tests.browser.pages import COMPUTE


@pytest.mark.parametrize("scripts", [True, False])
def test_a_wide_table_scrolls_in_a_narrow_window_by_keyboard(opened: Open, address: str, scripts: bool) -> None:
    page = opened(address + COMPUTE, width=360, scripts=scripts)
    box = page.locator("#table-compute-trends .table-box")
    assert box.get_attribute("tabindex") == "0"
    assert box.get_attribute("aria-label") == "Table"
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    box.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert box.evaluate("box => box.scrollLeft") > 0
    # The names of the rows stay.
    name = box.locator("tbody td").first
    assert abs(name.bounding_box()["x"] - box.bounding_box()["x"]) <= 1  # type: ignore[index]


def test_the_heading_of_a_table_stays_in_its_box_when_that_scrolls(opened: Open, address: str) -> None:
    page = opened(address + COMPUTE, width=360)
    box = page.locator("#table-compute-trends .table-box")
    box.evaluate("box => box.scrollTop = 200")
    assert box.evaluate("box => box.scrollTop") > 0
    assert abs(box.locator("th").first.bounding_box()["y"] - box.bounding_box()["y"]) <= 2  # type: ignore[index]


def test_the_heading_of_a_table_stays_below_the_header_of_a_wide_window(opened: Open, address: str) -> None:
    page = opened(address + "results/ledger/")
    page.locator(".ledger-group > summary").first.click()
    page.locator(".ledger tbody tr").nth(12).evaluate("row => scrollTo(0, row.getBoundingClientRect().top + scrollY)")
    heading = page.locator(".ledger th").first.bounding_box()
    header = page.locator(".md-header").bounding_box()
    assert heading is not None
    assert header is not None
    assert abs(heading["y"] - header["height"]) <= 2


@pytest.mark.parametrize("width", [1280, 360])
def test_the_keyboard_stops_at_those_boxes_alone_that_scroll(opened: Open, address: str, width: int) -> None:
    page = opened(address + COMPUTE, width=width)
    seen = set()
    for box in page.locator(".table-box:visible").all():
        box.scroll_into_view_if_needed()
        page.wait_for_timeout(50)
        stops, scrolls = box.evaluate(
            "box => [box.tabIndex === 0, box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight]"
        )
        assert stops == scrolls
        seen.add(stops)
    assert seen == ({False} if width == 1280 else {False, True})
