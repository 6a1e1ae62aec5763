"""The numbers of the compute post other than trends: end points, Moore's law, periods."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import log2

from analysis.model.study import PeriodView, Study
from analysis.model.trends import end_point_doubling_time_months, growth_over
from analysis.results.constants import constant_name
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Observed, Series, count_of
from analysis.results.worked import day_of, factor, system_name

ENDS = r"\frac{C_2}{C_1}"
SPAN = "t_2 - t_1"
MOORE = r"2^{12\,\Delta t / T_{\mathrm{M}}}"
MOORE_BETWEEN = r"2^{12\,(t_2 - t_1) / T_{\mathrm{M}}}"
END_POINTS = r"\frac{12\,\Delta t}{\log_2 f}"
# The two runs between which the 2018 post measures its headline factor.
HEADLINE_ENDS = ("alexnet", "alphago-zero")
HEADLINE_SCOPE = "from AlexNet to AlphaGo Zero"
# Printed ranges of a period, in words.
RANGES = {"compute": "range of compute", "devices": "number of GPUs", "peak_rate": "peak rate of a GPU"}
HEADLINE = "compute.modern.alexnet_to_alphago_zero"


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, for the editions that hold their inputs."""
    yield from _modern_growth(study, results)
    yield _modern_growth_as_plotted(results)
    yield from _modern_moore(study, results)
    if study.era("first"):
        yield from _first_ends(study, results)
    for view in study.periods:
        yield from _period(view, study, results)


def growth_between(start: float, end: float, doubling_time_months: float) -> float:
    """The factor gained from one decimal year to another at a steady doubling time."""
    return growth_over(end - start, doubling_time_months)


def _ratio(first: float, last: float) -> float:
    return last / first


def _span(start: float, end: float) -> float:
    return end - start


def _modern_growth(study: Study, results: Results) -> Iterator[Quantity]:
    first, last = (study.point(slug) for slug in HEADLINE_ENDS)
    scope = HEADLINE_SCOPE
    yield results.compute(
        HEADLINE,
        _ratio,
        {"C_1": system_name(first.slug), "C_2": system_name(last.slug)},
        unit="x",
        summary=f"Growth of training compute {scope}.",
        formula=ENDS,
    )
    yield results.compute(
        "compute.modern.doublings",
        log2,
        {"f": HEADLINE},
        unit="doubling",
        summary=f"Doublings of training compute {scope}.",
        formula=r"\log_2 f",
    )
    yield results.compute(
        f"{HEADLINE}_span",
        _span,
        {"t_1": day_of(first), "t_2": day_of(last)},
        unit="year",
        summary=f"Years {scope}.",
        formula=SPAN,
        digits=2,
    )
    yield results.compute(
        "compute.modern.end_point_doubling_time",
        end_point_doubling_time_months,
        {"f": HEADLINE, r"\Delta t": f"{HEADLINE}_span"},
        unit="month",
        summary=f"Doubling time of the two end points alone, {scope}.",
        formula=END_POINTS,
    )


def _modern_growth_as_plotted(results: Results) -> Quantity:
    return results.compute(
        "compute.modern.as_plotted.alexnet_to_alphago_zero",
        _ratio,
        {"C_1": "worked.alexnet.chart_reading", "C_2": "worked.alphago_zero.chart_reading"},
        unit="x",
        summary=f"Growth of training compute {HEADLINE_SCOPE} at the values read from the chart, three digits each.",
        formula=ENDS,
    )


def _modern_moore(study: Study, results: Results) -> Iterator[Quantity]:
    first, last = (study.point(slug) for slug in HEADLINE_ENDS)
    final = study.era("modern")[-1]
    for name, constant, doubling, end in (
        ("moore_over_span", "moore_doubling", "a two-year", last),
        ("moore_over_span_first_text", "moore_doubling_first_text", "an eighteen-month", last),
        ("moore_to_last_point", "moore_doubling", "a two-year", final),
    ):
        yield results.compute(
            f"compute.modern.{name}",
            growth_between,
            {"t_1": day_of(first), "t_2": day_of(end), r"T_{\mathrm{M}}": constant_name(constant)},
            unit="x",
            summary=f"Growth that {doubling} doubling would give from AlexNet to {end.system.name}.",
            formula=MOORE_BETWEEN,
            digits=2,
        )


def _first_ends(study: Study, results: Results) -> Iterator[Quantity]:
    first, last = study.era("first")[0], study.era("first")[-1]
    scope = f"from {first.system.name} to {last.system.name}"
    yield results.compute(
        "compute.first.first_to_last",
        _ratio,
        {"C_1": system_name(first.slug), "C_2": system_name(last.slug)},
        unit="x",
        summary=f"Growth of training compute {scope}.",
        formula=ENDS,
    )
    yield results.compute(
        "compute.first.moore_over_span",
        growth_between,
        {"t_1": day_of(first), "t_2": day_of(last), r"T_{\mathrm{M}}": constant_name("moore_doubling")},
        unit="x",
        summary=f"Growth that a two-year doubling would give {scope}.",
        formula=MOORE_BETWEEN,
    )
    yield results.compute(
        "compute.whole.pace_ratio",
        lambda early, late: early / late,
        {
            r"T_{\mathrm{first}}": "compute.first.doubling_time",
            r"T_{\mathrm{modern}}": "compute.modern.doubling_time",
        },
        unit="x",
        summary="How many times shorter the modern doubling time is than that of the first era.",
        formula=r"\frac{T_{\mathrm{first}}}{T_{\mathrm{modern}}}",
        digits=2,
    )


def _record(view: PeriodView) -> str:
    return f"data/periods.toml#{view.period.id}"


def _period(view: PeriodView, study: Study, results: Results) -> Iterator[Quantity]:
    """Count, smallest and largest run of a period, and the share of runs within each printed range."""
    period, prefix = view.period, f"compute.period_{view.period.id}"
    runs = Series(
        members=tuple(system_name(point.slug) for point in view.points),
        unit="pfs-day",
        label=f"training compute of the charted systems dated {period.label}",
    )
    yield results.compute(
        f"{prefix}.n",
        lambda count: count,
        {"n": count_of("C_i", runs, f"number of charted systems dated {period.label}", "system")},
        unit="system",
        summary=f"Charted systems dated {period.label}.",
        formula="n",
        records=(_record(view),),
        sources=period.sources,
        digits=None,
    )
    # The edition of 2018 has no points before 2012, where a smallest run or a share would be undefined.
    if not view.points:
        return
    for thing, pick, formula in (("smallest", min, r"\min_i C_i"), ("largest", max, r"\max_i C_i")):
        name = pick(view.points, key=lambda point: point.compute_flop).system.name
        yield results.compute(
            f"{prefix}.{thing}",
            pick,
            {"C_i": runs},
            unit="pfs-day",
            summary=f"{thing.capitalize()} charted run dated {period.label}: {name}.",
            formula=formula,
            records=(_record(view),),
        )
    for known, low, high, what in (
        (runs, period.pfs_days_low, period.pfs_days_high, "compute"),
        (_factors(view, study, "devices"), period.devices_low, period.devices_high, "devices"),
        (_factors(view, study, "peak_rate"), period.peak_tflop_per_s_low, period.peak_tflop_per_s_high, "peak_rate"),
    ):
        if low is not None and high is not None and known.members:
            yield from _within(view, what, known, (low, high), results)


def _factors(view: PeriodView, study: Study, name: str) -> Series:
    """A factor of the printed GPU-time calculation of every point of a period that has one."""
    printed = {c.system: c for c in study.calculations if c.id == "gpu_time"}
    known = [(printed[p.slug], t) for p in view.points if p.slug in printed and (t := printed[p.slug].term(name))]
    return Series(
        members=tuple(factor(calculation, term) for calculation, term in known),
        unit=known[0][1].unit if known else "1",
        label=f"{RANGES[name]} of the systems dated {view.period.label} of which it is printed",
    )


def _within(
    view: PeriodView, thing: str, known: Series, printed: tuple[float, float], results: Results
) -> Iterator[Quantity]:
    """How many systems lie within a printed range, and what share of those of which the thing is known."""
    period, what = view.period, RANGES[thing]
    low, high = (
        _bound(view, f"{end} end of the printed {what}", value, known.unit)
        for value, end in zip(printed, ("low", "high"), strict=True)
    )
    name = f"compute.period_{period.id}.n_within_{thing}_range"
    inside = results.compute(
        name,
        _number_within,
        {"x_i": known, r"x_{\mathrm{low}}": low, r"x_{\mathrm{high}}": high},
        unit="system",
        summary=f"Systems dated {period.label} within the printed {what}, at the digits printed.",
        formula=r"\sum_i \left[x_{\mathrm{low}} \le x_i \le x_{\mathrm{high}}\right]",
        digits=None,
    )
    yield inside
    yield results.compute(
        f"compute.period_{period.id}.within_{thing}_range",
        lambda inside, count: inside / count,
        {
            r"n_{\mathrm{in}}": name,
            "n": count_of("x_i", known, "number of systems of which it is known", "system"),
        },
        unit="1",
        summary=(
            f"Share of systems dated {period.label} within the printed {what}: "
            f"{inside.value:.0f} of {len(known.members)}."
        ),
        formula=r"\frac{n_{\mathrm{in}}}{n}",
        digits=2,
    )


def _bound(view: PeriodView, label: str, value: float, unit: str) -> Observed:
    return Observed(value=value, unit=unit, label=label, record=_record(view), sources=view.period.sources)


def _number_within(values: Sequence[float], low: float, high: float) -> float:
    return float(sum(within_printed_range(value, low, high) for value in values))


def within_printed_range(value: float, low: float, high: float) -> bool:
    """Whether a value, rounded to the digits of each printed bound, lies between the two.

    A text that prints 0.1 cannot distinguish 0.0987 from it.
    """
    return _at_digits_of(low, value) >= low and _at_digits_of(high, value) <= high


def _at_digits_of(printed: float, value: float) -> float:
    """A value at the significant digits of a printed number; zeros that may only hold places do not count."""
    digits = len(Decimal(repr(printed)).normalize().as_tuple().digits)
    return float(f"{value:.{digits - 1}e}")
