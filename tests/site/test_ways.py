"""Links of pages that are settled in an earlier edition: they stay in the edition that is read, or say that they leave."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.artifacts import Bundle, FolderFiles
from site_src.components.edition_links import linked, shows_the_same, way
from site_src.context import PageContext, Surroundings
from site_src.pages.render import render_page, with_fragments
from tests.editions import NEWEST
from tests.sites import Site

EARLIER = "2019-11"
POST = "posts/2018-05-16-ai-and-compute.md"
SETTLED = (
    POST,
    "appendix/ai-and-compute-methods.md",
    "posts/2020-05-05-ai-and-efficiency.md",
    "appendix/ai-and-efficiency-methods.md",
)
FIGURE, FIGURE_PAGE = "compute.modern_trend", "figures/compute-modern-trend.md"
SYSTEM = "systems/alexnet.md#worked.alexnet.operations"
NUMBER = "results/compute.md#compute.modern.doubling_time"
LINK_OUT = re.compile(r'<a\b[^>]*\bhref="(?:\.\./)+(\d{4}-\d{2})/[^"]*"[^>]*>.*?</a>', re.DOTALL)
# Changes one file of JSON of the newest edition.
Change = Callable[[str, Callable[[Any], Any]], None]


@pytest.fixture
def settled(site: Site, tmp_path: Path) -> PageContext:
    """A post of an earlier edition in the newest one, whose bundle is a copy to change."""
    shutil.copytree(site.root / "build" / NEWEST, tmp_path / NEWEST)
    bundles = {
        EARLIER: Bundle(FolderFiles(site.root / "build" / EARLIER)),
        NEWEST: Bundle(FolderFiles(tmp_path / NEWEST)),
    }
    return PageContext(page=POST, bundle=bundles[EARLIER], site=Surroundings(address="", bundles=bundles))


@pytest.fixture
def change(tmp_path: Path) -> Change:
    def changed(file: str, by: Callable[[Any], Any]) -> None:
        path = tmp_path / NEWEST / file
        path.write_text(json.dumps(by(json.loads(path.read_text("utf-8")))), "utf-8")

    return changed


def with_record(key: str, name: str, **values: Any) -> Callable[[Any], Any]:
    """The same records, those of one name with other values."""
    return lambda records: [{**record, **values} if record[key] == name else record for record in records]


def without(key: str, name: str) -> Callable[[Any], Any]:
    return lambda records: [record for record in records if record[key] != name]


def links_out(html: str) -> list[tuple[str, str]]:
    """The links that lead to another edition, whole, each with that edition."""
    return [(found[0], found[1]) for found in LINK_OUT.finditer(html)]


@pytest.mark.parametrize("page", SETTLED)
def test_every_link_of_a_settled_page_that_leaves_the_edition_says_so(site: Site, page: str) -> None:
    html = (site.pages / page.removesuffix(".md") / "index.html").read_text("utf-8")
    found = links_out(html)
    assert found
    assert [link for link, edition in found if f"edition {edition}" not in re.sub(r"<[^>]*>", "", link)] == []


def test_the_compute_post_leaves_the_newest_edition_by_the_permanent_links_of_its_numbers_alone(site: Site) -> None:
    html = (site.pages / POST.removesuffix(".md") / "index.html").read_text("utf-8")
    texts = {re.sub(r"<[^>]*>", "", link) for link, _ in links_out(html)}
    assert texts == {f"Permanent link, edition {EARLIER}"}
    assert len(links_out(html)) == html.count('class="number-card"')


@pytest.mark.parametrize(
    "target",
    [FIGURE_PAGE, f"files/figures/{FIGURE}.png", SYSTEM, NUMBER, "tables/compute-systems.md", "data/index.md"],
)
def test_what_is_the_same_is_linked_within_the_edition(settled: PageContext, target: str) -> None:
    assert way(settled, target).address == settled.url(target)
    assert not way(settled, target).mark


def test_a_figure_of_other_rows_is_linked_in_its_own_edition_with_a_mark(settled: PageContext, change: Change) -> None:
    change("figures.json", with_record("name", FIGURE, input_hash="another"))
    there = way(settled, FIGURE_PAGE)
    assert there.address == "../../../2019-11/figures/compute-modern-trend/"
    assert "in edition 2019-11" in there.mark
    assert there.words == ", in edition 2019-11"


def test_a_figure_that_the_newest_edition_lacks_is_linked_in_its_own(settled: PageContext, change: Change) -> None:
    change("figures.json", without("name", FIGURE))
    assert way(settled, FIGURE_PAGE).edition == EARLIER


def test_a_file_of_other_bytes_is_linked_in_its_own_edition(settled: PageContext) -> None:
    file = settled.site.bundles[NEWEST].folder / f"figures/{FIGURE}.svg"
    file.write_text(file.read_text("utf-8") + "<!-- another -->", "utf-8")
    assert way(settled, f"files/figures/{FIGURE}.svg").edition == EARLIER
    assert not way(settled, f"files/figures/{FIGURE}.csv").edition
    file.unlink()
    assert not shows_the_same(Bundle(FolderFiles(file.parents[1])), settled.bundle, f"files/figures/{FIGURE}.svg")


def test_a_system_leaves_with_any_of_its_calculations(settled: PageContext, change: Change) -> None:
    change("worked.json", with_record("system", "alexnet", note="Another note"))
    assert way(settled, SYSTEM).edition == EARLIER
    assert not way(settled, "systems/vgg.md").edition


def test_what_others_count_for_a_network_does_not_make_it_another(settled: PageContext, change: Change) -> None:
    change("architectures.json", with_record("name", "vgg16", title="Another"))
    newest = settled.site.bundles[NEWEST]
    assert newest.architectures["alexnet"].peers != settled.bundle.architectures["alexnet"].peers
    assert not way(settled, "architectures/alexnet.md").edition
    assert way(settled, "architectures/vgg16.md").edition == EARLIER


def test_a_number_that_changed_leads_to_the_edition_of_the_page_and_says_so(
    settled: PageContext, change: Change
) -> None:
    name = NUMBER.partition("#")[2]
    change("results.json", lambda content: {"quantities": with_record("name", name, value=9.9)(content["quantities"])})
    rendered = render_page("Compute doubled every {{ compute.modern.doubling_time | digits(2) }}.", settled)
    assert '<a class="quantity" href="../../../2019-11/results/compute/#compute.modern.doubling_time">3.4' in (
        rendered.markdown
    )
    assert "in edition 2019-11</small></a>" in rendered.markdown
    card = with_fragments(rendered.markdown, rendered.fragments)
    assert "All about this number" not in card
    assert "Permanent link, edition 2019-11" in card


def test_a_number_that_did_not_change_is_linked_in_markdown(settled: PageContext) -> None:
    text = linked(settled, NUMBER, "3.4 months", "quantity")
    assert text == "[3.4 months](../results/compute.md#compute.modern.doubling_time){ .quantity }"


def test_a_claim_with_another_verdict_is_linked_in_its_own_edition(settled: PageContext, change: Change) -> None:
    claim = settled.bundle.ledger[0].id
    change("ledger.json", with_record("id", claim, verdict="another"))
    assert way(settled, f"results/ledger.md#{claim}").edition == EARLIER
    assert not way(settled, f"results/ledger.md#{settled.bundle.ledger[1].id}").edition
