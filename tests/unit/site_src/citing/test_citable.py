"""A thing to cite in words: its title, what it rests on, whom it credits."""

import pytest

from site_src.citing.citable import Citable, Kind, citation, named
from tests.bundles import work

POST = work(title="A Work", URL="https://a.b/c")


def citable(kind: Kind = "figure", *, number: int | None = None, title: str = "A\n trend") -> Citable:
    return Citable(
        slug="thing",
        kind=kind,
        title=title,
        description="One.\n Two.",
        edition="2019-11",
        published="2026-11-03",
        evidence="2019-11-07",
        address="https://numbers.org/2019-11/thing/",
        home="https://numbers.org/2019-11/",
        originals=(POST, POST),
        number=number,
        keywords=("one", "two"),
    )


@pytest.mark.parametrize(
    ("kind", "number", "title"),
    [("figure", 3, "Figure 3: A trend"), ("table", 1, "Table 1: A trend"), ("system", None, "A trend")],
)
def test_a_figure_or_table_has_its_number_in_the_title(kind: Kind, number: int | None, title: str) -> None:
    assert citable(kind, number=number).full_title == title


def test_a_dated_title_names_the_month_of_the_evidence() -> None:
    assert citable().dated_title == "A trend (evidence as of November 2019)"


def test_all_works_behind_a_thing_are_credited_with_title_and_address() -> None:
    doe = "Doe (1996), A Work, https://a.b/c"
    assert citable().credit == f"Recomputes {doe}; {doe}"
    assert citable("network").credit == f"Counted from {doe}; {doe}"


@pytest.mark.parametrize(("kind", "publisher", "container"), [("post", True, False), ("site", False, False), ("data", False, True)])  # fmt: skip
def test_a_post_has_a_publisher_and_a_part_of_the_site_what_it_is_part_of(
    kind: Kind, publisher: bool, container: bool
) -> None:
    record = citation(citable(kind))
    assert (bool(record.publisher), bool(record.number), bool(record.container_title)) == (
        publisher,
        publisher,
        container,
    )


def test_the_record_is_dated_by_the_day_of_publication() -> None:
    record = citation(citable())
    assert (record.id, record.version) == ("thing-2019-11", "2019-11")
    assert record.issued == "2026-11-03"
    assert record.keywords == ("one", "two")
    assert record.abstract == "One. Two."


@pytest.mark.parametrize(
    ("families", "who"), [(["Doe"], "Doe"), (["Doe", "Roe"], "Doe and Roe"), (["Doe", "Roe", "Poe"], "Doe et al.")]
)
def test_a_work_in_a_sentence_names_two_authors_at_most(families: list[str], who: str) -> None:
    assert named(work(author=[{"family": family, "given": ""} for family in families])) == f"{who} (1996)"


def test_unnamed_others_are_not_an_author() -> None:
    assert named(work(author=[{"family": "Doe", "given": ""}, {"literal": "others"}])) == "Doe et al. (1996)"
