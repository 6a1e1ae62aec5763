"""How far the assumed factors of the worked calculations move their estimates, above all the utilisation.

The utilisation is taken to scatter as that of the models which report theirs. Errors of independent factors add in
squares on the logarithmic scale, so that no draws are needed.
"""

from collections.abc import Iterator, Sequence
from math import hypot, log2
from typing import Final

import numpy as np

from analysis.model.distributions import normal_quantile
from analysis.model.least_squares import CONFIDENCE
from analysis.model.study import Study
from analysis.model.worked import Worked
from analysis.results.constants import constant_name
from analysis.results.field import FILE
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Series, Step, column, count_of

UTILISATION: Final = "utilisation"
PREFIX: Final = "worked.assumed"
# The other factors that were guessed, with the constant that says how far each may be off.
GUESSED: Final = {"production_factor": "error_factor_production_data"}


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds models with a known utilisation."""
    if study.field is None:
        return
    reported = column(
        (model for model in study.field.models if model.mfu),
        lambda model: model.mfu or 0.0,
        file=FILE,
        unit="1",
        label="utilisation of the models that report theirs",
    )
    yield results.compute(
        f"{PREFIX}.utilisation_error_factor",
        error_factor,
        {"u_i": reported},
        unit="x",
        summary=f"Factor each way that holds {CONFIDENCE:.0%} of utilisations, if they scatter as reported ones do.",
        formula=r"2^{\mathrm{z}_{0.975} \times \text{standard deviation of } \log_2 u_i}",
        digits=2,
    )
    yield _count(
        "n_reported",
        count_of("u_i", reported, "number of models", "model"),
        "Models that report their utilisation.",
        results,
    )
    assumed = [each for each in study.calculations if _rests_on_utilisation(each)]
    yield _count(
        "n_estimates",
        count_of("C_i", _named(assumed), "number of estimates", "system"),
        "Charted systems whose estimate rests on an assumed utilisation.",
        results,
    )
    for each in assumed:
        yield from _with_guess(each, results)


def error_factor(values: Sequence[float]) -> float:
    """The factor each way that holds the usual share of values whose logarithms scatter normally, as these do."""
    return float(2.0 ** (normal_quantile((1 + CONFIDENCE) / 2) * np.std(np.log2(values), ddof=1)))


def combined(*factors: float) -> float:
    """The error factor of a product of independent numbers with these error factors."""
    return float(2.0 ** hypot(*map(log2, factors)))


def _rests_on_utilisation(calculation: Worked) -> bool:
    term = calculation.term(UTILISATION)
    return calculation.role == "charted" and term is not None and term.assumed


def _with_guess(calculation: Worked, results: Results) -> Iterator[Quantity]:
    """How far off an estimate may be that rests on a further guess."""
    for name, constant in GUESSED.items():
        if calculation.term(name):
            yield results.compute(
                f"{PREFIX}.{calculation.system.replace('-', '_')}_error_factor",
                combined,
                {"f_u": f"{PREFIX}.utilisation_error_factor", "f_d": constant_name(constant)},
                unit="x",
                summary=f"Factor each way by which the estimate for {calculation.system_name} may be off.",
                formula=r"2^{\sqrt{(\log_2 f_u)^2 + (\log_2 f_d)^2}}",
                digits=2,
            )


def _named(calculations: Sequence[Worked]) -> Series:
    names = tuple(each.name for each in calculations)
    return Series(members=names, unit="pfs-day", label="estimates that rest on an assumed utilisation")


def _count(thing: str, count: Step, summary: str, results: Results) -> Quantity:
    return results.compute(
        f"{PREFIX}.{thing}", lambda n: n, {"n": count}, unit=count.unit, summary=summary, formula="n", digits=None
    )
