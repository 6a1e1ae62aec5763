"""How fast language models came to need less compute: the fit of Ho et al. again, and what its choices decide."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import product
from typing import Final

import numpy as np

from analysis.inputs.rows import LanguageEvaluation
from analysis.inputs.tables import HO_2024
from analysis.model.language_progress import (
    BENCHMARKS,
    RESAMPLES,
    Evaluations,
    Sample,
    Terms,
    authors_sample,
    authors_year,
    converged_fit,
    differenced_fit,
    fitted_perplexities,
    halving_time_months,
    penalised_square,
    resampled_halving_times,
    second_unpenalised_fit,
    stopped_fit,
    terms_of,
    tied_fit,
    unpenalised_fit,
)
from analysis.model.least_squares import CONFIDENCE, Floats, between
from analysis.model.study import Study
from analysis.results.formulas import rounded
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Law, Series, column, count_of
from analysis.units import MONTHS_PER_YEAR

PREFIX: Final = "efficiency.language"
INTERVAL: Final = f"{CONFIDENCE:.0%} interval, {RESAMPLES} resamples of the evaluations"
WHAT: Final = "the compute that a language model needs for a given perplexity"
POINTS: Final = r"\text{ of } P_i \text{ on } t_i \text{, } N_i \text{, } D_i \text{ and } d_i"
NUMBERED: Final = ", ".join(f"{place} {benchmark}" for place, benchmark in enumerate(BENCHMARKS))
# The system whose parameters are inferred.
INFERRED: Final = "local-transformer"
# Differences carry rounding into the slopes of a search, which moves its end by almost a millionth.
DIFFERENCED_DECIMALS: Final = 5
# A search ends within some millionths of the same point, depending on how the processor adds up.
SEARCHED_DIGITS: Final = 5
# In a few resamples a rounding decides where the search ends, and the ends of the interval rest on those.
UNSETTLED_DIGITS: Final = 2
# The end of a quantity's name, its unit, its digits, its law and what it is.
Printed = tuple[str, str, int, Callable[[Sample], float], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One way to the halving time: how its name ends, its fit, and what is done otherwise than by the authors."""

    ending: str
    fit: Callable[[Terms], Floats]
    how: str
    own_perplexities: bool = False
    without_inferred: bool = False


AS_PUBLISHED: Final = Variant(
    ending="_point", fit=stopped_fit, how="the fit of Ho et al. to the evaluations themselves, where its search stops"
)
VARIANTS: Final = (
    AS_PUBLISHED,
    Variant(ending="_converged", fit=converged_fit, how="the same fit, searched until it converges"),
    Variant(ending="_unpenalised", fit=unpenalised_fit, how="the fit without a penalty, at its best optimum"),
    Variant(
        ending="_unpenalised_second",
        fit=second_unpenalised_fit,
        how="the fit without a penalty, at the optimum that a search from zero finds",
    ),
    Variant(ending="_tied", fit=tied_fit, how="the fit without a penalty, with one coefficient of time for both terms"),
    *(
        Variant(ending=f"_{choice}{ending}", fit=fit, how=f"{what}, {end}", own_perplexities=own, without_inferred=out)
        for choice, what, own, out in (
            ("own_perplexities", "the fit to the perplexity of each evaluation itself", True, False),
            ("without_local_transformer", "the fit without the system whose parameters are inferred", False, True),
        )
        for ending, fit, end in (
            ("", stopped_fit, "where its search stops"),
            ("_converged", converged_fit, "searched until it converges"),
        )
    ),
)


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the evaluations."""
    evaluations = study.dataset.rows(HO_2024)
    if not evaluations:
        return
    yield from _published(_inputs(AS_PUBLISHED, evaluations), results)
    for variant in VARIANTS:
        yield _halving_time(variant, evaluations, results)
    yield from _differenced(_inputs(AS_PUBLISHED, evaluations), results)


def searched(months: float) -> float:
    """The result of a numerical search, to the digits that it has on every machine."""
    return rounded(months, SEARCHED_DIGITS)


def growth_of_halving(months: float) -> float:
    """The factor per year of what takes so many months to halve or double."""
    return float(2.0 ** (MONTHS_PER_YEAR / months))


def _published(inputs: dict[str, Series], results: Results) -> Iterator[Quantity]:
    """The result as its authors report it, what it amounts to per year, and the number of evaluations."""
    halving_time = results.compute(
        f"{PREFIX}.halving_time",
        lambda *series: float(np.median(_resampled(_sample(*series)))),
        inputs,
        unit="month",
        summary=f"Halving time of {WHAT}: the median over {RESAMPLES} resamples, as Ho et al. report it.",
        formula=rf"\text{{median halving time in the fits}} {POINTS}",
    )
    low, high = between(_resampled(_sample(*(symbol.numbers for symbol in halving_time.symbols))))
    yield halving_time.within(low, high, INTERVAL)
    growth = results.compute(
        f"{PREFIX}.growth_per_year",
        growth_of_halving,
        {"T": f"{PREFIX}.halving_time"},
        unit="x/year",
        summary="How many times less compute a language model needs for a given perplexity, per year.",
        formula=r"2^{12/T}",
    )
    yield growth.within(growth_of_halving(high), growth_of_halving(low), INTERVAL)
    yield results.compute(
        f"{PREFIX}.n",
        lambda count: count,
        {"n": count_of("P_i", inputs["P_i"], "number of evaluations", "evaluation")},
        unit="evaluation",
        summary="Evaluations of language models that Ho et al. fit.",
        formula="n",
        digits=None,
    )


def _halving_time(variant: Variant, evaluations: Evaluations, results: Results) -> Quantity:
    return results.compute(
        f"{PREFIX}.halving_time{variant.ending}",
        lambda *series: _months(variant.fit, _sample(*series)),
        _inputs(variant, evaluations),
        unit="month",
        summary=f"Halving time of {WHAT}: {variant.how}.",
        formula=rf"\text{{halving time in the fit}} {POINTS}",
    )


def _differenced(inputs: dict[str, Series], results: Results) -> Iterator[Quantity]:
    """What the notebook of the authors prints of its fit, with slopes from differences as there."""
    for thing, unit, digits, law, what in (*_halving_times(), *_optimum()):
        yield results.compute(
            f"{PREFIX}.{thing}",
            _of_sample(law),
            inputs,
            unit=unit,
            summary=f"{what}, in the fit of Ho et al. with slopes from differences.",
            formula=rf"\text{{from the fit}} {POINTS}",
            digits=digits,
        )


def _halving_times() -> Iterator[Printed]:
    what = f"halving time of {WHAT} over {RESAMPLES} resamples"
    yield (
        "halving_time_differenced",
        "month",
        SEARCHED_DIGITS,
        lambda sample: searched(float(np.median(_redrawn(sample)))),
        f"Median {what}",
    )
    yield (
        "halving_time_differenced_high",
        "month",
        UNSETTLED_DIGITS,
        lambda sample: rounded(between(_redrawn(sample))[1], UNSETTLED_DIGITS),
        f"Upper end of the {CONFIDENCE:.0%} interval of the {what}",
    )


def _optimum() -> Iterator[Printed]:
    """The point where the search stops, and how low it is there."""
    yield (
        "objective",
        "1",
        SEARCHED_DIGITS,
        lambda sample: searched(float(penalised_square(terms_of(sample), _stop(sample)))),
        "Objective",
    )
    for place, (term, name) in enumerate(product(("parameters", "tokens"), (*BENCHMARKS, "time", "scale"))):
        yield (
            f"coefficient.{term}.{name.replace('-', '_')}",
            "1",
            SEARCHED_DIGITS,
            partial(_coefficient, place),
            f"Coefficient of {name} in the term of {term}",
        )


def _coefficient(place: int, sample: Sample) -> float:
    return round(float(_stop(sample)[place]), DIFFERENCED_DECIMALS)


# A law is evaluated more than once: for its quantity, for the claims compared with it, and in tests.
@cache
def _months(fit: Callable[[Terms], Floats], sample: Sample) -> float:
    return searched(halving_time_months(fit(terms_of(sample))))


@cache
def _resampled(sample: Sample) -> Floats:
    return np.array([searched(months) for months in resampled_halving_times(terms_of(sample))])


@cache
def _stop(sample: Sample) -> Floats:
    return differenced_fit(terms_of(sample))


@cache
def _redrawn(sample: Sample) -> Floats:
    return resampled_halving_times(terms_of(sample), differenced_fit)


def _of_sample(law: Callable[[Sample], float]) -> Law:
    return lambda *series: law(_sample(*series))


def _sample(*series: tuple[float, ...]) -> Sample:
    """The sample with the values of `_inputs`."""
    perplexities, years, parameters, tokens, benchmarks = series
    return Sample(perplexities=perplexities, years=years, parameters=parameters, tokens=tokens, benchmarks=benchmarks)


def _inputs(variant: Variant, evaluations: Evaluations) -> dict[str, Series]:
    """The five series that a variant is fitted to."""
    listed = [each for each in evaluations if not (variant.without_inferred and each.id == INFERRED)]
    chosen, fitted = authors_sample(listed), fitted_perplexities(listed)

    def perplexity(each: LanguageEvaluation) -> float:
        return each.perplexity if variant.own_perplexities else fitted[each.id]

    return {
        "P_i": column(chosen, perplexity, file=HO_2024.file, unit="1", label="perplexities"),
        "t_i": column(
            chosen, lambda each: authors_year(each.date), file=HO_2024.file, unit="year", label="days of publication"
        ),
        "N_i": column(chosen, lambda each: each.parameters, file=HO_2024.file, unit="parameter", label="parameters"),
        "D_i": column(
            chosen, lambda each: each.tokens, file=HO_2024.file, unit="token", label="tokens of the training data sets"
        ),
        "d_i": column(chosen, _place, file=HO_2024.file, unit="1", label=f"benchmarks: {NUMBERED}"),
    }


def _place(evaluation: LanguageEvaluation) -> float:
    return float(BENCHMARKS.index(evaluation.benchmark))
