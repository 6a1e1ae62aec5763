"""Facts about the points for titles and alt texts of the compute figures: the outermost points, the start of an era."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from analysis.figures.phrases import SHORT_DIGITS, in_words, listed
from analysis.model.study import Point
from analysis.numerals import month_in_words, numeral, spelled
from analysis.results.collect import Findings

# On a linear scale a point below this share of the largest is indistinguishable from the axis.
VISIBLE_SHARE: Final = 0.02
# How many points at each end of the dates are named.
NAMED: Final = 2


def raised(pfs_days: float, largest: float) -> bool:
    """Whether a compute is visibly above the axis on a linear scale that ends at the largest."""
    return pfs_days > VISIBLE_SHARE * largest


def modern_facts(findings: Findings) -> dict[str, str]:
    """The ends of the modern era in time and in compute, and where the fitted line ends."""
    points = _by_date(findings.study.era("modern"))
    largest = max(point.pfs_days for point in points)
    return {
        **_years(points),
        "earliest": listed(point.system.label for point in points[:NAMED]),
        "latest": listed(point.system.label for point in points[-NAMED:]),
        "lowest": min(points, key=lambda point: point.pfs_days).system.label,
        "largest": max(points, key=lambda point: point.pfs_days).system.label,
        "share": spelled(100 * largest / sum(point.pfs_days for point in points), "percent", SHORT_DIGITS),
        "risen": month_in_words(next(point.date for point in points if raised(point.pfs_days, largest))),
        "ending": _ending(findings, points),
    }


def era_facts(findings: Findings) -> dict[str, str]:
    """The first and the last point of all, the year that divides the eras, and the longest time without a point."""
    points = _by_date(findings.study.points)
    before, after = max(pairwise(points), key=lambda pair: pair[1].date - pair[0].date)
    return {
        **_years(points),
        "oldest": points[0].system.label,
        "newest": points[-1].system.label,
        "boundary": _boundary(findings),
        "gap_start": str(before.date.year),
        "gap_end": str(after.date.year),
    }


def domain_facts(findings: Findings) -> dict[str, str]:
    """The domains of the lowest and the highest run of the modern era."""
    points = sorted(findings.study.era("modern"), key=lambda point: point.pfs_days)
    lowest, highest = points[0].system.domain, points[-1].system.domain
    if lowest == highest:
        extremes = f"{lowest} holds both the lowest and the highest run"
    else:
        extremes = f"the lowest run is in {lowest} and the highest in {highest}"
    return {"extremes": extremes, "highest": highest, "boundary": _boundary(findings)}


def error_facts(findings: Findings) -> dict[str, str]:
    """The error range of the runs of each era that is shown."""
    study = findings.study
    computes = [point.pfs_days for point in study.era("modern")]
    facts = {
        "error": numeral(study.constant("error_factor_modern")),
        "rise": numeral(max(computes) / min(computes), SHORT_DIGITS),
    }
    modern = f"a factor of {in_words(study.constant('error_factor_modern'))} each way"
    if not study.era("first"):
        return {**facts, "errors": modern}
    first = f"a factor of {in_words(study.constant('error_factor_first'))} each way for those of the first era"
    return {**facts, "errors": f"{modern} for modern runs and {first}"}


def _ending(findings: Findings, points: Sequence[Point]) -> str:
    trend = findings.study.trends["modern"]
    end = float(trend.line(np.array([trend.last_year]))[0])
    above = sorted((point for point in points if point.pfs_days > end), key=lambda point: point.pfs_days)
    return f"below {listed(point.system.label for point in above)}" if above else "above every point"


def _by_date(points: Sequence[Point]) -> list[Point]:
    return sorted(points, key=lambda point: (point.date, point.slug))


def _years(points: Sequence[Point]) -> dict[str, str]:
    return {"first_year": str(points[0].date.year), "last_year": str(points[-1].date.year)}


def _boundary(findings: Findings) -> str:
    """The year in which the modern era begins."""
    return str(min(point.date for point in findings.study.era("modern")).year)
