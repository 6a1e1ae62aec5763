"""One quantity a calculation (`worked.<system>.<estimate>`) and one a system (`system.<system>.compute`)."""

from collections.abc import Iterator

from analysis.model.study import Point, Study
from analysis.model.worked import Worked, intermediate_text, intermediate_value, latex_line
from analysis.results.constants import constant_name
from analysis.results.counting import macs_name
from analysis.results.quantity import Quantity, Results, merged

METHOD_NAMES = {
    "operations": "counting operations",
    "gpu_time": "GPU time",
    "chart_reading": "a reading of the published chart",
    "stated": "the figure the source states",
}


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """Every calculation in pfs-days, then every charted system with its error range."""
    for calculation in study.calculations:
        yield _calculation(calculation)
        yield from _intermediates(calculation)
    for point in study.points:
        yield _system(point, results)


def system_name(slug: str) -> str:
    """The quantity that holds a system's training compute."""
    return f"system.{slug.replace('-', '_')}.compute"


def _calculation(calculation: Worked) -> Quantity:
    bound = "At most the t" if calculation.upper_bound else "T"
    return Quantity(
        name=calculation.name,
        value=calculation.compute_pfs_days,
        unit="pfs-day",
        summary=(
            f"{bound}raining compute of {calculation.system_name} by {METHOD_NAMES[calculation.method]} "
            f"({calculation.where})."
        ),
        formula=calculation.latex(),
        inputs=(
            calculation.file,
            *(constant_name(term.assumption) for term in calculation.terms if term.assumption),
            *(macs_name(term.architecture) for term in calculation.terms if term.architecture),
        ),
        sources=merged([calculation.sources, *(term.sources for term in calculation.terms)]),
        digits=3,
    )


def _intermediates(calculation: Worked) -> Iterator[Quantity]:
    for intermediate in calculation.intermediates:
        yield Quantity(
            name=f"{calculation.name}_{intermediate.name}",
            value=intermediate_value(intermediate),
            unit=intermediate.unit,
            summary=f"{intermediate.label} of {calculation.system_name}, worked out on the way ({calculation.where}).",
            formula=latex_line(intermediate_text(intermediate)),
            inputs=(calculation.file,),
            sources=calculation.sources,
        )


def _system(point: Point, results: Results) -> Quantity:
    name = point.calculation.name
    return Quantity(
        name=system_name(point.slug),
        value=results.value(name),
        unit="pfs-day",
        low=point.pfs_days / point.error_factor,
        high=point.pfs_days * point.error_factor,
        interval=f"a factor of {point.error_factor:g} each way, as the publisher draws it",
        summary=f"Training compute of {point.system.name}, as it stands in the trends and figures here.",
        formula=r"C",
        inputs=(name, point.system.file),
        sources=merged([results[name].sources, point.system.sources]),
        digits=3,
    )
