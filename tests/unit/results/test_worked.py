"""The quantities of calculations and of systems."""

from dataclasses import replace

import pytest

from analysis.model.study import Study
from analysis.results.collect import Findings, collect
from analysis.results.worked import SYMBOLS, quantities


def test_a_calculation_is_a_quantity_in_pfs_days(findings: Findings) -> None:
    quantity = findings.results["worked.alexnet.gpu_time"]
    # 2 x 1.58 x 5.5 x 0.33 tfs-days
    assert quantity.value == pytest.approx(0.005_735_4, rel=1e-12, abs=0)
    assert quantity.unit == "pfs-day"


def test_a_calculation_names_the_assumptions_it_takes(findings: Findings) -> None:
    assert findings.results["worked.alexnet.gpu_time"].inputs == (
        "data/systems/alexnet.toml",
        "constant.gpu_utilisation_printed.value",
    )


def test_a_calculation_has_the_sources_of_its_factors(findings: Findings) -> None:
    # The peak rate of the Quadro K6000 is from the hardware table, the hours from the models table.
    assert {"epoch2026hardware", "epoch2026models"} <= set(
        findings.results["worked.align_and_translate.gpu_time_variant"].sources
    )


def test_an_upper_bound_is_described_as_one(findings: Findings) -> None:
    assert findings.results["worked.adam.stated"].summary.startswith("At most the training compute of Adam")


def test_an_intermediate_is_a_quantity_of_its_own(findings: Findings) -> None:
    quantity = findings.results["worked.dqn.operations_all_layers"]
    # 1,228,800 + 663,552 + 663,552
    assert (quantity.value, quantity.unit) == (2_555_904, "MAC")


def test_a_modern_system_has_a_range_of_a_factor_two_each_way(findings: Findings) -> None:
    quantity = findings.results["system.alphago_zero.compute"]
    assert (quantity.low, quantity.value, quantity.high) == pytest.approx((930, 1860, 3720), rel=1e-12, abs=0)


def test_a_first_era_system_has_a_range_of_a_factor_ten_each_way(findings: Findings) -> None:
    quantity = findings.results["system.perceptron.compute"]
    assert (quantity.low, quantity.high) == pytest.approx((1e-15, 1e-13), rel=1e-12, abs=0)


def test_a_system_is_made_from_the_calculation_it_uses(findings: Findings) -> None:
    assert findings.results["system.alexnet.compute"].inputs == (
        "worked.alexnet.gpu_time_charted",
        "data/systems/alexnet.toml",
    )


def test_a_calculation_is_written_in_the_usual_letters(findings: Findings) -> None:
    quantity = findings.results["worked.alexnet.gpu_time"]
    assert quantity.formula == r"N \times P \times t \times u"
    assert [(symbol.latex, symbol.label) for symbol in quantity.symbols] == [
        ("N", "GTX 580 cards"),
        ("P", "peak rate of a GTX 580"),
        ("t", "days of training"),
        ("u", "Share of peak that a GPU delivers, as printed, assumed"),
    ]


def test_a_calculation_is_filled_with_its_own_line(findings: Findings) -> None:
    calculation = next(c for c in findings.study.calculations if c.name == "worked.alexnet.gpu_time")
    assert findings.results["worked.alexnet.gpu_time"].filled == calculation.latex()


def test_a_factor_of_another_name_is_written_as_its_name(study: Study) -> None:
    calculation = next(c for c in study.calculations if c.name == "worked.vgg.gpu_time")
    terms = (replace(calculation.terms[0], name="spare_devices"), *calculation.terms[1:])
    changed = replace(study, calculations=(replace(calculation, terms=terms),), points=())
    (quantity,) = quantities(changed, collect(study))
    assert quantity.formula.startswith(r"x_{\text{spare devices}} \times ")


def test_no_two_factors_share_a_letter() -> None:
    assert len(set(SYMBOLS.values())) == len(SYMBOLS)


def test_a_count_at_the_usual_input_leads_to_the_count_of_the_network(findings: Findings) -> None:
    assert "counting.alexnet.macs" in findings.results["worked.alexnet.operations_counted"].inputs


def test_a_count_at_another_input_leads_to_the_record_that_gives_it_and_to_the_code(findings: Findings) -> None:
    inputs = findings.results["worked.deepspeech2.operations_counted"].inputs
    assert "counting.deepspeech2.macs" not in inputs
    assert {"data/systems/deepspeech2.toml", "analysis/counting/architectures/deepspeech2.py"} <= set(inputs)


def test_the_products_of_an_intermediate_are_described_in_words(findings: Findings) -> None:
    quantity = findings.results["worked.dqn.operations_all_layers"]
    assert quantity.formula == "m_{1} + m_{2} + m_{3}"
    assert quantity.symbols[2].label == "9 × 9 × 32 × 256"
