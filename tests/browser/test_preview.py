"""The page of a preview on a phone: the names of rows stay in view while the other columns scroll."""

from playwright.sync_api import Browser

from analysis.contract import Preview, Section
from site_src.components.faces import HTML

NAME = "compute.sevilla2022.since_2010.doubling_time_bootstrap"
ROW = (
    NAME,
    "5.471 months (4.971 to 6.136)",
    "5.474 months (4.973 to 6.144)",
    "1.001×",
    "data/studies/sevilla2022.csv#a",
)
PREVIEW = Preview(
    title="Changed",
    sections=(Section(title="Quantities", columns=("Quantity", "From", "To", "Ratio", "Because of"), rows=(ROW,)),),
    faults=(),
)
NARROW = 360


def test_the_name_of_a_row_stays_in_view_and_leaves_room_for_a_value(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": NARROW, "height": 900})
    page.set_content(HTML.component("preview", preview=PREVIEW))
    name, value = page.locator("tbody td").nth(0), page.locator("tbody td").nth(1)
    before, beside = name.bounding_box(), value.bounding_box()
    assert before is not None
    assert beside is not None
    assert beside["x"] + beside["width"] <= NARROW
    # The table is wider than the screen, the page is not.
    assert page.locator(".scroll").evaluate("box => { box.scrollLeft = 1000; return box.scrollLeft }") > 0
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW
    assert name.bounding_box() == before
    page.close()
