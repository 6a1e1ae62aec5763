"""The wider field: every notable model with a known training compute, and the trends fitted to selections of it.

In go the rows of data/models.csv; out comes a `FieldStudy` with the models by date and a fit per selection.
A selection is a function of all models, so that one that ranks them sees the models before its first year too.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from analysis.inputs.rows import NotableModel
from analysis.model.frontier import among_top, exceeding
from analysis.model.trends import FEWEST_POINTS, Trend, fit_trend
from analysis.numerals import month_in_words
from analysis.units import decimal_year

# Models among this many largest at their release, which is how Epoch AI defines the frontier.
FRONTIER: Final = 10
# The year with which trends of the field usually begin: training on GPUs became common.
MODERN: Final = date(2010, 1, 1)
# The year in which the modern era of OpenAI's chart begins.
FIRST_CHARTED: Final = date(2012, 1, 1)
# The first day after the years that OpenAI's chart covers.
AFTER_CHART: Final = date(2018, 1, 1)
# The first day after the models that Epoch AI's study of May 2024 could see, and after those that it sees in June 2020.
CUTS: Final = {"to_2020_06": date(2020, 7, 1), "to_2024_05": date(2024, 5, 29)}
# Domains with enough models since 2010 for a trend that means something.
DOMAINS: Final = ("language", "vision", "games", "speech", "biology")
Models = tuple[NotableModel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A choice of models that a trend is fitted to, with its label and the prefix of its quantities."""

    name: str
    label: str
    choose: Callable[[Models], Iterable[NotableModel]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldStudy:
    """All models by date, and for each selection the models chosen and the trend through them, by name."""

    models: Models
    selections: dict[str, Selection]
    chosen: dict[str, Models]
    trends: dict[str, Trend]

    def largest_by(self, day: date) -> NotableModel:
        """The model with the largest known training compute published by a day."""
        return max((model for model in self.models if model.date <= day), key=lambda model: model.compute_flop)


def field_study(rows: Iterable[NotableModel], charted: Collection[str]) -> FieldStudy:
    """The study of some models, in any order; `charted` holds the ids of the systems of OpenAI's modern era."""
    models = tuple(sorted(rows, key=lambda model: (model.date, model.id)))
    selections = (*SELECTIONS, _charted(charted))
    chosen = {selection.name: tuple(selection.choose(models)) for selection in selections}
    fitted = {name: members for name, members in chosen.items() if len(members) >= FEWEST_POINTS}
    return FieldStudy(
        models=models,
        selections={selection.name: selection for selection in selections if selection.name in fitted},
        chosen=fitted,
        trends={name: trend_of(members) for name, members in fitted.items()},
    )


def trend_of(models: Iterable[NotableModel]) -> Trend:
    """The trend of compute in FLOP through some models."""
    chosen = list(models)
    return fit_trend([decimal_year(model.date) for model in chosen], [model.compute_flop for model in chosen])


def between(first: date, end: date) -> Callable[[Models], Iterator[NotableModel]]:
    """Chooses the models from a day on, up to but not including another."""
    return lambda models: (model for model in models if first <= model.date < end)


def running_top(models: Iterable[NotableModel], places: int) -> Iterator[NotableModel]:
    """The models that had fewer than so many larger ones before them; models of the same day do not count."""
    return among_top(models, places, size=_compute)


def record_setters(models: Iterable[NotableModel]) -> Iterator[NotableModel]:
    """The models that exceed every earlier one; of one day only the largest counts, and a tie is not a record."""
    return exceeding(models, size=_compute)


def _compute(model: NotableModel) -> float:
    return model.compute_flop


def _charted(systems: Collection[str]) -> Selection:
    """Chooses the models that OpenAI charted too."""
    return Selection(
        name="field.charted_systems",
        label="the systems of OpenAI's chart since 2012 as Epoch AI counts them",
        choose=lambda models: (model for model in models if model.system in systems),
    )


def _in_domain(domain: str) -> Callable[[Models], Iterator[NotableModel]]:
    return lambda models: (model for model in models if domain in model.domains and model.date >= MODERN)


def _ranked(
    rank: Callable[[Models], Iterable[NotableModel]], first: date, end: date = date.max
) -> Callable[[Models], Iterator[NotableModel]]:
    """Chooses from the models of a ranking those from a day on, up to but not including another; it sees all models."""
    return lambda models: (model for model in rank(models) if first <= model.date < end)


def _last_month(end: date) -> str:
    return month_in_words(end - timedelta(days=1))


def _frontier(models: Models) -> Iterator[NotableModel]:
    return running_top(models, FRONTIER)


def _not_speculative(models: Models) -> Iterator[NotableModel]:
    return (model for model in models if model.date >= MODERN and model.confidence != "speculative")


SELECTIONS: Final = (
    Selection(name="field.since_2010", label="all notable models since 2010", choose=between(MODERN, date.max)),
    Selection(name="field.before_2010", label="all notable models before 2010", choose=between(date.min, MODERN)),
    Selection(
        name="field.from_2012_to_2017",
        label="all notable models of 2012 to 2017",
        choose=between(FIRST_CHARTED, AFTER_CHART),
    ),
    Selection(name="field.since_2018", label="all notable models since 2018", choose=between(AFTER_CHART, date.max)),
    Selection(
        name="field.not_speculative",
        label="the notable models since 2010 whose compute is not marked speculative",
        choose=_not_speculative,
    ),
    *(
        Selection(name=f"field.{domain}", label=f"the notable models in {domain} since 2010", choose=_in_domain(domain))
        for domain in DOMAINS
    ),
    Selection(
        name="frontier.since_2010",
        label="the models since 2010 that were among the ten largest at their release",
        choose=_ranked(_frontier, MODERN),
    ),
    Selection(
        name="frontier.since_2018",
        label="the models since 2018 that were among the ten largest at their release",
        choose=_ranked(_frontier, AFTER_CHART),
    ),
    Selection(
        name="frontier.since_2020",
        label="the models since 2020 that were among the ten largest at their release",
        choose=_ranked(_frontier, date(2020, 1, 1)),
    ),
    *(
        Selection(
            name=f"field.{cut}",
            label=f"all notable models of 2010 to {_last_month(end)}",
            choose=between(MODERN, end),
        )
        for cut, end in CUTS.items()
    ),
    *(
        Selection(
            name=f"frontier.{cut}",
            label=f"the models of 2010 to {_last_month(end)} that were among the ten largest at their release",
            choose=_ranked(_frontier, MODERN, end),
        )
        for cut, end in CUTS.items()
    ),
    Selection(
        name="records.since_2010",
        label="the models since 2010 that exceeded every earlier one",
        choose=_ranked(record_setters, MODERN),
    ),
)
