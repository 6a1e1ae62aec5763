"""The verdicts of a ledger as a bar and a list."""

import pytest
from bs4 import BeautifulSoup

from site_src.components.tally import PARTS, tally
from site_src.errors import PageError
from tests import bundles
from tests.small_edition import small_edition
from tests.unit.site_src.conftest import MakeContext

COUNTS = {"agree": 6, "consistent": 2, "differ": 1, "inferred": 0, "not_testable": 1}


def ledger(**counts: int) -> bundles.Bundle:
    numbers = [
        bundles.quantity(f"claims.originals.{name}", count, "data/a.csv", digits=1) for name, count in counts.items()
    ]
    return small_edition(results=bundles.results(*numbers))


def test_the_pieces_of_the_bar_follow_each_other_and_fill_it(context: MakeContext) -> None:
    shown = BeautifulSoup(tally(context(ledger(**COUNTS, results=10)), "originals"), "html.parser")
    pieces = [(piece["x"], piece["width"], piece.get_text()) for piece in shown.select("svg svg")]
    assert pieces == [("0.0%", "60.0%", "6"), ("60.0%", "20.0%", "2"), ("80.0%", "10.0%", "1"), ("90.0%", "10.0%", "1")]


def test_each_count_but_zero_is_listed_with_what_it_means(context: MakeContext, copied: MakeContext) -> None:
    edition = ledger(**COUNTS, results=10)
    shown = BeautifulSoup(tally(context(edition), "originals"), "html.parser")
    meanings = [PARTS[name][1] for name, count in COUNTS.items() if count]
    assert [item.get_text().split(" ", 1)[1] for item in shown.select("li")] == meanings
    lines = tally(copied(edition), "originals").splitlines()
    assert [line.split(") ", 1)[1] for line in lines] == meanings


def test_a_count_that_is_missing_is_refused(context: MakeContext) -> None:
    with pytest.raises(PageError, match=r"claims\.originals\.consistent"):
        tally(context(ledger(agree=1)), "originals")
