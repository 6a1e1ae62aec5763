"""The lines of "Compute trends across three eras", recomputed from its own systems."""

from collections.abc import Iterator

from analysis.inputs.rows import ThreeErasSystem
from analysis.inputs.tables import SEVILLA_2022
from analysis.model.study import Study
from analysis.model.three_eras import SELECTIONS
from analysis.results.quantity import Quantity, Results
from analysis.results.trends import Reading, line_through, of_line


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them, from the edition on that holds the systems."""
    systems = study.dataset.rows(SEVILLA_2022)
    for selection in SELECTIONS if systems else ():
        line = line_through(
            [_reading(system) for system in selection.choose(systems)],
            prefix=f"compute.sevilla2022.{selection.name}",
            measure="training compute",
            over=f"over {selection.label}, data of Sevilla and others",
            unit="FLOP",
            file=SEVILLA_2022.file,
        )
        yield from of_line(line, results)


def _reading(system: ThreeErasSystem) -> Reading:
    return Reading(name=system.name, date=system.date, value=system.compute_flop, sources=system.sources)
