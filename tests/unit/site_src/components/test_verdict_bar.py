"""The stacked bar of verdicts: results alone are counted, each once."""

from bs4 import BeautifulSoup

from site_src.components.verdict_bar import verdict_bar
from tests import bundles
from tests.unit.site_src.conftest import MakeContext

CLAIMS = (
    *(bundles.claim(id=f"a.{number}", kind="result", verdict="differs") for number in range(2)),
    bundles.claim(id="a.agrees", kind="result", verdict="agrees"),
    bundles.claim(id="a.inferred", kind="result", verdict="agrees", inferred=("x",)),
    bundles.claim(id="a.input", kind="input", verdict="agrees"),
    bundles.claim(id="a.again", kind="result", verdict="agrees", repeats="a.agrees"),
)


def test_a_bar_is_as_long_as_there_are_results_and_its_parts_follow_one_another(context: MakeContext) -> None:
    page = BeautifulSoup(verdict_bar(context(), CLAIMS), "html.parser")
    assert page.svg is not None
    assert page.svg["viewbox"] == "0 0 4 1"
    assert [(part["class"], part["x"], part["width"]) for part in page.select("rect")] == [
        (["bar-agrees"], "0", "1"),
        (["bar-differs"], "1", "2"),
        (["bar-inferred"], "3", "1"),
    ]


def test_a_copy_has_the_counts_in_words_and_nothing_where_there_is_no_result(copied: MakeContext) -> None:
    assert verdict_bar(copied(), CLAIMS) == "1 agree, 2 differ, 1 by an inferred input."
    assert verdict_bar(copied(), CLAIMS[4:]) == ""


def test_what_differs_in_spite_of_an_inferred_input_counts_as_different(copied: MakeContext) -> None:
    claim = bundles.claim(id="a.differs", kind="result", verdict="differs", inferred=("x",))
    assert verdict_bar(copied(), [claim]) == "1 differ."
