"""What a single record accepts: each test breaks one thing in a copy of the data and reads the whole message."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.inputs.dataset import Dataset
from analysis.inputs.load import load_dataset
from analysis.inputs.records import Dated

Replace = Callable[[str, str, str], None]
Fault = Callable[[str, str, str], str]

ALEXNET = "data/systems/alexnet.toml"
DEVICES = "data/devices.csv"
CLAIMS = "data/claims/amodei2018ai.toml"
FIRST_ESTIMATE = f"{ALEXNET}: estimates[0]"
# The second factor of the first estimate of AlexNet: `value = 1.58`, in TFLOP/s.
PEAK_RATE = f"{FIRST_ESTIMATE}.factors[1]"
DOMAINS = "'vision', 'speech', 'language', 'games' or 'fundamentals'"


def test_text_is_no_number(fault: Fault) -> None:
    message = fault(ALEXNET, "value = 1.58", 'value = "1.58"')
    assert message == f"{PEAK_RATE}.value: Input should be a valid number; found '1.58'"


def test_a_truth_value_is_no_number(fault: Fault) -> None:
    message = fault(ALEXNET, "value = 1.58", "value = true")
    assert message == f"{PEAK_RATE}.value: Input should be a valid number; found 'True'"


def test_a_number_is_no_text(fault: Fault) -> None:
    message = fault(ALEXNET, 'name = "AlexNet"', "name = 2012")
    assert message == f"{ALEXNET}: name: Input should be a valid string; found '2012'"


def test_a_number_is_no_date(fault: Fault) -> None:
    message = fault(ALEXNET, "date = 2012-06-01", "date = 2012.5")
    assert message == f"{ALEXNET}: date: Input should be a valid date; found '2012.5'"


def test_text_is_no_date(fault: Fault) -> None:
    message = fault(ALEXNET, "date = 2012-06-01", 'date = "2012-06-01"')
    assert message == f"{ALEXNET}: date: Input should be a valid date; found '2012-06-01'"


def test_a_time_of_day_is_no_date(fault: Fault) -> None:
    message = fault(ALEXNET, "date = 2012-06-01", "date = 2012-06-01T12:00:00")
    assert message == f"{ALEXNET}: date: Input should be a valid date; found '2012-06-01 12:00:00'"


def test_one_text_is_no_list_of_sources(fault: Fault) -> None:
    message = fault(CLAIMS, 'sources = ["amodei2018ai"]', 'sources = "amodei2018ai"')
    assert message == f"{CLAIMS}: claims[0]: sources: Input should be a valid tuple; found 'amodei2018ai'"


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "0", "0.0", "-1", "-1.58"])
def test_a_factor_in_toml_is_finite_and_above_zero(fault: Fault, number: str) -> None:
    message = fault(ALEXNET, "value = 1.58", f"value = {number}")
    assert message == f"{PEAK_RATE}.value: expected a finite number above zero; found '{number}'"


def test_a_constant_is_finite(fault: Fault) -> None:
    message = fault("data/assumptions.toml", "value = 2.0", "value = inf")
    assert message == "data/assumptions.toml: constants[0]: value: expected a finite number; found 'inf'"


def test_a_whole_number_is_accepted_as_a_number(copied_data: Path, replace_in: Replace) -> None:
    replace_in(ALEXNET, "value = 1.58", "value = 2")
    alexnet = next(system for system in load_dataset(copied_data).systems if system.id == "alexnet")
    assert alexnet.estimate("gpu_time").factors[1].value == 2


def test_a_domain_is_one_of_five(fault: Fault) -> None:
    message = fault(ALEXNET, 'domain = "vision"', 'domain = "visoin"')
    assert message == f"{ALEXNET}: domain: Input should be {DOMAINS}; found 'visoin'"


def test_a_verdict_is_one_of_four(fault: Fault) -> None:
    message = fault(CLAIMS, 'verdict = "agrees"', 'verdict = "agres"')
    expected = "'agrees', 'consistent', 'differs' or 'not testable'"
    assert message == f"{CLAIMS}: claims[0]: verdict: Input should be {expected}; found 'agres'"


def test_a_claim_has_a_known_unit(fault: Fault) -> None:
    message = fault(CLAIMS, 'unit = "month"', 'unit = "months"')
    assert message == f"{CLAIMS}: claims[0]: unit: unknown unit 'months'; did you mean 'month'?; found 'months'"


def test_a_factor_has_a_known_unit(fault: Fault) -> None:
    message = fault(ALEXNET, 'unit = "TFLOP/s"', 'unit = "TFLOPs"')
    assert message == f"{PEAK_RATE}.unit: unknown unit 'TFLOPs'; did you mean 'TFLOP/s'?; found 'TFLOPs'"


def test_an_estimate_has_a_source(fault: Fault) -> None:
    sources = 'sources = ["amodei2018ai", "krizhevsky2012imagenet"]\nwhere'
    message = fault(ALEXNET, sources, "sources = []\nwhere")
    assert message == (f"{FIRST_ESTIMATE}.sources: expected at least one; found '()'")


def test_an_estimate_cannot_leave_its_sources_out(fault: Fault) -> None:
    message = fault(ALEXNET, 'sources = ["amodei2018ai", "krizhevsky2012imagenet"]\nwhere', "where")
    assert message == f"{FIRST_ESTIMATE}.sources: Field required"


def test_a_row_has_a_source(fault: Fault) -> None:
    message = fault(DEVICES, ",epoch2026hardware,", ",,")
    assert message == (f"{DEVICES}: row 2: sources: expected at least one; found ''")


def test_a_factor_has_a_value_or_an_assumption(fault: Fault) -> None:
    message = fault(ALEXNET, "value = 1.58\n", "")
    assert message == f"{PEAK_RATE}: expected exactly one of 'value', 'assumption' and 'architecture'"


def test_a_factor_cannot_have_both_a_value_and_an_assumption(fault: Fault) -> None:
    message = fault(ALEXNET, "value = 1.58", 'value = 1.58\nassumption = "gpu_utilisation_printed"')
    assert message == f"{PEAK_RATE}: expected exactly one of 'value', 'assumption' and 'architecture'"


def test_a_factor_cannot_have_both_a_value_and_an_architecture(fault: Fault) -> None:
    message = fault(ALEXNET, "value = 1.58", 'value = 1.58\narchitecture = "alexnet"')
    assert message == f"{PEAK_RATE}: expected exactly one of 'value', 'assumption' and 'architecture'"


def test_a_factor_has_an_input_only_for_an_architecture(fault: Fault) -> None:
    message = fault(ALEXNET, "value = 1.58", "value = 1.58\ninput = [3, 224, 224]")
    assert message == f"{PEAK_RATE}: expected 'input' only together with 'architecture'"


def test_an_assumed_factor_says_why(fault: Fault) -> None:
    message = fault(ALEXNET, "value = 1.58", "value = 1.58\nassumed = true")
    assert message == f"{PEAK_RATE}: 'assumed = true' needs a 'why'"


def test_an_estimate_from_gpu_time_names_its_device(fault: Fault) -> None:
    message = fault(ALEXNET, 'device = "gtx-580"\n', "")
    assert message == f"{FIRST_ESTIMATE}: expected 'device' with method 'gpu_time' and with no other"


def test_an_estimate_from_operations_names_no_device(fault: Fault) -> None:
    message = fault(ALEXNET, 'method = "operations"', 'method = "operations"\ndevice = "gtx-580"')
    assert message == f"{ALEXNET}: estimates[2]: expected 'device' with method 'gpu_time' and with no other"


def test_a_claim_that_compares_has_a_value(fault: Fault) -> None:
    message = fault(CLAIMS, "value = 3.4\n", "")
    assert message == f"{CLAIMS}: claims[0]: a claim that names 'compares' needs a numeric 'value'"


def test_a_missing_key_is_named(fault: Fault) -> None:
    assert fault(ALEXNET, 'era = "modern"\n', "") == f"{ALEXNET}: era: Field required"


def test_an_unknown_key_is_refused_with_the_nearest_one(fault: Fault) -> None:
    message = fault(ALEXNET, "listing = ", 'short_nam = "A"\nlisting = ')
    assert message == f"{ALEXNET}: short_nam: Extra inputs are not permitted; found 'A'; did you mean 'short_name'?"


def test_an_unknown_key_of_a_factor_is_refused(fault: Fault) -> None:
    message = fault(ALEXNET, "value = 1.58", 'value = 1.58\nwhyy = "so"')
    assert message == f"{PEAK_RATE}.whyy: Extra inputs are not permitted; found 'so'; did you mean 'why'?"


def test_an_unknown_key_of_an_estimate_comes_with_the_nearest_one_of_an_estimate(fault: Fault) -> None:
    # Among the keys of a system the nearest one would be 'paper_date'.
    message = fault(ALEXNET, "device = ", "upper_bond = true\ndevice = ")
    assert message == (
        f"{FIRST_ESTIMATE}.upper_bond: Extra inputs are not permitted; found 'True'; did you mean 'upper_bound'?"
    )


def test_a_misspelt_key_is_reported_instead_of_the_missing_one(fault: Fault) -> None:
    message = fault(ALEXNET, 'era = "modern"', 'eera = "modern"')
    assert message == f"{ALEXNET}: eera: Extra inputs are not permitted; found 'modern'; did you mean 'era'?"


def test_a_period_ends_after_it_begins(fault: Fault) -> None:
    old = "start = 2012-01-01\nend = 2014-12-31"
    message = fault("data/periods.toml", old, "start = 2014-12-31\nend = 2012-01-01")
    assert message == "data/periods.toml: periods[1]: 'end' 2012-01-01 is not after 'start' 2014-12-31"


def test_an_unknown_key_of_a_claim_is_refused_with_the_nearest_one(fault: Fault) -> None:
    message = fault(CLAIMS, "reason = ", "digit = 2\nreason = ")
    assert message == f"{CLAIMS}: claims[0]: digit: Extra inputs are not permitted; found '2'; did you mean 'digits'?"


def test_an_id_is_a_slug(fault: Fault) -> None:
    message = fault(DEVICES, "gtx-580,", "GTX 580,")
    assert message == (f"{DEVICES}: row 2: id: String should match pattern '^[a-z0-9]+(-[a-z0-9]+)*$'; found 'GTX 580'")


def test_a_record_cannot_be_changed(dataset: Dataset) -> None:
    with pytest.raises(ValueError, match="frozen"):
        dataset.constants[0].value = 3.0  # type: ignore[misc]


@pytest.mark.parametrize(
    ("since", "until", "edition", "stands"),
    [
        ("2018-05", None, "2018-05", True),
        ("2019-11", None, "2018-05", False),
        ("2018-05", "2019-11", "2018-05", True),
        # The end is exclusive: from that edition on the record no longer holds.
        ("2018-05", "2019-11", "2019-11", False),
        ("2018-05", "2019-11", "2020-05", False),
    ],
)
def test_a_record_belongs_to_editions_from_since_until_before_until(
    since: str, until: str | None, edition: str, stands: bool
) -> None:
    assert Dated(since=since, until=until).belongs_to(edition) is stands


def test_the_label_of_a_system_is_its_short_name_where_it_has_one(dataset: Dataset) -> None:
    labels = {system.id: system.label for system in dataset.systems}
    assert (labels["dota-1v1"], labels["alexnet"]) == ("Dota 1v1", "AlexNet")
