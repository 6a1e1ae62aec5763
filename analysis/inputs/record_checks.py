"""Checks of the tracker: each row keeps the rules of its benchmark, follows what it builds on, and is there once."""

from collections.abc import Collection, Iterator, Mapping

from analysis.errors import InputError, did_you_mean
from analysis.inputs.benchmarks import Benchmark
from analysis.inputs.dataset import Dataset
from analysis.inputs.known_names import Errors
from analysis.inputs.rows import RecordRun
from analysis.inputs.tables import RECORDS


def record_faults(dataset: Dataset) -> Errors:
    """The faults of all benchmarks and their rows."""
    numbered: dict[int, str] = {}
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
        if (other := numbered.setdefault(benchmark.figure, table.sidecar)) != table.sidecar:
            yield InputError(
                f"{table.sidecar}: benchmark.figure: found {benchmark.figure}, as in {other}; "
                "expected the number after that of the last figure"
            )
        earlier: list[RecordRun] = []
        rows: dict[str, RecordRun] = {}
        for row in dataset.rows(table):
            # Of rows with one id, which have been reported, only the first is looked at.
            rows.setdefault(row.id, row)
        for row in rows.values():
            for fault in (*_of_row(row, benchmark), *_order(row, rows, earlier), *_repeats(row, earlier)):
                yield InputError(f"{table.file}: {row.id}: {fault}")
            earlier.append(row)


def _of_row(row: RecordRun, benchmark: Benchmark) -> list[str]:
    """The rules of its benchmark that a row breaks."""
    faults = []
    if benchmark.hardware and row.hardware not in benchmark.hardware:
        hint = did_you_mean(row.hardware, benchmark.hardware)
        faults.append(f"hardware: found '{row.hardware}'; expected {' or '.join(benchmark.hardware)}{hint}")
    if benchmark.ended is not None and row.date > benchmark.ended:
        faults.append(
            f"date: found {row.date}; expected {benchmark.ended} or earlier, as the benchmark is {benchmark.status}"
        )
    if benchmark.measure == "training steps" and not row.value.is_integer():
        faults.append(f"value: found {row.value:.12g}; expected a whole number of steps")
    return faults


def _order(row: RecordRun, rows: Mapping[str, RecordRun], earlier: Collection[RecordRun]) -> Iterator[str]:
    """The fault of a row that precedes what it builds on."""
    base = rows.get(row.builds_on or "")
    if base is row:
        yield f"builds_on: found '{row.id}', the row itself; expected an earlier row, or nothing"
    elif base is not None and base.date > row.date:
        yield f"builds_on: '{base.id}' is of {base.date}; expected a row of {row.date} or earlier, the day of this one"
    elif base is not None and base.date == row.date and base not in earlier:
        # Rows of one day are in the order in which they were made.
        yield f"builds_on: '{base.id}' is of the same day and below; expected it above this row"


def _repeats(row: RecordRun, earlier: list[RecordRun]) -> list[str]:
    """The fault of a row that is there under another id."""
    run = (row.date, row.value, row.evidence)
    return [
        f"evidence: found the date, the value and the evidence of '{each.id}'; expected another run"
        for each in earlier
        if (each.date, each.value, each.evidence) == run
    ]
