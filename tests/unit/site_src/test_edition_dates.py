"""The two days of an edition in words."""

from site_src.edition_dates import as_of, sentence
from tests.bundles import edition

EDITION = edition()


def test_evidence_is_named_by_its_month() -> None:
    assert as_of("2018-05-16") == "evidence as of May 2018"


def test_an_edition_is_its_evidence_and_the_day_on_which_it_was_published() -> None:
    expected = "Edition 2018-05 is the evidence as of May 2018, computed and published on 28 November 2026."
    assert sentence(EDITION) == expected


def test_an_open_edition_does_not_claim_to_be_published() -> None:
    expected = "Edition 2018-05 is the evidence as of May 2018, computed on 28 November 2026 and still open."
    assert sentence(edition(closed=False)) == expected
