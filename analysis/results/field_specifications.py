"""The growth of the wider field under every choice that an analyst makes about it."""

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Final

from analysis.inputs.rows import NotableModel
from analysis.model.field import FRONTIER, MODERN, FieldStudy, Models, record_setters, running_top
from analysis.model.specifications import Choices, Reading, Selection
from analysis.model.study import Study
from analysis.results.field import computes_of, day_of
from analysis.results.quantity import Quantity, Results
from analysis.results.specifications import ESTIMATOR, Curve, Numbers, of_curve
from analysis.results.trends import dates_of

RANKS: Final[dict[str, Callable[[Models], Iterable[NotableModel]]]] = {
    "all models": lambda models: models,
    "ten largest at the time": lambda models: running_top(models, FRONTIER),
    "record setters": record_setters,
}
CONFIDENCES: Final = {
    "any confidence": ("confident", "likely", "speculative"),
    "not speculative": ("confident", "likely"),
    "confident only": ("confident",),
}
# Only these domains have models enough for a ranking of their own.
DOMAINS: Final = ("language", "vision")
ALL_DOMAINS: Final = "all domains"
YEARS: Final = (MODERN.year, 2012, 2018)


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the models."""
    if study.field is not None:
        yield from of_curve(field_curve(study.field), results)


def field_curve(field: FieldStudy) -> Curve:
    """The curve of the training compute of notable models since 2010."""
    since = tuple(model for model in field.models if model.date >= MODERN)
    selections = tuple(_selected(field.models, {model.id: place for place, model in enumerate(since)}))

    def choices(years: Numbers, computes: Numbers) -> Choices:
        return Choices(
            selections=selections,
            dates=(Reading(labels=(), numbers=years),),
            values=(Reading(labels=(), numbers=computes),),
        )

    return Curve(
        prefix="compute.field.specifications",
        what=f"the doubling time of training compute since {MODERN.year}",
        kinds={"models": "Models", "confidence": "Values", "domain": "Domain", "years": "Years", **ESTIMATOR},
        inputs={
            "t_i": dates_of(tuple(day_of(model) for model in since)),
            "C_i": computes_of(since, f"training compute of all notable models since {MODERN.year}"),
        },
        choices=choices,
    )


def _selected(models: Models, places: dict[str, int]) -> Iterator[Selection]:
    """Which models may be fitted; a ranking is among those of the same confidence and domain, of all years."""
    for (rank, choose), (sure, confidences), domain in product(
        RANKS.items(), CONFIDENCES.items(), (ALL_DOMAINS, *DOMAINS)
    ):
        chosen = tuple(
            choose(
                tuple(
                    model
                    for model in models
                    if model.confidence in confidences and (domain == ALL_DOMAINS or domain in model.domains)
                )
            )
        )
        for first in YEARS:
            yield Selection(
                labels=(rank, sure, domain, f"since {first}"),
                places=tuple(places[model.id] for model in chosen if model.date.year >= first),
            )
