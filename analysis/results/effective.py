"""Effective compute: what the largest runs would have needed without better algorithms.

The largest runs grow and the compute needed for a result shrinks, and the two gains multiply. Growth is that of the
frontier models with a known cost, so it is itself spending times compute per dollar.
"""

from collections.abc import Iterator
from math import log2
from typing import Final

from analysis.inputs.tables import HO_2024
from analysis.model.study import Study
from analysis.model.trends import growth_over
from analysis.results.language_progress import PREFIX as LANGUAGE
from analysis.results.language_progress import VARIANTS, growth_of_halving
from analysis.results.quantity import Quantity, Results
from analysis.units import MONTHS_PER_YEAR

# What an interval covers: the halving times in language models that the choices of the fit alone give.
RANGE: Final = "all choices of the fit to language models"
GROWTH: Final = "compute.costed.growth_per_year"
HALVING_TIME: Final = f"{LANGUAGE}.halving_time"
HARDWARE: Final = "compute_per_dollar.slope"
SPAN: Final = "compute_per_dollar.span"


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the models and the evaluations of language models."""
    if study.field is None or not study.dataset.rows(HO_2024):
        return
    for name, law, unit, summary, formula in (
        (
            "growth_per_year",
            effective_growth,
            "x/year",
            "Growth per year of the compute of frontier models with a known cost, times the gain by algorithms.",
            r"g\,2^{12/T}",
        ),
        (
            "doubling_time",
            effective_doubling_time,
            "month",
            "Doubling time of the compute of frontier models with a known cost, times the gain by algorithms.",
            r"\frac{12}{\log_2 g + 12/T}",
        ),
        (
            "share_of_algorithms",
            share_of_algorithms,
            "percent",
            "Share of the growth of effective compute, in doublings, that is better algorithms.",
            r"\frac{100\,(12/T)}{\log_2 g + 12/T}",
        ),
    ):
        quantity = results.compute(
            f"effective.{name}", law, {"g": GROWTH, "T": HALVING_TIME}, unit=unit, summary=summary, formula=formula
        )
        ends = [law(results.value(GROWTH), months) for months in _chosen(results)]
        yield quantity.within(min(ends), max(ends), RANGE)
    yield _gain_over_hardware(results)


def _chosen(results: Results) -> list[float]:
    """The halving time in language models for each choice of the fit, in months."""
    return [results.value(f"{HALVING_TIME}{variant.ending}") for variant in VARIANTS]


def _gain_over_hardware(results: Results) -> Quantity:
    """The gains of algorithms and of hardware next to each other, as the post of 2020 compared them."""
    name = "effective.gain_over_hardware"
    compared = results.compute(
        name,
        gain_over_hardware,
        {"s": HARDWARE, "y": SPAN, "T": HALVING_TIME},
        unit="x",
        summary="Gain by algorithms over gain in compute per dollar, over the years of the costed frontier models.",
        formula=r"2^{(12/T - s)\,y}",
        digits=2,
    )
    pace, span = results.value(HARDWARE), results.value(SPAN)
    ends = [gain_over_hardware(pace, span, months) for months in _chosen(results)]
    return compared.within(min(ends), max(ends), RANGE)


def effective_growth(growth: float, halving_months: float) -> float:
    """The growth per year of compute, times that of what it can do."""
    return growth * growth_of_halving(halving_months)


def effective_doubling_time(growth: float, halving_months: float) -> float:
    """How long compute takes to double when the gain by algorithms counts, in months."""
    return MONTHS_PER_YEAR / (log2(growth) + MONTHS_PER_YEAR / halving_months)


def share_of_algorithms(growth: float, halving_months: float) -> float:
    """What algorithms contribute to the logarithm of the growth of effective compute, in percent."""
    doublings = MONTHS_PER_YEAR / halving_months
    return 100 * doublings / (log2(growth) + doublings)


def gain_over_hardware(slope: float, years: float, halving_months: float) -> float:
    """The gain by algorithms over that of hardware, whose pace is in doublings per year."""
    return growth_over(years, halving_months) / float(2.0 ** (slope * years))
