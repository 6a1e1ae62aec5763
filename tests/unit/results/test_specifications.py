"""The specification curves of the two headlines: the published fits are among them, and all differ."""

import pytest

from analysis.model.specifications import Specification
from analysis.results.collect import Findings
from analysis.results.specifications import Curve, compute_curve, efficiency_curve

# Sums in another order differ in the last digits.
ROUNDING = 1e-9


@pytest.fixture(scope="module")
def curves(findings: Findings) -> tuple[Curve, Curve]:
    assert findings.study.efficiency is not None
    return compute_curve(findings.study), efficiency_curve(findings.study, findings.study.efficiency)


@pytest.fixture(scope="module")
def listed(findings: Findings, curves: tuple[Curve, Curve]) -> dict[tuple[str, ...], Specification]:
    return {each.labels: each for curve in curves for each in curve.listed(findings.results)}


@pytest.mark.parametrize(
    ("labels", "trend"),
    [
        (("all", "2012 to 2017", "as in the data", "behind the chart"), "compute.modern"),
        (("all", "2012 to 2017", "as in the data", "as printed"), "compute.modern.as_printed"),
        (("all", "2012 to 2017", "as in the data", "as plotted"), "compute.modern.as_plotted"),
        (("all", "2012 to 2017", "as in the data", "counted exactly"), "compute.modern.recounted"),
        (("all", "2012 to 2017", "AlexNet by its paper", "behind the chart"), "compute.modern.alexnet_at_its_paper"),
        (("record setters", "2012 to 2017", "as in the data", "behind the chart"), "compute.modern.record_setters"),
        (("without DQN", "2012 to 2017", "as in the data", "behind the chart"), "compute.modern.without_dqn"),
        (("without self-play", "2012 to 2017", "as in the data", "behind the chart"), "compute.modern.without_alphago"),
        (("in vision", "2012 to 2017", "as in the data", "behind the chart"), "compute.vision"),
        (("record setters", "as in the data", "as in the paper", "full run"), "efficiency.alexnet"),
        (("all", "as in the data", "as in the paper", "full run"), "efficiency.alexnet_all_points"),
        (("record setters", "as in the data", "printed totals", "full run"), "efficiency.alexnet_printed_totals"),
        (("record setters", "AlexNet by its paper", "as in the paper", "full run"), "efficiency.alexnet_at_its_paper"),
        (("record setters", "as in the data", "counted exactly", "full run"), "efficiency.alexnet.recounted"),
    ],
)
def test_every_published_fit_is_a_specification(
    findings: Findings, listed: dict[tuple[str, ...], Specification], labels: tuple[str, ...], trend: str
) -> None:
    found, value = listed[*labels, "least squares"], findings.results.value
    assert found.n == value(f"{trend}.n")
    assert found.doubling_time_months == pytest.approx(value(f"{trend}.doubling_time"), rel=ROUNDING)


def test_there_are_enough_to_call_it_a_curve(findings: Findings) -> None:
    assert findings.results.value("compute.modern.specifications.n") >= 144
    assert findings.results.value("efficiency.alexnet.specifications.n") >= 144


def test_a_tenth_of_them_is_outside_the_percentiles(findings: Findings, curves: tuple[Curve, Curve]) -> None:
    for curve in curves:
        low, median, high = (findings.results.value(f"{curve.prefix}.{end}") for end in ("low", "median", "high"))
        months = [each.doubling_time_months for each in curve.listed(findings.results)]
        # A percentile lies between two of them.
        assert sum(not low <= each <= high for each in months) == pytest.approx(len(months) / 10, abs=2)
        # Several have the median itself: one estimator may take its slope from the same points in each.
        assert sum(each < median for each in months) <= len(months) / 2 <= sum(each <= median for each in months)


def test_a_shorter_run_of_alexnet_gains_less(listed: dict[tuple[str, ...], Specification]) -> None:
    for labels, each in listed.items():
        if labels[-2] == "stopped early" and labels[-1] == "least squares":
            full = listed[*labels[:-2], "full run", "least squares"]
            assert each.doubling_time_months > full.doubling_time_months
