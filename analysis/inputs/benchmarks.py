"""What a benchmark of the tracker is: its level, what is measured, its rules, and who keeps the official list.

The sidecar of its records describes it. All tables of records have the same columns, which are described once, here.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field

from analysis.inputs.records import Record, Text, UnitName

Measure = Literal["training FLOP", "wall-clock time", "training steps"]
# The runs of the efficiency paper with which a benchmark begins: the records before its own.
Continued = Literal["alexnet_level", "resnet50_level", "translation.seq2seq", "translation.gnmt"]

# A host with a dot, as everybody can reach it, then the characters of an address by RFC 3986, without brackets and
# quotation marks.
_ADDRESS: Final = re.compile(r"https://[\w-]+(\.[\w-]+)+([:/?#][\w.~:/?#@!$&+,;=%*-]*)?", re.ASCII)


def _secure(address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise ValueError(
            "expected an address that begins with https:// and a host, brackets and quotation marks as %28, %29, %22"
        )
    return address


Address = Annotated[str, AfterValidator(_secure)]
# Descriptions of the columns of every table of records, but for `value`, which is the metric of the benchmark.
RECORD_COLUMNS: Final = MappingProxyType(
    {
        "id": "identifier, which is also the address of the row on its page",
        "name": "name of the run",
        "date": "day of the record as its list or its authors give it",
        "authors": "who set it, separated by semicolons; empty where the official list names nobody",
        "value": "",
        "hardware": "what it ran on; empty where the benchmark does not depend on it",
        "change": "what changed",
        "record": "no for a run that beats nothing and is kept for comparison",
        "status": "verified: by the keeper of the list or from public logs; reported: by its authors alone",
        "evidence": "log, pull request or publication that shows it",
        "builds_on": "the row that it builds on, if known",
        "sources": "keys in references.bib, separated by semicolons",
        "note": "remark",
        "since": "edition that added the row",
        "until": "edition that superseded the row; empty if none has",
    }
)


class Benchmark(Record):
    """A fixed level, what it takes to reach it, and the rules by which runs are compared.

    `figure` is the number of its figure. An empty `hardware` allows any. `ended` is the last day of a contest that is
    over.
    """

    figure: Annotated[int, Field(ge=1)]
    target: Text
    measure: Measure
    metric: Text
    unit: UnitName
    better: Literal["lower", "higher"]
    rules: Text
    data: Text
    hardware: tuple[str, ...]
    mixes: Annotated[tuple[str, ...], Field(min_length=1)]
    keeper: Text
    link: Address
    looked: dt.date
    status: Literal["open", "closed", "retired"]
    ended: dt.date | None = None
    continues: Continued | None = None

    def beats(self, value: float, others: Iterable[float]) -> bool:
        """Whether a value is better than each of some others; a tie is not."""
        return all(value < other if self.better == "lower" else value > other for other in others)


def record_columns(benchmark: Any) -> Sequence[dict[str, str]]:
    """The columns of a table of records, for a benchmark as its sidecar writes it."""
    metric, unit = (benchmark.get(key, "") if isinstance(benchmark, dict) else "" for key in ("metric", "unit"))
    return tuple(
        {"name": name, "unit": unit if name == "value" else "", "description": description or metric}
        for name, description in RECORD_COLUMNS.items()
    )
