"""Citations: the number of a work, its note in the margin, and the list of works at the end of a page."""

import re

import pytest
from bs4 import BeautifulSoup

from site_src.citing.works import work_address
from site_src.components.citation import bibliography, cites, reference_text
from site_src.components.faces import MARKDOWN
from site_src.errors import PageError
from tests import bundles
from tests.bundles import work
from tests.small_edition import small_edition
from tests.unit.site_src.conftest import MakeContext, Render, Show

SICI = "10.1175/1520-0485(1996)026<2712:TEOIWU>2.0.CO;2"
ENCODED = "https://doi.org/10.1175/1520-0485(1996)026%3C2712:TEOIWU%3E2.0.CO;2"
BOOK = work(id="doe1996work", publisher="Press", note="reprinted in 2001", URL="https://a.b/c")
OTHER = work(id="roe1997work", title="Other", author=[{"family": "Roe", "given": "Ann Lee"}], DOI=SICI)
EDITION = small_edition(references=(BOOK, OTHER))


def test_a_doi_with_angle_brackets_is_encoded_in_its_address() -> None:
    assert work_address(OTHER) == ENCODED


def test_a_doi_with_angle_brackets_is_shown_as_it_is_printed(context: MakeContext) -> None:
    link = BeautifulSoup(reference_text(context(EDITION), OTHER.id), "html.parser").a
    assert link is not None
    assert (link["href"], link.text) == (ENCODED, f"https://doi.org/{SICI}")


def test_a_copy_leads_to_the_same_address_in_round_brackets(copied: MakeContext) -> None:
    text = reference_text(copied(EDITION), OTHER.id)
    address = ENCODED.replace("(", "%28").replace(")", "%29")
    assert text.endswith(f"]({address})")


def test_a_work_is_listed_with_authors_year_place_and_remark(context: MakeContext, copied: MakeContext) -> None:
    assert reference_text(context(EDITION), BOOK.id) == (
        "Doe, J. (1996). <cite>Work</cite>. Press. "
        '<a href="https://a.b/c">https://a.b/c</a> <small>Reprinted in 2001.</small>'
    )
    assert reference_text(copied(EDITION), BOOK.id) == (
        "Doe, J. (1996). *Work*. Press. [https://a.b/c](https://a.b/c) Reprinted in 2001."
    )


@pytest.mark.parametrize(
    ("records", "words"), [((), "commentary, not a source"), (("a", "b"), "a source of 2 of its records")]
)
def test_a_work_younger_than_the_evidence_says_so(copied: MakeContext, records: tuple[str, ...], words: str) -> None:
    edition = bundles.edition(younger_works={BOOK.id: records})
    text = reference_text(copied(small_edition(edition=edition, references=(BOOK,))), BOOK.id)
    assert text.endswith(f"Published after the evidence of edition 2018-05; {words}.")


def test_works_are_numbered_in_order_of_appearance_and_listed_with_links_back(page_html: Show) -> None:
    page = BeautifulSoup(
        page_html(f"{{{{ cite('{OTHER.id}') }}}} {{{{ cite('{BOOK.id}') }}}} {{{{ cite('{OTHER.id}') }}}}", EDITION),
        "html.parser",
    )
    assert [link.text for link in page.select(".cites a[href^='#ref-']")] == ["[1]", "[2]", "[1]"]
    listed = page.select("ol > li")
    assert [entry.cite.text for entry in listed if entry.cite] == ["Other", "Work"]
    backs = [[link["href"] for link in entry.select(".back")] for entry in listed]
    assert backs == [[f"#cite-{OTHER.id}-1", f"#cite-{OTHER.id}-2"], [f"#cite-{BOOK.id}-1"]]
    assert [link.text for link in listed[0].select(".back")] == ["↩¹", "↩²"]
    assert [link.text for link in listed[1].select(".back")] == ["↩"]
    assert all(page.select(str(place)) for places in backs for place in places)


def test_a_copy_lists_the_works_by_number(page_copy: Show) -> None:
    copy = page_copy(f"Said {{{{ cite('{OTHER.id}', '{BOOK.id}') }}}}.", EDITION)
    assert copy.startswith(rf"Said [\[1\]](#ref-{OTHER.id}) [\[2\]](#ref-{BOOK.id}).")
    assert re.findall(r"^(\d)\. (\w+)", copy.partition("## References")[2], re.MULTILINE) == [
        ("1", "Roe"),
        ("2", "Doe"),
    ]


def test_a_page_that_cites_nothing_has_no_list(context: MakeContext) -> None:
    assert bibliography(context(EDITION)) == ""


@pytest.mark.parametrize(("times", "shown"), [(6, 6), (7, 3), (92, 3)])
def test_of_many_links_back_the_first_are_shown_and_the_others_folded(page_html: Show, times: int, shown: int) -> None:
    page = BeautifulSoup(page_html(f"{{{{ cite('{BOOK.id}') }}}} " * times, EDITION), "html.parser")
    (entry,) = page.select("#references + ol > li")
    folded = entry.select("details.back a.back")
    assert len(entry.select(":scope > a.back")) == shown
    assert len(folded) == times - shown
    assert [summary.text for summary in entry.select("summary")] == [f"and {times - shown} more"][: len(folded)]
    # All of them, in their order.
    assert [link["href"] for link in entry.select("a.back")] == [
        f"#cite-{BOOK.id}-{number}" for number in range(1, times + 1)
    ]


def test_a_calculation_has_one_way_back_for_each_work(rendered: Render) -> None:
    expression = "{{ cite('amodei2018ai') }}\n\n{{ calculation('alexnet', 'gpu_time') }}\n\n{{ cite('amodei2018ai') }}"
    page = rendered(expression)
    html = page.markdown + "".join(page.blocks)
    assert html.count('href="#ref-amodei2018ai"') > 4
    assert re.findall(r'id="(cite-amodei2018ai-\d)"', html) == [f"cite-amodei2018ai-{n}" for n in (1, 3, 2)]
    assert re.findall(r'href="#(cite-amodei2018ai-\d)"', html) == [f"cite-amodei2018ai-{n}" for n in (1, 2, 3)]


def test_each_cited_work_has_one_note_for_the_margin(context: MakeContext) -> None:
    page = context(EDITION)
    cites(page, BOOK.id, OTHER.id, BOOK.id)
    assert page.margin_notes == {
        BOOK.id: "<b>1</b> Doe 1996. <cite>Work</cite>.<span> Press.</span>",
        OTHER.id: "<b>2</b> Roe 1996. <cite>Other</cite>.",
    }


def test_an_unknown_work_stops_the_page_with_the_nearest(rendered: Render) -> None:
    with pytest.raises(PageError, match=r":1: no reference 'doe1996wor'; did you mean 'doe1996work'\?"):
        rendered("{{ cite('doe1996wor') }}", EDITION, face=MARKDOWN)
