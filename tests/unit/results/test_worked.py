"""The quantities of calculations and of systems."""

import pytest

from analysis.results.collect import Findings


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


def test_an_upper_bound_is_told_as_one(findings: Findings) -> None:
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
