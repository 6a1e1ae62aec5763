"""Finds works cited in an edition although they were published after its evidence date.

An edition is computed after the month in its name, so it can cite later works: as commentary, or as the source of a
record about something earlier, such as the peak rate of a processor of 2012. Each such work is listed with the records
that rest on it, so that readers can judge whether later knowledge has entered the edition.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from analysis.counting.registry import Architecture
from analysis.inputs.dataset import Dataset, file_of
from analysis.inputs.records import System

# Fields that name works, at any depth of a record.
_NAMING = frozenset({"sources", "paper"})


def younger_works(dataset: Dataset, shown: Iterable[Architecture]) -> dict[str, list[str]]:
    """The works published after the evidence date of the last edition, each with the records that rest on it.

    `dataset` must be narrowed to that edition; `shown` are its networks.
    """
    evidence = dataset.editions[-1].evidence
    found: dict[str, list[str]] = {
        key: [] for key, work in dataset.references.items() if is_younger(work.issued, evidence)
    }
    for place, keys in named_works(dataset, shown):
        for key in sorted(keys & found.keys()):
            found[key].append(place)
    return {key: sorted(found[key]) for key in sorted(found)}


def is_younger(issued: str, evidence: date) -> bool:
    """Whether a work was published in a later month than the evidence; `issued` is an ISO date of any precision.

    A work dated only by its year counts as younger only if that year is later.
    """
    month = issued[:7]
    return month > f"{evidence:%Y-%m}"[: len(month)]


def named_works(dataset: Dataset, shown: Iterable[Architecture]) -> Iterator[tuple[str, set[str]]]:
    """Every record, table and network, with the works that it or any part of it names."""
    for collection, records in dataset.collections.items():
        for record in records:
            file = file_of(record, collection)
            yield file if isinstance(record, System) else f"{file}#{record.id}", set(_keys(record.model_dump()))
    for name, sidecar in dataset.sidecars.items():
        yield f"data/{name}.toml", set(_keys(sidecar.model_dump()))
    for architecture in shown:
        yield f"{architecture.code}#{architecture.name}", set(architecture.sources)


def _keys(value: Any, *, names: bool = False) -> Iterator[str]:
    """The keys of works at any depth of a record's plain data."""
    if isinstance(value, dict):
        for field, part in value.items():
            yield from _keys(part, names=field in _NAMING)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _keys(part, names=names)
    elif names and isinstance(value, str):
        yield value
