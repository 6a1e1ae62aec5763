"""The figure of the ledger: one dot for every printed result of a worked calculation."""

from collections.abc import Mapping

import numpy as np
import pytest
from matplotlib.collections import PathCollection

from analysis.figures.canvas import Drawing
from analysis.figures.registry import FigureEntry

Drawings = Mapping[tuple[str, str], Drawing]
NAME = "ledger.worked_ratios"


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_every_row_is_a_dot(drawings: Drawings, width: str) -> None:
    drawn = drawings[NAME, width]
    clouds = [found for found in drawn.figure.axes[0].collections if isinstance(found, PathCollection)]
    ratios = sorted(float(x) for cloud in clouds for x, _ in np.asarray(cloud.get_offsets()))
    assert ratios == sorted(row["ratio"] for row in drawn.rows)


def test_every_calculation_the_appendix_prints_is_in_it(drawings: Drawings) -> None:
    # Eleven systems, five of them by both methods: sixteen calculations.
    assert len({row["calculation"] for row in drawings[NAME, "wide"].rows}) == 16


def test_the_dots_the_alt_text_tells_of_lie_where_it_says(
    drawings: Drawings, figures: Mapping[int, FigureEntry]
) -> None:
    alt = figures[8].alt
    assert "Seq2Seq by operations lies at two thirds and VGG by GPU time at one and a fifth" in alt
    ratios = {(row["calculation"], row["unit"]): row["ratio"] for row in drawings[NAME, "wide"].rows}
    # 0.085 / 0.12904 and 0.12 / 0.10098; "two thirds" and "a fifth" are said to the nearest tenth.
    assert ratios["worked.seq2seq.operations", "pfs-day"] == pytest.approx(2 / 3, abs=0.05)
    assert ratios["worked.vgg.gpu_time", "pfs-day"] == pytest.approx(1.2, abs=0.05)


def test_every_dot_lies_in_the_band_of_a_factor_of_two(drawings: Drawings) -> None:
    assert [row for row in drawings[NAME, "wide"].rows if not 1 / 2 < row["ratio"] < 2] == []
