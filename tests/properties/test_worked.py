"""Laws of worked calculations."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.study import Study
from analysis.model.worked import Term, Worked

CALCULATIONS = st.sampled_from(["alexnet.gpu_time", "alexnet.operations", "dqn.operations", "deepspeech2.operations"])
# Six factors multiplied in another order: a few errors of 2^-53.
ROUNDING = 1e-14


def calculation(study: Study, name: str) -> Worked:
    """The calculation of this name, given without `worked.`."""
    return next(found for found in study.calculations if found.name == f"worked.{name}")


@given(name=CALCULATIONS, random=st.randoms(use_true_random=False))
def test_the_order_of_factors_does_not_change_the_product(study: Study, name: str, random: Random) -> None:
    original = calculation(study, name)
    terms: list[Term] = list(original.terms)
    random.shuffle(terms)
    assert replace(original, terms=tuple(terms)).compute_flop == pytest.approx(original.compute_flop, rel=ROUNDING)


@given(name=CALCULATIONS, place=st.integers(0, 3), factor=st.floats(1e-6, 1e6))
def test_a_factor_scaled_scales_the_product(study: Study, name: str, place: int, factor: float) -> None:
    original = calculation(study, name)
    terms = list(original.terms)
    terms[place] = replace(terms[place], value=terms[place].value * factor)
    scaled = replace(original, terms=tuple(terms))
    assert scaled.compute_flop == pytest.approx(original.compute_flop * factor, rel=ROUNDING)


@given(name=CALCULATIONS)
def test_the_units_of_the_result_agree(study: Study, name: str) -> None:
    original = calculation(study, name)
    # One pfs-day is 8.64e19 FLOP.
    assert original.compute_pfs_days * 8.64e19 == pytest.approx(original.compute_flop, rel=ROUNDING)
