"""The bands of the modern trend, the choices about the wider field, and the errors of assumed factors."""

import pytest

from analysis.results.assumed_factors import combined, error_factor
from analysis.results.collect import Findings
from analysis.results.field_specifications import field_curve


def test_errors_of_factors_add_in_squares() -> None:
    # Three and four doublings each way make five.
    assert combined(2.0**3, 2.0**4) == pytest.approx(2.0**5)


def test_an_error_factor_is_the_scatter_of_the_logarithms() -> None:
    # log2 of 1, 2 and 4 has a standard deviation of one, and 1.96 of them hold 95%.
    assert error_factor([1.0, 2.0, 4.0]) == pytest.approx(2**1.95996, rel=1e-4)


def test_the_two_bands_are_those_of_another_program(findings: Findings) -> None:
    # An independent fit of the same points gave about 350 times each way, and 7 of 15 points outside the mean band.
    value = findings.results.value
    assert value("compute.modern.prediction_factor_at_end") == pytest.approx(350, rel=0.02)
    assert value("compute.modern.n_outside_line_band") == 7
    assert value("compute.modern.line_factor_at_end") < value("compute.modern.prediction_factor_at_end")


@pytest.mark.parametrize(
    ("labels", "trend"),
    [
        (("all models", "any confidence", "all domains", "since 2010"), "compute.field.since_2010"),
        (("all models", "any confidence", "language", "since 2010"), "compute.field.language"),
        (("all models", "not speculative", "all domains", "since 2010"), "compute.field.not_speculative"),
        (("ten largest at the time", "any confidence", "all domains", "since 2018"), "compute.frontier.since_2018"),
        (("record setters", "any confidence", "all domains", "since 2010"), "compute.records.since_2010"),
    ],
)
def test_every_published_trend_of_the_field_is_a_specification(
    findings: Findings, labels: tuple[str, ...], trend: str
) -> None:
    assert findings.study.field is not None
    listed = {each.labels: each for each in field_curve(findings.study.field).listed(findings.results)}
    found = listed[*labels, "least squares"]
    assert found.n == findings.results.value(f"{trend}.n")
    assert found.doubling_time_months == pytest.approx(findings.results.value(f"{trend}.doubling_time"), rel=1e-9)
