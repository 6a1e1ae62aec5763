"""The stacked bar of verdicts: the counts are those of the analysis, of a whole ledger or of one of its files."""

import pytest
from bs4 import BeautifulSoup

from analysis.artifacts import Bundle
from analysis.contract import Results, Symbol
from site_src.components.verdict_bar import verdict_bar
from tests import bundles
from tests.unit.site_src.conftest import MakeContext

ONE, OTHER = "data/claims/one.toml", "data/claims/other.toml"
# By verdict, how many results each of the two files has.
COUNTS = {"agree": (1, 0), "consistent": (0, 0), "differ": (2, 3), "inferred": (1, 0), "not_testable": (0, 0)}


def symbol(file: str, value: int) -> Symbol:
    return Symbol(symbol="n", label="of these", value=float(value), unit="statement", name=None, record=file, names=())


@pytest.fixture
def counted() -> Bundle:
    """A bundle with the counts of one ledger."""
    quantities = tuple(
        bundles.quantity(
            f"claims.originals.{name}",
            float(one + other),
            ONE,
            OTHER,
            unit="statement",
            symbols=(symbol(ONE, one), symbol(OTHER, other)),
        )
        for name, (one, other) in COUNTS.items()
    )
    results = Results(edition="2018-05", quantities=quantities)
    return bundles.bundle(edition=bundles.edition(), results=results)


def test_a_bar_is_as_long_as_there_are_results_and_its_parts_follow_one_another(
    context: MakeContext, counted: Bundle
) -> None:
    page = BeautifulSoup(verdict_bar(context(counted), "originals"), "html.parser")
    assert page.svg is not None
    # 1 + (2 + 3) + 1 = 7
    assert page.svg["viewbox"] == "0 0 7 1"
    assert [(part["class"], part["x"], part["width"]) for part in page.select("rect")] == [
        (["bar-agrees"], "0", "1"),
        (["bar-differs"], "1", "5"),
        (["bar-inferred"], "6", "1"),
    ]


def test_the_bar_of_a_file_has_the_terms_of_that_file(copied: MakeContext, counted: Bundle) -> None:
    assert verdict_bar(copied(counted), "originals", ONE) == "1 agree, 2 differ, 1 agree only by an inferred input."
    assert verdict_bar(copied(counted), "originals", OTHER) == "3 differ."


def test_a_file_without_results_says_so(context: MakeContext, copied: MakeContext, counted: Bundle) -> None:
    for face in (context, copied):
        page = BeautifulSoup(verdict_bar(face(counted), "originals", "data/claims/empty.toml"), "html.parser")
        assert page.text == "No results of its own."
