"""The models: in a figure of many points whose rows are on a page of their own, and in the table of all of them."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.pages import TO_2026

MODELS = "models/"
FIELD = "figure-compute-field"
SECONDS_PER_DAY = 86_400
# The form starts from twelve digits.
CLOSE = 1e-9


@pytest.fixture(scope="module")
def rows(pages: Path) -> list[dict[str, str]]:
    """The rows of the figure of the field, as readers download them."""
    with (pages / "files/figures/compute.field.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shown_rows(page: Page) -> int:
    return page.locator("#models tbody tr").evaluate_all("all => all.filter(one => one.checkVisibility()).length")


def test_a_point_of_many_is_named_when_a_reader_comes_to_it(
    opened: Open, address: str, rows: list[dict[str, str]]
) -> None:
    page = opened(address + TO_2026)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    figure = page.locator(f"#{FIELD}")
    place = next(n for n, row in enumerate(rows) if row["model"] == "gpt-3-175b-davinci")
    point = figure.locator(f".drawing-wide .point[data-place='{place}']")
    figure.scroll_into_view_if_needed()
    assert not point.get_attribute("aria-label")
    figure.locator(".drawing-wide").hover()
    expect(point).to_have_attribute("role", "link")
    point.hover(force=True)
    tip = page.locator("#figure-tip")
    expect(tip).to_contain_text("GPT-3 175B (davinci)")
    assert tip.locator("a").get_attribute("href") == f"{address}models/#gpt-3-175b-davinci"
    assert [url for url in asked if "/figures/" in url] == [f"{address}figures/compute-field/"]


def test_the_keyboard_reaches_the_points_of_many(opened: Open, address: str) -> None:
    page = opened(address + TO_2026)
    drawing = page.locator("#figure-compute-chart-years .drawing-wide svg")
    drawing.scroll_into_view_if_needed()
    drawing.focus()
    expect(page.locator("#figure-tip")).to_contain_text("AlexNet")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#figure-tip")).to_contain_text("Dropout")


def test_points_are_chosen_by_domain_confidence_weights_and_rank(
    opened: Open, address: str, rows: list[dict[str, str]]
) -> None:
    page = opened(address + TO_2026, scripts=False)
    figure = page.locator(f"#{FIELD}")
    figure.scroll_into_view_if_needed()
    figure.locator(".figure-filter summary").click()
    for value in ("language", "speculative", "unknown"):
        figure.locator(f"input[value={value}]").uncheck()
    figure.locator("input[value=top]").check()
    drawn = figure.locator(".drawing-wide .point").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().width).map(one => Number(one.dataset.place))"
    )
    assert sorted(rows[place]["model"] for place in drawn) == sorted(
        row["model"]
        for row in rows
        if row["domain"] != "language"
        and row["confidence"] != "speculative"
        and row["open_weights"] != "unknown"
        and row["top_ten"] == "True"
    )


def test_the_table_is_filtered_without_scripts_and_searched_with_them(
    opened: Open, address: str, rows: list[dict[str, str]]
) -> None:
    confident = sum(row["confidence"] == "confident" for row in rows)
    for scripts in (False, True):
        page = opened(address + MODELS, scripts=scripts)
        assert shown_rows(page) == len(rows)
        page.locator("#models input[value=likely]").uncheck()
        page.locator("#models input[value=speculative]").uncheck()
        assert shown_rows(page) == confident
    page.locator("#models input[type=search]").fill("openai gpt-3")
    assert 0 < shown_rows(page) < 10
    expect(page.locator(".models-shown")).to_have_text(f"{shown_rows(page)} of {len(rows)} models")


def test_every_link_of_a_name_is_wide_enough_for_a_finger(opened: Open, address: str) -> None:
    page = opened(address + MODELS, width=360)
    links = "all => all.map(one => [one.textContent, one.getBoundingClientRect().width])"
    widths = page.locator("#models tbody th a").evaluate_all(links)
    assert len(widths) > 100
    assert [name for name, width in widths if width < 24] == []


def test_a_row_that_is_asked_for_is_in_sight(opened: Open, address: str) -> None:
    page = opened(f"{address}{MODELS}#gpt-3-175b-davinci")
    row = page.locator("#gpt-3-175b-davinci").bounding_box()
    heading = page.locator("#models thead").bounding_box()
    assert row is not None
    assert heading is not None
    assert heading["y"] + heading["height"] <= row["y"] < 900


def test_a_run_of_the_readers_own_finds_its_place(opened: Open, address: str, rows: list[dict[str, str]]) -> None:
    page = opened(address + MODELS)
    form = page.locator("#own-run")
    for name, value in (("devices", "2000"), ("days", "10"), ("peak", "1000"), ("utilisation", "50")):
        form.locator(f"[name={name}]").fill(value)
    flop = 2000 * 10 * SECONDS_PER_DAY * 1e15 * 0.5
    known = sorted(float(row["compute_flop"]) for row in rows)
    below, above = max(each for each in known if each < flop), min(each for each in known if each > flop)
    numbers = [float(number) for number in str(form.locator("output").get_attribute("data-value")).split()]
    assert numbers == pytest.approx([flop, below, above], rel=CLOSE)
    form.locator("[name=devices]").fill("1e12")
    assert "No known run is above it." in form.locator("output").inner_text()
    form.locator("[name=days]").fill("")
    assert form.locator("output").inner_text() == "–"
