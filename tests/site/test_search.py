"""What the search of the newest edition knows. How it ranks is tested in the browser."""

import json
import re

import pytest

from analysis.artifacts import Bundle
from site_src.addresses import exhibit_page, published, quantity_row
from site_src.typography import typeset
from tests.sites import Site

Entries = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def entries(site: Site) -> Entries:
    """All entries by location."""
    listed = json.loads((site.pages / "search/entries.json").read_text(encoding="utf-8"))
    found = {entry["location"]: entry for entry in listed}
    assert len(found) == len(listed)
    return found


def test_every_quantity_has_an_entry_with_its_names_and_value(entries: Entries, bundle: Bundle) -> None:
    for name, record in bundle.results.items():
        entry = entries[published(quantity_row(name))]
        assert re.sub(r"&(lt|gt|amp);", "", entry["title"]) + "." == re.sub("[<>&]", "", typeset(record.summary))
        assert entry["text"].endswith(name)
    assert entries["results/compute/modern/#compute.modern.doubling_time"]["text"].startswith("3.44\u00a0months. ")


def test_every_system_network_figure_and_table_has_an_entry_for_its_page(entries: Entries, bundle: Bundle) -> None:
    for system in bundle.systems.values():
        assert entries[f"systems/{system.id}/"]["title"] == system.name
    for network in bundle.architectures.values():
        assert entries[f"architectures/{network.name}/"]["title"] == network.title
    for kind, records in (("figure", bundle.figures), ("table", bundle.tables)):
        for record in records.values():
            page = exhibit_page(kind, record.name).replace(".md", "/")
            title = typeset(f"{kind.capitalize()} {record.number}: {record.title}")
            assert entries[page]["title"] == title.replace("&", "&amp;")
    assert "logarithmic axis" in entries["figures/compute-modern-trend/"]["text"]
    assert "0.00579" in entries["systems/alexnet/"]["text"]


def test_statements_and_works_are_found_where_they_stand(entries: Entries, bundle: Bundle) -> None:
    pages = {"originals": "ledger", "others": "ledger", "later": "ledger-later", "networks": "ledger-networks"}
    assert {f"results/{pages[claim.ledger]}/#{claim.id}" for claim in bundle.ledger} <= set(entries)
    assert {f"references/#{key}" for key in bundle.references} <= set(entries)


def test_every_entry_leads_to_a_page_and_every_page_has_one(site: Site, entries: Entries) -> None:
    pages = {path.parent.relative_to(site.pages).as_posix() for path in site.pages.rglob("index.html")}
    found = {location.partition("#")[0].rstrip("/") or "." for location in entries}
    assert found == pages


def test_prose_is_found_and_tick_labels_cards_and_traces_are_not(entries: Entries) -> None:
    assert "From AlexNet to AlphaGo Zero" in entries["posts/2018-05-16-ai-and-compute/#overview"]["text"]
    text = json.dumps(list(entries.values()))
    # A tick of a logarithmic axis, the label of a card, what an entry of a number rests on, a list that pages end with.
    for ballast in ("10<sup", "Permanent link, edition", "Rests on", "Back to the text", "cite-preview"):
        assert ballast not in text
    assert [location for location in entries if location.endswith(("#references", "#cite"))] == ["about/#cite"]


def test_pages_load_the_settings_alone_and_all_of_it_stays_small(site: Site, entries: Entries) -> None:
    index = json.loads((site.pages / "search/search_index.json").read_text(encoding="utf-8"))
    assert index["docs"] == []
    assert index["config"]["separator"]
    # Fetched at the first search alone; some two thirds of it are the named numbers, whose count grows.
    size = (site.pages / "search/entries.json").stat().st_size
    assert size / len(entries) < 320
    assert size < 1_000_000


def test_a_name_parts_into_words_and_a_decimal_number_does_not(site: Site) -> None:
    index = json.loads((site.pages / "search/search_index.json").read_text(encoding="utf-8"))
    separator = re.compile(index["config"]["separator"])
    assert separator.split("compute.modern.doubling_time") == ["compute", "modern", "doubling", "time"]
    assert separator.split("4–5x") == separator.split("4-5x") == ["4", "5x"]
    assert separator.split("about 300,000 or 3.4 months") == ["about", "300,000", "or", "3.4", "months"]
    assert "*" not in "".join(separator.split("2*3 *assumed*"))


def test_the_worker_of_the_theme_is_there_with_ours_before_it(site: Site) -> None:
    (worker,) = (site.pages / "assets/javascripts/workers").glob("search.*.js")
    ours, theirs = worker.read_text(encoding="utf-8").split("})();\n", 1)
    assert "entries.json" in ours
    assert "lunr" in theirs
