"""A quantity in the text: how it is spelled, where it leads, and the filters that change it."""

import pytest

from analysis.artifacts import Bundle
from site_src.components.faces import HTML, MARKDOWN
from site_src.errors import PageError
from tests import bundles
from tests.small_edition import small_edition
from tests.unit.site_src.conftest import MakeContext, Render

ENTRY = "../../results/runs/#runs.all."


@pytest.fixture(scope="module")
def runs() -> Bundle:
    """An edition of a count, a factor with an interval, and numbers with one bound."""
    ends = {"interval": "95%", "unit": "month", "digits": 2}
    return small_edition(
        results=bundles.results(
            bundles.quantity("runs.all.n", 26, "data/a.csv", unit="system"),
            bundles.quantity("runs.all.time", 3.4384, "data/a.csv", low=2.57, high=5.06, **ends),
            bundles.quantity("runs.all.factor", 4.25, "data/a.csv", low=4.0, high=5.0, interval="95%"),
            bundles.quantity("runs.all.above", 3.0, "data/a.csv", low=2.0, **ends),
            bundles.quantity("runs.all.below", 3.0, "data/a.csv", high=5.0, **ends),
            bundles.quantity("runs.all.share", 77, "data/a.csv", low=71, high=82, **{**ends, "unit": "percent"}),
            bundles.quantity("runs.all.passed", 22.3, "data/a.csv", low=19.6, high=26.6, **{**ends, "unit": "date"}),
            bundles.quantity(
                "runs.all.cost", 1.3e13, "data/a.csv", low=4.2e8, high=4.1e17, **{**ends, "unit": "dollar"}
            ),
            bundles.quantity("runs.all.macs", 724406816, "data/a.csv", unit="MAC"),
        )
    )


def first_line(text: str) -> str:
    return text.partition("\n\n")[0]


def test_a_quantity_is_spelled_with_its_unit_and_leads_to_its_entry(rendered: Render, runs: Bundle) -> None:
    page = rendered("{{ runs.all.time }}", runs)
    assert first_line(page.markdown) == f'<a class="quantity" href="{ENTRY}time">3.4\u00a0months</a>'


def test_in_a_copy_a_quantity_leads_to_the_copy_of_its_entry(rendered: Render, runs: Bundle) -> None:
    page = rendered("{{ runs.all.time }}", runs, face=MARKDOWN)
    assert page.markdown == "[3.4\u00a0months](../../results/runs/index.md#runs.all.time)"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("runs.all.time | digits(3) | plain", "3.44\u00a0months"),
        ("runs.all.time | bare | plain", "3.4"),
        ("runs.all.time | interval | plain", "2.6 to 5.1\u00a0months"),
        ("runs.all.time | interval | bare | plain", "2.6 to 5.1"),
        ("runs.all.factor | interval | plain", "4.00× to 5.00×"),
        ("runs.all.share | interval | plain", "71% to 82%"),
        ("runs.all.passed | interval | plain", "August 2019 to August 2026"),
        ("runs.all.above | interval | plain", "2.0\u00a0months or more, with no upper bound"),
        ("runs.all.below | interval | plain", "5.0\u00a0months or less, with no lower bound"),
        ("runs.all.time | low | plain", "2.6\u00a0months"),
        ("runs.all.time | high | bare | plain", "5.1"),
        ("runs.all.macs | whole | plain", "724,406,816"),
        ("runs.all.n | words | plain", "twenty-six"),
        ("3 | words", "three"),
    ],
)
def test_filters_change_what_is_spelled(rendered: Render, runs: Bundle, expression: str, text: str) -> None:
    for face in (HTML, MARKDOWN):
        assert rendered(f"{{{{ {expression} }}}}", runs, face=face).markdown == text


def test_a_number_in_words_keeps_its_link(rendered: Render, runs: Bundle) -> None:
    page = rendered("{{ runs.all.n | words }}", runs, face=MARKDOWN)
    assert page.markdown == "[twenty-six](../../results/runs/index.md#runs.all.n)"


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("runs.all.n | interval", "'runs.all.n' has no interval"),
        ("runs.all.above | high", "'runs.all.above' has no bound 'high'"),
        ("runs.all.below | low", "'runs.all.below' has no bound 'low'"),
        ("runs.all.factor | words", "expected a whole number before the filter 'words', found 4.25"),
        ("'x' | digits(2)", "expected a quantity before the filter, found 'x'"),
        ("'six' | words", "expected a quantity before the filter, found 'six'"),
    ],
)
def test_what_a_filter_cannot_give_stops_the_page(
    rendered: Render, runs: Bundle, expression: str, message: str
) -> None:
    with pytest.raises(PageError) as caught:
        rendered(f"{{{{ {expression} }}}}", runs)
    assert str(caught.value) == f"docs/posts/page.md:1: {message}"


def test_a_page_notes_the_numbers_that_it_links_and_no_others(rendered: Render, runs: Bundle) -> None:
    assert rendered("{{ runs.all.n }} {{ runs.all.time | plain }}", runs).stated == {"runs.all.n"}


def test_as_markup_a_number_is_not_escaped_again(context: MakeContext, runs: Bundle) -> None:
    page = context(runs)
    linked = page.helpers["quantity"]("runs.all.n")
    assert page.face.text(linked.__html__()) == str(linked)
