"""How fast image classifiers came to need less compute: the fit of Erdil and Besiroglu again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

import numpy as np

from analysis.inputs.rows import ImageClassifier
from analysis.inputs.tables import ERDIL_2022
from analysis.model.least_squares import CONFIDENCE, Floats, between
from analysis.model.study import Study
from analysis.model.vision_progress import (
    RESAMPLES,
    Classifiers,
    authors_sample,
    authors_year,
    halving_time_months,
    likeliest,
    linear_fit,
    log_likelihood_of_accuracy,
    resampled_halving_times,
    sigmoids_of,
)
from analysis.results.formulas import rounded
from analysis.results.language_progress import searched
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Law, Series, column, count_of

PREFIX: Final = "efficiency.vision2022"
INTERVAL: Final = f"{CONFIDENCE:.0%} interval, {RESAMPLES} resamples of the models"
WHAT: Final = "the compute that an image classifier needs for a given accuracy"
# The coefficients in their order, and the digits that a search has on every machine.
COEFFICIENTS: Final = (
    "compute.constant",
    "compute.time",
    "compute.scale",
    "images.constant",
    "images.time",
    "images.scale",
    "log_width",
)
PRINTED_DECIMALS: Final = 7
LIKELIHOOD_DIGITS: Final = 8
POINTS: Final = r"\text{ of } E_i \text{ on } t_i \text{, } C_i \text{ and } D_i"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One halving time: how its name ends, its law, and what it is in words and in its formula."""

    ending: str
    law: Callable[[Classifiers], float]
    how: str
    formula: str


# A law is evaluated more than once: for its quantity, for the claims compared with it, and in tests.
@cache
def _likeliest(models: Classifiers) -> Floats:
    return likeliest(sigmoids_of(models))


def _point(models: Classifiers) -> float:
    return searched(halving_time_months(_likeliest(models)))


@cache
def _resampled(models: Classifiers) -> Floats:
    return np.array([searched(months) for months in resampled_halving_times(sigmoids_of(models))])


def _end(place: int, models: Classifiers) -> float:
    return between(_resampled(models))[place]


READINGS: Final = (
    Reading(
        ending="",
        law=_point,
        how="the fit to the models themselves",
        formula=rf"\text{{halving time in the fit}} {POINTS}",
    ),
    Reading(
        ending="_mean",
        law=lambda models: float(np.mean(_resampled(models))),
        how=f"the mean over {RESAMPLES} resamples, which is what Erdil and Besiroglu report",
        formula=rf"\text{{mean halving time in the fits}} {POINTS}",
    ),
    Reading(
        ending="_median",
        law=lambda models: float(np.median(_resampled(models))),
        how=f"the median over {RESAMPLES} resamples",
        formula=rf"\text{{median halving time in the fits}} {POINTS}",
    ),
    *(
        Reading(
            ending=f"_{end}",
            law=partial(_end, place),
            how=f"the {end} end of the {INTERVAL}",
            formula=rf"\text{{{end} end of the halving times in the fits}} {POINTS}",
        )
        for place, end in enumerate(("lower", "upper"))
    ),
)


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the models."""
    models = authors_sample(study.dataset.rows(ERDIL_2022))
    if not models:
        return
    inputs = _inputs(models)
    point, *others = (_halving_time(reading, inputs, results) for reading in READINGS)
    low, high = between(_resampled(_classifiers(*(symbol.numbers for symbol in point.symbols))))
    yield point.within(low, high, INTERVAL)
    yield from others
    yield from _optimum(inputs, results)
    yield from _linear(models, inputs, results)
    yield results.compute(
        f"{PREFIX}.n",
        lambda count: count,
        {"n": count_of("E_i", inputs["E_i"], "number of models", "model")},
        unit="model",
        summary="Image classifiers that Erdil and Besiroglu fit.",
        formula="n",
        digits=None,
    )


def _halving_time(reading: Reading, inputs: dict[str, Series], results: Results) -> Quantity:
    return results.compute(
        f"{PREFIX}.halving_time{reading.ending}",
        _of_classifiers(reading.law),
        inputs,
        unit="month",
        summary=f"Halving time of {WHAT}: {reading.how}.",
        formula=reading.formula,
    )


def _optimum(inputs: dict[str, Series], results: Results) -> Iterator[Quantity]:
    """The coefficients of the fit to the models themselves, and how likely it makes them."""

    def likelihood(models: Classifiers) -> float:
        sigmoids = sigmoids_of(models)
        return rounded(log_likelihood_of_accuracy(sigmoids, _likeliest(models)), LIKELIHOOD_DIGITS)

    def coefficient(models: Classifiers, place: int) -> float:
        return round(float(_likeliest(models)[place]), PRINTED_DECIMALS)

    laws: dict[str, tuple[Callable[[Classifiers], float], str]] = {
        "log_likelihood": (likelihood, "Log-likelihood"),
        **{
            f"coefficient.{name}": (partial(coefficient, place=place), f"Coefficient {name}")
            for place, name in enumerate(COEFFICIENTS)
        },
    }
    for thing, (law, what) in laws.items():
        yield results.compute(
            f"{PREFIX}.{thing}",
            _of_classifiers(law),
            inputs,
            unit="1",
            summary=f"{what.replace('.', ', ').replace('_', ' ')}, in the fit of Erdil and Besiroglu to the models.",
            formula=rf"\text{{from the fit}} {POINTS}",
            digits=LIKELIHOOD_DIGITS,
        )


def _linear(models: tuple[ImageClassifier, ...], inputs: dict[str, Series], results: Results) -> Iterator[Quantity]:
    """The simpler line that the authors compare with: log-odds of accuracy on date and three logarithms."""
    sizes = column(models, _parameters, file=ERDIL_2022.file, unit="parameter", label="parameters")
    inputs = {**inputs, "N_i": sizes}

    def fitted(*series: tuple[float, ...]) -> tuple[Floats, float]:
        *of_classifiers, parameters = series
        classifiers = _classifiers(*of_classifiers)
        logarithms = (np.log(values) for values in (classifiers.computes_flop, parameters, classifiers.images))
        return linear_fit(sigmoids_of(classifiers).log_odds, np.column_stack([classifiers.years, *logarithms]))

    laws: dict[str, tuple[Law, str]] = {
        "linear.r_squared": (lambda *series: fitted(*series)[1], "Share of the variance that it explains"),
        **{
            f"linear.{name}": (lambda *series, place=place: float(fitted(*series)[0][place]), f"Coefficient of {name}")
            for place, name in enumerate(("date", "compute", "parameters", "images"))
        },
    }
    for thing, (law, what) in laws.items():
        yield results.compute(
            f"{PREFIX}.{thing}",
            law,
            inputs,
            unit="1",
            summary=f"{what}, in least squares of the log-odds of accuracy on date and logarithms of three sizes.",
            formula=rf"\text{{from least squares}} {POINTS} \text{{ and }} N_i",
        )


def _of_classifiers(law: Callable[[Classifiers], float]) -> Law:
    return lambda *series: law(_classifiers(*series))


def _classifiers(*series: tuple[float, ...]) -> Classifiers:
    """The sample with the values of `_inputs`."""
    errors_percent, years, computes_flop, images = series
    return Classifiers(errors_percent=errors_percent, years=years, computes_flop=computes_flop, images=images)


def _inputs(models: tuple[ImageClassifier, ...]) -> dict[str, Series]:
    """The four series that are fitted."""
    return {
        "E_i": column(
            models,
            lambda each: each.top1_error_percent,
            file=ERDIL_2022.file,
            unit="percent",
            label="top-1 errors on ImageNet",
        ),
        "t_i": column(
            models, lambda each: authors_year(each.date), file=ERDIL_2022.file, unit="year", label="days of publication"
        ),
        "C_i": column(models, _compute, file=ERDIL_2022.file, unit="FLOP", label="training compute"),
        "D_i": column(
            models,
            lambda each: each.images,
            file=ERDIL_2022.file,
            unit="image",
            label="images of the training data sets",
        ),
    }


def _parameters(model: ImageClassifier) -> float:
    assert model.parameters is not None
    return model.parameters


def _compute(model: ImageClassifier) -> float:
    assert model.compute_flop is not None
    return model.compute_flop
