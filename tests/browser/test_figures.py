"""Figures as a reader meets them, with a pointer, a keyboard or a finger, with scripts and without."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from site_src.components.figure import MOST_ROWS
from tests.browser.conftest import Open
from tests.browser.pages import COMPUTE, OLDER, SCHEMES, WIDTHS

TREND = "figure-compute-modern-trend"
LEVEL = "figure-efficiency-alexnet-level"
ALL = "results/figures/"
# Where the rows of the figures are, below an edition.
FIGURES = "files/figures"
# The words that cover each other in the drawings that are shown.
OVERLAPS = """() => [...document.querySelectorAll('.drawing svg')].filter(svg => svg.checkVisibility()).flatMap(svg => {
    const boxes = [...svg.querySelectorAll('text')]
        .map(text => [text.textContent, text.getBoundingClientRect()])
    const hits = []
    boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
        const dx = Math.min(p.right, q.right) - Math.max(p.left, q.left)
        const dy = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top)
        if (dx > 1 && dy > 4) hits.push(`${a} / ${b}`)
    }))
    return hits
})"""


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def every_figure(request: pytest.FixtureRequest, opened: Open, address: str) -> Page:
    """The page with every figure, where scripts run and where they do not."""
    return opened(address + ALL, scripts=request.param)


def laid_out(page: Page) -> Page:
    """The page with the drawings that are out of sight laid out as well, so that all can be measured at once."""
    page.evaluate("for (const one of document.querySelectorAll('.drawing')) one.style.contentVisibility = 'visible'")
    return page


def rows(pages: Path, name: str) -> list[dict[str, str]]:
    """The rows of a figure as readers download them."""
    with (pages / FIGURES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shown(figure: Locator, part: str) -> int:
    """How many parts of a kind a figure shows."""
    count: int = figure.evaluate(
        """(figure, part) => [...figure.querySelectorAll(part)].filter(one => {
            const { width, height } = one.getBoundingClientRect()
            return width || height
        }).length""",
        part,
    )
    return count


def choose(page: Page, anchor: str, name: str, value: str) -> None:
    """Clicks a control of a figure, among those that are folded once they are opened."""
    control = page.locator(f"#{anchor} input[name='{anchor}-{name}'][value='{value}']")
    for folded in control.locator("xpath=ancestor::details[not(@open)]/summary").all():
        folded.click()
    control.click()


def words_of(page: Page) -> list[str]:
    """What stands in the tooltip: the name, then each term and what it says."""
    return [text.strip() for text in page.locator(".figure-tip :is(strong, dt, dd)").all_inner_texts()]


def row_words(page: Page, anchor: str, row: str) -> list[str]:
    """What the table of a figure says of a row, in the same order."""
    words: list[str] = page.evaluate(
        """id => {
            const row = document.getElementById(id)
            const headings = row.closest('table').tHead.rows[0].cells
            const [name, ...cells] = row.cells
            return [name.textContent, ...cells.flatMap(c => [headings[c.cellIndex].textContent, c.textContent])]
        }""",
        f"{anchor}-row-{row}",
    )
    return words


def test_a_narrow_window_shows_the_narrow_drawing_alone(opened: Open, address: str) -> None:
    page = opened(address, width=360)
    assert page.locator(".drawing-narrow").first.is_visible()
    assert not page.locator(".drawing-wide").first.is_visible()


def test_the_text_of_a_figure_is_at_least_twelve_pixels_high_at_360(opened: Open, address: str) -> None:
    page = laid_out(opened(address + ALL, width=360))
    page.locator(f"#{TREND} ~ .figure-data summary").first.click()
    drawn, beside = page.evaluate(
        """() => {
            const size = element => parseFloat(getComputedStyle(element).fontSize)
            const svgs = [...document.querySelectorAll('.drawing-narrow svg')].filter(svg => svg.checkVisibility())
            const beside = '.figure-controls *, figcaption *, .figure-data :is(summary, th, td)'
            return [
                Math.min(...svgs.flatMap(svg => {
                    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
                    return [...svg.querySelectorAll('text')].map(text => size(text) * scale)
                })),
                Math.min(...[...document.querySelectorAll(beside)].map(size)),
            ]
        }"""
    )
    # The narrow drawings are made for a column of 328 pixels; a twentieth of a pixel is lost in rounding.
    assert drawn >= 11.95
    assert beside >= 12


@pytest.mark.parametrize("width", WIDTHS)
def test_no_words_of_a_drawing_overlap_in_any_view(opened: Open, address: str, width: int) -> None:
    page = laid_out(opened(address + ALL, width=width))
    assert page.evaluate(OVERLAPS) == []
    for control in page.locator("input:is([value=linear], [value=errors])").all():
        control.check()
    assert page.evaluate(OVERLAPS) == []


def test_drawings_take_the_colours_of_the_theme(opened: Open, address: str) -> None:
    colours = {
        scheme: opened(address, scheme=scheme).evaluate(
            "getComputedStyle(document.querySelector('.drawing svg text')).fill"
        )
        for scheme in SCHEMES
    }
    assert colours["light"] != colours["dark"]


def test_a_reader_chooses_what_a_figure_shows(every_figure: Page, pages: Path) -> None:
    page = every_figure
    runs, networks = rows(pages, "compute.modern_trend"), rows(pages, "efficiency.alexnet_level")
    records = sum(network["on_frontier"] == "True" for network in networks)
    trend, level = page.locator(f"#{TREND}"), page.locator(f"#{LEVEL}")
    # The fit is the line and the words on it.
    assert (shown(trend, ".point"), shown(trend, ".error-bar"), shown(trend, ".fit")) == (len(runs), 0, 2)
    assert "logarithmic axis" in trend.locator("desc").first.text_content()
    assert trend.locator("svg:visible").get_attribute("data-scale") == "log"
    choose(page, TREND, "scale", "linear")
    assert trend.locator("svg:visible").get_attribute("data-scale") == "linear"
    choose(page, TREND, "errors", "errors")
    choose(page, TREND, "fit", "fit")
    choose(page, TREND, "interval", "interval")
    assert (shown(trend, ".error-bar"), shown(trend, ".fit"), shown(trend, ".interval")) == (len(runs), 0, 0)
    choose(page, TREND, "games", "games")
    others = sum(run["domain"] != "games" for run in runs)
    assert (shown(trend, ".point"), shown(trend, ".error-bar")) == (others, others)
    assert shown(trend, ".label[data-row=alphazero]") == 0
    assert (shown(level, ".point"), shown(level, ".moore")) == (len(networks), 2)
    choose(page, LEVEL, "runs", "record")
    choose(page, LEVEL, "moore", "moore")
    assert (shown(level, ".point"), shown(level, ".label"), shown(level, ".moore")) == (records, records, 0)


def test_controls_are_easy_to_hit_and_named_apart(opened: Open, address: str) -> None:
    page = opened(address + ALL, width=360)
    page.locator(".figure-filter summary").evaluate_all("all => all.forEach(one => one.click())")
    heights = page.locator(".figure-controls :is(label, summary), .downloads > :not([hidden])").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 24
    names = page.locator("input").evaluate_all(
        "all => all.filter(one => one.closest('.figure')).map(one => `${one.name} ${one.value}`)"
    )
    assert len(names) == len(set(names))


def test_a_point_says_what_it_is_where_no_script_runs(opened: Open, address: str) -> None:
    page = opened(address + ALL, scripts=False)
    point = page.locator(f"#{TREND} .point:visible").first
    assert point.locator("title").text_content() == "AlexNet, 1 June 2012, 0.00579\u00a0pfs-days"
    assert not page.locator("[data-enlarge]").first.is_visible()
    page.locator(f"#{TREND} ~ .figure-data summary").first.click()
    link = page.locator(f"#{TREND}-row-alexnet a")
    assert link.is_visible()
    link.click()
    assert page.url.endswith("systems/alexnet/#worked.alexnet.gpu_time_charted")
    assert page.locator('[id="worked.alexnet.gpu_time_charted"]').count() == 1


def test_a_pointer_near_a_point_reads_it_from_the_table(opened: Open, address: str) -> None:
    page = opened(address + ALL)
    point = page.locator(f"#{TREND} .point[data-row=dqn]:visible")
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2 + 12, box["y"] + box["height"] / 2 + 9)
    page.locator(".figure-tip").wait_for()
    words = words_of(page)
    assert words == row_words(page, TREND, "dqn")
    assert words[0] == "DQN"
    # Date, compute in both units, error range and method.
    assert {"2013-12-19", "2.778 × 10⁻⁵", "2.400 × 10¹⁵", "1.389 × 10⁻⁵ to 5.556 × 10⁻⁵"} <= {
        word.replace("\u00a0", " ") for word in words
    }
    assert "Counting operations" in words
    # It stays while the pointer is on it, its link leads on, and it goes once the pointer has left.
    page.locator(".figure-tip").hover()
    page.wait_for_timeout(500)
    assert "systems/dqn/#worked.dqn." in page.locator(".figure-tip a").get_attribute("href")
    page.mouse.move(2, 500)
    page.locator(".figure-tip").wait_for(state="hidden")


def test_arrow_keys_walk_the_points_by_date_and_enter_follows_one(opened: Open, address: str) -> None:
    page = opened(address + ALL)
    svg = page.locator(f"#{TREND} svg:visible")
    assert svg.locator('[tabindex="0"]').count() == 1
    svg.locator('[tabindex="0"]').focus()
    # Once more to the right than there are points: the end holds.
    walked = [page.evaluate("document.activeElement.dataset.row")]
    for _ in range(15):
        page.keyboard.press("ArrowRight")
        walked.append(page.evaluate("document.activeElement.dataset.row"))
    dates = page.locator(f"#{TREND}-data td.date").all_text_contents()
    rows = page.locator(f"#{TREND}-data tbody tr").evaluate_all("all => all.map(row => row.id)")
    assert dates == sorted(dates)
    assert [f"{TREND}-row-{row}" for row in walked] == [*rows, rows[-1]]
    page.locator(".figure-tip").wait_for()
    assert words_of(page)[0] == "AlphaZero"
    focused = page.locator(":focus")
    assert focused.get_attribute("aria-describedby") == page.locator(".figure-tip").get_attribute("id")
    assert (focused.get_attribute("role"), svg.locator('[tabindex="0"]').count()) == ("link", 1)
    page.keyboard.press("Escape")
    page.locator(".figure-tip").wait_for(state="hidden")
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.dataset.row") == "alexnet"
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.row") == "alphago-zero"
    page.keyboard.press("Enter")
    page.wait_for_url("**/systems/alphago-zero/**")


def test_keys_pass_over_points_that_are_hidden_and_one_stop_stays(opened: Open, address: str) -> None:
    page = opened(address + ALL)
    for domain in ("vision", "fundamentals"):
        choose(page, TREND, domain, domain)
    stop = page.locator(f'#{TREND} svg:visible [tabindex="0"]')
    # AlexNet, Dropout and Zeiler and Fergus are hidden.
    assert stop.get_attribute("data-row") == "dqn"
    stop.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.dataset.row") == "seq2seq"


@pytest.fixture
def touched(browser: Browser) -> Iterator[Page]:
    """A window that is touched."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def test_a_tap_reads_a_point_and_a_tap_elsewhere_closes_it(touched: Page, address: str) -> None:
    touched.goto(address + ALL)
    point = touched.locator(f"#{TREND} .point[data-row=alphago-zero]:visible")
    point.scroll_into_view_if_needed()
    point.tap()
    touched.locator(".figure-tip").wait_for()
    assert words_of(touched) == row_words(touched, TREND, "alphago-zero")
    touched.locator(f"#{TREND} figcaption p").first.tap()
    touched.locator(".figure-tip").wait_for(state="hidden")


def test_a_scroll_closes_what_a_point_says(opened: Open, address: str) -> None:
    page = opened(address + ALL)
    page.locator(f"#{TREND} .point:visible").first.focus()
    page.locator(".figure-tip").wait_for()
    page.mouse.wheel(0, 300)
    page.locator(".figure-tip").wait_for(state="hidden")


@pytest.mark.parametrize("width", WIDTHS)
def test_what_a_point_says_never_leaves_the_window(opened: Open, address: str, pages: Path, width: int) -> None:
    page = opened(address + ALL, width=width)
    points, outside = page.evaluate(
        """() => {
            const points = [...document.querySelectorAll('figure:not(:has(+ p > [data-rows])) .point')]
                .filter(point => point.getBoundingClientRect().width)
            const outside = points.filter(point => {
                const place = point.getBoundingClientRect()
                if (place.top < 0 || place.bottom > innerHeight) point.scrollIntoView({ block: 'center' })
                const { left, top, width, height } = point.getBoundingClientRect()
                const at = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true }
                point.dispatchEvent(new MouseEvent('click', at))
                const tip = document.querySelector('.figure-tip:popover-open')
                if (!tip) return true
                const box = tip.getBoundingClientRect()
                return box.left < 0 || box.top < 0 || box.right > document.documentElement.clientWidth
                    || box.bottom > innerHeight
            })
            return [points.length, outside.map(point => point.dataset.row)]
        }"""
    )
    # A point for each row of the figures whose rows are on the page; the tasks have one in each of two panels.
    names = [path.stem for path in (pages / FIGURES).glob("*.csv")]
    counts = {name: len(rows(pages, name)) for name in names if len(rows(pages, name)) <= MOST_ROWS}
    assert points == sum(counts.values()) + counts["efficiency.across_tasks"]
    assert outside == []


def test_a_view_is_kept_in_the_address_and_opens_from_it(opened: Open, address: str, pages: Path) -> None:
    page = opened(address + ALL)
    choose(page, TREND, "scale", "linear")
    choose(page, TREND, "errors", "errors")
    choose(page, TREND, "games", "games")
    assert page.url == f"{address}{ALL}#{TREND}:scale=linear;errors=on;games=off"
    complaints: list[str] = []
    again = opened(address + ALL)
    again.on("pageerror", lambda error: complaints.append(str(error)))
    again.goto("about:blank")
    again.goto(page.url)
    figure = again.locator(f"#{TREND}")
    assert figure.locator("svg:visible").get_attribute("data-scale") == "linear"
    others = sum(run["domain"] != "games" for run in rows(pages, "compute.modern_trend"))
    assert (shown(figure, ".error-bar"), shown(figure, ".point")) == (others, others)
    assert again.evaluate(f"document.getElementById('{TREND}').getBoundingClientRect().top < innerHeight / 2")
    # Back to what is shown at first, the address names the figure alone.
    for name, value in (("scale", "log"), ("errors", "errors"), ("games", "games")):
        choose(again, TREND, name, value)
    assert again.url == f"{address}{ALL}#{TREND}"
    assert complaints == []


@pytest.mark.parametrize(
    "fragment", ["%E0%A4%A", "no-such:scale=linear", f"{TREND}:scale=round;x;games=maybe", "a'b\"]:c=d"]
)
def test_an_address_that_says_nonsense_does_no_harm(browser: Browser, address: str, pages: Path, fragment: str) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}{ALL}#{fragment}")
    assert shown(page.locator(f"#{TREND}"), ".point") == len(rows(pages, "compute.modern_trend"))
    page.close()
    assert complaints == []


def test_a_figure_fills_the_window_and_goes_back_to_its_place(opened: Open, address: str) -> None:
    page = opened(address + ALL)
    figure = page.locator(f"#{TREND}")
    before = figure.bounding_box()
    button = figure.locator("[data-enlarge]")
    button.click()
    dialog = page.locator("dialog.figure-dialog")
    box = dialog.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (1280, 900)
    assert dialog.locator(".drawing-wide.scale-log svg").bounding_box()["width"] > 1000  # type: ignore[index]
    choose(page, TREND, "scale", "linear")
    assert dialog.locator("svg:visible").get_attribute("data-scale") == "linear"
    # Words of a point can be reached within the dialog; the first Escape closes them, the second the dialog.
    dialog.locator('svg:visible [tabindex="0"]').focus()
    dialog.locator(".figure-tip").wait_for()
    page.keyboard.press("Escape")
    dialog.locator(".figure-tip").wait_for(state="hidden")
    assert dialog.is_visible()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert page.evaluate("document.activeElement.hasAttribute('data-enlarge')")
    assert figure.locator("> .drawing").count() == 4
    choose(page, TREND, "scale", "log")
    after = figure.bounding_box()
    assert before is not None
    assert after is not None
    assert (after["width"], after["height"]) == (before["width"], before["height"])
    button.click()
    dialog.get_by_role("button", name="Close").click()
    dialog.wait_for(state="detached")


def test_paper_shows_the_wide_drawing_in_black_without_controls(opened: Open, address: str) -> None:
    page = opened(address + COMPUTE, width=360, scheme="dark")
    page.emulate_media(media="print")
    figure = page.locator(f"#{TREND}")
    assert figure.locator(".drawing-wide.scale-log").is_visible()
    assert not figure.locator(".drawing-narrow").first.is_visible()
    for hidden in (".figure-controls", ".downloads"):
        assert not figure.locator(hidden).is_visible()
    inks = figure.locator(".drawing-wide.scale-log svg .label text").first.evaluate(
        "text => getComputedStyle(text).fill"
    )
    assert inks == "rgb(0, 0, 0)"
    assert figure.evaluate("figure => getComputedStyle(figure).breakInside") == "avoid"


def test_the_page_of_a_figure_has_its_table_once(opened: Open, address: str) -> None:
    page = opened(address + "figures/compute-modern-trend/")
    assert page.locator(f"#{TREND}-data").count() == 1
    assert page.locator(f"#{TREND}-data").is_visible()


def test_figures_of_older_editions_can_be_explored(opened: Open, root: str) -> None:
    for edition in OLDER:
        page = opened(f"{root}{edition}/{ALL}")
        page.locator(f"#{TREND} .point:visible").first.focus()
        page.locator(".figure-tip").wait_for()
        assert words_of(page)[0] == "AlexNet"
