"""Checks that need more than one record: each test breaks one thing in a copy and reads the whole message."""

from collections.abc import Callable
from dataclasses import replace as replaced
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.input_files import ROOT
from analysis.inputs.checks import check
from analysis.inputs.dataset import Dataset
from analysis.inputs.load import load_dataset
from tests.editions import FIRST, LISTED, NEWEST, PUBLISHED

Replace = Callable[[str, str, str], None]
Fault = Callable[[str, str, str], str]

ALEXNET = "data/systems/alexnet.toml"
VGG = "data/systems/vgg.toml"
DEVICES = "data/devices.csv"
LEVEL = "data/efficiency/alexnet_level.csv"
GAMES = "data/efficiency/games.csv"
CLAIMS = "data/claims/amodei2018ai.toml"
EDITIONS = "data/editions.toml"
ASSUMPTIONS = "data/assumptions.toml"
BIB = "references.bib"
FIRST_ESTIMATE = f"{ALEXNET}: estimates[0]"
IN_2018 = "expected a day from 1940-01-01 to 2018-05-16, the last day of evidence of edition 2018-05"
IN_2020 = "expected a day from 1940-01-01 to 2020-05-05, the last day of evidence of edition 2020-05"


def test_the_data_of_the_repository_have_no_fault(dataset: Dataset) -> None:
    check(dataset)


def test_an_id_is_unique_in_a_table(fault: Fault) -> None:
    assert fault(DEVICES, "tesla-k20,", "gtx-580,") == f"{DEVICES}: duplicate id 'gtx-580', in row 2 and row 3"


def line_of(file: str, record: str) -> str:
    """Where the entry of a record begins, a line above its id."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    entry = lines.index(f'id = "{record}"')
    return f"{file}:{entry}"


def test_an_id_is_unique_among_the_constants_of_both_files(fault: Fault) -> None:
    places = f"{line_of(ASSUMPTIONS, 'moore_doubling')} and {line_of('data/observations.toml', 'mip_years')}"
    message = fault("data/observations.toml", 'id = "mip_years"', 'id = "moore_doubling"')
    assert message == f"{ASSUMPTIONS} and data/observations.toml: duplicate id 'moore_doubling', in {places}"


def test_an_id_is_unique_among_all_claims(fault: Fault) -> None:
    places = " and ".join(line_of(CLAIMS, f"compute-2018.{name}") for name in ("doubling-time", "moore-doubling"))
    message = fault(CLAIMS, 'id = "compute-2018.moore-doubling"', 'id = "compute-2018.doubling-time"')
    assert message == f"data/claims: duplicate id 'compute-2018.doubling-time', in {places}"


def test_an_id_may_be_used_again_where_the_earlier_record_is_closed(dataset: Dataset) -> None:
    earlier = next(constant for constant in dataset.constants if constant.id == "moore_doubling")
    others = tuple(constant for constant in dataset.constants if constant is not earlier)
    closed = earlier.model_copy(update={"until": "2020-05"})
    later = earlier.model_copy(update={"since": "2020-05", "value": 18.0})
    check(replaced(dataset, constants=(*others, closed, later)))


def test_an_id_may_not_be_used_again_while_the_earlier_record_is_open(dataset: Dataset) -> None:
    earlier = next(constant for constant in dataset.constants if constant.id == "moore_doubling")
    later = earlier.model_copy(update={"since": "2020-05", "value": 18.0})
    with pytest.raises(InputError, match=r"duplicate id 'moore_doubling'$"):
        check(replaced(dataset, constants=(*dataset.constants, later)))


def test_an_id_may_not_be_used_again_where_the_spans_overlap(dataset: Dataset) -> None:
    earlier = next(constant for constant in dataset.constants if constant.id == "moore_doubling")
    others = tuple(constant for constant in dataset.constants if constant is not earlier)
    closed = earlier.model_copy(update={"until": NEWEST})
    later = earlier.model_copy(update={"since": "2020-05"})
    with pytest.raises(InputError, match=r"duplicate id 'moore_doubling'$"):
        check(replaced(dataset, constants=(*others, closed, later)))


def test_the_paper_of_a_system_is_in_the_bibliography(fault: Fault) -> None:
    message = fault(ALEXNET, 'paper = "krizhevsky2012imagenet"', 'paper = "krizhevsky2012imagnet"')
    assert message == (
        f"{ALEXNET}: sources: unknown key 'krizhevsky2012imagnet' in references.bib; "
        "did you mean 'krizhevsky2012imagenet'?"
    )


def test_the_sources_of_an_estimate_are_in_the_bibliography(fault: Fault) -> None:
    old = 'sources = ["amodei2018ai", "krizhevsky2012imagenet"]\nwhere'
    message = fault(ALEXNET, old, old.replace("amodei2018ai", "amodei2018a"))
    assert message == (
        f"{FIRST_ESTIMATE}: sources: unknown key 'amodei2018a' in references.bib; did you mean 'amodei2018ai'?"
    )


def test_the_sources_of_a_factor_are_in_the_bibliography(fault: Fault) -> None:
    old = 'unit = "TFLOP/s"\nsources = ["amodei2018ai"]'
    message = fault(ALEXNET, old, old.replace("amodei2018ai", "amodei2018a"))
    assert message == (
        f"{FIRST_ESTIMATE}.factors[1]: sources: unknown key 'amodei2018a' in references.bib; "
        "did you mean 'amodei2018ai'?"
    )


def test_the_sources_of_a_row_are_in_the_bibliography(fault: Fault) -> None:
    message = fault(DEVICES, ",epoch2026hardware,", ",epoch2026hardwear,")
    assert message == (
        f"{DEVICES}: gtx-580: sources: unknown key 'epoch2026hardwear' in references.bib; "
        "did you mean 'epoch2026hardware'?"
    )


def test_the_sources_of_a_claim_are_in_the_bibliography(fault: Fault) -> None:
    message = fault(CLAIMS, 'sources = ["amodei2018ai"]', 'sources = ["amodei2018a"]')
    assert message == (
        f"{CLAIMS}: compute-2018.doubling-time: sources: unknown key 'amodei2018a' in references.bib; "
        "did you mean 'amodei2018ai'?"
    )


def test_the_sources_of_a_sidecar_are_in_the_bibliography(fault: Fault) -> None:
    message = fault("data/devices.toml", 'sources = ["epoch2026hardware"]', 'sources = ["epoch2026hardwear"]')
    assert message == (
        "data/devices.toml: sources: unknown key 'epoch2026hardwear' in references.bib; "
        "did you mean 'epoch2026hardware'?"
    )


def test_a_record_begins_with_a_known_edition(fault: Fault) -> None:
    message = fault(ALEXNET, 'since = "2018-05"', 'since = "2018-06"')
    expected = f"expected one of {LISTED}"
    assert message == f"{ALEXNET}: since: unknown edition '2018-06'; {expected}"


def test_a_record_ends_after_it_begins(fault: Fault) -> None:
    # A system that no table names.
    file = "data/systems/mlp-mnist.toml"
    message = fault(file, 'since = "2019-11"', 'since = "2019-11"\nuntil = "2019-11"')
    assert message == f"{file}: until: found '2019-11'; expected a later edition than '2019-11'"


def test_editions_are_in_order(fault: Fault) -> None:
    message = fault(EDITIONS, 'id = "2018-05"', 'id = "2021-05"')
    assert message == f"{EDITIONS}: found editions 2021-05, 2019-11, 2020-05, 2026-11; expected each once, in order"


def test_an_edition_is_listed_once(fault: Fault) -> None:
    message = fault(EDITIONS, 'id = "2019-11"', 'id = "2018-05"')
    assert message == f"{EDITIONS}: found editions 2018-05, 2018-05, 2020-05, 2026-11; expected each once, in order"


def test_the_last_edition_is_open(fault: Fault) -> None:
    message = fault(EDITIONS, "closed = false", "closed = true")
    assert message == f"{EDITIONS}: expected every edition closed but the last"


def test_an_earlier_edition_is_closed(fault: Fault) -> None:
    message = fault(EDITIONS, "closed = true", "closed = false")
    assert message == f"{EDITIONS}: expected every edition closed but the last"


def test_an_edition_is_published_no_earlier_than_its_evidence(fault: Fault) -> None:
    message = fault(EDITIONS, f"published = {PUBLISHED[FIRST]}", "published = 2018-05-15")
    assert message == f"{EDITIONS}: 2018-05: published: found 2018-05-15; expected 2018-05-16 or later"


def test_an_edition_may_be_published_on_the_last_day_of_its_evidence(copied_data: Path, replace_in: Replace) -> None:
    replace_in(EDITIONS, f"published = {PUBLISHED[FIRST]}", "published = 2018-05-16")
    assert load_dataset(copied_data).editions


def test_an_edition_is_published_no_earlier_than_the_one_before_it(fault: Fault) -> None:
    # The second edition's evidence is of 7 November 2019; the first was published on 28 November 2026.
    old = "evidence = 2019-11-07\npublished = 2026-11-28"
    message = fault(EDITIONS, old, old.replace("2026-11-28", "2026-11-27"))
    assert message == f"{EDITIONS}: 2019-11: published: found 2026-11-27; expected 2026-11-28 or later"


def test_an_edition_is_named_by_the_month_of_its_evidence(fault: Fault) -> None:
    message = fault(EDITIONS, "evidence = 2018-05-16", "evidence = 2018-06-16")
    assert message == f"{EDITIONS}: 2018-05: evidence: found 2018-06-16; expected a day of 2018-05"


def test_an_edition_has_no_single_date(fault: Fault) -> None:
    message = fault(EDITIONS, "evidence = 2018-05-16", "date = 2018-05-16")
    assert message.startswith(f"{EDITIONS}: editions[0]: ")


def test_a_system_is_no_older_than_the_computer(fault: Fault) -> None:
    message = fault(ALEXNET, "date = 2012-06-01", "date = 1939-12-31")
    assert message == f"{ALEXNET}: date: found 1939-12-31; {IN_2018}"


def test_a_system_is_no_younger_than_the_evidence_of_its_edition(fault: Fault) -> None:
    # AlexNet is there since edition 2018-05, the evidence as of 16 May 2018; one day later is too late.
    message = fault(ALEXNET, "date = 2012-06-01", "date = 2018-05-17")
    assert message == f"{ALEXNET}: date: found 2018-05-17; {IN_2018}"


def test_the_last_day_of_the_evidence_is_not_too_late(copied_data: Path, replace_in: Replace) -> None:
    replace_in(ALEXNET, "date = 2012-06-01", "date = 2018-05-16")
    assert load_dataset(copied_data).systems


def test_a_row_is_no_older_than_the_computer(fault: Fault) -> None:
    message = fault(LEVEL, "2012-06-01", "1939-12-31")
    assert message == f"{LEVEL}: alexnet: date: found 1939-12-31; {IN_2020}"


def test_the_paper_of_a_system_is_no_younger_than_the_evidence_of_its_edition(fault: Fault) -> None:
    message = fault(ALEXNET, "paper_date = 2012-12-03", "paper_date = 2099-12-03")
    assert message == f"{ALEXNET}: paper_date: found 2099-12-03; {IN_2018}"


def test_a_device_is_no_younger_than_the_evidence_of_its_edition(fault: Fault) -> None:
    message = fault(DEVICES, "2010-11-09", "2099-11-09")
    assert message == f"{DEVICES}: gtx-580: released: found 2099-11-09; {IN_2018}"


def test_a_system_is_no_older_than_the_arxiv_id_of_its_paper(fault: Fault) -> None:
    # simonyan2014vgg is arXiv:1409.1556, so September 2014.
    message = fault(VGG, "date = 2014-09-04", "date = 2014-08-31")
    assert message == f"{VGG}: date: found 2014-08-31; expected 2014-09 or later, as arXiv:1409.1556 says"


def test_a_paper_is_no_older_than_its_arxiv_id(fault: Fault) -> None:
    message = fault(VGG, "paper_date = 2014-09-04", "paper_date = 2014-08-31")
    assert message == f"{VGG}: paper_date: found 2014-08-31; expected 2014-09 or later, as arXiv:1409.1556 says"


def test_the_first_day_of_the_month_in_the_arxiv_id_is_not_too_early(copied_data: Path, replace_in: Replace) -> None:
    replace_in(VGG, "date = 2014-09-04", "date = 2014-09-01")
    assert load_dataset(copied_data).systems


def test_the_id_of_an_estimate_is_unique(fault: Fault) -> None:
    message = fault(ALEXNET, 'id = "gpu_time_charted"', 'id = "gpu_time"')
    expected = "gpu_time, gpu_time, operations, operations_counted, chart_reading"
    assert message == f"{ALEXNET}: estimates: duplicate id among {expected}"


def test_the_estimate_used_is_there(fault: Fault) -> None:
    message = fault(ALEXNET, 'used = "gpu_time_charted"', 'used = "gpu_time_chart"')
    assert message == f"{ALEXNET}: used: no estimate 'gpu_time_chart'; did you mean 'gpu_time_charted'?"


def test_a_system_of_the_chart_has_an_error_factor(fault: Fault) -> None:
    message = fault(ALEXNET, "error_factor = 2.0\n", "")
    assert message == f"{ALEXNET}: error_factor: expected it for a charted system and for no other"


def test_a_system_off_the_chart_has_no_error_factor(fault: Fault) -> None:
    message = fault("data/systems/adam.toml", "used = ", "error_factor = 2.0\nused = ")
    assert message == ("data/systems/adam.toml: error_factor: expected it for a charted system and for no other")


def test_a_system_of_the_chart_has_a_reading(fault: Fault) -> None:
    message = fault(ALEXNET, 'id = "chart_reading"', 'id = "stated"')
    assert message == (
        f"{ALEXNET}: estimates: found no 'chart_reading'; expected one for a charted system; "
        "a system that OpenAI did not chart has listing = 'own'"
    )


def test_a_system_of_ones_own_needs_no_reading(copied_data: Path, replace_in: Replace) -> None:
    replace_in(ALEXNET, 'listing = "chart"', 'listing = "own"')
    replace_in(ALEXNET, "error_factor = 2.0\n", "")
    replace_in(ALEXNET, 'id = "chart_reading"', 'id = "stated"')
    assert "own" in {system.listing for system in load_dataset(copied_data).systems}


def test_a_device_is_listed(fault: Fault) -> None:
    message = fault(ALEXNET, 'device = "gtx-580"', 'device = "gtx-590"')
    assert message == f"{FIRST_ESTIMATE}.device: unknown 'gtx-590'; did you mean 'gtx-580'?"


def test_an_assumption_is_listed(fault: Fault) -> None:
    message = fault(ALEXNET, '"gpu_utilisation_printed"', '"gpu_utilization_printed"')
    assert message == (
        f"{FIRST_ESTIMATE}.factors[3].assumption: unknown 'gpu_utilization_printed'; "
        "did you mean 'gpu_utilisation_printed'?"
    )


def test_the_name_of_a_factor_is_unique(fault: Fault) -> None:
    message = fault(ALEXNET, 'name = "peak_rate"', 'name = "devices"')
    expected = "devices, devices, training_time, utilisation"
    assert message == f"{FIRST_ESTIMATE}.factors: duplicate name among {expected}"


def test_factors_multiply_to_operations(fault: Fault) -> None:
    # Devices x operations x days leaves a time in the product.
    message = fault(ALEXNET, 'unit = "TFLOP/s"', 'unit = "FLOP"')
    assert message == f"{FIRST_ESTIMATE}.factors: device x FLOP x day x 1 is not a number of operations"


def test_factors_without_a_time_are_a_rate(fault: Fault) -> None:
    message = fault(ALEXNET, 'unit = "day"', 'unit = "device"')
    assert message == f"{FIRST_ESTIMATE}.factors: device x TFLOP/s x device x 1 is not a number of operations"


def test_a_factor_is_plausible_for_its_unit(fault: Fault) -> None:
    message = fault(ALEXNET, "value = 1.58", "value = 1e308")
    assert message == (
        f"{FIRST_ESTIMATE}.factors[1].value: found 1e+308 TFLOP/s; expected 1e-09 to 1e+05 TFLOP/s (one processor)"
    )


def test_a_game_names_a_system_or_states_its_compute(fault: Fault) -> None:
    message = fault(GAMES, "2017-10-18,,alphago-zero", "2017-10-18,1860,alphago-zero")
    assert message == f"{GAMES}: alphago-zero: expected exactly one of 'system' and 'pfs_days'"


def test_the_system_of_a_game_is_there(fault: Fault) -> None:
    message = fault(GAMES, "2017-10-18,,alphago-zero", "2017-10-18,,alphago-zeor")
    assert message == f"{GAMES}: alphago-zero: system: unknown 'alphago-zeor'; did you mean 'alphago-zero'?"


def test_an_assumption_belongs_to_every_edition_of_the_system_that_uses_it(fault: Fault) -> None:
    # Otherwise the analysis of an edition in between would end in the middle.
    old = "note = \"The appendix's own assumption, from its authors' experience.\"\nsince = "
    message = fault(ASSUMPTIONS, f'{old}"2018-05"', f'{old}"2020-05"')
    assert (
        f"{FIRST_ESTIMATE}.factors[3].assumption: 'gpu_utilisation_printed' is not in edition 2018-05, "
        "which has the record that names it"
    ) in message.splitlines()


def test_an_assumption_may_have_two_consecutive_records(dataset: Dataset) -> None:
    name = "gpu_utilisation_printed"
    earlier = next(constant for constant in dataset.constants if constant.id == name)
    others = tuple(constant for constant in dataset.constants if constant is not earlier)
    closed = earlier.model_copy(update={"until": "2020-05"})
    later = earlier.model_copy(update={"since": "2020-05", "value": 0.3})
    check(replaced(dataset, constants=(*others, closed, later)))


def test_a_game_measured_in_steps_has_both_numbers_of_them(fault: Fault) -> None:
    message = fault(GAMES, ",390000,700000,", ",390000,,")
    assert message == f"{GAMES}: alphazero: expected both or neither of 'steps_to_level' and 'steps_in_run'"


COUNTED_FACTOR = f"{ALEXNET}: estimates[3].factors[2]"


def test_an_architecture_is_known(fault: Fault) -> None:
    message = fault(ALEXNET, 'architecture = "alexnet"', 'architecture = "alexnett"')
    assert message == f"{COUNTED_FACTOR}.architecture: no architecture 'alexnett'; did you mean 'alexnet'?"


def test_an_architecture_can_take_the_input(fault: Fault) -> None:
    message = fault(ALEXNET, 'architecture = "alexnet"', 'architecture = "alexnet"\ninput = [1, 224, 224]')
    assert message == f"{COUNTED_FACTOR}.input: convolution 1.1: conv2d got 1x224x224; needs 3 channels"


def test_an_architecture_is_shown_at_every_edition_that_uses_it(fault: Fault) -> None:
    message = fault(ALEXNET, 'architecture = "alexnet"', 'architecture = "zfnet"')
    expected = "'zfnet' is shown since edition 2026-11; expected 2018-05 or earlier"
    assert message == f"{COUNTED_FACTOR}.architecture: {expected}"


def test_a_vision_model_names_a_known_architecture(fault: Fault) -> None:
    message = fault("data/efficiency/alexnet_level.csv", ",vgg11,", ",vgg10,")
    where = "data/efficiency/alexnet_level.csv: vgg-11.architecture"
    assert message.startswith(f"{where}: no architecture 'vgg10'; did you mean 'vgg1")


def test_a_public_count_is_of_a_known_architecture(fault: Fault) -> None:
    message = fault("data/counting/peers.csv", "\nzfnet,", "\nzfnett,")
    assert message == "data/counting/peers.csv: zfnett.architecture: no architecture 'zfnett'; did you mean 'zfnet'?"


def test_a_record_names_no_work_of_a_later_edition(fault: Fault) -> None:
    # Adam is a record of 2018-05.
    message = fault(
        "data/systems/adam.toml", 'sources = ["kingma2014adam", "amodei2018ai"]', 'sources = ["fvcore2022"]'
    )
    assert message == (
        "data/systems/adam.toml: sources: 'fvcore2022' is in references.bib since 2026-11; "
        "expected 2018-05 or earlier, the first edition of the record"
    )


def test_an_architecture_names_no_work_of_a_later_edition(fault: Fault) -> None:
    # The first network registered that names it is one of edition 2020-05.
    message = fault(BIB, "@software{torchvision2025,", "@software{torchvision2025,\n  since = {2026-11},")
    assert message.splitlines()[0] == (
        "analysis/counting/architectures/alexnet.py: alexnet_one_tower: sources: 'torchvision2025' is in "
        "references.bib since 2026-11; expected 2020-05 or earlier, the first edition of the record"
    )


def test_a_work_enters_with_a_known_edition(fault: Fault) -> None:
    message = fault(BIB, "  since = {2019-11},", "  since = {2019-12},")
    assert message.endswith(f": since: unknown edition '2019-12'; expected one of {LISTED}")
    assert message.startswith(f"{BIB}: ")


def test_a_table_enters_with_its_first_row(fault: Fault) -> None:
    message = fault("data/devices.toml", 'since = "2018-05"', 'since = "2020-05"')
    assert message == "data/devices.toml: since: found '2020-05'; expected '2018-05', the edition of its first row"


def test_a_table_enters_with_a_known_edition(fault: Fault) -> None:
    message = fault("data/devices.toml", 'since = "2018-05"', 'since = "2018-04"')
    assert message == (f"data/devices.toml: since: unknown edition '2018-04'; expected one of {LISTED}")


def test_a_device_belongs_to_every_edition_of_the_system_that_uses_it(fault: Fault) -> None:
    message = fault(DEVICES, "its chart needs a third.,2018-05,", "its chart needs a third.,2018-05,2020-05")
    assert message.splitlines()[0] == (
        f"{FIRST_ESTIMATE}.device: 'gtx-580' is not in edition 2020-05, which has the record that names it"
    )


def test_faults_of_all_files_are_reported_in_one_run(replace_in: Replace, fault: Fault) -> None:
    replace_in(DEVICES, ",1.581,", ",x,")
    replace_in(BIB, "  date = {2017-11},", "  date = {2017},\n  url = {javascript:alert(1)},")
    replace_in(VGG, 'era = "modern"', 'era = "future"')
    message = fault(ALEXNET, "date = 2012-06-01", "date = 1939-12-31")
    places = [line.partition(":")[0] for line in message.splitlines()]
    assert places == [VGG, DEVICES, BIB, ALEXNET, "4 faults"]


def test_a_name_in_a_table_that_cannot_be_read_whole_is_no_fault_of_its_own(fault: Fault) -> None:
    # The GTX 580, which AlexNet names, is in the row that cannot be read.
    assert fault(DEVICES, ",1.581,", ",x,").count("\n") == 0


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        # A petaflop/s-day is 8.64e19 FLOP. VGG took 0.098 of them: in FLOP too few, a million times as many too many.
        ('unit = "pfs-day"', 'unit = "FLOP"', "found 0.098 FLOP; expected 1e+11 to 2e+23"),
        ("value = 0.098", "value = 98000.0", "found 8.47e+24 FLOP, 9.8e+04 pfs-days; expected 1e+11 to 2e+23"),
    ],
)
def test_the_compute_of_a_system_is_plausible_for_its_year(fault: Fault, old: str, new: str, found: str) -> None:
    message = fault(VGG, old, new)
    assert message == f"{VGG}: estimates[4].factors: {found} FLOP for a training run of 2014"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "data/efficiency/reimplementations.csv",
            ",79.0,",
            ",130,",
            "alexnet: measured_percent: found 130 percent; expected 1e-09 to 100 percent (a share of a whole)",
        ),
        (
            "data/efficiency/translation.csv",
            ",4.0e19,1,",
            ",4.0e19,1.5,",
            "seq2seq: share_of_run: found 1.5; expected 1e-09 to 1 (a share of the whole run)",
        ),
        (
            "data/efficiency/alexnet_level.csv",
            ",0.77,alexnet_one_tower,",
            ",7.7e8,alexnet_one_tower,",
            "alexnet: gmacs_per_image: found 770000000 GMAC; expected 1e-07 to 1e+08 GMAC (one forward pass)",
        ),
        (
            "data/efficiency/translation.csv",
            ",4.0e19,1,",
            ",40,1,",
            "seq2seq: training_flop: found 40 FLOP; expected 1e+11 to 2e+23 FLOP for a training run of 2014",
        ),
    ],
)
def test_a_cell_is_plausible_for_its_column(fault: Fault, file: str, old: str, new: str, message: str) -> None:
    assert fault(file, old, new) == f"{file}: {message}"
