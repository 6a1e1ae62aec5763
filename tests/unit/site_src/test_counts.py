"""Counts and inputs in a page: read from the bundle, and written in words where a person would write words."""

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.artifacts import Bundle
from site_src.context import PageContext, Surroundings
from site_src.errors import PageError
from site_src.pages.render import render_page

# What the card of a linked number shows, besides its value.
UNTRACED: dict[str, Any] = {
    "low": None,
    "high": None,
    "interval": "",
    "summary": "Something.",
    "formula": "n",
    "filled": "n = 26",
    "symbols": [],
    "inputs": [],
    "sources": [],
}
QUANTITIES: list[dict[str, Any]] = [
    {**UNTRACED, "name": "runs.all.n", "value": 26.0, "unit": "system", "digits": 2},
    {
        **UNTRACED,
        "name": "runs.all.factor",
        "value": 4.25,
        "unit": "x",
        "digits": 3,
        "symbols": [
            {
                "symbol": "C_1",
                "value": 770.0,
                "unit": "pfs-day",
                "label": "x",
                "name": None,
                "names": [],
                "record": None,
            }
        ],
    },
]
WORKED = [
    {"name": "a", "system": "vgg", "role": "printed", "method": "operations"},
    {"name": "b", "system": "vgg", "role": "printed", "method": "gpu_time"},
    {"name": "c", "system": "dqn", "role": "variant", "method": "operations"},
    {"name": "d", "system": "gans", "role": "printed", "method": "stated"},
]


@pytest.fixture
def context(tmp_path: Path) -> PageContext:
    """A page on two quantities, a table of three rows and the calculations of three systems."""
    files = {
        "results": {"quantities": QUANTITIES},
        "tables": [{"name": "runs.listed", "rows": [{}, {}, {}]}],
        "worked": WORKED,
        "ledger": [],
        "edition": {"id": "2020-01"},
    }
    for name, content in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    bundle = Bundle(tmp_path)
    surroundings = Surroundings(address="https://example.org/", bundles={"2020-01": bundle})
    return PageContext(page="page.md", bundle=bundle, site=surroundings)


def rendered(context: PageContext, expression: str) -> str:
    return render_page(f"{{{{ {expression} }}}}", context).markdown.partition("\n\n")[0]


def test_a_quantity_is_written_in_words_and_keeps_its_link(context: PageContext) -> None:
    assert rendered(context, "runs.all.n | words | plain") == "twenty-six"
    assert rendered(context, "runs.all.n | words") == "[twenty-six](results/runs.md#runs.all.n){ .quantity }"


def test_the_rows_of_a_table_are_counted_in_words(context: PageContext) -> None:
    assert rendered(context, 'rows_of("runs.listed") | words') == "three"


def test_a_system_counts_once_whatever_the_number_of_its_printed_calculations(context: PageContext) -> None:
    # VGG has two in print; that of DQN is a variant, and GANs have a stated value alone.
    assert rendered(context, 'calculated("operations", "gpu_time") | words') == "one"


def test_an_input_of_a_quantity_is_written_with_its_unit_and_leads_to_the_quantity(context: PageContext) -> None:
    text = rendered(context, 'input_of("runs.all.factor", "C_1")')
    assert text == "[770\u00a0pfs-days](results/runs.md#runs.all.factor){ .quantity }"


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("runs.all.factor | words", "expected a whole number before the filter 'words', found 4.25"),
        ("'six' | words", "expected a quantity before the filter, found 'six'"),
        ('rows_of("runs.liste") | words', "no table 'runs.liste'; did you mean 'runs.listed'?"),
        (
            'input_of("runs.all.factor", "C_2")',
            "no input of 'runs.all.factor' with the symbol 'C_2'; did you mean 'C_1'?",
        ),
    ],
)
def test_what_is_no_count_or_input_stops_the_page(context: PageContext, expression: str, message: str) -> None:
    with pytest.raises(PageError) as caught:
        rendered(context, expression)
    assert message in str(caught.value)
