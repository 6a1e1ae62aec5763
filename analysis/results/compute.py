"""The numbers of the compute post that are not a trend's own: end points, Moore's law, periods."""

from collections.abc import Iterator
from math import log2

from analysis.model.study import PeriodView, Point, Study
from analysis.model.trends import end_point_doubling_time_months, growth_over
from analysis.results.quantity import Quantity, Results
from analysis.results.worked import system_name
from analysis.units import years_between

PERIODS_FILE = "data/periods.toml"
ENDS = r"\frac{C_2}{C_1}"
MOORE = r"2^{12\,\Delta t / T_{\mathrm{M}}}"
# The two runs between which the 2018 post measures its headline factor.
HEADLINE_ENDS = ("alexnet", "alphago-zero")


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, for the editions that hold their inputs."""
    yield from _modern_ends(study, results)
    yield from _modern_moore(study, results)
    if study.era("first"):
        yield from _first_ends(study, results)
    for view in study.periods:
        yield from _period(view, study, results)


def _modern_ends(study: Study, results: Results) -> Iterator[Quantity]:
    first, last = (study.point(slug) for slug in HEADLINE_ENDS)
    inputs = (system_name(first.slug), system_name(last.slug))
    factor = last.compute_flop / first.compute_flop
    span = years_between(first.date, last.date)
    scope = "from AlexNet to AlphaGo Zero"
    yield results.derive(
        "compute.modern.alexnet_to_alphago_zero",
        factor,
        unit="x",
        summary=f"Growth of training compute {scope}.",
        formula=ENDS,
        inputs=inputs,
    )
    yield results.derive(
        "compute.modern.doublings",
        log2(factor),
        unit="doubling",
        summary=f"Doublings of training compute {scope}.",
        formula=rf"\log_2 {ENDS}",
        inputs=inputs,
    )
    yield results.derive(
        "compute.modern.alexnet_to_alphago_zero_span",
        span,
        unit="year",
        summary=f"Years {scope}.",
        formula=r"\Delta t",
        inputs=inputs,
        digits=2,
    )
    yield results.derive(
        "compute.modern.end_point_doubling_time",
        end_point_doubling_time_months(factor, span),
        unit="month",
        summary=f"Doubling time of the two end points alone, {scope}.",
        formula=r"\frac{12\,\Delta t}{\log_2 (C_2 / C_1)}",
        inputs=inputs,
    )
    readings = ("worked.alexnet.chart_reading", "worked.alphago_zero.chart_reading")
    yield results.derive(
        "compute.modern.as_plotted.alexnet_to_alphago_zero",
        results.value(readings[1]) / results.value(readings[0]),
        unit="x",
        summary=f"Growth of training compute {scope} at the values read from the chart, three digits each.",
        formula=ENDS,
        inputs=readings,
    )


def _modern_moore(study: Study, results: Results) -> Iterator[Quantity]:
    first, last = (study.point(slug) for slug in HEADLINE_ENDS)
    final = study.era("modern")[-1]
    for name, constant, doubling, end in (
        ("moore_over_span", "moore_doubling", "a two-year", last),
        ("moore_over_span_first_text", "moore_doubling_first_text", "an eighteen-month", last),
        ("moore_to_last_point", "moore_doubling", "a two-year", final),
    ):
        yield results.derive(
            f"compute.modern.{name}",
            growth_over(years_between(first.date, end.date), study.constant(constant)),
            unit="x",
            summary=f"Growth that {doubling} doubling would give from AlexNet to {end.system.name}.",
            formula=MOORE,
            inputs=(system_name(first.slug), system_name(end.slug), f"constant.{constant}.value"),
            digits=2,
        )


def _first_ends(study: Study, results: Results) -> Iterator[Quantity]:
    first, last = study.era("first")[0], study.era("first")[-1]
    inputs = (system_name(first.slug), system_name(last.slug))
    scope = f"from {first.system.name} to {last.system.name}"
    yield results.derive(
        "compute.first.first_to_last",
        last.compute_flop / first.compute_flop,
        unit="x",
        summary=f"Growth of training compute {scope}.",
        formula=ENDS,
        inputs=inputs,
    )
    yield results.derive(
        "compute.first.moore_over_span",
        growth_over(years_between(first.date, last.date), study.constant("moore_doubling")),
        unit="x",
        summary=f"Growth that a two-year doubling would give {scope}.",
        formula=MOORE,
        inputs=(*inputs, "constant.moore_doubling.value"),
    )
    paces = ("compute.first.doubling_time", "compute.modern.doubling_time")
    yield results.derive(
        "compute.whole.pace_ratio",
        results.value(paces[0]) / results.value(paces[1]),
        unit="x",
        summary="How many times shorter the modern doubling time is than that of the first era.",
        formula=r"\frac{T_{\mathrm{first}}}{T_{\mathrm{modern}}}",
        inputs=paces,
        digits=2,
    )


def _period(view: PeriodView, study: Study, results: Results) -> Iterator[Quantity]:
    """Count, smallest and largest run of a stretch of years, and the share within each printed range."""
    period, prefix = view.period, f"compute.period_{view.period.id}"
    names = tuple(system_name(point.slug) for point in view.points)
    yield results.derive(
        f"{prefix}.n",
        float(len(view.points)),
        unit="system",
        summary=f"Charted systems dated {period.label}.",
        formula="n",
        inputs=names,
        records=(PERIODS_FILE,),
        sources=period.sources,
        digits=None,
    )
    if not view.points:
        return
    for thing, pick, formula in (("smallest", min, r"\min C"), ("largest", max, r"\max C")):
        point = pick(view.points, key=lambda p: p.compute_flop)
        yield results.derive(
            f"{prefix}.{thing}",
            point.pfs_days,
            unit="pfs-day",
            summary=f"{thing.capitalize()} charted run dated {period.label}: {point.system.name}.",
            formula=formula,
            inputs=names,
            records=(PERIODS_FILE,),
            digits=3,
        )
    yield from _shares(view, study, results)


def _shares(view: PeriodView, study: Study, results: Results) -> Iterator[Quantity]:
    period = view.period
    for thing, low, high, what in (
        ("compute", period.pfs_days_low, period.pfs_days_high, "range of compute"),
        ("devices", period.devices_low, period.devices_high, "number of GPUs"),
        ("peak_rate", period.peak_tflop_per_s_low, period.peak_tflop_per_s_high, "peak rate of a GPU"),
    ):
        if low is None or high is None:
            continue
        known = {point.slug: value for point in view.points if (value := _observed(point, study, thing)) is not None}
        if not known:
            continue
        inside = sum(low <= value <= high for value in known.values())
        yield results.derive(
            f"compute.period_{period.id}.within_{thing}_range",
            inside / len(known),
            unit="1",
            summary=f"Share of systems dated {period.label} within the printed {what}: {inside} of {len(known)}.",
            formula=r"\frac{n_{\mathrm{in}}}{n}",
            inputs=tuple(system_name(slug) for slug in known),
            records=(PERIODS_FILE,),
            sources=period.sources,
            digits=2,
        )


def _observed(point: Point, study: Study, thing: str) -> float | None:
    """A point's compute in pfs-days, or a factor of its printed GPU-time calculation where there is one."""
    if thing == "compute":
        return point.pfs_days
    for calculation in study.calculations:
        if (calculation.system, calculation.id) == (point.slug, "gpu_time"):
            term = calculation.term(thing)
            return term.value if term else None
    return None
