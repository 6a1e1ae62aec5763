"""A line drawn on past its points, and the best run so far in steps: what both figures of extended trends show."""

from typing import Final

import numpy as np
from matplotlib.axes import Axes

from analysis.figures.labels import Pairs
from analysis.figures.look import BLUE
from analysis.model.least_squares import Floats

# Labels keep clear of the steps, which are sampled at this distance.
TREAD_YEARS: Final = 0.15


def draw_extended(axes: Axes, ends: Floats, values: Floats) -> None:
    """A straight line, solid from the first to the second of its three ends and dashed on to the third."""
    axes.plot(ends[:2], values[:2], color=BLUE, gid="fit.line")
    axes.plot(ends[1:], values[1:], color=BLUE, linestyle="--", gid="fit.drawn-on")


def draw_steps(axes: Axes, runs: Pairs, last_year: float, *, color: str, linewidth: float) -> None:
    """The best run at each date, by year and value, level up to the last year."""
    years, values = zip(*runs, (last_year, runs[-1][1]), strict=True)
    axes.step(years, values, where="post", color=color, linewidth=linewidth)


def treads(runs: Pairs, last_year: float) -> list[tuple[float, float]]:
    """Places along the level parts of such steps."""
    ahead = [*(year for year, _ in runs[1:]), last_year]
    return [
        (float(year), value)
        for (begin, value), end in zip(runs, ahead, strict=True)
        for year in np.arange(begin, end, TREAD_YEARS)
    ]
