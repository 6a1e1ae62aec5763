"""The table of models: every row has an address and says what it can be chosen by; the copy is a plain table."""

from bs4 import BeautifulSoup

from analysis.contract import Table
from site_src.components.models_table import FILTERS
from tests import bundles
from tests.small_edition import small_edition
from tests.unit.site_src.conftest import Show

KINDS = {"date": "date", "flop": "number", "parameters": "number", "cost_usd_2023": "number"}
GPT3 = {
    "id": "gpt-3",
    "name": "GPT-3 <175B>",
    "date": "2020-05-28",
    "organisations": "OpenAI",
    "domains": "language",
    "flop": 3.14e23,
    "confidence": "confident",
    "parameters": 1.746e11,
    "cost_usd_2023": None,
    "open_weights": "no",
    "system": None,
    "link": "https://arxiv.org/abs/2005.14165",
}
ALEXNET = {**GPT3, "id": "alexnet", "name": "AlexNet", "date": "2009-12-31", "system": "alexnet", "link": ""}
ALEXNET |= {"organisations": "", "domains": "", "open_weights": None, "parameters": None, "cost_usd_2023": 1.5}


def shown(show: Show) -> str:
    columns = [{"key": key, "label": key, "kind": KINDS.get(key, "text"), "unit": "", "digits": 3} for key in GPT3]
    table: Table = bundles.table(name="data.models", columns=columns, rows=[GPT3, ALEXNET])
    groups = [{"model": "gpt-3", "domain": "language"}, {"model": "alexnet", "domain": "other"}]
    figure = bundles.figure(
        name="compute.field", rows=groups, row_ids=["gpt-3", "alexnet"], row_quantities=[None, None]
    )
    return show("{{ models_table() }}", small_edition(tables=(table,), figures=(figure,)))


def test_every_row_has_an_address_and_says_what_it_can_be_chosen_by(page_html: Show) -> None:
    rows = BeautifulSoup(shown(page_html), "html.parser").select("tbody tr")
    assert [row["id"] for row in rows] == ["gpt-3", "alexnet"]
    assert [row.select_one(".row-anchor")["href"] for row in rows] == ["#gpt-3", "#alexnet"]
    assert dict(rows[0].attrs) == {
        "id": "gpt-3",
        "data-domain": "language",
        "data-confidence": "confident",
        "data-open": "no",
        "data-years": "y2018",
    }
    # The last day of 2009 is in the first period, and what is not known can be chosen too.
    assert (rows[1]["data-years"], rows[1]["data-open"], rows[1]["data-domain"]) == ("y0", "unknown", "other")


def test_every_value_that_a_row_can_have_has_a_control(page_html: Show) -> None:
    page = BeautifulSoup(shown(page_html), "html.parser")
    offered = {control["value"] for control in page.select(".figure-controls input[type=checkbox]")}
    assert offered == {value for _, values in FILTERS.values() for value in values}
    assert all(control.has_attr("checked") for control in page.select("input[type=checkbox]"))


def test_cells_sort_by_the_full_number_and_say_what_is_not_known(page_html: Show) -> None:
    gpt3, alexnet = BeautifulSoup(shown(page_html), "html.parser").select("tbody tr")
    assert gpt3.select("td.number")[0]["data-value"] == "3.14e+23"
    assert gpt3.th.text.strip() == "GPT-3 <175B>"
    assert gpt3.th.select("a")[1]["href"] == GPT3["link"]
    assert [cell.text for cell in alexnet.select("td")][3:] == ["–", "–", "–", "1.5", "not known", "word"]
    assert alexnet.select("a")[-1]["href"].endswith("systems/alexnet/")


def test_the_copy_is_a_plain_table(page_copy: Show) -> None:
    lines = [line for line in shown(page_copy).splitlines() if line.startswith("|")]
    assert len(lines) == 4
    assert lines[2].startswith(f"| [GPT-3 &lt;175B>]({GPT3['link']}) | 2020-05-28 | 3.140 × 10²³ | confident |")
