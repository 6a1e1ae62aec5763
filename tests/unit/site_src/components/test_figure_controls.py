"""What a reader may choose under a figure."""

import pytest
from bs4 import BeautifulSoup

from site_src.components.figure_controls import CHOICES, PARTS, controls
from tests import bundles
from tests.small_edition import small_edition
from tests.unit.site_src.conftest import Show

ROWS = {
    "columns": [{"key": "domain", "type": "string", "label": "Domain", "unit": "", "description": "Its field."}],
    "rows": [{"domain": name} for name in ("vision", "games", "vision")],
    "row_ids": ["a", "b", "c"],
    "row_quantities": [None, None, None],
}


def legends(*names: str) -> list[str]:
    return [group.legend for group in controls(bundles.figure(controls=names, **ROWS), "a")]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ((), []),
        (("scale",), ["Scale"]),
        (("fit", "moore"), ["Show"]),
        (("domain",), ["Domains"]),
        (("domain", "errors", "runs", "scale"), ["Runs", "Scale", "Show", "Domains"]),
    ],
)
def test_a_figure_offers_the_choices_that_it_asks_for(names: tuple[str, ...], found: list[str]) -> None:
    assert legends(*names) == found


def test_of_several_choices_the_first_is_taken() -> None:
    (group,) = controls(bundles.figure(controls=("scale",)), "figure-a")
    assert group.kind == "radio"
    assert [(choice.name, choice.value, choice.words, choice.checked) for choice in group.choices] == [
        ("figure-a-scale", "log", "logarithmic", True),
        ("figure-a-scale", "linear", "linear", False),
    ]


def test_parts_are_drawn_or_not_as_each_is_at_first() -> None:
    (group,) = controls(bundles.figure(controls=("errors", "fit")), "a")
    assert group.kind == "checkbox"
    assert [(choice.name, choice.checked) for choice in group.choices] == [("a-errors", False), ("a-fit", True)]


def test_error_bars_alone_are_not_drawn_at_first() -> None:
    (group,) = controls(bundles.figure(controls=tuple(PARTS)), "a")
    assert [choice.value for choice in group.choices if not choice.checked] == ["errors"]


def test_domains_are_those_of_the_rows_once_each_and_all_shown() -> None:
    (group,) = controls(bundles.figure(controls=("domain",), **ROWS), "a")
    assert [(choice.value, choice.checked) for choice in group.choices] == [("games", True), ("vision", True)]


def test_every_control_of_the_page_can_be_chosen_by_name(page_html: Show) -> None:
    record = bundles.figure(controls=(*CHOICES, *PARTS, "domain"), **ROWS)
    html = page_html("{% call figure('compute.trend') %}Words.{% endcall %}", small_edition(figures=(record,)))
    inputs = BeautifulSoup(html, "html.parser").select(".figure-controls input")
    assert len(inputs) == sum(len(values) for _, values in CHOICES.values()) + len(PARTS) + 2
    folded = BeautifulSoup(html, "html.parser").select(".figure-controls > details.figure-filter input")
    assert [found["value"] for found in folded] == ["games", "vision"]
    assert all(str(each["name"]).startswith("figure-compute-trend-") for each in inputs)
    # Of each group of radio buttons, one is chosen.
    chosen = [each["name"] for each in inputs if each["type"] == "radio" and each.has_attr("checked")]
    assert chosen == [f"figure-compute-trend-{name}" for name in CHOICES]


def test_a_copy_offers_nothing_to_choose(page_copy: Show) -> None:
    record = bundles.figure(controls=("scale",))
    copy = page_copy("{% call figure('compute.trend') %}Words.{% endcall %}", small_edition(figures=(record,)))
    assert "logarithmic" not in copy
