"""What choices of the fit decide: each variant next to what another program finds from the same evaluations."""

import pytest

from analysis.results.collect import Findings
from analysis.results.language_progress import PREFIX, VARIANTS

# From a separate program, rounded to two or three digits.
FOUND_ELSEWHERE = {
    "_point": 8.68,
    "_converged": 6.08,
    "_unpenalised": 10.2,
    "_unpenalised_second": 5.36,
    "_tied": 9.22,
    "_own_perplexities": 9.0,
    "_own_perplexities_converged": 5.7,
    "_without_local_transformer": 8.32,
    "_without_local_transformer_converged": 5.82,
}


def test_every_variant_is_found_elsewhere_too() -> None:
    assert {variant.ending for variant in VARIANTS} == FOUND_ELSEWHERE.keys()


@pytest.mark.parametrize(("ending", "months"), FOUND_ELSEWHERE.items())
def test_a_variant_agrees_with_another_program(findings: Findings, ending: str, months: float) -> None:
    # The coarsest of them, 9.0, is known to 0.6%.
    assert findings.results.value(f"{PREFIX}.halving_time{ending}") == pytest.approx(months, rel=6e-3)


def test_the_interval_over_samples_holds_all_choices_of_the_fit(findings: Findings) -> None:
    over_samples = findings.results[f"{PREFIX}.halving_time"]
    assert over_samples.low is not None
    assert over_samples.high is not None
    variants = [findings.results.value(f"{PREFIX}.halving_time{variant.ending}") for variant in VARIANTS]
    assert over_samples.low < min(variants) < over_samples.value < max(variants) < over_samples.high


def test_the_least_gain_per_year_belongs_to_the_longest_halving_time(findings: Findings) -> None:
    growth, halving_time = findings.results[f"{PREFIX}.growth_per_year"], findings.results[f"{PREFIX}.halving_time"]
    assert growth.low is not None
    assert halving_time.high is not None
    # 2 to the power of the halvings in a year.
    assert growth.low == pytest.approx(2 ** (12 / halving_time.high), rel=1e-12)
