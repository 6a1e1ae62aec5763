"""The figures of the efficiency post: rows are what is plotted."""

from collections.abc import Mapping

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection

from analysis.figures.canvas import Drawing
from analysis.figures.registry import FigureEntry
from analysis.results.collect import Findings

Drawings = Mapping[tuple[str, str], Drawing]
BOTH_WIDTHS = pytest.mark.parametrize("width", ["wide", "narrow"])


def scattered(axes: Axes) -> list[tuple[float, float]]:
    """Data coordinates of all points scattered on axes, sorted."""
    clouds = [found for found in axes.collections if isinstance(found, PathCollection)]
    return sorted((float(x), float(y)) for cloud in clouds for x, y in np.asarray(cloud.get_offsets()))


@BOTH_WIDTHS
def test_every_network_of_the_alexnet_level_is_a_point_and_a_row(drawings: Drawings, width: str) -> None:
    drawn = drawings["efficiency.alexnet_level", width]
    heights = sorted(y for _, y in scattered(drawn.figure.axes[0]))
    assert heights == sorted(row["compute_tfs_days"] for row in drawn.rows)
    assert len(heights) == 16


def test_the_alt_text_counts_the_record_runs(drawings: Drawings, figures: Mapping[int, FigureEntry]) -> None:
    assert "Six record runs" in figures[6].alt
    assert "the other ten" in figures[6].alt
    marks = [row["on_frontier"] for row in drawings["efficiency.alexnet_level", "wide"].rows]
    assert (marks.count(True), marks.count(False)) == (6, 10)


@BOTH_WIDTHS
@pytest.mark.parametrize(("panel", "column"), [(0, "factor"), (1, "halving_time_months")])
def test_every_task_is_a_dot_in_its_row(drawings: Drawings, width: str, panel: int, column: str) -> None:
    drawn = drawings["efficiency.across_tasks", width]
    dots = {round(y): x for x, y in scattered(drawn.figure.axes[panel])}
    assert [dots[place] for place in range(len(drawn.rows))] == [row[column] for row in drawn.rows]


@BOTH_WIDTHS
def test_the_ticks_name_the_tasks_in_the_order_of_the_rows(drawings: Drawings, width: str) -> None:
    drawn = drawings["efficiency.across_tasks", width]
    ticks = [label.get_text().replace("\n", ", ") for label in drawn.figure.axes[0].get_yticklabels()]
    assert ticks == [row["task"] for row in drawn.rows]


def test_the_alt_text_of_the_tasks_gives_their_ends(findings: Findings, figures: Mapping[int, FigureEntry]) -> None:
    # "From five for Dota 2 to about sixty for translation", "under one for Dota 2 to nearly sixteen for vision".
    alt = figures[7].alt
    assert "from five for Dota 2 to about sixty for translation" in alt
    assert "under one for Dota 2 to nearly sixteen for vision" in alt
    value = findings.results.value
    assert round(value("efficiency.dota.factor")) == 5
    assert round(value("efficiency.translation.seq2seq_factor"), -1) == 60
    assert value("efficiency.dota.doubling_time") < 1
    assert 15.5 < value("efficiency.alexnet.doubling_time") < 16
