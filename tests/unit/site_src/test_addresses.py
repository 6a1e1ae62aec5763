"""Where pages, anchors and files are, absolute and relative to one another."""

import pytest

from site_src import addresses
from site_src.addresses import page_folder, published, relative_copy, relative_source, relative_url
from tests.bundles import claim

POST = "posts/2018-05-16-ai-and-compute.md"


@pytest.mark.parametrize(
    ("page", "folder"),
    [("index.md", ""), ("posts/index.md", "posts"), ("results/a.md", "results/a"), ("a/my-index.md", "a/my-index")],
)
def test_a_page_is_published_as_a_folder(page: str, folder: str) -> None:
    assert page_folder(page) == folder


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("index.md", ""),
        ("index.md#top", "#top"),
        ("data/index.md", "data/"),
        ("results/compute.md#compute.modern.n", "results/compute/#compute.modern.n"),
        ("files/a.csv", "files/a.csv"),
    ],
)
def test_a_place_has_one_address_below_the_root_of_its_edition(place: str, address: str) -> None:
    assert published(place) == address
    assert addresses.absolute("https://numbers.org/2018-05/", place) == f"https://numbers.org/2018-05/{address}"


@pytest.mark.parametrize(
    ("page", "place", "link"),
    [
        ("index.md", "results/a.md#b", "results/a/#b"),
        ("results/a.md", "index.md", "../../"),
        ("results/a.md", "results/b.md", "../b/"),
        ("results/a.md", "results/a.md#b", "./#b"),
        ("results/index.md", "results/a.md", "a/"),
        ("results/a.md", "files/a.csv", "../../files/a.csv"),
        ("index.md", "files/a.csv", "files/a.csv"),
        ("index.md", "../2018-05/results/a.md", "../2018-05/results/a/"),
    ],
)
def test_a_link_starts_at_the_folder_of_its_page(page: str, place: str, link: str) -> None:
    assert relative_url(page, place) == link


@pytest.mark.parametrize(
    ("place", "link"),
    [
        ("results/a.md#b", "../../results/a/index.md#b"),
        ("index.md", "../../index.md"),
        ("files/a.csv", "../../files/a.csv"),
    ],
)
def test_a_link_of_a_copy_leads_to_the_copy_of_a_page_and_to_a_file_as_it_is(place: str, link: str) -> None:
    assert relative_copy(POST, place) == link


@pytest.mark.parametrize(
    ("page", "place", "link"),
    [(POST, "results/a.md#b", "../results/a.md#b"), ("index.md", "results/a.md", "results/a.md")],
)
def test_a_link_in_markdown_is_relative_to_the_source_of_its_page(page: str, place: str, link: str) -> None:
    assert relative_source(page, place) == link


@pytest.mark.parametrize(
    ("ledger", "row"),
    [
        ("originals", "results/ledger.md#compute-2018.one"),
        ("others", "results/ledger.md#compute-2018.one"),
        ("later", "results/ledger-later.md#compute-2018.one"),
        ("networks", "results/ledger-networks.md#compute-2018.one"),
    ],
)
def test_a_published_statement_is_on_the_page_of_its_ledger(ledger: str, row: str) -> None:
    assert addresses.ledger_row(claim(ledger=ledger)) == row


def test_records_have_pages_and_rows_by_their_names() -> None:
    assert addresses.quantity_row("worked.vgg.operations") == "results/worked.md#worked.vgg.operations"
    # A topic with too many quantities for one page has one for each group.
    assert addresses.quantity_row("compute.modern.n") == "results/compute/modern.md#compute.modern.n"
    assert addresses.calculation_row("dota-1v1", "worked.dota_1v1.time") == "systems/dota-1v1.md#worked.dota_1v1.time"
    assert addresses.network_page("vgg16") == "architectures/vgg16.md"
    assert addresses.reference_row("doe1996") == "references.md#doe1996"
    assert addresses.changes_page("2019-11") == "editions/2019-11.md"
    assert addresses.name_part("dota-1v1") == "dota_1v1"


def test_a_figure_has_the_same_name_on_its_page_and_in_anchors() -> None:
    assert addresses.exhibit_page("figure", "compute.modern_trend") == "figures/compute-modern-trend.md"
    assert addresses.exhibit_anchor("figure", "compute.modern_trend") == "figure-compute-modern-trend"


def test_a_data_table_is_an_anchor_of_the_data_page() -> None:
    assert addresses.data_table_row("data/records/imagenet.csv") == "data/index.md#data-records-imagenet"


def test_files_for_download_are_in_one_folder() -> None:
    assert addresses.download("results.json") == "files/results.json"
    assert addresses.citation_file("site", "bib") == "files/citations/site.bib"
    assert addresses.archive("ai-and-compute-2018-05") == "files/ai-and-compute-2018-05.zip"


def test_another_edition_is_beside_this_one() -> None:
    assert addresses.in_edition("2019-11", "results/a.md") == "../2019-11/results/a.md"
    assert addresses.edition_root("https://numbers.org/a/", "2019-11") == "https://numbers.org/a/2019-11/"
