"""A work as a line of text: its address works, and its DOI reads as it is printed."""

from bs4 import BeautifulSoup
from markdown import markdown

from site_src.citing.works import work_address
from site_src.components.citation import reference_markdown
from tests.bundles import work

SICI = "10.1175/1520-0485(1996)026<2712:TEOIWU>2.0.CO;2"
ENCODED = "https://doi.org/10.1175/1520-0485(1996)026%3C2712:TEOIWU%3E2.0.CO;2"


def test_a_doi_with_angle_brackets_is_encoded_in_its_address() -> None:
    assert work_address(work(DOI=SICI)) == ENCODED


def test_a_doi_with_angle_brackets_is_shown_as_it_is_printed() -> None:
    link = BeautifulSoup(markdown(reference_markdown(work(DOI=SICI))), "html.parser").a
    assert link is not None
    assert (link["href"], link.text) == (ENCODED, f"https://doi.org/{SICI}")


def test_a_plain_doi_is_its_own_address() -> None:
    assert reference_markdown(work(DOI="10.1162/NECO_a_00052")).endswith(" <https://doi.org/10.1162/NECO_a_00052>")
