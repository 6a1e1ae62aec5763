"""Peak rates of accelerators: which of the listed ones counts, and what is divided by what."""

import pytest

from analysis.inputs.rows import Accelerator
from analysis.inputs.tables import ACCELERATORS
from analysis.results.collect import Findings
from analysis.results.hardware import MEASURES, best_flop_per_s


@pytest.fixture
def chip(findings: Findings) -> Accelerator:
    """The GTX 280: 0.6221 TFLOP/s in 32 bits and no other rate, for 649 dollars and 236 watts."""
    rows = findings.study.dataset.rows(ACCELERATORS)
    return next(row for row in rows if row.id == "nvidia-geforce-gtx-280")


def test_the_best_rate_is_the_largest_of_32_and_16_bits(chip: Accelerator) -> None:
    rates = {"fp32_flop_per_s": 1e12, "fp16_flop_per_s": 2e12, "tensor_16bit_flop_per_s": 8e12, "fp8_flop_per_s": 1e15}
    assert best_flop_per_s(chip.model_copy(update=rates)) == 8e12


def test_an_accelerator_without_rates_has_no_best_one(chip: Accelerator) -> None:
    assert best_flop_per_s(chip.model_copy(update={"fp32_flop_per_s": None})) is None


@pytest.mark.parametrize(
    ("prefix", "value"),
    [
        ("hardware.fp32", 6.221e11),
        ("hardware.tensor_16bit", None),
        ("hardware.fp32_per_dollar", 6.221e11 / 649),
        ("hardware.best_per_dollar", 6.221e11 / 649),
        ("hardware.best_per_watt", 6.221e11 / 236),
    ],
)
def test_each_measure_is_read_from_its_columns(chip: Accelerator, prefix: str, value: float | None) -> None:
    assert MEASURES[prefix][2](chip) == value


def test_an_accelerator_without_a_price_has_no_rate_per_dollar(chip: Accelerator) -> None:
    assert MEASURES["hardware.best_per_dollar"][2](chip.model_copy(update={"release_price_usd": None})) is None


def test_every_trend_leaves_out_accelerators_without_a_date(findings: Findings) -> None:
    undated = {row.name for row in findings.study.dataset.rows(ACCELERATORS) if row.released is None}
    trace = findings.results["hardware.best_per_watt.n"].trace
    counted = {member.label for symbol in trace for part in symbol.with_parts() for member in part.members}
    assert undated
    assert not undated & counted
