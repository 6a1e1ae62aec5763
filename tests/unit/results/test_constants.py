"""The unit and the constants as quantities."""

import pytest

from analysis.results.collect import Findings


def test_the_unit_is_a_quantity(findings: Findings) -> None:
    # 1e15 x 86,400
    assert findings.results.value("units.pfs_day.flop") == 8.64e19


def test_an_assumed_constant_says_so(findings: Findings) -> None:
    assert findings.results["constant.moore_doubling.value"].summary == "Moore's-law doubling time, assumed."


def test_a_stated_constant_does_not(findings: Findings) -> None:
    assert findings.results["constant.flop_per_multiply_add.value"].summary == "FLOP per multiply-add."


def test_a_constant_is_written_whole(findings: Findings) -> None:
    assert findings.results["constant.dawnbench_first_cost.value"].digits is None


def test_a_square_root_is_written_to_three_digits(findings: Findings) -> None:
    # sqrt(10 x 100) = 31.6227766...
    assert findings.results["constant.production_data_factor.value"].digits == 3


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("constant.moore_doubling.value", "data/assumptions.toml#moore_doubling"),
        ("constant.transistors_1965.value", "data/observations.toml#transistors_1965"),
        ("units.pfs_day.flop", "analysis/units.py"),
    ],
)
def test_a_constant_leads_to_the_record_that_holds_it(findings: Findings, name: str, record: str) -> None:
    assert findings.results[name].inputs == (record,)
