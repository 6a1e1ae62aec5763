"""The what-if panel: its numbers are those of the analysis, and its controls do what they say."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from analysis.errors import TrendError
from analysis.inputs.dataset import Dataset
from analysis.model.study import Study, analyse
from analysis.model.what_if import Settings, assumes_utilisation, example, neighbours, outcome, with_factors
from analysis.numerals import numeral
from analysis.units import convert, to_base
from tests.browser.conftest import Open
from tests.browser.pages import COMPUTE, WIDTHS

# The edition whose numbers the post keeps, and the digits that the words of the panel have.
SETTLED = "2019-11"
DIGITS = 3
# The panel and the analysis add up the same terms in another order, and the panel starts from twelve digits.
CLOSE = 1e-9
# Sets the controls by name, and gives the numbers behind each output in turn.
TRY = """grid => {
    const form = document.getElementById("what-if")
    return grid.map(states => {
        for (const [name, state] of Object.entries(states)) {
            const control = form.elements[name]
            if (control.type === "checkbox") control.checked = state
            else control.value = state
        }
        form.dispatchEvent(new Event("input"))
        const outputs = [...form.querySelectorAll("[data-output]")]
        return Object.fromEntries(outputs.map(output => [output.dataset.output, output.dataset.value.split(" ")]))
    })
}"""


@pytest.fixture(scope="module")
def settled(dataset: Dataset) -> Study:
    """The study that the post takes its numbers from."""
    return analyse(dataset, SETTLED)


def ready(page: Page) -> Page:
    """A page whose panel a reader has come to, so that it answers."""
    page.locator("#what-if").scroll_into_view_if_needed()
    expect(page.locator("#what-if .drawing-narrow .what-if-line")).to_be_attached()
    return page


@pytest.fixture(scope="module")
def panel(browser: Browser, address: str) -> Iterator[Page]:
    """The post, opened once for all that leave it as they found it or set every control themselves."""
    page = browser.new_page()
    page.goto(address + COMPUTE)
    yield ready(page)
    page.close()


@pytest.fixture
def with_own_run(opened: Open, address: str) -> Page:
    """The post, with the part of the panel unfolded that a run is entered in."""
    page = ready(opened(address + COMPUTE))
    page.get_by_text("Your own run").click()
    return page


def states(study: Study, settings: Settings) -> dict[str, Any]:
    """The controls of the panel under some settings."""
    return {
        "utilisation": str(convert(settings.utilisation, "1", "percent")),
        "error": str(settings.error_factor),
        "start": str(settings.first_year),
        "domain": settings.domain,
        "which": settings.which,
        **{f"with.{point.slug}": point.slug not in settings.left_out for point in study.era("modern")},
    }


def expected(study: Study, settings: Settings) -> dict[str, list[float | None]]:
    """What the panel should give under some settings: nothing where there is no rising line."""
    nothing: dict[str, list[float | None]] = {
        "doubling-time": [None],
        "interval": [None, None],
        "growth": [None],
        "worst-case": [None, None],
    }
    try:
        found = outcome(study, settings)
    except TrendError:
        return nothing
    if found.trend.slope <= 0:
        return nothing
    months = found.trend.doubling_time_months
    return {
        "doubling-time": [months.value],
        "interval": [months.low, months.high],
        "growth": [found.trend.growth_per_year.value],
        "worst-case": [found.worst_case_months.low, found.worst_case_months.high],
        "n": [found.trend.n],
    }


def numbers(texts: list[str]) -> list[float | None]:
    """The numbers behind an output."""
    return [None if number == "none" else float(number) for number in texts]


def same(ours: list[float | None], theirs: list[float | None]) -> bool:
    """Whether bounds are missing at the same places and all other numbers are close."""
    return len(ours) == len(theirs) and all(
        one is other if one is None or other is None else one == pytest.approx(other, rel=CLOSE, abs=0)
        for one, other in zip(ours, theirs, strict=True)
    )


def test_the_panel_computes_what_the_analysis_computes(panel: Page, settled: Study) -> None:
    points = [
        ("all", "", ()),
        ("records", "", ()),
        ("all", "vision", ()),
        ("all", "games", ()),
        ("all", "", ("dqn",)),
        ("records", "", ("alphago-zero", "neural-machine-translation")),
    ]
    grid = [
        Settings(
            utilisation=utilisation,
            first_year=year,
            domain=domain,
            left_out=frozenset(left_out),
            which="records" if which == "records" else "all",
            error_factor=error,
        )
        for utilisation, year, (which, domain, left_out), error in itertools.product(
            (0.05, 0.333, 0.5, 1.0), (2012, 2013, 2014, 2016), points, (1.0, 2.0, 10.0)
        )
    ]
    outcomes = panel.evaluate(TRY, [states(settled, settings) for settings in grid])
    for settings, ours in zip(grid, outcomes, strict=True):
        for name, theirs in expected(settled, settings).items():
            assert same(numbers(ours[name]), theirs), (settings, name)
    # The grid reaches lines with and without bounds, and settings without a line.
    assert {tuple(number is None for number in numbers(ours["interval"])) for ours in outcomes} == {
        (False, False),
        (False, True),
        (True, True),
    }


@pytest.mark.parametrize(
    ("way", "units", "grid"),
    [
        (
            "gpu_time",
            {"devices": "device", "peak_rate": "TFLOP/s", "training_time": "day", "utilisation": "percent"},
            ((1, 16, 25_000), (0.5, 312), (0.25, 90), (1, 33.3, 100)),
        ),
        (
            "operations",
            {"images": "example", "epochs": "epoch", "forward_macs": "GMAC"},
            ((1e3, 1.28e6, 3e11), (0.5, 90), (1e-3, 16, 1e5)),
        ),
    ],
)
def test_the_estimator_computes_what_the_analysis_computes(
    panel: Page, settled: Study, way: str, units: dict[str, str], grid: tuple[tuple[float, ...], ...]
) -> None:
    calculation = example(settled, way)
    runs = [dict(zip(units, values, strict=True)) for values in itertools.product(*grid)]
    outcomes = panel.evaluate(
        TRY, [{"way": way} | {f"{way}.{name}": str(value) for name, value in run.items()} for run in runs]
    )
    for run, ours in zip(runs, outcomes, strict=True):
        in_base_units = {name: to_base(value, units[name]) for name, value in run.items()}
        factors = {t.name: in_base_units[t.name] / to_base(1, t.unit) for t in calculation.terms if t.name in run}
        estimate = with_factors(calculation, factors)
        pfs_days, flop, *places = ours["run"]
        assert float(pfs_days) == pytest.approx(estimate.compute_pfs_days, rel=CLOSE, abs=0)
        assert float(flop) == pytest.approx(estimate.compute_flop, rel=CLOSE, abs=0)
        beside = neighbours(settled.era("modern"), estimate.compute_flop)
        assert places == [point.slug if point else "none" for point in (beside.below, beside.same, beside.above)]


def test_numbers_are_spelled_as_everywhere(panel: Page) -> None:
    days = [10.0**power * digits for power in range(-9, 16) for digits in (1, 2.346)]
    spelled = panel.evaluate(
        """days => days.map(days => {
            const form = document.getElementById("what-if")
            form.elements.way.value = "gpu_time"
            for (const [name, value] of [["devices", 1], ["peak_rate", 1000], ["utilisation", 100], ["training_time", days]])
                form.elements[`gpu_time.${name}`].value = value
            form.dispatchEvent(new Event("input"))
            return form.querySelector("[data-output=run]").textContent
        })""",
        days,
    )
    # A petaflop/s for a day is a pfs-day. In a page, a number stays on one line.
    for day, words in zip(days, spelled, strict=True):
        if 1e-9 <= day <= 1e15:
            number = f"{numeral(day, DIGITS)} pfs-days".replace(" ", "\u00a0")
            assert words.startswith(f"{number}, or "), day


def test_nothing_is_drawn_until_a_reader_comes_near(opened: Open, address: str) -> None:
    page = opened(address + COMPUTE)
    assert page.locator("#what-if svg").count() == 0
    assert ready(page).locator("#what-if .drawing > svg").count() == 2


def test_at_first_the_panel_shows_the_published_result(opened: Open, address: str) -> None:
    page = ready(opened(address + COMPUTE))
    rows = page.locator("#what-if tbody tr").all()
    assert len(rows) == 4
    for row in rows:
        published, yours = row.locator("td").all_inner_texts()[1:]
        assert published == yours
    assert "as published" in page.locator("[data-output=summary]").inner_text()


def test_at_first_the_line_lies_on_the_published_one_and_the_run_on_its_system(with_own_run: Page) -> None:
    boxes = with_own_run.evaluate(
        """() => Object.fromEntries([".fit path", ".what-if-line", ".point[data-row=alexnet]",
            ".what-if-run"].map(part => {
            const box = document.querySelector(`#what-if .drawing-wide ${part}`).getBoundingClientRect()
            return [part, [box.left, box.top, box.right, box.bottom]]
        }))"""
    )
    published, line, point, run = boxes.values()
    assert line == pytest.approx(published, abs=2)
    assert run[1] == pytest.approx((point[1] + point[3]) / 2, abs=1)


def test_a_slider_moves_its_number_and_the_line(opened: Open, address: str, settled: Study) -> None:
    page = ready(opened(address + COMPUTE))
    line = page.locator("#what-if .drawing-wide .what-if-line")
    before = line.get_attribute("d")
    slider = page.get_by_label("Utilisation (%), slider")
    slider.fill("80")
    assert page.locator("[name=utilisation]").input_value() == "80"
    assert line.get_attribute("d") != before
    # The runs on hardware are moved, and ringed where they now stand.
    assert page.locator("#what-if .drawing-wide .what-if-point").count() == sum(
        assumes_utilisation(point) for point in settled.era("modern")
    )


def test_a_system_that_is_left_out_is_dimmed_and_not_counted(opened: Open, address: str) -> None:
    page = ready(opened(address + COMPUTE))
    page.get_by_text("Systems, one by one").click()
    page.locator("[name='with.dqn']").uncheck()
    assert page.locator("[data-output=n]").inner_text() == "14"
    left_out = page.locator("#what-if .drawing-wide .point.left-out")
    assert [point.get_attribute("data-row") for point in left_out.all()] == ["dqn"]


def test_too_few_points_and_a_falling_line_are_said_in_words(opened: Open, address: str, settled: Study) -> None:
    def summary(*left_in: str) -> str:
        out = ";".join(f"with.{p.slug}=off" for p in settled.era("modern") if p.slug not in left_in)
        return opened(f"{address}{COMPUTE}#what-if:{out}").locator("[data-output=summary]").inner_text()

    assert "Too few" in summary("dqn", "vgg")
    # 79, 32 and 7 pfs-days, one after the other.
    assert "does not rise" in summary("neural-machine-translation", "neural-architecture-search", "dota-1v1")


def test_a_run_is_drawn_where_its_fields_are_unfolded(opened: Open, address: str) -> None:
    page = ready(opened(address + COMPUTE))
    shown = [page.locator(f"#what-if {part}") for part in (".key-run", ".drawing-wide .what-if-layer text")]
    assert not any(part.is_visible() for part in shown)
    page.get_by_text("Your own run").click()
    assert all(part.is_visible() for part in shown)


def test_a_view_can_be_linked_and_left(with_own_run: Page, opened: Open) -> None:
    page = with_own_run
    page.get_by_label("First year").select_option("2013")
    page.get_by_label("Devices", exact=True).fill("64")
    page.get_by_label("Devices", exact=True).press("Tab")
    assert page.url.endswith("#what-if:start=2013;gpu_time.devices=64")
    summary = page.locator("[data-output=summary]").inner_text()
    again = opened(page.url)
    assert again.get_by_label("First year").input_value() == "2013"
    # What is folded at first is open where the view is about it.
    assert again.get_by_label("Devices", exact=True).is_visible()
    assert again.get_by_label("Devices", exact=True).input_value() == "64"
    assert not again.locator("[name='with.dqn']").is_visible()
    assert again.locator("[data-output=summary]").inner_text() == summary
    again.get_by_role("button", name="Back to the published settings").click()
    again.wait_for_url("**/#what-if")
    assert "as published" in again.locator("[data-output=summary]").inner_text()


def test_a_link_with_states_that_do_not_exist_leaves_the_panel_as_it_was(opened: Open, address: str) -> None:
    page = opened(f"{address}{COMPUTE}#what-if:domain=chess;start=1066;nothing=1;which;with.dqn=maybe")
    assert "as published" in page.locator("[data-output=summary]").inner_text()


@pytest.mark.parametrize(("label", "entry"), [("Error factor", "0.5"), ("Devices", "0"), ("Peak (TFLOP/s)", "")])
def test_a_field_says_which_number_it_expects(with_own_run: Page, label: str, entry: str) -> None:
    page = with_own_run
    field = page.get_by_label(label, exact=True)
    line = page.locator(f"[id='{field.get_attribute('aria-describedby')}']")
    assert not line.is_visible()
    field.fill(entry)
    assert line.is_visible()
    assert line.inner_text().startswith("Enter a number")
    assert field.get_attribute("aria-invalid") == "true"
    field.fill("3")
    assert not line.is_visible()


def test_a_device_brings_its_peak_and_a_peak_its_device(with_own_run: Page) -> None:
    page = with_own_run
    page.get_by_label("Device", exact=True).select_option(label="Tesla K80")
    assert page.get_by_label("Peak (TFLOP/s)").input_value() == "8.74"
    page.get_by_label("Peak (TFLOP/s)").fill("4.29")
    assert page.locator("#what-if-device option:checked").inner_text() == "Tesla K40"
    page.get_by_label("Peak (TFLOP/s)").fill("4.3")
    assert page.locator("#what-if-device option:checked").inner_text() == "another"


def test_a_run_beyond_the_chart_lies_at_its_end_and_says_so(opened: Open, address: str) -> None:
    for devices, word in (("1e9", "above"), ("1e-8", "below")):
        page = opened(f"{address}{COMPUTE}#what-if:gpu_time.devices={devices}")
        chart = page.locator("#what-if .drawing-wide")
        assert chart.locator(".what-if-layer text").text_content() == f"your run, {word} the chart"
        inside, around = chart.locator(".what-if-run").bounding_box(), chart.bounding_box()
        assert inside
        assert around
        assert around["y"] <= inside["y"] <= around["y"] + around["height"]


def test_without_scripts_the_published_result_stands_alone(opened: Open, address: str) -> None:
    page = opened(address + COMPUTE, scripts=False)
    panel = page.locator("#what-if")
    assert not panel.locator(".drawing").first.is_visible()
    assert panel.locator("tbody tr").first.locator("td").nth(1).inner_text().startswith("3.44")
    assert not any(control.is_visible() for control in panel.locator("input, select, button, output").all())
    assert not panel.get_by_text("Yours").is_visible()
    assert panel.get_by_text("enable JavaScript").is_visible()


def test_on_paper_only_published_results_are_left(opened: Open, address: str) -> None:
    page = opened(f"{address}{COMPUTE}#what-if:start=2014")
    introduction = page.get_by_text("Try it yourself")
    assert introduction.is_visible()
    page.emulate_media(media="print")
    assert not page.locator("#what-if").is_visible()
    assert not introduction.is_visible()
    assert page.locator("figure.figure .fit:visible").first.is_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_control_is_large_enough_and_inside_the_panel(opened: Open, address: str, width: int) -> None:
    page = ready(opened(address + COMPUTE, width=width))
    for folded in ("Systems, one by one", "Your own run"):
        page.get_by_text(folded).click()
    frame = page.locator("#what-if").bounding_box()
    assert frame
    # The label of a box is part of what can be pressed.
    for control in page.locator("#what-if").locator("input:not([type=checkbox]), select, button, li label").all():
        if box := control.bounding_box():
            assert box["height"] >= 24
            assert frame["x"] <= box["x"]
            assert box["x"] + box["width"] <= frame["x"] + frame["width"]


def test_no_id_stands_twice(panel: Page) -> None:
    assert (
        panel.evaluate(
            """() => {
            const ids = [...document.querySelectorAll("[id]")].map(element => element.id)
            return ids.filter((id, i) => ids.indexOf(id) !== i)
        }"""
        )
        == []
    )
