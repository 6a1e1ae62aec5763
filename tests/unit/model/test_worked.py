"""Worked calculations: every printed line of the appendix multiplied out by hand, and how a line is written."""

import pytest

from analysis.inputs.records import Intermediate
from analysis.model.study import Study
from analysis.model.worked import Worked, intermediate_text, intermediate_value, latex_line, pfs_days

# Products of a handful of exact decimals: two orders of multiplication differ only by binary rounding.
ROUNDING = 1e-12

# One row a calculation the appendix prints: its compute in pfs-days, worked by hand.
PRINTED = [
    # 2 x 1.58 = 3.16; x 5.5 = 17.38; x 0.33 = 5.7354 tfs-days
    ("alexnet.gpu_time", 0.005_735_4),
    # 1.2e6 x 90 x 0.75e9 = 8.1e16; x 2 x 3 = 4.86e17 FLOP; / 8.64e19
    ("alexnet.operations", 0.005_625),
    # 4 x 1.54 = 6.16; x 0.33 = 2.0328 tfs-days
    ("dropout.gpu_time", 0.002_032_8),
    # 12 x 1.54 = 18.48; x 0.33 = 6.0984 tfs-days
    ("zeiler_fergus.gpu_time", 0.006_098_4),
    # 2.5e6 x 5e6 x 32 = 4e14; x 2 x 3 = 2.4e15 FLOP; / 8.64e19 = 1 / 36,000
    ("dqn.operations", 1 / 36_000),
    # (348e6 + 304e6) x 0.38e9 = 2.4776e17; x 2 x 3 = 1.48656e18; x 7.5 = 1.11492e19 FLOP; / 8.64e19
    ("seq2seq.operations", 1.114_92 / 8.64),
    # 10 x 8 x 3.5 = 280; x 0.33 = 92.4 tfs-days
    ("seq2seq.gpu_time", 0.092_4),
    # 1.2e6 x 74 x 16e9 = 1.4208e18; x 2 x 3 = 8.5248e18 FLOP; / 8.64e19
    ("vgg.operations", 0.852_48 / 8.64),
    # 4 x 15 x 5.1 = 306; x 0.33 = 100.98 tfs-days
    ("vgg.gpu_time", 0.100_98),
    # 20 x 12,000 h x 3,600 s x 50 = 4.32e10 steps; x 98e6 = 4.2336e18; x 3 x 2 = 2.54016e19 FLOP; / 8.64e19
    ("deepspeech2.operations", 0.294),
    # 16 x 5 x 6 = 480; x 0.50 = 240 tfs-days
    ("deepspeech2.gpu_time", 0.24),
    # 60 x 30 x 8.5 = 15,300; x 0.33 = 5,049 tfs-days
    ("xception.gpu_time", 5.049),
    # 50 x 50,000 x 10e9 = 2.5e16; x 12,800 = 3.2e20; x 2 x 3 = 1.92e21 FLOP; / 8.64e19
    ("neural_architecture_search.operations", 19.2 / 0.864),
    # 800 x 28 x 4.2 = 94,080; x 0.33 = 31,046.4 tfs-days
    ("neural_architecture_search.gpu_time", 31.046_4),
    # 96 x 9 x 8.5 = 7,344; x 0.33 = 2,423.52 tfs-days; x sqrt(10 x 100)
    ("neural_machine_translation.gpu_time", 2.423_52 * 1000**0.5),
    # 11.4e9 x 2 x 3 = 6.84e10; x 1.2e6 x 128 = 1.050624e19 FLOP; / 8.64e19
    ("resnets.operations", 0.121_6),
]

# Other factors, which explain a printed result or correct an input.
VARIANTS = [
    # 652e6 x 0.25e9 x 2 x 3 x 7.5 = 7.335e18 FLOP, the printed 7,300 PF
    ("seq2seq.operations_variant", 0.733_5 / 8.64),
    # 4 x 17.5 x 5.1 x 0.33 = 117.81 tfs-days, the printed 0.12
    ("vgg.gpu_time_variant", 0.117_81),
    # 11.0e9 x 2 x 3 x 1.2e6 x 128 = 1.01376e19 FLOP, the printed 0.117
    ("resnets.operations_variant", 1.013_76 / 8.64),
    # 252 h = 10.5 days; x 5.2 x 0.33 = 18.018 tfs-days, the stated 0.018
    ("align_and_translate.gpu_time_variant", 0.018_018),
    # 8 x 3.5 x 9.55 = 267.4; x 0.333 = 89.0442 tfs-days, the stated 0.089
    ("transformer.gpu_time_variant", 0.089_044_2),
]

# Multiply-adds from the counter, whose own tests work them out layer by layer.
COUNTED = [
    # 724,406,816 x 1.2e6 x 90 x 2 x 3 = 4.69415616768e17 FLOP, the printed 470 PF and 0.0054
    ("alexnet.operations_counted", 4.694_156_167_68e17 / 8.64e19),
    # 11,282,415,616 x 2 x 3 x 1.2e6 x 128 = 1.03978742317056e19 FLOP
    ("resnets.operations_counted", 1.039_787_423_170_56e19 / 8.64e19),
    # 15,470,264,320 x 1.2e6 x 74 x 2 x 3 = 8.242556829696e18 FLOP
    ("vgg.operations_counted", 8.242_556_829_696e18 / 8.64e19),
    # (1,638,400 + 663,552 + 663,552 + 256 x 4) x 5e6 x 32 x 2 x 3 = 2,966,528 x 9.6e8 FLOP
    ("dqn.operations_counted", 2.847_866_88e15 / 8.64e19),
    # (1,228,800 + 663,552 + 663,552) x 5e6 x 32 x 2 x 3 = 2,555,904 x 9.6e8 FLOP
    ("dqn.operations_counted_appendix", 2.453_667_84e15 / 8.64e19),
    # 304e6 words read x 32e6 + 348e6 words written x 112e6 = 4.8704e16; x 2 x 3 x 7.5 = 2.19168e18 FLOP
    ("seq2seq.operations_counted", 2.191_68e18 / 8.64e19),
    # A step: a convolution of 161 x 11 x 1,280 (2,266,880), 7 x 3 + 1 squares of 1,280 (36,044,800), 1,280 x 29
    # letters (37,120), in all 38,348,800; x 20 x 12,000 x 3,600 x 50 x 2 x 3 = 9.94000896e18 FLOP
    ("deepspeech2.operations_counted", 9.940_008_96e18 / 8.64e19),
]

# The table behind the published chart, before it was rounded to three digits, for the points that follow from
# factors. Source: altman2020aiprogress, column of unrounded pfs-days. Its last digits are those of a spreadsheet.
CHART_TABLE = [
    ("alexnet.gpu_time_charted", 0.005_787_54),
    ("dropout.gpu_time_charted", 0.002_131_2),
    ("zeiler_fergus.gpu_time_charted", 0.006_153_84),
    ("seq2seq.gpu_time_charted", 0.093_24),
    ("deepspeech2.gpu_time", 0.24),
    ("resnets.operations_charted", 0.120_533_333_333_333_35),
    ("neural_machine_translation.gpu_time_charted", 79.427_742_593_174_46),
    ("xception.gpu_time_charted", 5.214_78),
    ("neural_architecture_search.gpu_time_charted", 31.999_968),
]


def calculation(study: Study, name: str) -> Worked:
    """The calculation of this name, given without `worked.`."""
    return next(found for found in study.calculations if found.name == f"worked.{name}")


@pytest.mark.parametrize(("name", "pfs_days"), PRINTED)
def test_the_factors_of_the_appendix_multiply_as_by_hand(study: Study, name: str, pfs_days: float) -> None:
    assert calculation(study, name).compute_pfs_days == pytest.approx(pfs_days, rel=ROUNDING, abs=0)


def test_every_printed_calculation_is_worked_by_hand_above(study: Study) -> None:
    printed = {c.name.removeprefix("worked.") for c in study.calculations if c.role == "printed" and len(c.terms) > 1}
    assert printed == {name for name, _ in PRINTED}


@pytest.mark.parametrize(("name", "pfs_days"), VARIANTS)
def test_the_factors_of_a_variant_multiply_as_by_hand(study: Study, name: str, pfs_days: float) -> None:
    assert calculation(study, name).compute_pfs_days == pytest.approx(pfs_days, rel=ROUNDING, abs=0)


def test_every_variant_is_worked_by_hand_above(study: Study) -> None:
    variants = {c.name.removeprefix("worked.") for c in study.calculations if c.role == "variant"}
    assert variants == {name for name, _ in VARIANTS}


@pytest.mark.parametrize(("name", "pfs_days"), COUNTED)
def test_the_factors_of_a_counted_run_multiply_as_by_hand(study: Study, name: str, pfs_days: float) -> None:
    assert calculation(study, name).compute_pfs_days == pytest.approx(pfs_days, rel=ROUNDING, abs=0)


def test_every_counted_run_is_worked_by_hand_above(study: Study) -> None:
    counted = {c.name.removeprefix("worked.") for c in study.calculations if c.role == "counted"}
    assert counted == {name for name, _ in COUNTED}


def test_the_network_of_its_paper_gives_alexnet_both_printed_results(study: Study) -> None:
    counted = calculation(study, "alexnet.operations_counted")
    # Printed: 470 PF and 0.0054 pfs-days, two digits each.
    assert (f"{counted.compute_flop / 1e15:.2g}", f"{counted.compute_pfs_days:.2g}") == ("4.7e+02", "0.0054")


@pytest.mark.parametrize(("name", "pfs_days"), CHART_TABLE)
def test_charted_factors_give_the_table_behind_the_chart(study: Study, name: str, pfs_days: float) -> None:
    assert calculation(study, name).compute_pfs_days == pytest.approx(pfs_days, rel=ROUNDING, abs=0)


@pytest.mark.parametrize(("name", "_"), CHART_TABLE)
def test_charted_factors_give_the_reading_of_the_chart(study: Study, name: str, _: float) -> None:
    reading = calculation(study, f"{name.split('.', maxsplit=1)[0]}.chart_reading").compute_pfs_days
    # The table has three digits, so half a unit of the third is at most half a percent of the value.
    assert calculation(study, name).compute_pfs_days == pytest.approx(reading, rel=0.005)


def test_compute_in_flop_is_the_product_in_base_units(study: Study) -> None:
    # 2 x 1.58e12 x (5.5 x 86,400) x 0.33 = 4.9553856e17
    assert calculation(study, "alexnet.gpu_time").compute_flop == pytest.approx(4.955_385_6e17, rel=ROUNDING, abs=0)


def test_a_reading_of_the_chart_stays_as_it_was_read(study: Study) -> None:
    # 1860 x 8.64e19 / 8.64e19 is 1860.0000000000002 in floats; a single number is not sent that way.
    assert calculation(study, "alphago_zero.chart_reading").compute_pfs_days == 1860


def test_two_methods_agree_within_the_accuracy_the_appendix_claims(study: Study) -> None:
    # "We aim to be correct within a factor 2-3": for the five systems with both methods printed.
    names = ("alexnet", "seq2seq", "vgg", "deepspeech2", "neural_architecture_search")
    ratios = [
        calculation(study, f"{name}.operations").compute_flop / calculation(study, f"{name}.gpu_time").compute_flop
        for name in names
    ]
    assert all(1 / 2 < ratio < 2 for ratio in ratios)


def test_a_term_takes_value_and_unit_of_the_assumption_it_names(study: Study) -> None:
    term = calculation(study, "alexnet.gpu_time").term("utilisation")
    assert term is not None
    assert (term.value, term.unit, term.assumption) == (0.33, "1", "gpu_utilisation_printed")


def test_a_term_from_an_assumption_is_marked_as_assumed(study: Study) -> None:
    term = calculation(study, "alexnet.gpu_time").term("utilisation")
    assert term is not None
    assert term.assumed


def test_a_term_without_sources_of_its_own_has_those_of_its_assumption(study: Study) -> None:
    term = calculation(study, "alexnet.gpu_time_charted").term("utilisation")
    assert term is not None
    assert term.sources == ("altman2020aiprogress",)


def test_a_term_with_sources_of_its_own_has_those(study: Study) -> None:
    # The estimate rests on three works, its peak rate on one of them.
    term = calculation(study, "align_and_translate.gpu_time_variant").term("peak_rate")
    assert term is not None
    assert term.sources == ("epoch2026hardware",)


def test_a_calculation_has_no_term_of_an_unknown_name(study: Study) -> None:
    assert calculation(study, "alexnet.operations").term("utilisation") is None


def test_every_term_has_a_source(study: Study) -> None:
    assert [(c.name, term.name) for c in study.calculations for term in c.terms if not term.sources] == []


def test_the_line_of_arithmetic_is_written_as_it_is_multiplied(study: Study) -> None:
    # 4.9553856e17 FLOP = 495.53856 PF; both results to four digits. A bare count carries no unit.
    expected = "2 × 1.58 TFLOP/s × 5.5 days × 0.33 = 495.5 PF = 0.005735 pfs-days"
    assert calculation(study, "alexnet.gpu_time").text() == expected


def test_a_single_reading_is_written_without_arithmetic(study: Study) -> None:
    assert calculation(study, "alexnet.chart_reading").text() == "0.00579 pfs-days"


def test_the_line_in_latex_has_upright_units_and_signs_of_multiplication(study: Study) -> None:
    expected = (
        r"2 \times 1.58 \ \text{TFLOP/s} \times 5.5 \ \text{days} \times 0.33 "
        r"= 495.5 \ \text{PF} = 0.005735 \ \text{pfs-days}"
    )
    assert calculation(study, "alexnet.gpu_time").latex() == expected


def test_a_power_of_ten_is_raised_in_latex() -> None:
    assert latex_line("2.5 × 10⁻⁵ + 1") == r"2.5 \times 10^{-5} + 1"


def test_a_number_with_a_comma_is_text_in_latex() -> None:
    # A bare comma would be set as punctuation, with a space after it.
    assert latex_line("12,800 × 2") == r"\text{12,800} \times 2"


def test_mathematics_may_be_broken_before_every_factor_and_result(study: Study) -> None:
    # Four factors and two results: six formulas.
    assert len(calculation(study, "alexnet.gpu_time").parts()) == 6


def test_mathematics_is_not_broken_inside_a_number(study: Study) -> None:
    # The product ends in 2.778 x 10^-5: five factors (2.5 M multiply-adds, 5,000,000, 32, 2, 3) and two results.
    line = calculation(study, "dqn.operations")
    assert line.text().endswith("= 2.778 × 10⁻⁵ pfs-days")
    assert len(line.parts()) == 7


@pytest.mark.parametrize(
    ("name", "multiply_adds"),
    [
        # Appendix, DQN: 20 x 20 x 3 x 16 x 8 x 8 = 400 x 3 x 1,024
        ("first_layer", 1_228_800),
        # 9 x 9 x 16 x 32 x 4 x 4 = 81 x 512 x 16
        ("second_layer", 663_552),
        # 9 x 9 x 32 x 256 = 81 x 8,192
        ("third_layer", 663_552),
        # 1,228,800 + 663,552 + 663,552
        ("all_layers", 2_555_904),
    ],
)
def test_an_intermediate_is_a_sum_of_products(study: Study, name: str, multiply_adds: int) -> None:
    found = next(i for i in calculation(study, "dqn.operations").intermediates if i.name == name)
    assert intermediate_value(found) == multiply_adds


def test_the_step_of_deepspeech2_is_what_the_appendix_rounds() -> None:
    # 1280^2 x (7 x 4 + 2) x 2 = 1,638,400 x 60 = 98,304,000, printed as 98 M
    step = Intermediate(name="step", label="Step", unit="MAC", products=((1280.0, 1280.0, 30.0, 2.0),))
    assert intermediate_value(step) == 98_304_000


def test_an_intermediate_is_written_as_a_line() -> None:
    found = Intermediate(name="two", label="Two", unit="MAC", products=((20.0, 3.0), (9.0, 4.0)))
    # 60 + 36
    assert intermediate_text(found) == "20 × 3 + 9 × 4 = 96 multiply-adds"


def test_factors_in_any_units_multiply_to_pfs_days() -> None:
    # Two devices of 500 TFLOP/s make a petaflop/s; half of it for six days is three pfs-days.
    found = pfs_days([2.0, 500.0, 6.0, 0.5], ["device", "TFLOP/s", "day", "1"])
    assert found == pytest.approx(3.0, rel=ROUNDING, abs=0)


def test_a_number_read_in_pfs_days_is_not_sent_through_flop_and_back() -> None:
    assert pfs_days([0.00579], ["pfs-day"]) == 0.00579


def test_a_factor_gives_the_shape_of_an_unusual_input(study: Study) -> None:
    term = calculation(study, "deepspeech2.operations_counted").term("forward_macs")
    assert term is not None
    assert term.input == (1, 161, 2)
