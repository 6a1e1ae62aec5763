"""The figure of the ledger: one dot for every printed result of a worked calculation."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.collections import PathCollection

from analysis.figures.canvas import Drawing
from analysis.figures.registry import FigureEntry
from analysis.numerals import count_in_words, numeral
from analysis.results.collect import Findings

Drawings = Mapping[tuple[str, str], Drawing]
NAME = "ledger.worked_ratios"


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_every_row_is_a_dot(drawings: Drawings, width: str) -> None:
    drawn = drawings[NAME, width]
    clouds = [found for found in drawn.figure.axes[0].collections if isinstance(found, PathCollection)]
    errors = sorted(float(x) for cloud in clouds for x, _ in np.asarray(cloud.get_offsets()))
    assert errors == pytest.approx(sorted(100 * (row["ratio"] - 1) for row in drawn.content.rows), rel=1e-12, abs=1e-12)


def test_every_calculation_the_appendix_prints_is_in_it(drawings: Drawings, findings: Findings) -> None:
    printed = {c.name for c in findings.study.calculations if c.role == "printed" and c.method != "stated"}
    assert {row["calculation"] for row in drawings[NAME, "wide"].content.rows} == printed


def test_the_dots_are_where_the_alt_text_says(
    drawings: Drawings, figures: Mapping[int, FigureEntry], findings: Findings
) -> None:
    alt = figures[8].alt_for(findings)
    rows = drawings[NAME, "wide"].content.rows
    # 0.085 / 0.12904 is 0.6587, and of the two prints of VGG by GPU time the higher is 1.188.
    assert f"The smallest is Seq2Seq by operations at {numeral(min(row['ratio'] for row in rows), 3)}" in alt
    assert f"the largest VGG by GPU time at {numeral(max(row['ratio'] for row in rows), 3)}" in alt
    # Within 5%, the share by which a stated number agrees.
    close = count_in_words(sum(abs(row["ratio"] - 1) <= 0.05 for row in rows))
    assert f"{close.capitalize()} of the {count_in_words(len(rows))} dots lie in the shaded band, within 5%" in alt
    assert "all lie within the factor of two each way" in alt


def test_a_dot_outside_the_band_is_counted(figures: Mapping[int, FigureEntry], findings: Findings) -> None:
    # Four times the ratio of every row takes all of them beyond a factor of two: 4 x 0.65 is 2.6.
    far = replace(findings, ledger=tuple(replace(row, ratio=row.ratio and row.ratio * 4) for row in findings.ledger))
    assert "zero of them lie within the factor of two" in figures[8].alt_for(far)


def test_every_dot_is_in_the_band_of_a_factor_of_two(drawings: Drawings) -> None:
    assert [row for row in drawings[NAME, "wide"].content.rows if not 1 / 2 < row["ratio"] < 2] == []
