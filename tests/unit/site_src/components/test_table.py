"""Tables in a page: numbered, captioned, with each cell written as its column asks."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from analysis.contract import Table
from site_src.errors import PageError
from tests import bundles
from tests.bundles import SOURCES
from tests.small_edition import TABLE, small_edition
from tests.unit.site_src.conftest import Render, Show

CALL = f"{{% call table('{TABLE}') %}}\nThe runs.\nAll of them.\n{{% endcall %}}"


def table(kind: str, value: Any, *others: dict[str, Any], **fields: Any) -> Table:
    columns = [{"key": "a", "label": "A", "kind": kind, "unit": "", "digits": 2, **fields}, *others]
    row = {"a": value, **{column["key"]: column.pop("value") for column in others}}
    return bundles.table(columns=columns, rows=[row])


def shown(show: Show, record: Table) -> str:
    return show(CALL, small_edition(tables=(record,)))


@pytest.mark.parametrize(
    ("kind", "value", "html", "copy"),
    [
        ("text", "a|b", "a&#124;b", r"a\|b"),
        ("number", 12.34, "12", "12"),
        ("date", "2012-06", '<span class="nowrap">2012-06</span>', "2012-06"),
        ("system", "alexnet", '<a href="../../systems/alexnet/">word</a>', "[word](../../systems/alexnet/index.md)"),
        (
            "architecture",
            "alexnet",
            '<a href="../../architectures/alexnet/">word</a>',
            "[word](../../architectures/alexnet/index.md)",
        ),
        ("number", None, "–", "–"),
        ("text", None, "–", "–"),
    ],
)
def test_a_cell_is_written_as_its_column_asks(
    page_html: Show, page_copy: Show, kind: str, value: Any, html: str, copy: str
) -> None:
    right = ' class="right"' if kind == "number" else ""
    assert f"<tr><td{right}>{html}</td></tr>" in shown(page_html, table(kind, value))
    assert f"\n| {copy} |\n" in shown(page_copy, table(kind, value))


def test_sources_are_cited_with_one_way_back(page_html: Show, page_copy: Show) -> None:
    record = table("sources", SOURCES)
    record = record.model_copy(update={"rows": (*record.rows, *record.rows)})
    page = BeautifulSoup(shown(page_html, record), "html.parser")
    assert [link.text for link in page.select("tbody .cites a")] == ["[1]", "[1]"]
    assert [link.get("id") for link in page.select("tbody .cites a")] == ["cite-amodei2018ai-1", None]
    assert shown(page_copy, record).count(r"| [\[1\]](#ref-amodei2018ai) |") == 2


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(1.0, 2.0, "1.0 to 2.0"), (None, 2.0, "no bound to 2.0"), (1.0, None, "1.0 to no bound"), (None, None, "–")],
)
def test_a_range_is_one_cell(page_html: Show, page_copy: Show, low: float, high: float, text: str) -> None:
    upper = {"key": "b", "label": "B", "kind": "to", "unit": "", "digits": 2}
    record = table("from", low, {**upper, "value": high})
    page = BeautifulSoup(shown(page_html, record), "html.parser")
    assert [cell.text for cell in page.select("tbody td")] == [text]
    assert [heading.text for heading in page.select("thead th")] == ["A"]
    assert f"\n| {text} |\n" in shown(page_copy, record)


@pytest.mark.parametrize(
    ("label", "unit", "heading"),
    [
        ("Time", "month", 'Time <span class="nowrap">(months)</span>'),
        ("Time", "", "Time"),
        ("", "month", "months"),
    ],
)
def test_a_heading_has_the_unit_of_its_column(page_html: Show, label: str, unit: str, heading: str) -> None:
    html = shown(page_html, table("number", 1.0, label=label, unit=unit))
    assert f'<th class="right">{heading}</th>' in html


def test_a_column_without_words_has_no_heading(page_html: Show) -> None:
    assert "<thead><tr><td></td></tr></thead>" in shown(page_html, table("text", "a", label=""))


def test_a_table_has_number_caption_and_download_in_both_faces(page_html: Show, page_copy: Show) -> None:
    page = BeautifulSoup(page_html(CALL), "html.parser")
    caption = page.select_one("#table-compute-runs > .table-caption")
    assert caption is not None
    assert caption.text == "Table 1. The runs. All of them."
    assert [link.text for link in page.select(".downloads a")] == ["CSV", "Sources", "Cite"]
    parts = page_copy(CALL).split("\n\n")
    assert parts[0] == "**Table 1.** The runs. All of them."
    assert parts[1].startswith("[Data as CSV](../../files/tables/compute.runs.csv); [sources](")


def test_what_follows_a_table_in_a_copy_is_no_row_of_it(page_copy: Show) -> None:
    copy = page_copy(f"{CALL}\nNext.\n", small_edition(tables=(table("text", "a"),)))
    assert copy.endswith("| a |\n\nNext.\n")


def test_a_table_appears_once_on_a_page(rendered: Render) -> None:
    with pytest.raises(PageError, match=r"table 'compute.runs' appears twice on the page"):
        rendered(f"{CALL}{CALL}")


def test_an_unknown_table_stops_the_page_with_the_nearest(rendered: Render) -> None:
    with pytest.raises(PageError, match=r"no table 'compute.run'; did you mean 'compute.runs'\?"):
        rendered("{% call table('compute.run') %}{% endcall %}")
