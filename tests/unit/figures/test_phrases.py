"""Texts whose numbers come from the findings."""

import pytest

from analysis.errors import UnknownNameError
from analysis.figures.phrases import capitalised, filled, in_words, listed
from analysis.results.collect import Findings


def test_a_quantity_is_written_with_its_unit_and_a_count_in_words(findings: Findings) -> None:
    # 3.438 months, at the three digits of the quantity; n is what the fit was given.
    assert filled("every {compute.modern.doubling_time}", findings) == "every 3.44\u00a0months"
    n = in_words(float(findings.study.trends["modern"].n))
    assert filled("over {compute.modern.n:words} runs", findings) == f"over {n} runs"
    assert filled("{compute.modern.n:Words} runs", findings) == f"{capitalised(n)} runs"


def test_a_fact_of_the_figure_takes_precedence_over_a_quantity(findings: Findings) -> None:
    text = filled("{lowest} is low; {count:Words} lie high", findings, lambda _: {"lowest": "DQN", "count": "two of 9"})
    assert text == "DQN is low; Two of 9 lie high"


def test_a_text_without_names_stays_as_it_is(findings: Findings) -> None:
    assert filled("Dot plot, a row per task.", findings) == "Dot plot, a row per task."


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{compute.modern.m:words} runs", "no quantity or fact 'compute.modern.m'; did you mean 'compute.modern.n'?"),
        ("{lowst} runs", "no quantity or fact 'lowst'; did you mean 'lowest'?"),
        ("{compute.modern.n:word} runs", "no style 'word'; expected one of short, words, Words"),
    ],
)
def test_a_name_that_is_not_there_is_refused(findings: Findings, template: str, message: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        filled(template, findings, lambda _: {"lowest": "DQN"})
    assert message in str(caught.value)


def test_a_number_that_is_not_whole_keeps_its_digits() -> None:
    assert (in_words(2.0), in_words(2.5)) == ("two", "2.5")


@pytest.mark.parametrize(
    ("names", "text"),
    [(["VGG"], "VGG"), (["VGG", "DQN"], "VGG and DQN"), (["VGG", "DQN", "GANs"], "VGG, DQN and GANs")],
)
def test_names_are_listed_as_a_sentence_lists_them(names: list[str], text: str) -> None:
    assert listed(names) == text
