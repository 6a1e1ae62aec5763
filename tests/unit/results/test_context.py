"""Numbers that the efficiency post compares with its own, each worked by hand."""

import math

import pytest

from analysis.results.collect import Findings

ROUNDING = 1e-12


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # 64 is the sixth power of two.
        ("context.transistors.doublings_by_1965", 6),
        # 8.5e9 / 64 = 132,812,500, just under 2^27 = 134,217,728.
        ("context.transistors.doublings_since_1965", math.log2(132_812_500)),
        # 54 years x 12 over those doublings: 24.0 months.
        ("context.transistors.doubling_time", 648 / math.log2(132_812_500)),
        # 21 years x 12 / log2(500,000) = 252 / 18.93.
        ("context.solvers.doubling_time", 252 / math.log2(500_000)),
        # 2^10.5 = 1024 x sqrt(2)
        ("context.solvers.moore_over_span", 1024 * math.sqrt(2)),
        ("context.dawnbench.factor", 2323.39 / 12.60),
        ("context.dawnbench.factor_from_cheaper_baseline", 1112.64 / 12.60),
        # 1860 / 0.00578754 x 69.3 / 2.8
        ("context.effective_compute.factor", 1860 / 0.005_787_54 * 69.3 / 2.8),
        # 24.75 over 1860 / 234
        ("efficiency.go.left_to_match_vision", 69.3 / 2.8 * 234 / 1860),
        ("efficiency.dota.left_to_match_vision", 69.3 / 2.8 * 150 / 770),
    ],
)
def test_a_number_compared_with_the_posts_own(findings: Findings, name: str, value: float) -> None:
    assert findings.results.value(name) == pytest.approx(value, rel=ROUNDING, abs=0)
