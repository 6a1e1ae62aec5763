"""The figures of the efficiency post: rows are what is plotted."""

import re
from collections.abc import Mapping

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection

from analysis.figures.canvas import Drawing
from analysis.figures.registry import FigureEntry
from analysis.numerals import count_in_words
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
    assert heights == sorted(row["compute_tfs_days"] for row in drawn.content.rows)


def test_the_alt_text_counts_the_record_runs(
    drawings: Drawings, figures: Mapping[int, FigureEntry], findings: Findings
) -> None:
    marks = [row["on_frontier"] for row in drawings["efficiency.alexnet_level", "wide"].content.rows]
    records, others = (count_in_words(marks.count(mark)) for mark in (True, False))
    alt = figures[6].alt_for(findings)
    assert f"{records.capitalize()} record runs" in alt
    assert f"the other {others}" in alt


def test_the_alt_text_of_the_linear_scale_names_every_run_in_the_upper_half(
    drawings: Drawings, figures: Mapping[int, FigureEntry], findings: Findings
) -> None:
    rows = drawings["efficiency.alexnet_level", "wide"].content.rows
    half = max(row["compute_tfs_days"] for row in rows) / 2
    alt = figures[6].variants["linear"].alt_for(findings)
    upper = alt.split(". ")[1].partition(" lie in its upper half")[0]
    tall = [row["name"].split(" (")[0] for row in rows if row["compute_tfs_days"] > half]
    assert sorted(re.split(r", | and ", upper)) == sorted(tall)


@BOTH_WIDTHS
@pytest.mark.parametrize(("panel", "column"), [(0, "factor"), (1, "halving_time_months")])
def test_every_task_is_a_dot_in_its_row(drawings: Drawings, width: str, panel: int, column: str) -> None:
    drawn = drawings["efficiency.across_tasks", width]
    dots = {round(y): x for x, y in scattered(drawn.figure.axes[panel])}
    assert [dots[place] for place in range(len(drawn.content.rows))] == [row[column] for row in drawn.content.rows]


@BOTH_WIDTHS
def test_the_ticks_name_the_tasks_in_the_order_of_the_rows(drawings: Drawings, width: str) -> None:
    drawn = drawings["efficiency.across_tasks", width]
    ticks = [label.get_text().replace("\n", ", ") for label in drawn.figure.axes[0].get_yticklabels()]
    assert ticks == [row["task"] for row in drawn.content.rows]


def test_the_alt_text_of_the_tasks_gives_their_ends(findings: Findings, figures: Mapping[int, FigureEntry]) -> None:
    # 770 / 150 and 4e19 / (0.2 x 3.3e18).
    alt = figures[7].alt_for(findings)
    assert "from 5.13 times (Dota 2, OpenAI Five level) to 60.6 times (Translation, Seq2Seq level)" in alt
    # 1.971 months over log2(5.133) = 2.360 doublings, and the trend of the record runs.
    assert "from 0.835\u00a0months (Dota 2, OpenAI Five level) to 15.9\u00a0months (Vision, AlexNet level)" in alt
    assert "All halving times lie left of the 24\u00a0months of Moore's law" in alt
