"""Measures the speed of the statistics: the headline with its intervals, and trends as their points grow.

Run by `nox -s "bench(part='trends')"`. Prints what it measured and writes it to bench/trends-results.json. Times hold
for one machine on one day; compare exponents.
"""

import csv
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from analysis.inputs.load import load_dataset
from analysis.model.frontier_bias import corrected_doubling_time
from analysis.model.least_squares import RESAMPLES, SEED, Floats, bootstrap_slopes
from analysis.model.measurements import doubling_time_measured
from analysis.model.robust import huber_slope
from analysis.model.study import Study, analyse
from analysis.model.theil_sen import theil_sen_slope
from analysis.model.trends import fit_trend
from bench.stopwatch import best, exponent, report

RESULTS = Path(__file__).resolve().parents[1] / "bench" / "trends-results.json"
SIZES = (300, 1000, 3000)
ROWS = 5000


def main() -> None:
    study = analyse(load_dataset())
    report({"headline": headline(study), "growth": growth(), "own file": own_file()}, RESULTS)


def headline(study: Study) -> dict[str, object]:
    """Seconds for each interval of the headline trend."""
    points, trend = study.chosen["modern"], study.trends["modern"]
    years, doublings = [point.year for point in points], np.log2([point.pfs_days for point in points])
    errors = [point.error_factor for point in points]
    x, y = np.array(years), np.asarray(doublings)
    return {
        "points": len(points),
        f"{RESAMPLES:,} resamples, seconds": best(lambda: bootstrap_slopes(x, y)),
        f"{RESAMPLES:,} draws of the measurements, seconds": best(lambda: doubling_time_measured(trend, years, errors)),
        f"{RESAMPLES:,} draws of records, seconds": best(lambda: corrected_doubling_time(x, y)),
        "Theil-Sen, seconds": best(lambda: theil_sen_slope(x, y)),
        "Huber, seconds": best(lambda: huber_slope(x, y)),
        "the whole fit, seconds": best(fitting(x, np.array([point.pfs_days for point in points]))),
    }


def growth() -> dict[str, object]:
    """Seconds for trends of hundreds to thousands of systems, and the exponent of their number.

    Theil-Sen looks at all pairs of points, so that its exponent is two.
    """
    series = {n: scattered(n) for n in SIZES}
    fitted = {n: best(fitting(x, 2.0**y)) for n, (x, y) in series.items()}
    huber = {n: best(lambda x=x, y=y: huber_slope(x, y)) for n, (x, y) in series.items()}
    pairs = {n: best(lambda x=x, y=y: theil_sen_slope(x, y)) for n, (x, y) in series.items()}
    found: dict[str, object] = {}
    for name, seconds in (("fit", fitted), ("Huber", huber), ("Theil-Sen", pairs)):
        found |= {f"{name} to {n:,} systems, seconds": each for n, each in seconds.items()}
        found[f"{name}, exponent"] = exponent(seconds)
    return found


def own_file() -> dict[str, object]:
    """Seconds of the whole command that fits a file of thousands of rows."""
    years, doublings = scattered(ROWS)
    days = np.datetime64("2010-01-01") + (365 * years).astype(int)
    with TemporaryDirectory() as folder:
        path = Path(folder, "own.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("date", "value"), *zip(days, 2.0**doublings, strict=True)])
        command = [sys.executable, "-m", "analysis", "fit", str(path)]
        seconds = best(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
    return {f"a file of {ROWS:,} rows, seconds": seconds}


def fitting(x: Floats, y: Floats) -> Callable[[], object]:
    """Fits a trend anew each time: one that was fitted before is remembered, so the dates move."""
    later = count()
    return lambda: fit_trend(list(x + next(later)), list(y))


def scattered(n: int) -> tuple[Floats, Floats]:
    """Dates of fifteen years and doublings about a line."""
    draw = np.random.default_rng(SEED)
    x = np.sort(draw.uniform(0, 15, n))
    return x, 2 * x + draw.normal(0, 2, n)


if __name__ == "__main__":
    main()
