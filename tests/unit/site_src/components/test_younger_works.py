"""A work that is younger than the evidence of an edition is marked as such wherever the edition lists it."""

import pytest

from analysis.artifacts import Bundle
from site_src.components.citation import reference_text
from site_src.context import PageContext
from tests import bundles
from tests.small_edition import WORKS, small_edition
from tests.unit.site_src.conftest import MakeContext

COMMENTARY, SOURCE = WORKS[1:3]
YOUNGER = {COMMENTARY: (), SOURCE: ("data/a.csv#one", "data/a.csv#two")}


@pytest.fixture
def listing(context: MakeContext) -> PageContext:
    files = bundles.bundle(edition=bundles.edition(younger_works=YOUNGER)).files
    return context(Bundle(files={**small_edition().files, **files}), page="references.md")


def test_a_work_on_which_nothing_rests_is_commentary(listing: PageContext) -> None:
    assert "Published after the evidence of edition 2018-05; commentary, not a source" in reference_text(
        listing, COMMENTARY
    )


def test_a_work_on_which_records_rest_is_a_source_of_them(listing: PageContext) -> None:
    assert "a source of 2 of its records" in reference_text(listing, SOURCE)


def test_a_work_of_the_time_has_no_mark(listing: PageContext) -> None:
    assert "Published after" not in reference_text(listing, WORKS[0])
