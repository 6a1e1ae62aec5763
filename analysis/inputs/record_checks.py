"""Checks of the tracker: each row keeps the rules of its benchmark and is no earlier than what it builds on."""

from analysis.errors import InputError, did_you_mean
from analysis.inputs.benchmarks import Benchmark
from analysis.inputs.dataset import Dataset
from analysis.inputs.known_names import Errors
from analysis.inputs.rows import RecordRun
from analysis.inputs.tables import RECORDS


def record_faults(dataset: Dataset) -> Errors:
    """The faults of all benchmarks and their rows."""
    for table in RECORDS:
        sidecar = dataset.sidecars.get(table.path)
        # A sidecar that could not be read has been reported.
        if sidecar is None:
            continue
        benchmark = sidecar.benchmark
        if benchmark is None:
            yield InputError(f"{table.sidecar}: found no [benchmark]; expected one, as in every table of records")
            continue
        if (benchmark.ended is None) != (benchmark.status == "open"):
            yield InputError(f"{table.sidecar}: benchmark.ended: expected a day if and only if the status is not open")
        days = {row.id: row for row in dataset.rows(table)}
        for row in dataset.rows(table):
            for fault in _of_row(row, benchmark, days):
                yield InputError(f"{table.file}: {row.id}: {fault}")


def _of_row(row: RecordRun, benchmark: Benchmark, rows: dict[str, RecordRun]) -> list[str]:
    faults = []
    if benchmark.hardware and row.hardware not in benchmark.hardware:
        hint = did_you_mean(row.hardware, benchmark.hardware)
        faults.append(f"hardware: found '{row.hardware}'; expected {' or '.join(benchmark.hardware)}{hint}")
    if benchmark.ended is not None and row.date > benchmark.ended:
        faults.append(
            f"date: found {row.date}; expected {benchmark.ended} or earlier, as the benchmark is {benchmark.status}"
        )
    base = rows.get(row.builds_on or "")
    if base is not None and base.date > row.date:
        faults.append(
            f"builds_on: '{base.id}' is of {base.date}; expected a row of {row.date} or earlier, the day of this one"
        )
    return faults
