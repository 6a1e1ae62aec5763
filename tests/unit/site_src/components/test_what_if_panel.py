"""The panel of the compute post: its fields, and what its script starts from."""

import json

import pytest
from bs4 import BeautifulSoup, Tag

from site_src.components.what_if_panel import Field
from tests import bundles
from tests.small_edition import small_edition
from tests.unit.site_src.conftest import Show

PANEL = "{{ what_if() }}"


@pytest.fixture
def panel(page_html: Show) -> BeautifulSoup:
    return BeautifulSoup(page_html(PANEL), "html.parser")


def field(panel: BeautifulSoup, name: str) -> Tag:
    found = panel.select_one(f'input[type="number"][name="{name}"]')
    assert found is not None
    return found


def test_at_first_it_shows_the_published_results_twice(panel: BeautifulSoup) -> None:
    rows = [[cell.get_text().replace("\u00a0", " ") for cell in row.select("td")] for row in panel.select("tbody tr")]
    assert rows == [
        ["Doubling time", "3.40 months", "3.40 months"],
        ["Its 95% interval", "2.60 to 5.10 months", "2.60 to 5.10 months"],
        ["Growth", "3.00×", "3.00×"],
        ["Systems", "3.00", "3.00"],
    ]


def test_a_copy_has_the_published_results_alone(page_copy: Show) -> None:
    copy = page_copy(PANEL)
    assert copy.startswith("| Result | Published |\n| --- | --- |\n| Doubling time | [3.40\u00a0months](")
    assert len(copy.strip().splitlines()) == 6


@pytest.mark.parametrize(
    ("name", "value", "low", "high", "scale"),
    [
        ("utilisation", "33", "1e-09", "100", "0.01"),
        ("error", "2", "1", "1000", "1"),
        ("gpu_time.training_time", "5.5", "1e-09", "1e+15", "86400"),
        ("gpu_time.utilisation", "33", "1e-09", "100", "0.01"),
        ("operations.images", "10", "1e-09", "1e+15", "1"),
    ],
)
def test_a_field_starts_with_the_published_number_within_its_bounds(
    panel: BeautifulSoup, name: str, value: str, low: str, high: str, scale: str
) -> None:
    shown = field(panel, name)
    assert [shown[key] for key in ("value", "min", "max", "data-scale")] == [value, low, high, scale]


def test_what_is_constant_cannot_be_entered(panel: BeautifulSoup) -> None:
    names = [entry["name"] for entry in panel.select('input[type="number"]')]
    assert names == ["utilisation", "error", "gpu_time.training_time", "gpu_time.utilisation", "operations.images"]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (Field(name="a", label="A", value=1), "Enter a number above 0, up to 10¹⁵."),
        (Field(name="a", label="A", value=1, low=1, high=1000), "Enter a number from 1, up to 1,000."),
    ],
)
def test_a_field_says_what_it_expects(made: Field, expected: str) -> None:
    assert made.expected == expected


def test_sliders_lie_within_what_can_be_entered(panel: BeautifulSoup) -> None:
    for slider in panel.select('input[type="range"]'):
        beside = field(panel, str(slider["data-slides"]))
        assert float(str(beside["min"])) <= float(str(slider["min"])) < float(str(slider["max"]))
        assert float(str(slider["max"])) <= float(str(beside["max"]))
    assert len(panel.select('input[type="range"]')) == 2


def test_the_script_reads_the_file_of_the_bundle(panel: BeautifulSoup) -> None:
    script = panel.select_one("script#what-if-data")
    assert script is not None
    assert json.loads(script.text) == json.loads(small_edition().text("what_if.json"))


def test_years_domains_and_devices_can_be_chosen(page_html: Show) -> None:
    point = json.loads(small_edition().text("what_if.json"))["points"][0]
    points = [{**point, "id": name, "domain": domain} for name, domain in (("a", "x"), ("b", "y"), ("c", "x"))]
    page = BeautifulSoup(page_html(PANEL, small_edition(what_if=bundles.what_if(points=points))), "html.parser")

    def options(name: str) -> list[str]:
        return [option.text for option in page.select(f"#what-if-{name} option")]

    assert options("start") == ["2012", "2013", "2014"]
    assert options("domain") == ["all", "x", "y"]
    assert options("device") == ["another", "GTX 580"]
    assert options("way") == ["devices and time", "operations counted"]


def test_its_chart_is_that_of_the_figure_and_has_its_room(panel: BeautifulSoup) -> None:
    places = panel.select("[data-copies]")
    assert [place["data-copies"] for place in places] == [
        f"#figure-compute-modern-trend .drawing-{width}:not(.scale-linear) svg" for width in ("wide", "narrow")
    ]
    assert all(place["data-ratio"] and not place.contents for place in places)
