"""What the search says of records and the feed of editions: plain text from templates, escaped once for the search."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from analysis.contract import Changes, Content, Figure, Results, Table
from site_src.context import Surroundings
from site_src.formatting import element_text
from site_src.outputs.feed import feed
from site_src.outputs.search_index import record_entries
from tests.bundles import bundle, claim, edition, network, quantity, system, work

# Signs that are markup to Markdown or to HTML.
SIGNS = 'snake_case *x* [y] `z` $1 <b> & "it\'s"'
SHOWN = 'snake_case *x* [y] `z` $1 &lt;b&gt; &amp; "it\'s"'
COLUMN = {"key": "a", "kind": "number", "digits": None}
TABLE = Table.of(
    {
        "name": "compute.one",
        "number": 1,
        "since": "2018-05",
        "title": "One",
        "code": "a.py:1",
        "columns": [{**COLUMN, "label": "Run", "unit": ""}, {**COLUMN, "label": "", "unit": "day"}],
        "rows": [{"a": 1.0}, {"a": 2.0}],
        "input_hash": "0",
    }
)
FIGURE = Figure.of(
    {
        **dict.fromkeys(("controls", "variants", "columns", "rows", "row_ids", "row_quantities"), ()),
        "name": "compute.one",
        "number": 1,
        "since": "2018-05",
        "title": "One",
        "alt": SIGNS,
        "code": "a.py:1",
        "png_width": 1,
        "png_height": 1,
        "input_hash": "0",
    }
)
OTHER = quantity("compute.other.n", 1.0, "constant.x")
PAGE = '---\ntitle: "Title"\ndescription: "Description"\n---\n'


def text_at(location: str, page: str = "", **contents: Content) -> str:
    """The text of the entry at a place, of a bundle with these files; `page` is the page of the record."""
    lists = ("systems", "architectures", "figures", "tables", "ledger", "references")
    files: dict[str, Any] = {name: [] for name in lists}
    files["results"] = results(OTHER)
    site = Surroundings(address="https://site.example/", bundles={"2018-05": bundle(**{**files, **contents})})
    entries = record_entries(site, {page: PAGE} if page else {}, ())
    return str(next(entry["text"] for entry in entries if entry["location"] == location))


def results(*quantities: Any) -> Results:
    return Results.of({"edition": "2018-05", "quantities": quantities})


def test_a_quantity_is_its_value_and_its_name() -> None:
    text = text_at("results/compute/all/#compute.all.n", results=results(quantity("compute.all.n", 3.0, "constant.x")))
    assert text == "3.00×. compute.all.n"


def test_a_system_is_what_it_was_trained_with() -> None:
    compute = quantity("system.alexnet.compute", 0.00579, "constant.x", unit="pfs-day")
    text = text_at(
        "systems/alexnet/", "systems/alexnet.md", systems=[system(note="The first.")], results=results(compute)
    )
    assert text == "System of 2018, vision. Training compute: 0.00579 pfs-days. The first."


@pytest.mark.parametrize(("listing", "words"), [("modest", "modest"), ("own", "in no trend")])
def test_a_system_that_is_no_point_of_the_chart_says_so_and_ends_without_a_space(listing: str, words: str) -> None:
    text = text_at("systems/alexnet/", "systems/alexnet.md", systems=[system(listing=listing)])
    assert text == f"System of 2018, vision. Training compute: {words}."


def test_a_network_is_its_counts() -> None:
    record = network(macs=714188480, params=1000, note=SIGNS)
    text = text_at("architectures/alexnet/", "architectures/alexnet.md", architectures=[record])
    assert text == f"Network of 714,188,480 multiply-adds, 1,000 parameters. {SHOWN}"


def test_a_figure_is_its_alt_text() -> None:
    assert text_at("figures/compute-one/", "figures/compute-one.md", figures=[FIGURE]) == SHOWN


def test_a_table_is_its_headings_with_a_unit_for_a_column_that_has_none() -> None:
    assert text_at("tables/compute-one/", "tables/compute-one.md", tables=[TABLE]) == "2 rows: Run, days."


def test_a_statement_is_what_was_printed_where_and_its_verdict() -> None:
    record = claim(printed=SIGNS, publication="A post")
    text = text_at("results/ledger/#compute-2018.one", ledger=[record])
    assert text == f"Printed: {SHOWN}. A post. Verdict: not testable."


def test_a_work_is_its_authors_its_title_and_its_place() -> None:
    assert text_at("references/#doe1996work", references=[work(publisher="Press")]) == "Doe, J. Work Press"


def test_text_of_an_element_keeps_its_quotes_and_spelled_entities() -> None:
    assert element_text('"it\'s" <b> &#34; &amp;') == '"it\'s" &lt;b&gt; &amp;#34; &amp;amp;'


def changes(before: str | None, **named: Any) -> Changes:
    nothing: dict[str, Any] = {"added": [], "moved": [], "removed": []}
    records: dict[str, Any] = {"added": [], "changed": [], "closed": []}
    return Changes.of(
        {
            "from": before,
            "to": "2018-05",
            "quantities": {**nothing, **named},
            "references": [],
            "figures": nothing,
            "tables": nothing,
            "records": records,
        }
    )


def summary(record: Changes) -> str | None:
    """The summary of an edition in the feed."""
    files = {"edition": edition(), "changes": record, "results": results(OTHER)}
    site = Surroundings(address="https://site.example/", bundles={"2018-05": bundle(**files, tables=())})
    return ET.fromstring(feed(site)).findtext("{*}entry/{*}summary")


def test_an_edition_counts_the_values_that_it_changed_added_and_removed() -> None:
    assert summary(changes("2018-04", added=["a.b.c", "a.b.d"])) == (
        "Since edition 2018-04, 0 values changed, 2 were added and 0 were removed."
    )


def test_one_value_is_counted_in_the_singular() -> None:
    assert summary(changes("2018-04", added=["a.b.c"], removed=["a.b.d"])) == (
        "Since edition 2018-04, 0 values changed, 1 was added and 1 was removed."
    )


def test_the_first_edition_counts_its_numbers() -> None:
    assert summary(changes(None)) == "The first edition, with 1 numbers."
