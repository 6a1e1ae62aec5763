"""Hostile rows of the tracker: each is refused in one line that names file, row and key."""

from pathlib import Path

import pytest

from analysis.errors import InputError, InputFaultsError
from analysis.inputs.load import load_dataset
from tests.conftest import Replace

SPEEDRUN = "data/records/gpt2-small-speedrun.csv"
CIFAR = "data/records/cifar10-94.csv"
DAWNBENCH = "data/records/dawnbench-imagenet"
NANOCHAT = "data/records/gpt2-1600m-nanochat.csv"
OPTIMISERS = "data/records/gpt2-small-optimiser.csv"
# What a maintainer would have to notice: where it is written, what it replaces, and the line that refuses it.
BREACHES = (
    (
        SPEEDRUN,
        "0.665,8x H100",
        "0.665,8x H200",
        f"{SPEEDRUN}: record-92: hardware: found '8x H200'; expected 8x H100; did you mean '8x H100'?",
    ),
    (
        SPEEDRUN,
        "pull/350,,",
        "pull/350,record-92,",
        (
            f"{SPEEDRUN}: record-91: builds_on: 'record-92' is of 2026-08-30; "
            "expected a row of 2026-08-06 or earlier, the day of this one"
        ),
    ),
    (SPEEDRUN, "pull/344,,", "pull/344,record-8000,", f"{SPEEDRUN}: record-90: builds_on: unknown 'record-8000'"),
    (
        NANOCHAT,
        "nanochat,,karpathy2025nanochat,,2026-11,\nrecord-2",
        "nanochat,record-1,karpathy2025nanochat,,2026-11,\nrecord-2",
        f"{NANOCHAT}: record-1: builds_on: found 'record-1', the row itself; expected an earlier row, or nothing",
    ),
    (
        OPTIMISERS,
        'result #36, re-tuned for MuonH",no,verified,https://github.com/KellerJordan/modded-nanogpt/pull/324,',
        'result #36, re-tuned for MuonH",no,verified,https://github.com/KellerJordan/modded-nanogpt/pull/323,',
        (
            f"{OPTIMISERS}: result-37: evidence: found the date, the value and the evidence of 'result-36'; "
            "expected another run"
        ),
    ),
    # Two rows of one day, in the order in which they were made.
    (
        SPEEDRUN,
        "2024-10-17_DistributedMuon,,",
        "2024-10-17_DistributedMuon,record-7,",
        f"{SPEEDRUN}: record-6: builds_on: 'record-7' is of the same day and below; expected it above this row",
    ),
    (
        OPTIMISERS,
        "2026-04-26,kellerjordan0,5625,",
        "2026-04-26,kellerjordan0,5625.5,",
        f"{OPTIMISERS}: result-2: value: found 5625.5; expected a whole number of steps",
    ),
    (
        "data/records/mlperf-llama31-405b.toml",
        "figure = 24",
        "figure = 23",
        (
            "data/records/mlperf-resnet50.toml: benchmark.figure: found 23, as in "
            "data/records/mlperf-llama31-405b.toml; expected the number after that of the last figure"
        ),
    ),
    (
        f"{DAWNBENCH}.csv",
        ",2020-03-17,",
        ",2020-04-17,",
        (
            f"{DAWNBENCH}.csv: alibabacloud-resnet50-gn6e-16-machine-tensorflow: date: found 2020-04-17; "
            "expected 2020-03-31 or earlier, as the benchmark is closed"
        ),
    ),
    (
        "data/records/mlperf-resnet50.toml",
        "ended = 2024-06-12\n",
        "",
        "data/records/mlperf-resnet50.toml: benchmark.ended: expected a day if and only if the status is not open",
    ),
)
# Evidence that is missing, not secure, or more than an address.
NO_EVIDENCE = ("", "none", "http://example.org/log", "https://example.org/<b>", "https://a b")


def faults(root: Path) -> list[str]:
    with pytest.raises(InputFaultsError) as caught:
        load_dataset(root)
    return [str(fault) for fault in caught.value.faults]


def test_a_row_that_breaks_a_rule_of_its_benchmark_is_refused(copied_data: Path, replace_in: Replace) -> None:
    for file, old, new, _ in BREACHES:
        replace_in(file, old, new)
    found = faults(copied_data)
    for *_, message in BREACHES:
        assert len([fault for fault in found if fault.startswith(message)]) == 1
    assert len(found) == len(BREACHES)


def test_a_row_without_evidence_is_refused(copied_data: Path, replace_in: Replace) -> None:
    for evidence in NO_EVIDENCE:
        # Each takes the place of the address in the next row.
        replace_in(CIFAR, "reported,https://github.com/tysam-code/hlb-CIFAR10,", f"reported,{evidence},")
    lines = [f"{CIFAR}: row {row}: evidence: expected an address" for row in range(2, 2 + len(NO_EVIDENCE))]
    found = faults(copied_data)
    assert [fault[: len(line)] for fault, line in zip(found, lines, strict=True)] == lines


@pytest.mark.parametrize("address", ["https:///log", "https://localhost/log", "https://.org/log", "https://example."])
def test_evidence_on_no_public_host_is_refused(copied_data: Path, replace_in: Replace, address: str) -> None:
    replace_in(NANOCHAT, "verified,https://github.com/karpathy/nanochat,", f"verified,{address},")
    with pytest.raises(InputError, match=f"^{NANOCHAT}: row 2: evidence: expected an address"):
        load_dataset(copied_data)


def test_a_row_with_the_id_of_another_is_one_fault(copied_data: Path, replace_in: Replace) -> None:
    replace_in(NANOCHAT, "record-2,", "record-1,")
    fp8 = "d26 + fp8,,verified,https://github.com/karpathy/nanochat,"
    replace_in(NANOCHAT, f"{fp8},", f"{fp8}record-1,")
    with pytest.raises(InputError, match=f"^{NANOCHAT}: duplicate id 'record-1', in row 2 and row 3$"):
        load_dataset(copied_data)
