"""One kink in a trend: the line that changes its slope at one date, and what can be said about that date.

log2 C(t) = a + b t + c max(0, t - k), fitted by least squares for every candidate date k. Candidates are the dates of
the points, without those at either end, where too few points would be left to set a slope.
Source: davies1987hypothesis for the test, which takes the best date over all candidates.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.model.distributions import fisher_quantile, student_quantile
from analysis.model.least_squares import CONFIDENCE, SEED, Floats

# The share of the points that are left at either end.
MARGIN: Final = 0.1
# Parameters of the kinked line: its level, two slopes and the date.
PARAMETERS: Final = 4
# Enough for two digits of a probability of a few per cent.
DRAWS: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """A number with both ends of its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Kink:
    """The best kink: its date in years since 2000, and the slopes before and after it in doublings per year.

    The intervals of the slopes take the date as given. `r_squared_gain` is what the kink adds to the share of the
    variance explained.
    """

    year: Bounded
    before: Bounded
    after: Bounded
    r_squared_gain: float


def best_kink(years: Floats, doublings: Floats) -> Kink:
    """The best kink of at least a dozen points, in any order of date."""
    x, y = np.asarray(years, dtype=np.float64), np.asarray(doublings, dtype=np.float64)
    candidates = _candidates(x)
    residuals = _without_line(x, y[:, None])[:, 0]
    gains = (residuals @ _hinges(x, candidates)) ** 2
    best = int(np.argmax(gains))
    before, after = _slopes(x, y, float(candidates[best]))
    return Kink(
        year=_date(candidates, float(residuals @ residuals) - gains, len(x)),
        before=before,
        after=after,
        r_squared_gain=float(gains[best] / np.sum((y - y.mean()) ** 2)),
    )


def kink_p_value(years: Floats, doublings: Floats) -> float:
    """How often points that scatter as these do about a straight line show as clear a kink at any date.

    The scatter is resampled from a fixed seed.
    """
    x, y = np.asarray(years, dtype=np.float64), np.asarray(doublings, dtype=np.float64)
    hinges, residuals = _hinges(x, _candidates(x)), _without_line(x, y[:, None])[:, 0]
    drawn = np.random.default_rng(SEED).choice(residuals, size=(DRAWS, len(x)))
    left = np.vstack([residuals, _without_line(x, drawn.T).T])
    gains = ((left @ hinges) ** 2).max(axis=1) / (left**2).sum(axis=1)
    # The observed points are one draw among all, so that the result is never zero.
    return float(np.mean(gains >= gains[0]))


def _candidates(x: Floats) -> Floats:
    low, high = np.quantile(x, [MARGIN, 1 - MARGIN])
    return np.unique(x[(x >= low) & (x <= high)])


def _hinges(x: Floats, candidates: Floats) -> Floats:
    """What a kink at each candidate adds to a straight line, as columns of length one."""
    columns = _without_line(x, np.maximum(0.0, x[:, None] - candidates))
    lengths: Floats = np.sqrt((columns**2).sum(axis=0))
    return columns / lengths


def _without_line(x: Floats, columns: Floats) -> Floats:
    """What a straight line fitted to each column leaves of it."""
    basis, _ = np.linalg.qr(np.column_stack([np.ones_like(x), x]))
    return columns - basis @ (basis.T @ columns)


def _date(candidates: Floats, left: Floats, n: int) -> Bounded:
    """The date with the least sum of squares, with the first and the last one that is not significantly worse."""
    limit = left.min() * (1 + fisher_quantile(CONFIDENCE, 1, n - PARAMETERS) / (n - PARAMETERS))
    good = candidates[left <= limit]
    return Bounded(value=float(candidates[np.argmin(left)]), low=float(good.min()), high=float(good.max()))


def _slopes(x: Floats, y: Floats, kink: float) -> tuple[Bounded, Bounded]:
    """The slopes before and after a kink."""
    design = np.column_stack([np.ones_like(x), np.minimum(x - kink, 0.0), np.maximum(x - kink, 0.0)])
    fitted, *_ = np.linalg.lstsq(design, y, rcond=None)
    degrees = len(x) - PARAMETERS
    variance = float(np.sum((y - design @ fitted) ** 2)) / degrees
    errors = np.sqrt(variance * np.diag(np.linalg.inv(design.T @ design)))
    reach = student_quantile((1 + CONFIDENCE) / 2, degrees) * errors
    before, after = (
        Bounded(value=float(fitted[i]), low=float(fitted[i] - reach[i]), high=float(fitted[i] + reach[i]))
        for i in (1, 2)
    )
    return before, after
