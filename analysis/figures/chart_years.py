"""The figure of the years that OpenAI charted: the systems of three lists, and the trend through each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from analysis.figures.canvas import EDGE, Canvas, Content, Drawing, power_axis, powers_around, year_axis, years_around
from analysis.figures.field import draw_field_trend, field_of
from analysis.figures.look import BLUE, GREEN, ORANGE
from analysis.figures.models import COMPUTE_LABEL, draw_point
from analysis.figures.registry import figure
from analysis.inputs.tables import SEVILLA_2022
from analysis.model.three_eras import SELECTIONS
from analysis.model.trends import Trend, fit_trend
from analysis.numerals import numeral
from analysis.results.collect import Findings
from analysis.units import decimal_year

YEARS: Final = "from_2012_to_2017"
POINT: Final = 18
# Colour and marker of each list, in the order of the panels.
STYLES: Final = {
    "OpenAI 2018": (BLUE, "o"),
    "Sevilla et al. 2022": (GREEN, "D"),
    "Epoch AI 2026": (ORANGE, "s"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A system of a list. `system` and `model` are the ids under which other pages know it; one may be None."""

    id: str
    name: str
    date: date
    compute_flop: float
    source: str
    system: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartYears(Content):
    """The systems of the three lists, and the trend of each list by its name."""

    systems: tuple[Listed, ...]
    trends: dict[str, Trend]


def chart_years_shown(findings: Findings) -> ChartYears:
    """The systems of the years of the chart in each list."""
    systems = tuple(_listed(findings))
    return ChartYears(
        rows=tuple(_row(system) for system in systems),
        key="run",
        systems=systems,
        trends={source: _trend(system for system in systems if system.source == source) for source in STYLES},
    )


def _listed(findings: Findings) -> Iterator[Listed]:
    openai, sevilla, epoch = STYLES
    study = findings.study
    three_eras = next(selection for selection in SELECTIONS if selection.name == YEARS)
    for point in study.era("modern"):
        slug = point.slug
        yield _of(openai, "charted", slug, point.system.name, point.date, point.compute_flop, system=slug)
    for row in three_eras.choose(study.dataset.rows(SEVILLA_2022)):
        yield _of(sevilla, "sevilla", row.id, row.name, row.date, row.compute_flop)
    for model in field_of(findings).chosen[f"field.{YEARS}"]:
        yield _of(epoch, "table", model.id, model.name, model.date, model.compute_flop, model=model.id)


def _of(source: str, start: str, name: str, full: str, day: date, flop: float, **known: str) -> Listed:
    return Listed(id=f"{start}-{name}", name=full, date=day, compute_flop=flop, source=source, **known)


def _trend(systems: Iterable[Listed]) -> Trend:
    chosen = list(systems)
    return fit_trend([decimal_year(system.date) for system in chosen], [system.compute_flop for system in chosen])


def _facts(findings: Findings) -> dict[str, str]:
    value = findings.results.value
    return {
        "openai": numeral(value("compute.modern.doubling_time"), 2),
        "sevilla": numeral(value(f"compute.sevilla2022.{YEARS}.doubling_time"), 2),
        "epoch": numeral(value(f"compute.field.{YEARS}.doubling_time"), 2),
        **{f"n_{place}": numeral(trend.n) for place, trend in enumerate(chart_years_shown(findings).trends.values())},
    }


@figure(
    "compute.chart_years",
    number=11,
    since="2026-11",
    title="For 2012 to 2017 three lists give doubling times of {openai}, {sevilla} and {epoch} months",
    alt=(
        "Three panels with the same axes, training compute in FLOP on a logarithmic scale over 2012 to 2017. The first "
        "shows the {n_0} systems of OpenAI's chart, the second {n_1} systems of Sevilla et al., the third {n_2} models "
        "of Epoch AI's table, each with a fitted line and a shaded interval. The first two lines are equally steep, "
        "with a doubling time of {openai} and {sevilla} months; the third is much flatter, at {epoch} months, and its "
        "points scatter widely in every year."
    ),
    facts=_facts,
    shows=chart_years_shown,
    controls=("fit", "interval"),
)
def chart_years(shown: ChartYears, canvas: Canvas) -> Drawing:
    """One panel per list, on shared axes."""
    drawn = canvas.figure(4.2 if canvas.roomy else 8.4)
    rows, columns = (1, len(STYLES)) if canvas.roomy else (len(STYLES), 1)
    panels = list(drawn.subplots(rows, columns, sharex=True, sharey=True).flat)
    years = [decimal_year(system.date) for system in shown.systems]
    for axes, (source, (colour, marker)) in zip(panels, STYLES.items(), strict=True):
        systems = [system for system in shown.systems if system.source == source]
        year_axis(axes, *years_around(years, after=EDGE), 2)
        axes.set_ylim(*powers_around([system.compute_flop for system in shown.systems], below=0.6, above=0.6))
        power_axis(axes, COMPUTE_LABEL, every=2)
        axes.tick_params(axis="x", labelbottom=True)
        months = numeral(shown.trends[source].doubling_time_months.value, 2)
        axes.set_title(f"{source}\n{len(systems)} systems, {months} months", color=colour)
        draw_field_trend(axes, shown.trends[source], source.lower().replace(" ", "-"), colour)
        for system in systems:
            place = (decimal_year(system.date), system.compute_flop)
            draw_point(axes, system.id, place, colour, marker, size=POINT)
    return Drawing(figure=drawn, content=shown)


def _row(system: Listed) -> dict[str, Any]:
    return {
        "run": system.id,
        "system": system.system,
        "model": system.model,
        "name": system.name,
        "date": system.date.isoformat(),
        "compute_flop": system.compute_flop,
        "list": system.source,
    }
