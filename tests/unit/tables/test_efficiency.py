"""The tables of the efficiency post, on cells worked by hand."""

from typing import Any

import pytest

from analysis.results.collect import Findings
from analysis.tables.catalogue import tables_at
from tests.editions import NEWEST


def rows_of(findings: Findings, name: str) -> tuple[dict[str, Any], ...]:
    """The rows of a table."""
    return next(entry for entry in tables_at(NEWEST) if entry.name == name).build(findings).rows


def test_the_first_network_is_alexnet_and_gains_nothing_over_itself(findings: Findings) -> None:
    row = rows_of(findings, "efficiency.alexnet_level")[0]
    # 90 x 0.77 x 1.28 x 3 = 266.112 PF, printed 266.1
    assert (row["model"], row["gain"], row["frontier"], row["printed_petaflop"]) == ("AlexNet", 1.0, "yes", 266.1)
    assert row["petaflop"] == pytest.approx(266.112, rel=1e-12, abs=0)


def test_a_run_off_the_frontier_has_no_mark(findings: Findings) -> None:
    marks = {row["model"]: row["frontier"] for row in rows_of(findings, "efficiency.alexnet_level")}
    assert marks["VGG-11"] == ""


def test_a_task_says_what_its_halving_time_rests_on(findings: Findings) -> None:
    basis = {row["task"]: row["basis"] for row in rows_of(findings, "efficiency.across_tasks")}
    assert (basis.pop("Vision, AlexNet level"), set(basis.values())) == (
        "trend of the record runs",
        {"two points"},
    )


def test_retrained_networks_are_those_of_tables_four_and_five_of_the_paper(findings: Findings) -> None:
    rows = rows_of(findings, "efficiency.reimplementations")
    # Five judged by top-5 accuracy, four by top-1.
    assert [row["metric"] for row in rows] == ["top-5"] * 5 + ["top-1"] * 4
