"""The numbers of the wider field: a trend per selection of models, models above legal thresholds, chart and table."""

from collections.abc import Iterable, Iterator
from typing import Final, get_args

from analysis.inputs.rows import NotableModel
from analysis.model.field import FieldStudy
from analysis.model.study import Study
from analysis.results.constants import constant_name
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Observed, Series, Step, dated
from analysis.results.trends import Line, dates_of, of_line
from analysis.results.worked import system_name
from analysis.units import FLOP_PER_PFS_DAY

FILE: Final = "data/models.csv"
CONFIDENCES: Final = get_args(NotableModel.model_fields["confidence"].annotation)
# The first run known to be larger than AlphaGo Zero's.
GPT_3: Final = "gpt-3-175b-davinci"
CHART_ENDS: Final = ("alexnet", "alphago-zero")
# Thresholds of laws, by the end of the name of a quantity, with the constant that holds them.
THRESHOLDS: Final = {"above_1e25": "eu_ai_act_threshold", "above_1e26": "us_order_threshold"}


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the models."""
    field = study.field
    if field is None:
        return
    for name, trend in field.trends.items():
        what = f"training compute over {field.selections[name].label}"
        yield from of_line(
            Line(
                prefix=f"compute.{name}",
                what=what,
                trend=trend,
                dates=dates_of(tuple(day_of(model) for model in field.chosen[name])),
                computes=computes_of(field.chosen[name], what),
                fitted=lambda compute: compute,
                letter="C",
                fitted_label="the base-2 logarithm of compute",
            ),
            results,
        )
    yield from _counts(field, results)
    yield from _thresholds(field, results)
    yield from _chart_and_table(study, field, results)
    yield from _gpt_3_over_chart(study, field, results)


def row_of(model: NotableModel) -> str:
    """The record of a model."""
    return f"{FILE}#{model.id}"


def compute_of(model: NotableModel) -> Observed:
    """The training compute of one model, with its row as the record."""
    return Observed(
        value=model.compute_flop,
        unit="FLOP",
        label=f"training compute of {model.name}, {model.confidence}",
        record=row_of(model),
        sources=model.sources,
    )


# Hundreds of models enter a trend, so their records are the file as a whole.
def day_of(model: NotableModel) -> Observed:
    """The date of a model as one of the points of a trend."""
    return dated(model.name, model.date, FILE, model.sources)


def computes_of(models: Iterable[NotableModel], label: str) -> Series:
    """The training compute of the points of a trend."""
    members = tuple(
        Observed(value=model.compute_flop, unit="FLOP", label=model.name, record=FILE, sources=model.sources)
        for model in models
    )
    return Series(members=members, unit="FLOP", label=label)


def _counts(field: FieldStudy, results: Results) -> Iterator[Quantity]:
    """How many models there are, and how sure their compute is."""
    groups = {
        "models": (field.models, "Notable models with a known or estimated training compute."),
        **{
            confidence: (
                tuple(model for model in field.models if model.confidence == confidence),
                f"Notable models whose training compute is marked {confidence}.",
            )
            for confidence in CONFIDENCES
        },
    }
    for name, (models, summary) in groups.items():
        yield results.compute(
            f"compute.field.{name}",
            lambda count: count,
            {"n": _count(models, "models")},
            unit="model",
            summary=summary,
            formula="n",
            digits=None,
        )


def _thresholds(field: FieldStudy, results: Results) -> Iterator[Quantity]:
    """Models above the training compute from which a law has further duties, in all and by confidence."""
    for name, constant in THRESHOLDS.items():
        level = results.value(constant_name(constant))
        above = tuple(model for model in field.models if model.compute_flop > level)
        groups = {
            "": above,
            **{f"_{each}": tuple(model for model in above if model.confidence == each) for each in CONFIDENCES},
        }
        for ending, models in groups.items():
            which = f", {ending[1:]} values alone" if ending else ""
            yield results.compute(
                f"compute.thresholds.{name}{ending}",
                lambda level, computes: float(sum(compute > level for compute in computes)),
                {"C_0": constant_name(constant), "C_i": computes_of(models, "training compute of the models above it")},
                unit="model",
                summary=f"Notable models trained with more than {results[constant_name(constant)].summary[0].lower()}"
                f"{results[constant_name(constant)].summary[1:-1]}{which}.",
                formula=r"\text{number of } C_i > C_0",
                digits=None,
            )


def _chart_and_table(study: Study, field: FieldStudy, results: Results) -> Iterator[Quantity]:
    """What OpenAI's chart and Epoch AI's table say of the same system."""
    charted = {point.slug for point in study.points}
    linked = {model.system: model for model in field.models if model.system in charted}
    for slug, model in linked.items():
        yield results.compute(
            f"compute.chart_over_table.{slug.replace('-', '_')}",
            lambda charted, listed: charted * FLOP_PER_PFS_DAY / listed,
            {r"C_{\mathrm{chart}}": system_name(slug), r"C_{\mathrm{table}}": compute_of(model)},
            unit="x",
            summary=f"Training compute of {model.name} in OpenAI's chart over that in Epoch AI's table.",
            formula=r"\frac{8.64 \times 10^{19} \times C_{\mathrm{chart}}}{C_{\mathrm{table}}}",
        )
    if {"alexnet", "alphago-zero"} <= set(linked):
        first, last = linked["alexnet"], linked["alphago-zero"]
        yield results.compute(
            "compute.field.alexnet_to_alphago_zero",
            lambda first, last: last / first,
            {"C_1": compute_of(first), "C_2": compute_of(last)},
            unit="x",
            summary="Growth of training compute from AlexNet to AlphaGo Zero in Epoch AI's table.",
            formula=r"\frac{C_2}{C_1}",
        )


def _gpt_3_over_chart(study: Study, field: FieldStudy, results: Results) -> Iterator[Quantity]:
    """How far GPT-3 went beyond the first and the largest run of OpenAI's chart."""
    gpt_3 = [model for model in field.models if model.id == GPT_3]
    for point in study.points if gpt_3 else ():
        if point.slug in CHART_ENDS:
            yield results.compute(
                f"compute.gpt_3_over_chart.{point.slug.replace('-', '_')}",
                lambda listed, charted: listed / (charted * FLOP_PER_PFS_DAY),
                {r"C_{\mathrm{table}}": compute_of(gpt_3[0]), r"C_{\mathrm{chart}}": system_name(point.slug)},
                unit="x",
                summary=f"Training compute of GPT-3 in Epoch AI's table over {point.system.name}'s in OpenAI's chart.",
                formula=r"\frac{C_{\mathrm{table}}}{8.64 \times 10^{19} \times C_{\mathrm{chart}}}",
            )


def _count(models: Iterable[NotableModel], label: str) -> Step:
    return Step(
        law=lambda computes: float(len(computes)),
        inputs={"C_i": computes_of(models, f"training compute of the {label}")},
        unit="model",
        label=f"number of {label}",
    )
