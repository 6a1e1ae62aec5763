"""Judgements that the pages of 2026 state in words: each holds for the data, so that a row that changes one stops here.

A comment quotes the sentence. Numbers are in the sentences themselves, as quantities; here is what is said about them.
"""

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate

import numpy as np
import pytest

from analysis.figures.catalogue import figures_at
from analysis.inputs.tables import TRAINING_COSTS
from analysis.model.trends import fit_trend
from analysis.results.collect import Findings
from analysis.results.forecast import DAYS
from analysis.units import FLOP_PER_PFS_DAY, decimal_year

COMMON, SIGNIFICANT = 0.9, 0.05


@pytest.fixture
def below_largest(findings: Findings) -> dict[int, list[float]]:
    """How many times smaller each model is than the largest before or on its day, by year."""
    assert findings.study.field is not None
    models = sorted(findings.study.field.models, key=lambda model: model.date)
    dates, largest = [model.date for model in models], list(accumulate((m.compute_flop for m in models), max))
    found: dict[int, list[float]] = {}
    for model in models:
        times = largest[bisect_right(dates, model.date) - 1] / model.compute_flop
        found.setdefault(model.date.year, []).append(times)
    return found


def test_the_newest_models_are_seldom_small(below_largest: Mapping[int, list[float]]) -> None:
    # "Of the newest models on the list, few are small next to the largest run of their time."
    small = {
        first: np.mean([times > 1000 for year in range(first, last) for times in below_largest[year]])
        for first, last in ((2014, 2018), (2024, 2027))
    }
    assert small[2024] < small[2014] / 2


def test_growth_of_the_field_became_faster_and_that_of_the_frontier_hardly_slower(findings: Findings) -> None:
    value = findings.results.value
    # "For all notable models growth even became faster."
    field = "compute.field.since_2010.kink"
    assert value(f"{field}.doubling_time_after") < value(f"{field}.doubling_time_before")
    assert value(f"{field}.p_value") < SIGNIFICANT
    # "The runs that exceeded every earlier one show no sign of a kink."
    assert value("compute.records.since_2010.kink.p_value") > SIGNIFICANT
    # "That slowdown is mild and doubtful."
    frontier = "compute.frontier.since_2010.kink"
    assert value(f"{frontier}.doubling_time_before") < value(f"{frontier}.doubling_time_after")
    assert value(f"{frontier}.p_value") > value(f"{field}.p_value")


def test_the_largest_runs_are_of_doubtful_size(findings: Findings) -> None:
    # "Above 10^26 there are ..., none marked confident." "The largest of all, that of Grok 4, is speculative."
    assert findings.results.value("compute.thresholds.above_1e26_confident") == 0
    assert findings.study.field is not None
    largest = max(findings.study.field.models, key=lambda model: model.compute_flop)
    assert (largest.name, largest.confidence) == ("Grok 4", "speculative")


def test_most_systems_agree_in_chart_and_table(findings: Findings) -> None:
    # "Most agree within the chart's error bars."
    prefix, error = "compute.chart_over_table.", findings.results.value("constant.error_factor_modern.value")
    ratios = [each.value for name, each in findings.results.quantities.items() if name.startswith(prefix)]
    assert sum(1 / error <= ratio <= error for ratio in ratios) > len(ratios) / 2
    # "They differ most for AlphaGo Zero and AlphaZero ... and for Seq2Seq."
    apart = sorted(findings.results.quantities, key=lambda name: _apart(findings, name, prefix))[-3:]
    assert {name.removeprefix(prefix) for name in apart} == {"alphago_zero", "alphazero", "seq2seq"}


def _apart(findings: Findings, name: str, prefix: str) -> float:
    return abs(np.log2(findings.results.value(name))) if name.startswith(prefix) else 0.0


def test_the_way_of_counting_explains_most_of_what_the_table_says_of_the_chart(findings: Findings) -> None:
    # "Mostly for that reason the charted systems double more slowly there."
    points, value = findings.study.chosen["modern"], findings.results.value
    own_games = {"alphago_zero", "alphazero"}
    counted_as_there = [
        point.pfs_days / (value(f"compute.chart_over_table.{name}") if name in own_games else 1.0)
        for point in points
        for name in (point.slug.replace("-", "_"),)
    ]
    with_both = fit_trend([point.year for point in points], counted_as_there).doubling_time_months.value
    charted, listed = value("compute.modern.doubling_time"), value("compute.field.charted_systems.doubling_time")
    assert charted < charted + (listed - charted) / 2 < with_both


def test_optimisers_compete_since_april_2026(findings: Findings) -> None:
    # "Which began in April 2026 ... by June." "From April to June 2026."
    (contest,) = (each for each in findings.study.tracker if each.prefix == "tracker.gpt2_small_optimiser")
    first, last = contest.frontier[0].row.date, contest.frontier[-1].row.date
    assert [(day.year, day.month) for day in (first, last)] == [(2026, 4), (2026, 6)]


def test_two_vintages_of_costs_differ_in_their_systems(findings: Findings) -> None:
    # "Systems in both have mostly the same cost in each."
    rows = [row for row in findings.study.dataset.rows(TRAINING_COSTS) if row.method == "amortised"]
    earlier, later = (
        {row.name: row.cost_usd for row in rows if row.vintage == each} for each in ("2024-12", "2025-07")
    )
    ratios = [later[name] / earlier[name] for name in earlier.keys() & later.keys()]
    assert sum(COMMON <= ratio <= 1 / COMMON for ratio in ratios) > 0.8 * len(ratios)


def test_the_line_through_plotted_values_changes_the_second_digit_at_most(findings: Findings) -> None:
    # "Through the values as plotted it differs so little that only the second digit of some ratios changes."
    trends = findings.study.trends
    for name, day in DAYS.items():
        year, ratio = np.array([decimal_year(day)]), findings.results[f"compute.forecast.{name}.ratio"].value
        largest = findings.results.value(f"compute.forecast.{name}.largest")
        plotted = float(trends["modern.as_plotted"].line(year)[0]) * FLOP_PER_PFS_DAY / largest
        unit = 10.0 ** (np.floor(np.log10(ratio)) - 1)
        assert abs(round(plotted / unit) - round(ratio / unit)) <= 1


@pytest.mark.parametrize(
    ("figure", "shortest", "longest"),
    [
        # "The shortest times come from leaving out 2012 ...; the longest from the systems in vision alone."
        ("compute.specifications", "2013 to 2017", "in vision"),
        # "Language models alone give the shortest times, models in vision alone the longest."
        ("compute.field_specifications", "language", "vision"),
    ],
)
def test_an_option_moves_a_headline_furthest(findings: Findings, figure: str, shortest: str, longest: str) -> None:
    entry = next(entry for entry in figures_at(findings.study.edition.id) if entry.name == figure)
    options = sorted(entry.shows(findings).rows, key=lambda row: float(row["months"]))
    assert (options[0]["option"], options[-1]["option"]) == (shortest, longest)


def test_the_systems_of_2012_are_above_the_line(findings: Findings) -> None:
    # "Leaving out 2012, where the earliest systems are above the line."
    points, trend = findings.study.chosen["modern"], findings.study.trends["modern"]
    early = [point for point in points if point.date.year == 2012]
    assert early
    assert all(point.pfs_days > trend.line(np.array([point.year]))[0] for point in early)


def test_studies_of_efficiency_do_not_disagree(findings: Findings) -> None:
    # "Wide enough to include the result of 2020."
    vision, alexnet = findings.results["efficiency.vision2022.halving_time"], "efficiency.alexnet"
    assert vision.low is not None
    assert vision.high is not None
    assert vision.low < findings.results.value(f"{alexnet}.doubling_time") < vision.high
    # "All but the most extreme give ..., a narrower range than that of the correction."
    corrected = findings.results[f"{alexnet}.doubling_time_corrected"]
    assert corrected.low is not None
    assert corrected.high is not None
    low, high = (findings.results.value(f"{alexnet}.specifications.{end}") for end in ("low", "high"))
    assert high / low < corrected.high / corrected.low
