"""The pages that are made from records: which there are, their titles, and what they call."""

import pytest

from site_src.pages.authored import front_matter
from site_src.pages.generated import generated_pages, lists_uses
from tests import bundles
from tests.hostile import ATTACKS
from tests.small_edition import small_edition

EDITIONS = {edition: small_edition(edition_id=edition) for edition in ("2018-05", "2019-11")}


def test_each_record_has_its_page() -> None:
    assert set(generated_pages(EDITIONS)) == {
        "results/figures.md",
        "results/tables.md",
        *(f"results/{topic}.md" for topic in ("claims", "compute", "counting", "worked", "system")),
        "results/compute/modern.md",
        "results/compute/trend.md",
        "results/counting/alexnet.md",
        "figures/compute-trend.md",
        "tables/compute-runs.md",
        "systems/alexnet.md",
        "architectures/alexnet.md",
        "editions/2019-11.md",
    }


def test_records_are_those_of_the_newest_edition() -> None:
    older = small_edition(systems=(bundles.system(id="old"),))
    pages = generated_pages({"2018-05": older, "2019-11": EDITIONS["2019-11"]})
    assert "systems/old.md" not in pages


@pytest.mark.parametrize(
    ("page", "title", "call"),
    [
        ("figures/compute-trend.md", "Figure 1: word", 'exhibit_page("figure", "compute.trend")'),
        ("tables/compute-runs.md", "Table 1: word", 'exhibit_page("table", "compute.runs")'),
        ("systems/alexnet.md", "word", 'system_page("alexnet")'),
        ("architectures/alexnet.md", "word", 'network_page("alexnet")'),
        ("editions/2019-11.md", "What changed in edition 2019-11", 'changes("2019-11")'),
        ("results/worked.md", "Quantities: worked calculations", 'quantities("worked")'),
        ("results/counting.md", "Quantities: networks", 'quantity_index("counting")'),
        ("results/counting/alexnet.md", "Quantities: networks, word", 'quantities("counting", "counting.alexnet")'),
    ],
)
def test_a_page_has_its_title_and_one_call(page: str, title: str, call: str) -> None:
    source = generated_pages(EDITIONS)[page]
    assert front_matter(source)["title"] == title
    assert front_matter(source)["search"] == {"exclude": True}
    assert source.endswith(f"---\n\n# {{{{ heading() }}}}\n\n{{{{ {call} }}}}\n")


@pytest.mark.parametrize("text", ATTACKS)
def test_a_title_is_a_value_whatever_it_holds(text: str) -> None:
    source = generated_pages({"2018-05": small_edition(systems=(bundles.system(name=text),))})["systems/alexnet.md"]
    assert front_matter(source)["title"] == text
    assert source.split("---\n", 2)[2] == '\n# {{ heading() }}\n\n{{ system_page("alexnet") }}\n'


def test_pages_that_list_uses_wait_for_the_others() -> None:
    waiting = [page for page, source in generated_pages(EDITIONS).items() if lists_uses(page, source)]
    entries = ("claims", "compute/modern", "compute/trend", "counting/alexnet", "system", "worked")
    assert sorted(waiting) == [f"results/{page}.md" for page in entries]
    assert lists_uses("references.md", "")
    assert not lists_uses("posts/a.md", "")
