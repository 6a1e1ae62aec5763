"""The tables of the compute post, on cells worked by hand."""

from typing import Any

import pytest

from analysis.inputs.dataset import Dataset
from analysis.results.collect import Findings
from analysis.tables.catalogue import tables_at


@pytest.fixture
def rows(findings: Findings) -> dict[str, tuple[dict[str, Any], ...]]:
    """The rows of every table of the last edition."""
    return {entry.name: entry.build(findings).rows for entry in tables_at(findings.study.edition.id)}


Rows = dict[str, tuple[dict[str, Any], ...]]


def test_every_charted_system_is_a_row_by_date(rows: Rows, dataset: Dataset) -> None:
    table = rows["compute.systems"]
    charted = sorted((s for s in dataset.systems if s.listing == "chart"), key=lambda system: system.date)
    assert [row["system"] for row in table] == [system.id for system in charted]
    assert (table[0]["system"], table[-1]["system"]) == ("perceptron", "alphazero")


def test_a_date_is_written_as_far_as_it_is_known(rows: Rows) -> None:
    # The Perceptron is known to the year, ALVINN to the month, AlexNet to the day.
    dates = {row["system"]: row["date"] for row in rows["compute.systems"]}
    assert (dates["perceptron"], dates["alvinn"], dates["alexnet"]) == ("1959", "1989-08", "2012-06-01")


def test_every_trend_is_a_row(rows: Rows, findings: Findings) -> None:
    assert len(rows["compute.trends"]) == len(findings.study.trends)


def test_the_row_of_a_trend_has_both_intervals(rows: Rows, findings: Findings) -> None:
    row = rows["compute.trends"][0]
    trend = findings.study.trends["modern"]
    assert (row["low"], row["high"], row["bootstrap_low"], row["bootstrap_high"]) == (
        trend.doubling_time_months.low,
        trend.doubling_time_months.high,
        trend.doubling_time_bootstrap_months.low,
        trend.doubling_time_bootstrap_months.high,
    )


def test_a_stretch_of_years_shows_printed_and_charted_range(rows: Rows) -> None:
    row = next(row for row in rows["compute.periods"] if row["period"] == "2012 to 2014")
    # Printed 0.001 to 0.1; charted DQN, 1 / 36,000, to VGG, 8524.8 PF / 86,400; six of seven lie within.
    assert (row["n"], row["printed_low"], row["printed_high"], row["within"]) == (7, 0.001, 0.1, 6 / 7)
    assert (row["smallest"], row["largest"]) == (
        pytest.approx(1 / 36_000, rel=1e-12, abs=0),
        pytest.approx(8524.8 / 86_400, rel=1e-12, abs=0),
    )


def test_a_peak_rate_is_next_to_the_listed_one(rows: Rows) -> None:
    row = next(r for r in rows["compute.peak_rates"] if (r["system"], r["calculation"]) == ("vgg", "as printed"))
    # 5.1 used for the Titan Black, listed at 5.645.
    assert (row["device"], row["used"], row["listed"]) == ("GeForce GTX Titan Black", 5.1, 5.645)
    assert row["ratio"] == pytest.approx(5.1 / 5.645, rel=1e-12, abs=0)


def test_every_calculation_from_gpu_time_has_a_peak_rate(rows: Rows, findings: Findings) -> None:
    assert len(rows["compute.peak_rates"]) == sum(c.method == "gpu_time" for c in findings.study.calculations)


def test_modest_results_are_in_order_of_date_with_their_bounds(rows: Rows) -> None:
    # The appendix gives bounds for Word2Vec, the VAE, GANs and Adam, and plain figures for the other two.
    assert [(row["system"], row["date"], row["bound"]) for row in rows["compute.modest"]] == [
        ("word2vec", "2013-10", "at most"),
        ("vae", "2013-12", "at most"),
        ("gans", "2014-06", "at most"),
        ("align-and-translate", "2014-09", ""),
        ("adam", "2014-12", "at most"),
        ("transformer", "2017-06", ""),
    ]
