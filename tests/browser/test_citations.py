"""Notes and citations: in the margin of a wide window, opened in place elsewhere."""

import pytest

from tests.browser.conftest import Open
from tests.browser.far import begin
from tests.browser.pages import APPENDIX, COMPUTE, WIDTHS

EFFICIENCY = "posts/2020-05-05-ai-and-efficiency/"
READ = (COMPUTE, EFFICIENCY, APPENDIX, "appendix/ai-and-efficiency-methods/", "data/")
# The boxes of all that the margin shows, and of all that is wider than the text.
CLASHES = """() => {
    const boxes = selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility())
        .map(e => [e.id || e.className, e.getBoundingClientRect()])
    const meet = (p, q) => p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 1 && q.top < p.bottom - 1
    const beside = boxes('.beside'), wide = boxes('figure, .table-box, .worked, .citation, details')
    const clashes = beside.flatMap(([a, p], i) => [...beside.slice(i + 1), ...wide]
        .filter(([, q]) => meet(p, q)).map(([b]) => `${a} meets ${b}`))
    return [beside.length, [...clashes, ...beside.filter(([, p]) => p.left < 0 || p.right > innerWidth)]]
}"""


@pytest.mark.parametrize("width", [1280, 1440])
def test_what_stands_in_the_margin_meets_nothing_and_stays_on_the_page(opened: Open, address: str, width: int) -> None:
    page = opened(address, width=width)
    for kind in READ:
        page.goto(address + kind)
        shown, clashes = page.evaluate(CLASHES)
        assert shown > 0, kind
        assert clashes == [], kind


def test_the_margin_needs_no_script(opened: Open, address: str) -> None:
    page = opened(address + COMPUTE, scripts=False)
    # One that has the margin to itself: a note right above would push it down.
    note, letter = page.locator("#aside-noteref-c"), page.locator("#noteref-c")
    assert note.is_visible()
    # It begins at the line that names it, give or take half a line of the text.
    assert abs(note.bounding_box()["y"] - letter.bounding_box()["y"]) < 15  # type: ignore[index]


def test_without_scripts_a_letter_and_a_number_lead_to_the_foot_of_a_narrow_page(opened: Open, address: str) -> None:
    page = opened(address + COMPUTE, width=360, scripts=False)
    page.locator("#noteref-a").click()
    assert page.url.endswith("#note-a")
    assert page.locator("#note-a").is_visible()
    page.locator(".cite > a").first.click()
    assert page.url.endswith("#ref-amodei2018ai")


@pytest.mark.parametrize("way", ["click", "Enter"])
@pytest.mark.parametrize("place", ["noteref-a", "cite-krizhevsky2012imagenet-1"])
def test_in_a_narrow_window_a_mark_opens_in_place_and_escape_closes_it(
    opened: Open, address: str, place: str, way: str
) -> None:
    page = opened(address + COMPUTE, width=360)
    anchor = page.locator(f"#{place}")
    aside = page.locator(f"#{anchor.get_attribute('aria-describedby')}")
    begin(page)
    anchor.scroll_into_view_if_needed()
    before = page.locator("article").bounding_box()
    assert not aside.is_visible()
    if way == "click":
        anchor.click()
    else:
        anchor.press(way)
    assert aside.is_visible()
    assert anchor.get_attribute("aria-expanded") == "true"
    assert aside.get_attribute("aria-hidden") is None
    assert page.locator("article").bounding_box() == before
    page.keyboard.press("Escape")
    # Longer than the mouse has to rest on a mark: what is closed stays closed under it.
    page.wait_for_timeout(300)
    assert not aside.is_visible()
    assert page.url == address + COMPUTE


def test_the_mouse_opens_a_work_that_the_margin_does_not_show(opened: Open, address: str) -> None:
    page = opened(address + COMPUTE)
    page.locator(".admonition .cite > a").first.hover()
    page.locator(".aside:popover-open", has_text="Amodei and Hernandez 2018").wait_for()
    page.mouse.move(5, 5)
    page.locator(".aside:popover-open").wait_for(state="hidden")


def test_two_marks_that_open_one_aside_tell_which_of_them_did(opened: Open, address: str) -> None:
    page = opened(address + APPENDIX, width=360)
    first, second = (page.locator("td .cite > a[href='#ref-amodei2018ai']").nth(n) for n in (0, 1))
    for mark, other in ((first, second), (second, first)):
        mark.evaluate("mark => mark.click()")
        assert page.locator(".aside:popover-open").count() == 1
        assert mark.get_attribute("aria-expanded") == "true"
        assert other.get_attribute("aria-expanded") != "true"


@pytest.mark.parametrize("width", WIDTHS)
def test_no_aside_leaves_the_window(opened: Open, address: str, width: int) -> None:
    page = opened(address + COMPUTE, width=width)
    tried, outside = page.evaluate(
        """() => {
            const marks = [...document.querySelectorAll('.cite a[href]')]
                .filter(a => !document.getElementById(a.getAttribute('aria-describedby')).checkVisibility())
            return [marks.length, marks.filter(mark => {
                mark.scrollIntoView({ block: 'center' })
                mark.click()
                const box = document.querySelector('.aside:popover-open').getBoundingClientRect()
                document.querySelector('.aside:popover-open').hidePopover()
                return box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight
            }).map(mark => mark.id)]
        }"""
    )
    assert tried > 0
    assert outside == []


def test_the_text_of_a_note_is_read_aloud_once(opened: Open, address: str) -> None:
    page = opened(address + COMPUTE)
    tree = page.locator("article").aria_snapshot()
    assert tree.count("The unit multiplies a rate by a time") == 1
