"""Inputs of the appendix worked out from the systems' papers, each by hand."""

import math

import pytest

from analysis.results.collect import Findings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # 600,000 steps of 256 images over 1.2 M and over 1.28 M images.
        ("worked.resnets.epochs_in_paper", 128),
        ("worked.resnets.epochs_in_paper_all_images", 120),
        # 370,000 steps of 256 images over 1.28 M.
        ("worked.vgg.epochs_in_paper", 74),
        # 100 epochs of 50,000 updates.
        ("worked.dqn.updates_in_paper", 5_000_000),
        # 100 / 10 and 1,000 / 10 times as much training; the middle on a logarithmic scale.
        ("worked.neural_machine_translation.production_factor", math.sqrt(10 * 100)),
        # 304 M words read at 32 M multiply-adds, 348 M written at 112 M: 0.0747 G a word.
        ("worked.seq2seq.macs_per_word", (304 * 32 + 348 * 112) / 652 * 1e6),
    ],
)
def test_an_input_of_the_appendix_is_worked_out_again(findings: Findings, name: str, value: float) -> None:
    assert findings.results.value(name) == pytest.approx(value, rel=1e-12, abs=0)


def test_a_count_per_word_is_compared_with_a_count_per_word(findings: Findings) -> None:
    row = next(row for row in findings.ledger if row.claim.id == "compute-2018.appendix.seq2seq-forward-pass")
    # 0.380 G printed over 0.0747 G a word; a pair of words would be 0.144 G.
    assert row.ratio == pytest.approx(0.38 / 0.0747, rel=1e-4, abs=0)
