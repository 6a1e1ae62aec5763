"""The numbers of the efficiency post, each worked by hand or by a second way to it."""

import math

import pytest

from analysis.results.collect import Findings

ROUNDING = 1e-12
MONTHS_PER_DAY = 12 / 365.2425
# Multiply-adds counted once: 1.28 million images and three passes.
IMAGES_PASSES = 1.28e6 * 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # 90 x 0.77e9 x 1.28e6 x 3 FLOP over 8.64e16 a tfs-day.
        ("efficiency.training.alexnet", 69.3e9 * IMAGES_PASSES / 8.64e16),
        ("efficiency.training.efficientnet_b0", 1.56e9 * IMAGES_PASSES / 8.64e16),
        ("efficiency.alexnet.factor", 69.3 / 1.56),
        # 266.1 / 6.0 as the table prints them.
        ("efficiency.alexnet_printed_totals.factor", 44.35),
        # ShuffleNet v2 1x: 20 x 0.14 = 2.8.
        ("efficiency.gain.shufflenet_v2_1x", 69.3 / 2.8),
        # VGG-11: 12 x 7.98 = 95.76, more than AlexNet took.
        ("efficiency.gain.vgg_11", 69.3 / 95.76),
        # AlexNet stopped after 62 of 90 epochs.
        ("efficiency.alexnet_stopped_early.factor", 69.3 / 1.56 * 62 / 90),
        # Counted exactly: 90 x 714,188,480 over 4 x 385,814,752.
        ("efficiency.training_recounted.alexnet", 90 * 714_188_480 * IMAGES_PASSES / 8.64e16),
        ("efficiency.alexnet.recounted.factor", 90 * 714_188_480 / (4 * 385_814_752)),
        # The gain over ShuffleNet v2 1x is the ratio of the two runs.
        ("efficiency.alexnet.shufflenet_v2_to_efficientnet", 2.8 / 1.56),
        ("efficiency.resnet50.factor", 17 / (49.7e9 * IMAGES_PASSES / 8.64e16)),
        ("efficiency.resnet50.factor_as_tracked", 17 / 0.75),
        ("efficiency.resnet50.efficientnet_b1_training", 49.7e9 * IMAGES_PASSES / 8.64e16),
        ("efficiency.translation.seq2seq_factor", 40 / 0.66),
        ("efficiency.translation.gnmt_factor", 14 / 1.564),
        ("efficiency.go.factor", 1860 / 234),
        ("efficiency.go.whole_run_factor", 1860 / 420),
        ("efficiency.dota.factor", 770 / 150),
        ("efficiency.inference.shufflenet_factor", 18),
        ("efficiency.inference.efficientnet_factor", 386 / 39),
        # One rule for both runs: the Transformer's run at a third of its peak, too.
        ("efficiency.translation.seq2seq_factor_one_rule", 40 / 0.66 / 0.33),
        # One network of the five.
        ("efficiency.translation.seq2seq_factor_one_network", 8 / 0.66),
        ("efficiency.counting.alexnet_counted_twice", 2 * 69.3e9 * IMAGES_PASSES / 8.64e16),
        # 2.66112e17 FLOP by the rule of 2020 against 4.86e17 by that of 2018.
        ("efficiency.counting.alexnet_ratio", 2.661_12 / 4.86),
    ],
)
def test_a_factor_or_a_run(findings: Findings, name: str, value: float) -> None:
    assert findings.results.value(name) == pytest.approx(value, rel=ROUNDING, abs=0)


@pytest.mark.parametrize(
    ("name", "days", "factor"),
    [
        # Days counted in test_efficiency of the model.
        ("efficiency.alexnet.end_point_doubling_time", 2552, 69.3 / 1.56),
        # From the paper's presentation on 3 December 2012: 28 + 31 + 30 + 31 + 30 + 31 + 4 days fewer before June.
        ("efficiency.alexnet_at_its_paper.end_point_doubling_time", 2552 - 185, 69.3 / 1.56),
        ("efficiency.go.doubling_time", 415, 1860 / 234),
        ("efficiency.dota.doubling_time", 60, 770 / 150),
        # 10 September 2014 to 12 June 2017: 2 x 365 + 1 (2016) + 275.
        ("efficiency.translation.seq2seq_doubling_time", 1006, 40 / 0.66),
        # 26 September 2016 to 12 June 2017: 4 + 31 + 30 + 31 + 31 + 28 + 31 + 30 + 31 + 12.
        ("efficiency.translation.gnmt_doubling_time", 259, 14 / 1.564),
    ],
)
def test_two_points_halve_compute_evenly(findings: Findings, name: str, days: int, factor: float) -> None:
    expected = days * MONTHS_PER_DAY / math.log2(factor)
    assert findings.results.value(name) == pytest.approx(expected, rel=ROUNDING, abs=0)


def test_the_dota_pair_in_days_is_its_time_in_months(findings: Findings) -> None:
    # 60 days / log2(770 / 150) = 25.4 days
    expected = 60 / math.log2(770 / 150)
    assert findings.results.value("efficiency.dota.doubling_time_days") == pytest.approx(expected, rel=ROUNDING, abs=0)


def test_moore_over_the_years_of_the_efficiency_chart(findings: Findings) -> None:
    # 2,552 days are 6.987 years, half of that 3.494 doublings: 11.26. The post prints 11.
    found = findings.results.value("efficiency.alexnet.moore_over_span")
    assert found == pytest.approx(2 ** (2552 / 365.2425 / 2), rel=ROUNDING, abs=0)
    assert f"{found:.4g}" == "11.26"


def test_the_trend_of_the_frontier_has_the_interval_of_its_line(findings: Findings) -> None:
    quantity, study = findings.results["efficiency.alexnet.doubling_time"], findings.study
    assert study.efficiency is not None
    interval = study.efficiency.trend.doubling_time_months
    # The value is computed from the named runs in tfs-days, the fit from the same runs in FLOP.
    assert quantity.value == pytest.approx(interval.value, rel=ROUNDING, abs=0)
    assert (quantity.low, quantity.high) == (interval.low, interval.high)


def test_a_run_is_read_from_its_row_and_the_constants(findings: Findings) -> None:
    quantity = findings.results["efficiency.training.efficientnet_b0"]
    assert quantity.inputs == (
        "data/efficiency/alexnet_level.csv#efficientnet-b0",
        "constant.imagenet_images_efficiency.value",
        "constant.passes_per_training_step.value",
        "constant.multiply_adds_counted_once.value",
    )
    assert [(symbol.latex, symbol.number) for symbol in quantity.symbols[:2]] == [("E", 4.0), ("M", 0.39e9)]


def test_a_recounted_run_takes_the_count_of_its_network(findings: Findings) -> None:
    assert "counting.efficientnet_b0.macs" in findings.results["efficiency.training_recounted.efficientnet_b0"].inputs


def test_a_trend_through_printed_totals_rests_on_the_rows_alone(findings: Findings) -> None:
    inputs = findings.results["efficiency.alexnet_printed_totals.slope"].inputs
    assert all(name.startswith("data/efficiency/alexnet_level.csv#") for name in inputs)


def test_dating_alexnet_by_its_paper_rests_on_the_record_of_the_system(findings: Findings) -> None:
    inputs = findings.results["efficiency.alexnet_at_its_paper.slope"].inputs
    assert "data/systems/alexnet.toml" in inputs
    assert "data/efficiency/alexnet_level.csv#alexnet" not in inputs


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # The least-squares line halves in 15.86 months; the pairs in 14.1 and in 61.08 / log2(18) = 14.65.
        ("efficiency.resnet50.pace_ratio", 15.86 / 14.1),
        ("efficiency.inference.pace_ratio", 15.86 / 14.65),
        # 44.42 times against 2^(2,552 days / 365.2425 / 2).
        ("efficiency.alexnet.gain_over_moore", 69.3 / 1.56 / 2 ** (2552 / 365.2425 / 2)),
    ],
)
def test_what_the_post_calls_similar_is_a_ratio_near_one_or_below_ten(
    findings: Findings, name: str, value: float
) -> None:
    # The months are known to three or four digits.
    assert findings.results.value(name) == pytest.approx(value, rel=2e-3, abs=0)
