"""The tracker's runs: which of them set a record, and which rows beat nothing."""

from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from analysis.errors import InputError, InputFaultsError
from analysis.inputs.benchmarks import Benchmark
from analysis.inputs.dataset import Dataset
from analysis.inputs.load import load_dataset
from analysis.inputs.rows import RecordRun
from analysis.model.records import Attempt, better_by, record_setters
from analysis.model.study import analyse
from analysis.results.collect import Findings

SPEEDRUN = "data/records/gpt2-small-speedrun.csv"


def benchmark(dataset: Dataset, better: Literal["lower", "higher"]) -> Benchmark:
    described = dataset.sidecars["records/gpt2-small-speedrun"].benchmark
    assert described is not None
    return described.model_copy(update={"better": better})


def attempts(*runs: tuple[int, float, Literal["no"] | None]) -> list[Attempt]:
    """Runs of days of May 2026, with their values and whether they are marked as no record."""
    rows = [
        RecordRun(
            id=f"run-{i}",
            name="Run",
            date=date(2026, 5, day),
            authors=(),
            value=value,
            change="all",
            record=record,
            status="reported",
            evidence="https://example.org",
            builds_on=None,
            sources=("jordan2026modded",),
            since="2026-11",
        )
        for i, (day, value, record) in enumerate(runs)
    ]
    return [Attempt(row=row, file=SPEEDRUN, value=row.value, authors=row.authors) for row in rows]


def test_a_record_beats_every_earlier_one_and_a_tie_is_none(dataset: Dataset) -> None:
    # 9 is slower than 8 and the second 8 ties with it; the last is the first to be faster.
    runs = attempts((1, 10.0, None), (2, 8.0, None), (3, 9.0, None), (4, 8.0, None), (5, 7.0, None))
    found = record_setters(runs, benchmark(dataset, "lower"))
    assert [attempt.value for attempt in found] == [10.0, 8.0, 7.0]


def test_a_record_can_be_the_highest_value(dataset: Dataset) -> None:
    runs = attempts((1, 10.0, None), (2, 8.0, None), (3, 12.0, None))
    found = record_setters(runs, benchmark(dataset, "higher"))
    assert [attempt.value for attempt in found] == [10.0, 12.0]


def test_a_run_that_is_marked_as_none_is_beaten_by_nothing_that_follows(dataset: Dataset) -> None:
    # Without the mark the 5 would be the last record.
    runs = attempts((1, 10.0, None), (2, 5.0, "no"), (3, 8.0, None))
    found = record_setters(runs, benchmark(dataset, "lower"))
    assert [attempt.value for attempt in found] == [10.0, 8.0]


@pytest.mark.parametrize(("better", "factor"), [("lower", 4.0), ("higher", 0.25)])
def test_how_much_better_the_last_value_is(dataset: Dataset, better: Literal["lower", "higher"], factor: float) -> None:
    # From 8 to 2: four times less, or a quarter as much.
    assert better_by(benchmark(dataset, better), 8.0, 2.0) == factor


def test_the_rates_that_speed_records_are_quoted_with(findings: Findings) -> None:
    # 45 minutes over 0.665; 824 days from 28 May 2024 to 30 August 2026, 27.07 months, over log2 of it, 6.080.
    assert findings.results.value("efficiency.speedrun_gpt2.factor") == pytest.approx(67.669, abs=5e-4)
    assert findings.results.value("efficiency.speedrun_gpt2.halving_time") == pytest.approx(4.452, abs=5e-4)
    # 3,600 steps over 2,690.
    assert findings.results.value("efficiency.optimiser.factor") == pytest.approx(1.3383, abs=5e-5)


def test_a_benchmark_begins_with_the_runs_of_the_efficiency_paper(findings: Findings) -> None:
    for own, paper in (
        ("tracker.imagenet_alexnet_level.factor", "efficiency.alexnet.factor"),
        ("tracker.imagenet_alexnet_level.halving_time", "efficiency.alexnet.doubling_time"),
        ("tracker.imagenet_resnet50_level.factor", "efficiency.resnet50.factor"),
        ("tracker.wmt14_seq2seq_level.factor", "efficiency.translation.seq2seq_factor"),
        ("tracker.wmt14_gnmt_level.factor", "efficiency.translation.gnmt_factor"),
    ):
        assert findings.results.value(own) == pytest.approx(findings.results.value(paper), rel=1e-12)


def test_two_records_make_no_rate(findings: Findings) -> None:
    assert "tracker.wmt14_gnmt_level.halving_time" not in findings.results.quantities


def test_a_row_that_beats_nothing_is_refused(copied_data: Path) -> None:
    alexnet = "data/records/imagenet-alexnet-level.csv"
    for path, value, hardware in ((SPEEDRUN, "0.7", "8x H100"), (alexnet, "0.07", "")):
        with (copied_data / path).open("a", encoding="utf-8") as file:
            file.write(
                f"slow,Slow,2026-09-01,,{value},{hardware},all,,reported,https://a.org,,jordan2026modded,,2026-11,\n"
            )
    with pytest.raises(InputFaultsError) as caught:
        analyse(load_dataset(copied_data))
    # EfficientNet-B0 took 6.0 PF by the paper's table, and 86.4 PF are a teraflop/s-day: 0.069.
    of_list, of_paper = map(str, caught.value.faults)
    assert of_paper.startswith(f"{alexnet}: slow: value: found 0.07 tfs-days, which does not beat the 0.069")
    assert of_paper.endswith("of 'efficientnet-b0'; expected a lower one, or 'no' in the column 'record'")
    assert of_list == (
        f"{SPEEDRUN}: slow: value: found 0.7 minutes, which does not beat the 0.665 minutes of 'record-92'; "
        "expected a lower one, or 'no' in the column 'record'"
    )


def test_one_value_that_many_later_rows_do_not_beat_is_reported_once(copied_data: Path) -> None:
    with (copied_data / SPEEDRUN).open("a", encoding="utf-8") as file:
        # 0.5 minutes in June 2024, before all records but two.
        file.write("early,Early,2024-06-07,A,0.5,8x H100,all,,reported,https://a.org,,jordan2026modded,,2026-11,\n")
    with pytest.raises(InputError) as caught:
        analyse(load_dataset(copied_data))
    fault = str(caught.value)
    assert fault.startswith(f"{SPEEDRUN}: early: value: found 0.5 minutes on 2024-06-07, which ")
    assert fault.endswith(
        "later rows do not beat, 'record-3' to 'record-92'; "
        "expected a value that they beat, or 'no' in their column 'record'"
    )


def test_a_run_of_the_efficiency_paper_is_credited_to_the_authors_of_its_network(findings: Findings) -> None:
    credited = {
        tracked.id: {attempt.row.id: attempt.authors for attempt in tracked.attempts if attempt.own is None}
        for tracked in findings.study.tracker
    }
    # As the papers on AlexNet, on Seq2Seq and on GNMT name them.
    assert credited["imagenet-alexnet-level"]["alexnet"] == ("Alex Krizhevsky", "Ilya Sutskever", "Geoffrey E. Hinton")
    assert credited["wmt14-seq2seq-level"]["seq2seq"] == ("Ilya Sutskever", "Oriol Vinyals", "Quoc V. Le")
    # Its row cites the Transformer paper too, for its cost; the bibliography ends its list of names with "others".
    assert (credited["wmt14-gnmt-level"]["gnmt"][0], credited["wmt14-gnmt-level"]["gnmt"][-1]) == (
        "Yonghui Wu",
        "others",
    )
    assert all(authors for runs in credited.values() for authors in runs.values())
