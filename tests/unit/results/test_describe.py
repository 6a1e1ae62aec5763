"""A quantity in words for the terminal."""

import pytest

from analysis.errors import UnknownNameError
from analysis.numerals import NO_BREAK_SPACE
from analysis.results.collect import Findings
from analysis.results.describe import description, value_text
from analysis.results.quantity import Results
from analysis.results.trace import Observed


def results() -> Results:
    """Two observed numbers, the square of the first, and a sum of all three."""
    made = Results()
    for name, value in (("a.one", 2.0), ("a.two", 3.0)):
        observed = Observed(
            value=value, unit="month", label="a span", record=f"data/claims#{name}", sources=("amodei2018ai",)
        )
        made.add(made.compute(name, lambda x: x, {"x": observed}, unit="month", summary="One.", formula="x"))
    made.add(made.compute("a.square", lambda x: x**2, {"x": "a.one"}, unit="month", summary="One.", formula="x^2"))
    made.add(
        made.compute(
            "a.sum",
            lambda *values: sum(values),
            {"x_1": "a.square", "x_2": "a.two", r"x_{\mathrm{more}}": "a.one"},
            unit="month",
            summary="One.",
            formula=r"x_1 + x_2 + x_{\mathrm{more}}",
        )
    )
    return made


def test_a_description_reaches_the_records_and_expands_each_input_once() -> None:
    # a.one appears twice, below a.square and next to it; it is expanded the first time.
    assert description(results(), "a.sum").replace(NO_BREAK_SPACE, " ").splitlines() == [
        "a.sum = 9.00 months",
        "  One.",
        "  unrounded: 9",
        r"  formula: x_1 + x_2 + x_{\mathrm{more}}",
        r"  filled in: 4 + 3 + 2 = 9\ \text{months}",
        "    x_1 = 4 months  (a.square)",
        "    x_2 = 3 months  (a.two)",
        "    x_more = 2 months  (a.one)",
        "  sources: amodei2018ai",
        "  inputs:",
        "    a.square = 4.00 months",
        "      a.one = 2.00 months",
        "        data/claims#a.one",
        "    a.two = 3.00 months",
        "      data/claims#a.two",
        "    a.one = 2.00 months",
    ]


def test_a_description_puts_steps_and_series_in_words(findings: Findings) -> None:
    lines = description(findings.results, "compute.games.n").splitlines()
    assert f"    n = 4{NO_BREAK_SPACE}systems  (number of points)" in lines
    assert "    C_i: training compute over the modern points in games" in lines


def test_a_description_gives_the_interval(findings: Findings) -> None:
    lines = description(findings.results, "compute.modern.doubling_time").splitlines()
    # 2.5954 to 5.0925 months, to three digits.
    assert lines[3] == "  from 2.60 to 5.09 (95% interval, Student t on the slope)"


def test_a_description_says_where_a_bound_is_missing(findings: Findings) -> None:
    # With four points in games a resampled slope may be negative, so the doubling time is open above.
    text = description(findings.results, "compute.games.doubling_time_bootstrap")
    assert " to none (95% interval, 10,000 resamples of the points)" in text


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"^no quantity 'a\.som'; did you mean 'a\.sum'\?$"):
        description(results(), "a.som")


def test_the_value_is_written_as_in_a_page(findings: Findings) -> None:
    assert value_text(findings.results["compute.modern.alexnet_to_alphago_zero"]) == "321,000×"


def test_a_count_is_written_to_the_last_digit(findings: Findings) -> None:
    lines = description(findings.results, "counting.gpt3_175b.macs").splitlines()
    assert lines[2] == "  unrounded: 367402130866176"
