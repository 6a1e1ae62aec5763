"""A quantity in words for the terminal."""

import pytest

from analysis.errors import UnknownNameError
from analysis.numerals import NO_BREAK_SPACE
from analysis.results.collect import Findings
from analysis.results.describe import description, value_text
from analysis.results.quantity import Quantity, Results


def results() -> Results:
    """Two constants, and a quantity made from both and from another one that is made from the first."""
    made = Results()
    for name, value, inputs in (
        ("a.one", 2.0, ("data/claims",)),
        ("a.two", 3.0, ("data/claims",)),
        ("a.square", 4.0, ("a.one",)),
        ("a.sum", 9.0, ("a.square", "a.two", "a.one")),
    ):
        made.add(
            Quantity(
                name=name,
                value=value,
                unit="month",
                summary="One.",
                formula="x",
                inputs=inputs,
                sources=("amodei2018ai",),
            )
        )
    return made


def test_a_description_goes_down_to_the_files_and_opens_each_input_once() -> None:
    # a.one comes up twice, below a.square and beside it; it is opened the first time.
    assert description(results(), "a.sum").replace(NO_BREAK_SPACE, " ").splitlines() == [
        "a.sum = 9.00 months",
        "  One.",
        "  exactly: 9",
        "  formula: x",
        "  sources: amodei2018ai",
        "  made from:",
        "    a.square = 4.00 months",
        "      a.one = 2.00 months",
        "        data/claims",
        "    a.two = 3.00 months",
        "      data/claims",
        "    a.one = 2.00 months",
    ]


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


def test_a_count_is_told_to_the_last_digit(findings: Findings) -> None:
    lines = description(findings.results, "counting.gpt3_175b.macs").splitlines()
    assert lines[2] == "  exactly: 367402130866176"
