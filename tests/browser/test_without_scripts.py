"""The site where no script runs."""

from tests.browser.conftest import Open
from tests.browser.pages import COMPUTE, KINDS, OLDER, WIDTHS

# What a page lacks, and its controls that are dead. Those that do something without a script are links, what is shown or
# hidden by the browser itself, and fields that CSS listens to.
FAULTS = """() => {
    const all = selector => [...document.querySelectorAll(selector)]
    const seen = one => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 0
    const shown = {
        'one heading': all('h1').length === 1 && all('h1').every(seen),
        'a text': document.querySelector('article').innerText.length > 100,
        'each figure': all('figure.figure').every(figure => [...figure.querySelectorAll('svg')].some(seen)),
        'the sections': all('nav[aria-label=Tabs] a').filter(seen).length > 5,
        'the scheme switch, which is dead': !all('.scheme-switch').some(seen),
        'the search, which is dead': !all('[name=query]').some(seen),
    }
    const dead = all('button, input, select, textarea, [role=button]')
        .filter(one => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .filter(one => !one.closest('.figure-controls') && !one.popoverTargetElement && one.id !== '__drawer')
    return [...Object.keys(shown).filter(what => !shown[what]), ...dead.map(one => one.outerHTML)]
}"""


def test_every_kind_of_page_shows_its_content_and_no_control_that_is_dead(
    opened: Open, root: str, address: str
) -> None:
    page = opened("about:blank", scripts=False)
    found: dict[str, list[str]] = {}
    for place in (*(address + kind for kind in (*KINDS, "404.html")), *(f"{root}{older}/" for older in OLDER)):
        page.goto(place)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found[f"{place} at {width}"] = page.evaluate(FAULTS)
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_in_a_narrow_window_the_drawer_opens_and_leads_on(opened: Open, address: str) -> None:
    page = opened(address + COMPUTE, width=360, scripts=False)
    link = page.locator(".md-sidebar--primary").get_by_role("link", name="AI and efficiency", exact=True)
    assert not link.is_visible()
    page.locator(".md-header label[for=__drawer]").click()
    link.click()
    assert page.url == f"{address}posts/2020-05-05-ai-and-efficiency/"


def test_the_tables_of_a_page_are_all_there(opened: Open, address: str) -> None:
    page = opened(address + "results/ledger/", scripts=False)
    rows = page.locator(".ledger tbody tr")
    assert rows.count() > 100
    page.locator(".ledger-group > summary").last.click()
    assert rows.last.is_visible()
