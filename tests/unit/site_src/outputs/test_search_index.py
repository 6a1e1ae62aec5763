"""What the search of an edition in memory knows: one entry for each page and record, found by title first."""

import json
from typing import Any

import pytest

from site_src.context import Surroundings
from site_src.outputs.search_index import index_files, record_entries
from tests import bundles
from tests.small_edition import CLAIM, FIGURE, QUANTITY, small_edition
from tests.unit.site_src.conftest import MakeSurroundings

NO_BREAK = "\u00a0"
CONFIG = {"fields": {"title": {"boost": 1000}}}
PAGE = "---\ntitle: A & B\ndescription: What it shows.\n---\n"


@pytest.fixture
def site(surroundings: MakeSurroundings) -> Surroundings:
    return surroundings()


def entries(site: Surroundings, *pages: str, stated: tuple[str, ...] = ()) -> dict[str, dict[str, Any]]:
    """All entries by location, with those of some generated pages."""
    listed = list(record_entries(site, dict.fromkeys(pages, PAGE), stated))
    found = {entry["location"]: entry for entry in listed}
    assert len(found) == len(listed)
    return found


def test_a_number_is_found_by_its_name_with_value_and_summary(site: Surroundings) -> None:
    entry = entries(site)[f"results/compute/trend/#{QUANTITY}"]
    # 3.4384 months to two digits.
    assert (entry["title"], entry["text"]) == ("word", f"3.4{NO_BREAK}months. {QUANTITY}")
    assert "boost" not in entry


def test_a_number_that_pages_state_stands_before_the_others(site: Surroundings) -> None:
    assert entries(site, stated=(QUANTITY,))[f"results/compute/trend/#{QUANTITY}"]["boost"] > 1


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("architectures/alexnet.md", "10 multiply-adds, 3 parameters"),
        ("figures/compute-trend.md", "word"),
        ("tables/compute-runs.md", "word, word"),
        ("editions/2018-05.md", "What it shows."),
    ],
)
def test_a_page_is_found_by_its_title_with_what_its_record_holds(site: Surroundings, page: str, words: str) -> None:
    entry = entries(site, page)[page.replace(".md", "/")]
    assert entry["title"] == "A &amp; B"
    assert words in entry["text"]


def test_a_system_is_found_with_its_year_and_compute_and_stands_before_other_pages(site: Surroundings) -> None:
    found = entries(site, "systems/alexnet.md", "architectures/alexnet.md")
    system, network = found["systems/alexnet/"], found["architectures/alexnet/"]
    assert system["text"].startswith("System of 2018, vision. ")
    # 2 FLOP to three digits.
    assert "2.00 FLOP" in system["text"].replace(NO_BREAK, " ")
    assert system["boost"] > network["boost"] > 1


def test_a_system_without_a_point_has_no_compute(surroundings: MakeSurroundings) -> None:
    made = small_edition(systems=(bundles.system(id="dqn", listing="modest"),))
    assert "Training compute: modest." in entries(surroundings(made), "systems/dqn.md")["systems/dqn/"]["text"]


def test_a_column_without_a_label_is_found_by_its_unit(surroundings: MakeSurroundings) -> None:
    columns = [
        {"key": key, "label": label, "kind": "number", "unit": "month", "digits": 2}
        for key, label in (("a", "Named"), ("b", ""))
    ]
    site = surroundings(small_edition(tables=(bundles.table(columns=columns, rows=[{"a": 1.0, "b": 2.0}]),)))
    assert "Named, months" in entries(site, "tables/compute-runs.md")["tables/compute-runs/"]["text"]


def test_statements_and_works_are_found_where_they_are_listed(site: Surroundings) -> None:
    found = entries(site)
    assert "not testable" in found[f"results/ledger/#{CLAIM}"]["text"]
    assert found["references/#amodei2018ai"]["title"] == "word 1996"


def test_the_home_page_has_an_empty_location(site: Surroundings) -> None:
    assert entries(site, "index.md")[""]["title"] == "A &amp; B"


def test_markup_in_a_record_is_text(surroundings: MakeSurroundings) -> None:
    site = surroundings(small_edition('<b title="x">&'))
    assert '&lt;b title="x"&gt;&amp;' in entries(site)[f"results/compute/trend/#{QUANTITY}"]["title"]
    assert "<" not in entries(site, f"figures/{FIGURE.replace('.', '-')}.md")["figures/compute-trend/"]["text"]


def test_settings_and_entries_are_in_files_of_their_own() -> None:
    written = {
        "config": CONFIG,
        "docs": [
            {"location": "a/", "title": "a", "text": ""},
            {"location": "posts/a/", "title": "b", "text": ""},
            {"location": "a/#references"},
        ],
    }
    files = index_files(json.dumps(written), iter([{"location": "b/", "title": "c", "text": "é"}]), {})
    index = json.loads(files["search/search_index.json"])
    assert index["docs"] == []
    # A word of a title counts less than the theme has it.
    assert 1 < index["config"]["fields"]["title"]["boost"] < 1000
    sections, post, record = json.loads(files["search/entries.json"])
    assert (sections["location"], record) == ("a/", {"location": "b/", "title": "c", "text": "é"})
    assert post["boost"] > 1


@pytest.mark.parametrize("anchor", ["#references", "#cite"])
def test_sections_that_lead_to_nothing_of_their_own_are_left_out(anchor: str) -> None:
    files = index_files(json.dumps({"config": CONFIG, "docs": [{"location": f"a/{anchor}"}]}), iter([]), {})
    assert files["search/entries.json"] == "[]"


def test_how_to_cite_the_site_is_no_such_section() -> None:
    section = {"location": "about/#cite", "title": "How to cite", "text": ""}
    files = index_files(json.dumps({"config": CONFIG, "docs": [section]}), iter([]), {})
    assert [entry["location"] for entry in json.loads(files["search/entries.json"])] == ["about/#cite"]


@pytest.mark.parametrize(
    ("page", "settings", "names"),
    [
        ("tracker/index.md", "title: Tracker", ["Tracker"]),
        ("results/ledger.md", "title: Published\nknown_as: [ledger]", ["Published", "ledger"]),
        ("architectures/gpt3_13b.md", 'title: "GPT-3, 13B"', ["GPT-3, 13B", "GPT-3"]),
        ("data/index.md", "title: Heading", None),
    ],
)
def test_a_page_is_known_by_its_menu_its_family_and_what_its_settings_add(
    page: str, settings: str, names: list[str] | None
) -> None:
    location = page.removesuffix(".md").removesuffix("index").rstrip("/") + "/"
    written = {"config": CONFIG, "docs": [{"location": location, "title": "Heading", "text": ""}]}
    files = index_files(json.dumps(written), iter([]), {page: f"---\n{settings}\n---\n"})
    (entry,) = json.loads(files["search/entries.json"])
    assert entry.get("names") == names


def test_a_model_is_found_where_it_is_listed_with_its_compute_and_without_what_is_in_brackets(
    surroundings: MakeSurroundings,
) -> None:
    row = {"id": "gpt-4", "name": "GPT-4 (Jun 2023)", "date": "2023-06-13", "organisations": "OpenAI"}
    table = bundles.table(name="data.models", columns=[], rows=[{**row, "flop": 2.1e25, "confidence": "likely"}])
    entry = entries(surroundings(small_edition(tables=(table,))))["models/#gpt-4"]
    assert (entry["title"], entry["names"]) == ("GPT-4 (Jun 2023)", ["GPT-4"])
    assert entry["text"].replace(NO_BREAK, " ").startswith("Model of 2023, OpenAI. Training compute: 2.10 × 10²⁵ FLOP")
