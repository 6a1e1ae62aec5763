"""What the measurements of speed share: the time of a function, how it grows, and a print of the results."""

import json
import math
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import linear_regression

SECONDS_EACH = 0.3
Figures = Mapping[str, object]


def report(results: Mapping[str, Figures], path: Path) -> None:
    """Writes the results to a file and prints them."""
    path.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for name, figures in results.items():
        print(name)
        for key, value in figures.items():
            print(f"  {key:<44} {value:.4g}" if isinstance(value, float) else f"  {key:<44} {value}")


def exponent(seconds: dict[int, float]) -> float:
    """Slope of log seconds on log length."""
    return linear_regression([math.log(n) for n in seconds], [math.log(s) for s in seconds.values()]).slope


def best(function: Callable[[], object]) -> float:
    """Seconds of the fastest of several runs, as other work on the machine can only add time."""
    function()
    fastest, until = math.inf, time.perf_counter() + SECONDS_EACH
    while time.perf_counter() < until:
        start = time.perf_counter()
        function()
        fastest = min(fastest, time.perf_counter() - start)
    return fastest
