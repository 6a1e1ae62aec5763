"""One quantity per calculation (`worked.<system>.<estimate>`) and one per system (`system.<system>.compute`)."""

from collections.abc import Iterator
from dataclasses import replace

from analysis.counting.catalogue import architecture_named
from analysis.inputs.records import Intermediate
from analysis.model.study import Point, Study
from analysis.model.worked import Term, Worked, intermediate_products, intermediate_text, latex_line, pfs_days
from analysis.numerals import numeral
from analysis.results.constants import constant_name
from analysis.results.counting import macs_name
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Observed, dated, merged

METHOD_NAMES = {
    "operations": "counting operations",
    "gpu_time": "GPU time",
    "chart_reading": "a reading of the published chart",
    "stated": "the figure the source states",
}
# The usual letters of the factors; a factor of another name is written as its name.
SYMBOLS = {
    "compute": "C",
    "devices": "N",
    "training_time": "t",
    "peak_rate": "P",
    "utilisation": "u",
    "forward_macs": "M",
    "flop_per_mac": "o",
    "passes": "p",
    "epochs": "E",
    "images": "n",
    "words": "W",
    "updates": "U",
    "batch_size": "B",
    "audio_hours": "h",
    "time_steps": "f",
    "networks": "K",
    "production_factor": "d",
}


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """Every calculation in pfs-days, then every charted system with its error range."""
    for calculation in study.calculations:
        yield _calculation(calculation, results)
        for intermediate in calculation.intermediates:
            yield _intermediate(calculation, intermediate, results)
    for point in study.points:
        yield _system(point, results)


def system_name(slug: str) -> str:
    """The quantity that holds a system's training compute."""
    return f"system.{slug.replace('-', '_')}.compute"


def day_of(point: Point) -> Observed:
    """The date of a point."""
    return dated(point.system.name, point.date, point.system.file, point.system.sources)


def factor(calculation: Worked, term: Term) -> str | Observed:
    """The input of a factor: a constant, the count of a network, or a value of the system's record."""
    if term.assumption:
        return constant_name(term.assumption)
    if term.architecture and term.input is None:
        return macs_name(term.architecture)
    return Observed(
        value=term.value,
        unit=term.unit,
        label=term.label,
        record=calculation.file,
        sources=term.sources,
        half_width=term.half_width,
        instead_of=term.instead_of,
    )


def _calculation(calculation: Worked, results: Results) -> Quantity:
    bound = "At most the t" if calculation.upper_bound else "T"
    terms = {_symbol(term): term for term in calculation.terms}
    units = [term.unit for term in calculation.terms]
    # A network counted at an unusual input has no quantity, so the trace names the code that counts it.
    code = (architecture_named(term.architecture).code for term in calculation.terms if term.input is not None)
    quantity = results.compute(
        calculation.name,
        lambda *values: pfs_days(values, units),
        {latex: factor(calculation, term) for latex, term in terms.items()},
        unit="pfs-day",
        summary=(
            f"{bound}raining compute of {calculation.system_name} by {METHOD_NAMES[calculation.method]} "
            f"({calculation.where})."
        ),
        formula=r" \times ".join(terms),
        records=merged([[calculation.file], code]),
    )
    # A single number has no line of arithmetic.
    line = calculation.latex() if len(terms) > 1 else ""
    sources = merged([calculation.sources, *(term.sources for term in calculation.terms)])
    return replace(quantity, line=line, sources=sources)


def _symbol(term: Term) -> str:
    return SYMBOLS.get(term.name) or rf"x_{{\text{{{term.name.replace('_', ' ')}}}}}"


def _intermediate(calculation: Worked, intermediate: Intermediate, results: Results) -> Quantity:
    products = {
        f"m_{{{i}}}": Observed(
            value=value,
            unit=intermediate.unit,
            label=" × ".join(numeral(number) for number in product),
            record=calculation.file,
            sources=calculation.sources,
        )
        for i, (product, value) in enumerate(
            zip(intermediate.products, intermediate_products(intermediate), strict=True), start=1
        )
    }
    quantity = results.compute(
        f"{calculation.name}_{intermediate.name}",
        lambda *products: sum(products),
        products,
        unit=intermediate.unit,
        summary=f"{intermediate.label} of {calculation.system_name}, worked out on the way ({calculation.where}).",
        formula=" + ".join(products),
    )
    return replace(quantity, line=latex_line(intermediate_text(intermediate)))


def _system(point: Point, results: Results) -> Quantity:
    quantity = results.compute(
        system_name(point.slug),
        lambda compute: compute,
        {"C": point.calculation.name},
        unit="pfs-day",
        summary=f"Training compute of {point.system.name}, as used in the trends and figures here.",
        formula="C",
        records=(point.system.file,),
        sources=point.system.sources,
    )
    return quantity.within(
        point.pfs_days_low,
        point.pfs_days_high,
        f"a factor of {point.error_factor:g} each way, as the publisher draws it",
    )
