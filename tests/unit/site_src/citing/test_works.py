"""A work of the bibliography as text: authors, year, place and address, by the records of CSL-JSON."""

from typing import Any

import pytest

from site_src.citing.works import authors_text, container_text, short_text, work_address, year_text
from tests.bundles import work

SICI = "10.1175/1520-0485(1996)026<2712:TEOIWU>2.0.CO;2"


def people(*families: str) -> list[dict[str, str]]:
    return [{"family": family, "given": "Jane Mary-Ann"} for family in families]


OTHERS = {"literal": "others"}


@pytest.mark.parametrize(
    ("authors", "text"),
    [
        (people("Doe"), "Doe 1996"),
        (people("Doe", "Roe"), "Doe and Roe 1996"),
        (people("Doe", "Roe", "Poe"), "Doe et al. 1996"),
        ([*people("Doe"), OTHERS], "Doe et al. 1996"),
        ([{"literal": "Some Group"}], "Some Group 1996"),
    ],
)
def test_a_work_is_short_by_its_first_author_or_both_of_two(authors: list[dict[str, str]], text: str) -> None:
    assert short_text(work(author=authors)) == text


@pytest.mark.parametrize(
    ("authors", "text"),
    [
        (people("Doe"), "Doe, J. M. A."),
        (people("Doe", "Roe"), "Doe, J. M. A. and Roe, J. M. A."),
        ([{"family": "Doe", "given": ""}, {"literal": "Some Group"}, *people("Poe")], "Doe, Some Group and Poe, J. M. A."),
        ([{"literal": "Some Group"}, OTHERS], "Some Group et al."),
        ([{"literal": name} for name in "abcdef"], "a, b, c, d, e and f"),
        ([{"literal": name} for name in "abcdefg"], "a, b, c, d, e, f et al."),
    ],
)  # fmt: skip
def test_at_most_six_authors_are_listed_with_initials(authors: list[dict[str, str]], text: str) -> None:
    assert authors_text(work(author=authors)) == text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"container-title": "Journal", "volume": "3", "issue": "2", "page": "7-9"}, "Journal 3(2), 7-9"),
        ({"container-title": "Journal", "volume": "3"}, "Journal 3"),
        ({"container-title": "Journal", "page": "7"}, "Journal, 7"),
        # A volume, an issue and pages are of a journal; an issue is of a volume.
        ({"container-title": "Journal", "issue": "2"}, "Journal"),
        ({"volume": "3", "page": "7", "publisher": "Press"}, "Press"),
        ({"publisher": "Press", "archive_location": "1207.0580"}, "Press. arXiv:1207.0580"),
        ({}, ""),
    ],
)
def test_a_place_is_journal_publisher_and_archive_as_far_as_known(fields: dict[str, Any], text: str) -> None:
    assert container_text(work(**fields)) == text


def test_the_year_is_that_of_publication() -> None:
    assert year_text(work(issued={"date-parts": [[2018, 5, 16]]})) == "2018"


def test_a_doi_goes_before_an_address() -> None:
    assert work_address(work(DOI="10.1162/NECO_a_00052", URL="https://a.b/c")) == "https://doi.org/10.1162/NECO_a_00052"


def test_a_work_without_a_doi_has_its_own_address() -> None:
    assert work_address(work(URL="https://a.b/c")) == "https://a.b/c"


def test_a_doi_with_angle_brackets_is_encoded_in_its_address() -> None:
    encoded = "https://doi.org/10.1175/1520-0485(1996)026%3C2712:TEOIWU%3E2.0.CO;2"
    assert work_address(work(DOI=SICI)) == encoded
