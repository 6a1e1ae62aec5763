"""What goes with every figure and table: its files, its own page, and references to it."""

import pytest
from bs4 import BeautifulSoup

from site_src.addresses import ExhibitKind
from site_src.components.exhibit_links import exhibit_links, file, reference, show_once
from site_src.errors import PageError
from tests.small_edition import FIGURE, TABLE, small_edition
from tests.unit.site_src.conftest import MakeContext

HOME = "index.md"
FIGURE_PAGE, TABLE_PAGE = "figures/compute-trend.md", "tables/compute-runs.md"


def links(html: str) -> list[tuple[str, str]]:
    return [(link.text, str(link["href"])) for link in BeautifulSoup(html, "html.parser").select("a")]


def test_a_figure_has_its_files_and_its_page(context: MakeContext) -> None:
    assert links(exhibit_links(context(page=HOME), "figure", FIGURE)) == [
        ("SVG", "files/figures/compute.trend.svg"),
        ("PNG", "files/figures/compute.trend.png"),
        ("PDF", "files/figures/compute.trend.pdf"),
        ("CSV", "files/figures/compute.trend.csv"),
        ("Sources", "figures/compute-trend/"),
        ("Cite", "figures/compute-trend/#cite"),
    ]


def test_a_table_has_one_file_and_cannot_be_enlarged(context: MakeContext) -> None:
    html = exhibit_links(context(page=HOME), "table", TABLE)
    assert [text for text, _ in links(html)] == ["CSV", "Sources", "Cite"]
    assert "data-enlarge" not in html
    assert "data-enlarge" in exhibit_links(context(page=HOME), "figure", FIGURE)


@pytest.mark.parametrize(("kind", "name", "page"), [("figure", FIGURE, FIGURE_PAGE), ("table", TABLE, TABLE_PAGE)])
def test_its_own_page_does_not_lead_to_itself_for_the_sources(
    context: MakeContext, copied: MakeContext, kind: ExhibitKind, name: str, page: str
) -> None:
    assert "Sources" not in exhibit_links(context(page=page), kind, name)
    assert "Sources" not in exhibit_links(copied(page=page), kind, name)


def test_a_copy_has_the_data_and_the_page_in_a_sentence(copied: MakeContext) -> None:
    assert exhibit_links(copied(page=HOME), "table", TABLE) == (
        "[Data as CSV](files/tables/compute.runs.csv); [sources](tables/compute-runs/index.md)."
    )


def test_a_file_that_the_edition_no_longer_has_is_taken_from_that_of_the_page(context: MakeContext) -> None:
    editions = (small_edition(edition_id="2018-05"), small_edition(edition_id="2019-11", figures=()))
    page = context(*editions, edition="2018-05")
    assert file(page, "figure", FIGURE, "svg").address == "../../../2018-05/files/figures/compute.trend.svg"
    html = BeautifulSoup(exhibit_links(page, "figure", FIGURE), "html.parser")
    assert html.a is not None
    assert html.a["aria-label"] == "Download as SVG, in edition 2018-05"


def test_a_reference_leads_to_the_figure_on_a_page_that_shows_it(context: MakeContext, copied: MakeContext) -> None:
    known = {"page": HOME, "shown_on": {("figure", FIGURE): ["a.md", HOME]}}
    assert reference(context(**known), "figure", FIGURE) == '<a href="#figure-compute-trend">Figure 1</a>'
    assert reference(copied(**known), "figure", FIGURE) == "[Figure 1](#figure-compute-trend)"


def test_a_reference_from_another_page_leads_to_its_own_page(context: MakeContext, copied: MakeContext) -> None:
    known = {"page": "a.md", "shown_on": {("figure", FIGURE): [HOME]}}
    assert reference(context(**known), "figure", FIGURE) == '<a href="../figures/compute-trend/">Figure 1</a>'
    assert reference(copied(**known), "table", TABLE) == "[Table 1](../tables/compute-runs/index.md)"


@pytest.mark.parametrize(("kind", "name"), [("figure", "compute.tren"), ("table", "compute.run")])
def test_a_reference_to_what_is_not_there_names_the_nearest(context: MakeContext, kind: ExhibitKind, name: str) -> None:
    with pytest.raises(PageError, match=rf"no {kind} '{name}'; did you mean '{name}\w'\?"):
        reference(context(), kind, name)


def test_a_figure_and_a_table_of_one_name_are_two_things(context: MakeContext) -> None:
    page = context()
    show_once(page, "figure", "a.b")
    show_once(page, "table", "a.b")
    with pytest.raises(PageError, match=r"^figure 'a.b' appears twice on the page$"):
        show_once(page, "figure", "a.b")
