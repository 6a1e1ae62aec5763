"""The numbers of the compute post, each worked by hand or by a second way to it."""

import math
from collections.abc import Mapping

import pytest

from analysis.results.collect import Findings
from analysis.results.compute import within_printed_range

# Quotients and powers of numbers known to all digits.
ROUNDING = 1e-12
# 1 June 2012 to 19 October 2017 is 1,966 days (see test_units), in mean years of 365.2425 days.
SPAN_YEARS = 1966 / 365.2425


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # 1860 pfs-days against the 0.00578754 behind the chart.
        ("compute.modern.alexnet_to_alphago_zero", 1860 / 0.005_787_54),
        # Three digits each, as read off the chart: 321,243.5.
        ("compute.modern.as_plotted.alexnet_to_alphago_zero", 1860 / 0.005_79),
        ("compute.modern.alexnet_to_alphago_zero_span", SPAN_YEARS),
        # 2^(5.38 / 2) = 6.46, where the post prints 7.
        ("compute.modern.moore_over_span", 2 ** (SPAN_YEARS / 2)),
        # 2^(5.38 / 1.5) = 12.0, the 12 of the first text.
        ("compute.modern.moore_over_span_first_text", 2 ** (SPAN_YEARS / 1.5)),
        # To AlphaZero, 5 December 2017: 12 + 30 + 5 = 47 days later.
        ("compute.modern.moore_to_last_point", 2 ** ((1966 + 47) / 365.2425 / 2)),
        # 0.0000302 / 1e-14 pfs-days.
        ("compute.first.first_to_last", 3.02e9),
        # 1 July 1959 to 1 April 2012: 52 years and nine months; 52 x 365 + 13 leap days (1960 to 2008) = 18,993 to
        # 1 July 2011, then 31 + 31 + 30 + 31 + 30 + 31 + 31 + 29 + 31 = 275.
        ("compute.first.moore_over_span", 2 ** ((18_993 + 275) / 365.2425 / 2)),
    ],
)
def test_the_ends_of_an_era(findings: Findings, name: str, value: float) -> None:
    assert findings.results.value(name) == pytest.approx(value, rel=ROUNDING, abs=0)


def test_the_growth_as_plotted_is_the_one_read_off_the_chart(findings: Findings) -> None:
    # Worked out independently of this program: 321,244.
    assert round(findings.results.value("compute.modern.as_plotted.alexnet_to_alphago_zero")) == 321_244


def test_doublings_are_the_logarithm_of_the_growth(findings: Findings) -> None:
    growth = findings.results.value("compute.modern.alexnet_to_alphago_zero")
    assert 2 ** findings.results.value("compute.modern.doublings") == pytest.approx(growth, rel=ROUNDING, abs=0)


def test_the_end_points_alone_have_a_doubling_time(findings: Findings) -> None:
    # 5.3827 years x 12 months / log2(321,380) = 64.592 / 18.294 doublings.
    expected = SPAN_YEARS * 12 / math.log2(1860 / 0.005_787_54)
    assert findings.results.value("compute.modern.end_point_doubling_time") == pytest.approx(
        expected, rel=ROUNDING, abs=0
    )


def test_the_modern_pace_is_the_ratio_of_two_doubling_times(findings: Findings) -> None:
    # 20.95 / 3.438 = 6.1
    assert findings.results.value("compute.whole.pace_ratio") == pytest.approx(20.953 / 3.438_4, rel=1e-4)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # Before 2012: the first era but MCDNN, which is dated April 2012.
        ("before_2012.n", 10),
        # Whole years, so that the runs of 2014 and of 2016 count in two rows each.
        ("2012_2014.n", 7),
        ("2014_2016.n", 8),
        ("2016_2017.n", 6),
        # DQN is the smallest run of its years: 1 / 36,000 pfs-days; VGG the largest, 8524.8 PF / 86,400.
        ("2012_2014.smallest", 1 / 36_000),
        ("2012_2014.largest", 8524.8 / 86_400),
        ("2014_2016.smallest", 0.018),
        # 96 x 9 days x 8.73 TFLOP/s x 0.333 x sqrt(1000): Neural Machine Translation.
        ("2014_2016.largest", 96 * 9 * 8.73e-3 * 0.333 * math.sqrt(1000)),
        ("2016_2017.smallest", 5.214_78),
        ("2016_2017.largest", 1860),
        # Printed 0.001 to 0.1, one digit each: all but DQN; VGG's 0.0987 and Seq2Seq's 0.0932 are below 0.1.
        ("2012_2014.within_compute_range", 6 / 7),
        # Printed 0.1 to 10: DeepSpeech2, the ResNets, Xception, and VGG, whose 0.0987 is 0.1 to one digit.
        # Seq2Seq (0.0932 is 0.09) and GoogLeNet lie below, Neural Machine Translation and the search above.
        ("2014_2016.within_compute_range", 4 / 8),
        # Printed 1 to 8 GPUs: AlexNet 2, Dropout 1, Zeiler-Fergus 1, VGG 4, Seq2Seq 8.
        ("2012_2014.within_devices_range", 1),
        # Printed 10 to 100: DeepSpeech2 16, Xception 60, Neural Machine Translation 96; VGG 4, Seq2Seq 8, the search 800.
        ("2014_2016.within_devices_range", 3 / 6),
        # Printed 1 to 2 TFLOP/s: 1.58 and twice 1.54, which is 2 to one digit; VGG 5.1 and Seq2Seq 3.5 lie above.
        ("2012_2014.within_peak_rate_range", 3 / 5),
        # Printed 5 to 10: VGG 5.1, DeepSpeech2 6, twice 8.5; Seq2Seq 3.5 and the search's 4.2 are 4 to one digit.
        ("2014_2016.within_peak_rate_range", 4 / 6),
    ],
)
def test_a_stretch_of_years(findings: Findings, name: str, value: float) -> None:
    assert findings.results.value(f"compute.period_{name}") == pytest.approx(value, rel=ROUNDING, abs=0)


def test_a_factor_is_filled_with_the_two_systems_it_names(findings: Findings) -> None:
    quantity = findings.results["compute.modern.alexnet_to_alphago_zero"]
    assert (quantity.formula, quantity.filled) == (
        r"\frac{C_2}{C_1}",
        r"\frac{\text{1,860}}{0.005788} = \text{321,400}\text{×}",
    )


def test_a_span_is_filled_with_two_dates(findings: Findings) -> None:
    # 1 June 2012 is 4,535 days after 1 January 2000, 19 October 2017 is 6,501: / 365.2425.
    filled = findings.results["compute.modern.alexnet_to_alphago_zero_span"].filled
    assert filled == r"17.799 - 12.416 = 5.383\ \text{years}"


def test_a_share_within_a_range_rests_on_the_period_and_on_what_is_known(findings: Findings) -> None:
    quantity = findings.results["compute.period_2014_2016.within_devices_range"]
    assert "data/periods.toml#2014_2016" in findings.results[quantity.inputs[0]].inputs
    assert "data/systems/vgg.toml" in quantity.inputs
    assert [symbol.number for symbol in quantity.symbols] == [3, 6]


@pytest.mark.parametrize(
    ("value", "inside"),
    [(0.0987, True), (0.0949, False), (0.095, True), (0.1, True), (10.4, True), (14.9, True), (15.1, False)],
)
def test_a_value_is_within_a_printed_range_when_it_does_at_the_digits_of_the_bound(value: float, inside: bool) -> None:
    # 0.1 and 10 are printed to one digit, as zeros that hold a place do not count.
    assert within_printed_range(value, 0.1, 10.0) is inside


def test_a_period_without_systems_counts_as_zero(findings_by_edition: Mapping[str, Findings]) -> None:
    quantity = findings_by_edition["2018-05"].results["compute.period_before_2012.n"]
    assert (quantity.value, quantity.inputs) == (0, ("data/periods.toml#before_2012",))
