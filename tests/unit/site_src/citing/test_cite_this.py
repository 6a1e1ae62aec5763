"""What of an edition can be cited, from which page, after which works, and what the head of its page states."""

import json
import re
from typing import Any

import pytest

from analysis.artifacts import Bundle
from site_src.citing.cite_this import UNCITED, block, citables, citation_files, head, why_uncited
from site_src.context import Surroundings
from site_src.errors import PageError
from tests import bundles
from tests.small_edition import WORKS, small_edition
from tests.unit.site_src.conftest import MakeContext, MakeSurroundings

POST = "posts/2018-05-16-a-post.md"
FRONT = {"title": "A post", "description": "What it does.", "topic": "compute", "since": "2018-05"}
# Dates of evidence and publication of two editions, and what is younger than the first of them.
FIRST = {"id": "2018-05", "evidence": "2018-05-16", "published": "2026-11-01"}
SECOND = {"id": "2019-11", "evidence": "2019-11-07", "published": "2026-11-02"}
YOUNGER = dict.fromkeys(WORKS[1:], ())


def edition_of(record: dict[str, Any], younger: dict[str, tuple[str, ...]] | None = None) -> Bundle:
    made = small_edition(edition_id=record["id"])
    dated = bundles.bundle(edition=bundles.edition(**record, younger_works=younger or {}))
    return Bundle(files={**made.files, **dated.files, "cards/compute.png": b""})


@pytest.fixture
def site(surroundings: MakeSurroundings) -> Surroundings:
    """Two editions, the works of all but one of which are younger than the first."""
    return surroundings(edition_of(FIRST, YOUNGER), edition_of(SECOND), posts={POST: FRONT})


def graph(text: str) -> dict[str, Any]:
    """The JSON-LD in the head of a page."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found
    record: dict[str, Any] = json.loads(found[1])
    return record


@pytest.mark.parametrize(
    "page", ["figures/a.md", "tables/a.md", "systems/alexnet.md", "architectures/alexnet.md", "posts/a.md"]
)
def test_no_page_of_a_record_and_no_post_is_excused_from_a_citation(page: str) -> None:
    assert why_uncited(page) == ""


def test_every_kind_of_page_that_is_not_cited_has_a_reason() -> None:
    assert all(len(reason.split()) > 4 for reason in UNCITED.values())
    assert why_uncited("results/compute.md") == UNCITED["results/*.md"]


def test_everything_that_can_be_cited_is_listed_by_its_page(site: Surroundings) -> None:
    slugs = {page: thing.slug for page, thing in citables(site).items()}
    assert slugs == {
        "about/index.md": "site",
        "data/index.md": "data",
        POST: "posts-2018-05-16-a-post",
        "figures/compute-trend.md": "figure-compute-trend",
        "tables/compute-runs.md": "table-compute-runs",
        "systems/alexnet.md": "system-alexnet",
        "architectures/alexnet.md": "network-alexnet",
    }


def test_titles_and_descriptions_name_the_record(surroundings: MakeSurroundings) -> None:
    found = citables(surroundings(small_edition("Some Name"), posts={POST: FRONT}))
    pages = ("systems/alexnet.md", "architectures/alexnet.md", "figures/compute-trend.md", "tables/compute-runs.md")
    assert all("Some Name" in found[page].title and "Some Name" in found[page].description for page in pages)
    assert (found[POST].title, found[POST].description) == ("A post: an independent recomputation", "What it does.")


def test_a_thing_has_the_address_of_its_page_in_this_edition(site: Surroundings) -> None:
    assert citables(site)["systems/alexnet.md"].address == "https://example.org/2019-11/systems/alexnet/"
    assert citables(site)["data/index.md"].home == "https://example.org/2019-11/"


def test_everything_of_an_edition_has_its_day_of_publication(site: Surroundings) -> None:
    found = citables(site).values()
    assert {(thing.published, thing.evidence) for thing in found} == {("2026-11-02", "2019-11-07")}


def test_an_edition_recomputes_those_works_alone_that_its_evidence_has(surroundings: MakeSurroundings) -> None:
    first = citables(surroundings(edition_of(FIRST, YOUNGER)))["about/index.md"]
    last = citables(surroundings(edition_of(SECOND)))["about/index.md"]
    assert [work.id for work in first.originals] == [WORKS[0]]
    assert [work.id for work in last.originals] == list(WORKS)


def test_a_work_that_the_bibliography_lacks_is_not_recomputed(surroundings: MakeSurroundings) -> None:
    made = edition_of(FIRST)
    one = bundles.bundle(references=(bundles.work(id=WORKS[0]), bundles.work(id="amodei2018ai")))
    site = surroundings(Bundle(files={**made.files, **one.files}))
    assert {work.id for work in citables(site)["about/index.md"].originals} == {WORKS[0]}


def test_a_figure_and_a_system_recompute_the_works_of_their_topic(site: Surroundings) -> None:
    for page in ("figures/compute-trend.md", "tables/compute-runs.md", "systems/alexnet.md"):
        assert [work.id for work in citables(site)[page].originals] == list(WORKS[:2])


def test_a_network_is_counted_from_the_works_that_describe_it(site: Surroundings) -> None:
    assert [work.id for work in citables(site)["architectures/alexnet.md"].originals] == list(bundles.SOURCES)


def test_figures_and_tables_alone_have_numbers(site: Surroundings) -> None:
    numbered = {page for page, thing in citables(site).items() if thing.number}
    assert numbered == {"figures/compute-trend.md", "tables/compute-runs.md"}


def test_a_post_rests_on_the_evidence_of_the_edition_that_it_keeps_the_numbers_of(
    surroundings: MakeSurroundings,
) -> None:
    editions = (edition_of(FIRST, YOUNGER), edition_of(SECOND))
    post = citables(surroundings(*editions, posts={POST: {**FRONT, "settled": "2018-05"}}))[POST]
    assert (post.edition, post.evidence, post.published) == ("2019-11", "2018-05-16", "2026-11-02")
    assert [work.id for work in post.originals] == [WORKS[0]]


def test_a_post_that_is_settled_later_has_the_evidence_of_this_edition(surroundings: MakeSurroundings) -> None:
    site = surroundings(edition_of(FIRST), posts={POST: {**FRONT, "settled": "2019-11"}})
    assert citables(site)[POST].evidence == "2018-05-16"


def test_every_thing_has_a_citation_file_in_each_format(site: Surroundings) -> None:
    files = citation_files(site)
    assert len(files) == 4 * len(citables(site))
    assert files["files/citations/site.txt"].startswith("The maintainers of")
    assert all(text.endswith("\n") for text in files.values())


def test_the_block_shows_the_text_and_offers_each_format(copied: MakeContext, site: Surroundings) -> None:
    context = copied(*site.bundles.values(), posts=site.posts, page=POST)
    text = block(context, citables(context.site)[POST])
    assert "The maintainers of the AI and compute recomputation" in text
    for ending in ("bib", "ris", "json"):
        assert f"files/citations/posts-2018-05-16-a-post.{ending}" in text


@pytest.mark.parametrize("page", ["results/compute.md", "editions/2018-05.md"])
def test_a_page_that_is_not_cited_has_no_metadata(context: MakeContext, page: str) -> None:
    assert head(context(page=page)) == ""


def test_a_page_of_an_unknown_kind_stops_the_build(context: MakeContext) -> None:
    with pytest.raises(PageError, match=r"^essays/new\.md: "):
        head(context(page="essays/new.md"))


def test_the_home_page_stands_for_the_site_as_a_whole(context: MakeContext) -> None:
    assert graph(head(context(page="index.md")))["@type"] == "WebSite"


def test_a_figure_is_its_own_picture(context: MakeContext) -> None:
    found = graph(head(context(page="figures/compute-trend.md")))
    assert found["contentUrl"] == "https://example.org/2018-05/files/figures/compute.trend.png"
    assert (found["width"], found["height"]) == (2, 1)


def test_a_post_has_the_card_of_its_topic_in_the_edition_of_its_numbers_and_the_works_that_it_cites(
    context: MakeContext,
) -> None:
    editions = (edition_of(FIRST), edition_of(SECOND))
    page = context(*editions, page=POST, posts={POST: FRONT}, meta=FRONT, edition="2018-05")
    page.cited[WORKS[1]] = 1
    found = graph(head(page))
    assert found["image"]["contentUrl"] == "https://example.org/2018-05/files/cards/compute.png"
    assert (found["image"]["width"], found["image"]["height"]) == (1200, 630)
    assert len(found["citation"]) == 1


def test_a_post_on_a_topic_without_a_card_has_no_picture(context: MakeContext) -> None:
    front = {**FRONT, "topic": "efficiency"}
    found = graph(head(context(edition_of(FIRST), page=POST, posts={POST: front}, meta=front)))
    assert "image" not in found


@pytest.mark.parametrize(
    ("page", "files"),
    [
        ("data/index.md", ["ai-and-compute-2018-05.zip", "datapackage.json"]),
        ("systems/alexnet.md", ["data/systems.csv", "data/estimates.csv"]),
        ("architectures/alexnet.md", ["networks/alexnet.csv", "networks/alexnet.json"]),
        ("tables/compute-runs.md", ["tables/compute.runs.csv"]),
    ],
)
def test_a_data_set_says_where_its_files_are(context: MakeContext, page: str, files: list[str]) -> None:
    found = graph(head(context(page=page)))["distribution"]
    assert [file["contentUrl"] for file in found] == [f"https://example.org/2018-05/files/{name}" for name in files]
    types = {"csv": "text/csv", "json": "application/json", "zip": "application/zip"}
    assert all(file["encodingFormat"] == types[file["contentUrl"].rpartition(".")[2]] for file in found)
