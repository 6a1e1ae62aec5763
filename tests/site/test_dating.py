"""The two days of an edition in words."""

from site_src.components.citation import younger_note
from site_src.edition_dates import as_of, sentence
from tests.bundles import edition

EDITION = edition(younger_works={"doe2022": (), "roe2026": ("data/a.csv#one", "data/a.csv#two")})


def test_evidence_is_named_by_its_month() -> None:
    assert as_of("2018-05-16") == "evidence as of May 2018"


def test_an_edition_is_its_evidence_and_the_day_on_which_it_was_published() -> None:
    expected = "Edition 2018-05 is the evidence as of May 2018, computed and published on 28 November 2026."
    assert sentence(EDITION) == expected


def test_an_open_edition_does_not_claim_to_be_published() -> None:
    expected = "Edition 2018-05 is the evidence as of May 2018, computed on 28 November 2026 and still open."
    assert sentence(edition(closed=False)) == expected


def test_a_younger_work_on_which_nothing_rests_is_commentary() -> None:
    assert younger_note(EDITION, "doe2022") == (
        " <small>Published after the evidence of edition 2018-05; commentary, not a source.</small>"
    )


def test_a_younger_work_on_which_records_rest_is_a_source() -> None:
    assert "; a source of 2 of its records.<" in younger_note(EDITION, "roe2026")


def test_a_work_of_the_time_has_no_mark() -> None:
    assert younger_note(EDITION, "moore1965") == ""
