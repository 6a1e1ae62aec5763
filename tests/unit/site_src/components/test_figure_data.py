"""The rows that a figure drew as a table: cells, ranges, and where each comes from."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from analysis.contract import Figure
from site_src.components.figure_data import figure_data
from tests import bundles
from tests.small_edition import QUANTITY, WORKED, small_edition
from tests.unit.site_src.conftest import MakeContext


def column(key: str, kind: str = "string", **fields: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": key.capitalize(), "unit": "", "description": f"The {key}.", **fields}


def figure(columns: list[dict[str, Any]], *rows: dict[str, Any], **fields: Any) -> Figure:
    names = [f"r{number}" for number in range(len(rows))]
    quantities = fields.pop("row_quantities", [None] * len(rows))
    return bundles.figure(columns=columns, rows=rows, row_ids=names, row_quantities=quantities, **fields)


def cells(context: MakeContext, record: Figure, **known: Any) -> list[BeautifulSoup]:
    page = BeautifulSoup(figure_data(context(small_edition(figures=(record,), **known)), record), "html.parser")
    return page.select("tbody th, tbody td")


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("number", 2.0, "2.000"),
        ("number", 12345.678, "12,350"),
        ("boolean", True, "yes"),
        ("boolean", False, "no"),
        ("number", None, "–"),
        ("date", "2012-06-01", "2012-06-01"),
        ("integer", 7, "7"),
    ],
)
def test_a_cell_is_written_as_the_type_of_its_column_asks(
    context: MakeContext, kind: str, value: Any, text: str
) -> None:
    assert cells(context, figure([column("a", kind)], {"a": value}))[0].text == text


def test_a_method_is_described_in_words(context: MakeContext) -> None:
    rows = ({"method": "gpu_time"}, {"method": "operations"})
    assert [cell.text for cell in cells(context, figure([column("method")], *rows))] == [
        "GPU time",
        "Counting operations",
    ]


def test_a_range_is_one_cell_under_one_heading_with_its_unit(context: MakeContext) -> None:
    ends = [column(f"error_{end}", "number", label="Error", unit="pfs-day") for end in ("low", "high")]
    record = figure(ends, {"error_low": 1.0, "error_high": 2.5})
    page = BeautifulSoup(figure_data(context(small_edition(figures=(record,))), record), "html.parser")
    assert [heading.text for heading in page.select("thead th")] == ["Error (pfs-days)"]
    assert [cell.text for cell in page.select("tbody th, tbody td")] == ["1.000 to 2.500"]


def test_two_columns_of_one_heading_have_a_heading_each(context: MakeContext, copied: MakeContext) -> None:
    record = figure([column(key, "number", label="Number") for key in "ab"], {"a": 1.0, "b": 2.0})
    edition = small_edition(figures=(record,))
    page = BeautifulSoup(figure_data(context(edition), record), "html.parser")
    assert [heading.text for heading in page.select("thead th")] == ["Number", "Number"]
    assert figure_data(copied(edition), record).startswith("| Number | Number |\n| --- | --- |\n")


def test_an_upper_end_without_a_lower_one_has_a_column_of_its_own(context: MakeContext) -> None:
    assert [cell.text for cell in cells(context, figure([column("a_high", "number")], {"a_high": 2.0}))] == ["2.000"]


def test_columns_that_say_nothing_are_left_out(context: MakeContext) -> None:
    columns = [column("id"), column("era"), column("domain"), column("n", "number")]
    rows = [
        {"id": "a", "era": "modern", "domain": "games", "n": 1.0},
        {"id": "b", "era": "modern", "domain": "vision", "n": 1.0},
    ]
    record = figure(columns, *rows)
    page = BeautifulSoup(figure_data(context(small_edition(figures=(record,))), record), "html.parser")
    # Identifiers, and words that are the same in all rows; numbers stay.
    assert [heading.text for heading in page.select("thead th")] == ["Domain", "N"]


def test_rows_have_the_anchors_that_points_name_and_the_numbers_to_sort_by(context: MakeContext) -> None:
    columns = [column("name"), column("n", "number")]
    record = figure(columns, {"name": "x", "n": 1.23456}, {"name": "y", "n": None}, name="efficiency.a_b")
    tables = (bundles.table(name="efficiency.recounted", columns=[], rows=[]),)
    page = BeautifulSoup(figure_data(context(small_edition(figures=(record,), tables=tables)), record), "html.parser")
    assert [row["id"] for row in page.select("tbody tr")] == [
        "figure-efficiency-a-b-row-r0",
        "figure-efficiency-a-b-row-r1",
    ]
    assert [cell["data-value"] for cell in page.select("td.number")] == ["1.23456", ""]
    assert [heading["title"] for heading in page.select("thead th")] == ["The name.", "The n."]


def test_a_system_leads_to_the_calculation_that_its_point_is_taken_from(context: MakeContext) -> None:
    record = figure(
        [column("id"), column("name")], {"id": "alexnet", "name": "AlexNet"}, {"id": "alexnet", "name": "B"}
    )
    assert cells(context, record)[0].a["href"] == "../../systems/alexnet/#worked.alexnet.gpu_time"


def test_a_network_leads_to_its_page_where_it_is_counted_here(context: MakeContext) -> None:
    columns = [
        {"key": key, "label": key, "kind": "text", "unit": "", "digits": None} for key in ("model", "architecture")
    ]
    counted = bundles.table(
        name="efficiency.recounted", columns=columns, rows=[{"model": "AlexNet", "architecture": "alexnet"}]
    )
    record = figure([column("name")], {"name": "AlexNet"}, {"name": "Other"}, name="efficiency.level")
    shown = cells(context, record, tables=(counted,))
    assert shown[0].a["href"] == "../../architectures/alexnet/"
    assert shown[1].a is None


def test_a_task_leads_to_the_quantity_that_its_row_shows(context: MakeContext) -> None:
    record = figure([column("task")], {"task": "Go"}, {"task": "Chess"}, row_quantities=[QUANTITY, None])
    shown = cells(context, record)
    assert shown[0].a["href"] == f"../../results/compute/trend/#{QUANTITY}"
    assert shown[1].a is None


def test_a_calculation_and_a_statement_lead_to_their_places(context: MakeContext) -> None:
    other = bundles.calculation(name="worked.alexnet.other")
    rows = ({"calculation": WORKED, "claim": "a.0"}, {"calculation": other.name, "claim": "a.1"})
    record = figure([column("calculation"), column("claim")], *rows)
    shown = cells(context, record, worked=(bundles.calculation(), other))
    assert [cell.a["href"] for cell in shown[:2]] == [f"../../systems/alexnet/#{WORKED}", "../../results/ledger/#a.0"]


def test_a_copy_has_the_same_rows(copied: MakeContext) -> None:
    record = figure(
        [column("name"), column("n", "number")],
        {"name": "a|b", "n": 1.0},
        {"name": "c", "n": None},
        name="efficiency.a",
    )
    tables = (bundles.table(name="efficiency.recounted", columns=[], rows=[]),)
    assert figure_data(copied(small_edition(figures=(record,), tables=tables)), record).splitlines() == [
        "| Name | N |",
        "| --- | --- |",
        r"| a\|b | 1.000 |",
        "| c | – |",
    ]
