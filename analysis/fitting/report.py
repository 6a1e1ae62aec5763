"""The fits of a table as plain data and as lines for a terminal."""

from collections.abc import Iterator
from typing import Any, Final

from analysis.fitting.dates import CONVENTION
from analysis.fitting.fit import FEWEST_FOR_RESAMPLES, Fit, Fits, Pace
from analysis.fitting.series import Table
from analysis.model.least_squares import CONFIDENCE, resamples_of
from analysis.model.trends import growth_per_year
from analysis.numerals import grouped, numeral, of_count, spelled

DIGITS: Final = 3
# Rows listed on a terminal; JSON has all.
MOST_LISTED: Final = 20
LABEL_WIDTH: Final = 16


def lines_of(table: Table, found: Fits, *, unit: str, chosen: str) -> Iterator[str]:
    """All of it for a terminal: what was read and how, each fit, and the rows that were not used."""
    columns = table.columns
    yield f"{table.file}, {grouped(len(table.readings) + len(table.unused))} rows"
    yield _labelled("dates", f"column {_named(columns.date, columns.guessed)}: {_kinds(table)}")
    yield _labelled("values", f"column {_named(columns.value, columns.guessed)}{f', in {unit}' if unit else ''}")
    yield _labelled("fitted", f"log2 of the value on the date, {chosen}")
    for fit in found.fits:
        yield ""
        if columns.by is not None:
            yield f"{columns.by} = {fit.group}"
        yield from _fit_lines(fit)
    for group, reason in found.unfitted.items():
        yield ""
        yield f"{columns.by} = {group}: no fit: {reason}"
    yield from _unused_lines(table)


def record(table: Table, found: Fits, *, unit: str, chosen: str) -> dict[str, Any]:
    """The same as JSON data, unrounded. Slopes are in doublings per year, times in months."""
    columns = table.columns
    return {
        "file": table.file,
        "unit": unit,
        "columns": {"date": columns.date, "value": columns.value, "by": columns.by, "guessed": list(columns.guessed)},
        "dates": {**table.kinds, "convention": CONVENTION},
        "chosen": chosen,
        "confidence": CONFIDENCE,
        "fits": [_fit_record(fit) for fit in found.fits],
        "unfitted": found.unfitted,
        "unused": [{"row": each.row, "reason": each.reason} for each in table.unused],
    }


def growth(slope: float) -> float | None:
    """The factor a year at a slope in doublings per year, or None where no float holds it."""
    try:
        return growth_per_year(slope)
    except OverflowError:
        return None


def _fit_lines(fit: Fit) -> Iterator[str]:
    first, last = fit.readings[0].date, fit.readings[-1].date
    slope = fit.paces[0].slope
    yield _labelled("points", f"{grouped(fit.trend.n)}, from {first} to {last}")
    for pace in fit.paces:
        yield _labelled(f"{pace.word} time", f"{_months(pace)} by {pace.method}{_interval(pace, fit.trend.n)}")
    bounds = " to ".join(_growth(end) for end in (slope.low, slope.high) if end is not None)
    yield _labelled("growth a year", f"{_growth(slope.value)}, {CONFIDENCE:.0%} interval {bounds} (Student t)")
    yield _labelled("R²", numeral(fit.trend.r_squared, DIGITS))


def _fit_record(fit: Fit) -> dict[str, Any]:
    slope = fit.paces[0].slope
    return {
        "group": fit.group or None,
        "n": fit.trend.n,
        "resamples": resamples_of(fit.trend.n),
        "first": fit.readings[0].date.isoformat(),
        "last": fit.readings[-1].date.isoformat(),
        "r_squared": fit.trend.r_squared,
        "growth_per_year": {
            end: None if value is None else growth(value)
            for end, value in (("value", slope.value), ("low", slope.low), ("high", slope.high))
        },
        "slopes": [_pace_record(pace) for pace in fit.paces],
    }


def _pace_record(pace: Pace) -> dict[str, Any]:
    months = pace.months
    return {
        "method": pace.method,
        "interval": pace.interval or None,
        "slope": pace.slope.value,
        "slope_low": pace.slope.low,
        "slope_high": pace.slope.high,
        "kind": pace.word,
        "months": months and months.value,
        "months_low": months and months.low,
        "months_high": months and months.high,
    }


def _months(pace: Pace) -> str:
    months = pace.months
    return "none, the slope is zero," if months is None else spelled(months.value, "month", DIGITS)


def _interval(pace: Pace, n: int) -> str:
    """The interval of a time, and how it was made, or that there is none and why."""
    if not pace.interval:
        return ""
    if n < FEWEST_FOR_RESAMPLES and pace.slope.low is None:
        return f"; no {CONFIDENCE:.0%} interval ({pace.interval}) for fewer than {FEWEST_FOR_RESAMPLES} points"
    how = f"{grouped(resamples_of(n))} resamples, BCa" if pace.interval == "bootstrap" else pace.interval
    if (months := pace.months) is None or months.low is None or months.high is None:
        low, high = (numeral(end or 0, DIGITS) for end in (pace.slope.low, pace.slope.high))
        return f"; no finite {CONFIDENCE:.0%} interval: the slope may be zero, {low} to {high} doublings a year ({how})"
    return f", {CONFIDENCE:.0%} interval {numeral(months.low, DIGITS)} to {numeral(months.high, DIGITS)} ({how})"


def _growth(slope: float) -> str:
    factor = growth(slope)
    return "more than any float" if factor is None else spelled(factor, "x", DIGITS)


def _unused_lines(table: Table) -> Iterator[str]:
    if not table.unused:
        return
    yield ""
    yield f"{grouped(len(table.unused))} {of_count('row', len(table.unused))} not used"
    for each in table.unused[:MOST_LISTED]:
        yield f"  row {each.row}: {each.reason}"
    if len(table.unused) > MOST_LISTED:
        yield f"  and {grouped(len(table.unused) - MOST_LISTED)} more; --json lists all"


def _kinds(table: Table) -> str:
    kinds = ", ".join(f"{grouped(n)} {of_count(kind, n)}" for kind, n in table.kinds.items())
    return kinds if set(table.kinds) == {"day"} else f"{kinds}; {CONVENTION}"


def _named(column: str, guessed: tuple[str, ...]) -> str:
    return f"'{column}' (guessed)" if column in guessed else f"'{column}'"


def _labelled(label: str, text: str) -> str:
    return f"  {label:<{LABEL_WIDTH}}{text}"
