"""The robust doubling times of the headline trend, and the editions that have them."""

from collections.abc import Mapping

import pytest

from analysis.results.collect import Findings

NAMES = ("compute.modern.doubling_time_theil_sen", "compute.modern.doubling_time_huber")


# An independent computation of the median slope, and Huber's slope by the RLM of statsmodels, give two decimals.
@pytest.mark.parametrize(("name", "months"), [(NAMES[0], 3.58), (NAMES[1], 3.60)])
def test_the_headline_by_robust_slopes_is_the_one_computed_elsewhere(
    findings: Findings, name: str, months: float
) -> None:
    assert findings.results.value(name) == pytest.approx(months, abs=0.005)


def test_closed_editions_do_not_have_them(findings_by_edition: Mapping[str, Findings]) -> None:
    having = [edition for edition, found in findings_by_edition.items() if found.results.get(NAMES[0])]
    assert having == ["2026-11"]
