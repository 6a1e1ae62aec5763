"""The growth of training costs: the numbers that the notebooks behind the published ones print."""

import pytest
import scipy

from analysis.results.collect import Findings


@pytest.mark.parametrize(
    ("prefix", "n", "growth", "low", "high"),
    [
        # Outputs of cottier2024costs2024 and cottier2024costs2025.
        ("cost.frontier", 41, 2.40727, 1.9690, 2.9431),
        ("cost.cloud", 50, 2.92009, 2.52024, 3.38338),
    ],
)
def test_a_cost_grows_as_its_notebook_says(
    findings: Findings, prefix: str, n: int, growth: float, low: float, high: float
) -> None:
    slope = findings.results[f"{prefix}.slope"]
    assert slope.low is not None
    # The notebooks give intervals of 90%, ours are of 95%.
    half = (slope.value - slope.low) * scipy.stats.t.ppf(0.95, n - 2) / scipy.stats.t.ppf(0.975, n - 2)
    found = [2**each for each in (slope.value, slope.value - half, slope.value + half)]
    # They take a month for a twelfth of a year, which moves a date by two days at most in some nine years.
    assert (findings.results.value(f"{prefix}.n"), found) == (n, pytest.approx([growth, low, high], rel=1e-3))


@pytest.mark.parametrize("prefix", ["cost.frontier", "cost.cloud", "cost.frontier_2025"])
def test_the_doubling_of_a_cost_is_not_called_one_of_compute(findings: Findings, prefix: str) -> None:
    summary = findings.results[f"{prefix}.doubling_time"].summary
    assert "cost" in summary
    assert "compute" not in summary
