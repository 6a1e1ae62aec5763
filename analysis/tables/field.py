"""The tables of the wider field: the forecast checked, trends by selection, legal thresholds, chart against table."""

from collections.abc import Iterator
from typing import Any, Final

from analysis.inputs.rows import NotableModel
from analysis.model.field import FieldStudy
from analysis.results.collect import Findings
from analysis.results.constants import constant_name
from analysis.results.field import CONFIDENCES, THRESHOLDS
from analysis.results.forecast import days_of
from analysis.tables.registry import Column, Table, table, table_of
from analysis.units import FLOP_PER_PFS_DAY

ALL: Final = "all"


@table("compute.forecast_check", number=16, since="2026-11", title="The 2018 trend and the largest known run")
def forecast_check(findings: Findings) -> Table:
    """The line, the largest known run and their ratio at each day."""
    columns = (
        Column(key="date", label="Date", kind="date"),
        Column(key="line", label="Trend", kind="number", unit="FLOP", digits=2),
        Column(key="factor", label="95% prediction, each way", kind="number", unit="x", digits=2),
        Column(key="model", label="Largest known run"),
        Column(key="largest", label="Its compute", kind="number", unit="FLOP", digits=3),
        Column(key="confidence", label="Confidence"),
        Column(key="ratio", label="Trend over largest", kind="number", unit="x", digits=2),
        Column(key="p_value", label="p", kind="number", digits=2),
    )
    field, value = field_of(findings), findings.results.value
    rows = []
    for name, day in days_of(findings.study).items():
        largest, prefix = field.largest_by(day), f"compute.forecast.{name}"
        rows.append(
            {
                "date": day.isoformat(),
                "line": value(f"{prefix}.line"),
                "factor": value(f"{prefix}.prediction_factor"),
                "model": largest.name,
                "largest": largest.compute_flop,
                "confidence": largest.confidence,
                "ratio": value(f"{prefix}.ratio"),
                "p_value": value(f"{prefix}.p_value"),
            }
        )
    return table_of(columns, rows)


@table("compute.field_trends", number=17, since="2026-11", title="Doubling time for each choice of models")
def field_trends(findings: Findings) -> Table:
    """Every fitted trend of the wider field, with both intervals."""
    columns = (
        Column(key="points", label="Models"),
        Column(key="n", label="Number", kind="number", digits=None),
        Column(key="doubling_time", label="Doubling time", kind="number", unit="month"),
        Column(key="low", label="95% interval", kind="from", unit="month", digits=2),
        Column(key="high", label="95% high", kind="to", unit="month", digits=2),
        Column(key="growth_per_year", label="Growth per year", kind="number", unit="x"),
        Column(key="r_squared", label="R²", kind="number", digits=2),
    )
    field = field_of(findings)
    rows = []
    for name, trend in field.trends.items():
        label, doubling = field.selections[name].label, trend.doubling_time_months
        rows.append(
            {
                "points": label[0].upper() + label[1:],
                "n": trend.n,
                "doubling_time": doubling.value,
                "low": doubling.low,
                "high": doubling.high,
                "growth_per_year": trend.growth_per_year.value,
                "r_squared": trend.r_squared,
            }
        )
    return table_of(columns, rows)


@table("compute.thresholds", number=18, since="2026-11", title="Models above the thresholds that laws name, by year")
def thresholds(findings: Findings) -> Table:
    """Models above each threshold per year of publication and confidence, and in all."""
    columns = (
        Column(key="threshold", label="More than", kind="number", unit="FLOP", digits=None),
        Column(key="year", label="Year"),
        Column(key="n", label="Models", kind="number", digits=None),
        *(Column(key=each, label=each.capitalize(), kind="number", digits=None) for each in CONFIDENCES),
        Column(key="largest", label="Largest"),
    )
    rows: list[dict[str, Any]] = []
    for constant in THRESHOLDS.values():
        level = findings.results.value(constant_name(constant))
        above = [model for model in field_of(findings).models if model.compute_flop > level]
        rows += _by_year(level, above)
    return table_of(columns, rows)


@table("compute.chart_and_table", number=19, since="2026-11", title="Systems that OpenAI and Epoch AI both count")
def chart_and_table(findings: Findings) -> Table:
    """Charted systems that are in the table of models too, by how far the two differ."""
    columns = (
        Column(key="system", label="System", kind="system"),
        Column(key="charted", label="Charted by OpenAI", kind="number", unit="FLOP"),
        Column(key="model", label="Name in Epoch AI's table"),
        Column(key="listed", label="Listed there", kind="number", unit="FLOP"),
        Column(key="ratio", label="Charted over listed", kind="number"),
    )
    listed = {model.system: model for model in field_of(findings).models if model.system}
    rows = [
        {
            "system": point.slug,
            "charted": point.pfs_days * FLOP_PER_PFS_DAY,
            "model": model.name,
            "listed": model.compute_flop,
            "ratio": point.pfs_days * FLOP_PER_PFS_DAY / model.compute_flop,
        }
        for point in findings.study.points
        if (model := listed.get(point.slug))
    ]
    return table_of(columns, sorted(rows, key=lambda row: (-float(str(row["ratio"])), str(row["system"]))))


@table("data.models", number=20, since="2026-11", title="Notable models and their training compute")
def models(findings: Findings) -> Table:
    """Every model of the table, the newest first."""
    columns = (
        Column(key="id", label="Identifier"),
        Column(key="name", label="Model"),
        Column(key="date", label="Date", kind="date"),
        Column(key="organisations", label="Organisation"),
        Column(key="domains", label="Domain"),
        Column(key="flop", label="Training compute", kind="number", unit="FLOP"),
        Column(key="confidence", label="Confidence"),
        Column(key="parameters", label="Parameters", kind="number"),
        Column(key="cost_usd_2023", label="Cost", kind="number", unit="dollar", digits=2),
        Column(key="open_weights", label="Open weights"),
        Column(key="system", label="Charted system"),
        Column(key="link", label="Link"),
    )
    return table_of(columns, (_model_row(model) for model in reversed(field_of(findings).models)))


def field_of(findings: Findings) -> FieldStudy:
    """The study of the wider field; every table that asks for it begins with an edition that has one."""
    assert findings.study.field is not None
    return findings.study.field


def _by_year(level: float, above: list[NotableModel]) -> Iterator[dict[str, Any]]:
    for year in [*sorted({str(model.date.year) for model in above}), ALL]:
        models = [model for model in above if year in (ALL, str(model.date.year))]
        yield {
            "threshold": level,
            "year": year,
            "n": len(models),
            **{each: sum(model.confidence == each for model in models) for each in CONFIDENCES},
            "largest": max(models, key=lambda model: model.compute_flop).name,
        }


def _model_row(model: NotableModel) -> dict[str, Any]:
    return {
        "id": model.id,
        "name": model.name,
        "date": model.date.isoformat(),
        "organisations": ", ".join(model.organisations),
        "domains": ", ".join(model.domains),
        "flop": model.compute_flop,
        "confidence": model.confidence,
        "parameters": model.parameters,
        "cost_usd_2023": model.cost_usd_2023,
        "open_weights": model.open_weights,
        "system": model.system,
        "link": model.link,
    }
