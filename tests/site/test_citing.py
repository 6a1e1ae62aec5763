"""What can be cited in an edition, as of which day, and after which works."""

import pytest

from site_src.citing.cite_this import UNCITED, citables, head, why_uncited
from site_src.errors import PageError
from tests.editions import EVIDENCE, FIRST, NEWEST, PUBLISHED
from tests.sites import Context

COMPUTE = "posts/2018-05-16-ai-and-compute.md"


@pytest.mark.parametrize(
    "page", ["figures/a.md", "tables/a.md", "systems/alexnet.md", "architectures/alexnet.md", "posts/a.md"]
)
def test_no_page_of_a_record_and_no_post_is_excused_from_a_citation(page: str) -> None:
    assert why_uncited(page) == ""


def test_every_kind_of_page_that_is_not_cited_has_a_reason() -> None:
    assert all(len(reason.split()) > 4 for reason in UNCITED.values())


def test_a_page_of_an_unknown_kind_stops_the_build(context_of: Context) -> None:
    with pytest.raises(PageError, match=r"^essays/new\.md: "):
        head(context_of("essays/new.md"))


def test_an_edition_comes_after_those_works_alone_that_its_evidence_has(context_of: Context) -> None:
    first, last = (citables(context_of(COMPUTE, edition).site)["about/index.md"] for edition in ("2018-05", ""))
    assert [work.id for work in first.originals] == ["amodei2018ai"]
    assert len(last.originals) == 4


def test_everything_of_an_edition_has_its_day_of_publication(context_of: Context) -> None:
    found = citables(context_of(COMPUTE, "2018-05").site).values()
    assert {(thing.published, thing.evidence) for thing in found} == {(PUBLISHED[FIRST], EVIDENCE[FIRST])}


def test_a_post_rests_on_the_evidence_of_the_edition_that_it_keeps_the_numbers_of(context_of: Context) -> None:
    context = context_of(COMPUTE)
    context.site.posts = {COMPUTE: {"title": "A", "description": "B", "topic": "compute", "settled": "2019-11"}}
    post = citables(context.site)[COMPUTE]
    assert (post.edition, post.evidence, post.published) == (NEWEST, EVIDENCE["2019-11"], PUBLISHED["2019-11"])
