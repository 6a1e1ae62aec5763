"""Checks that the names in a record exist: editions, works, other records, networks of the counter.

Each function yields a fault for a name that is unknown, or known only from a later edition on.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from analysis.counting.catalogue import architecture_named, counted
from analysis.counting.layers.base import Shape
from analysis.errors import CountingError, InputError, UnknownNameError, did_you_mean
from analysis.inputs.dataset import Dataset
from analysis.inputs.records import Dated

Errors = Iterator[InputError]


def is_edition(dataset: Dataset, edition: str) -> bool:
    """Whether there is an edition with this id."""
    return any(known.id == edition for known in dataset.editions)


def edition_faults(dataset: Dataset, where: str, edition: str) -> Errors:
    """A fault if there is no edition with this id."""
    if not is_edition(dataset, edition):
        ids = ", ".join(known.id for known in dataset.editions)
        yield UnknownNameError(f"{where}: unknown edition '{edition}'; expected one of {ids}", among="editions")


def source_faults(dataset: Dataset, where: str, sources: Iterable[str], *, since: str) -> Errors:
    """A fault for each source that is not in the bibliography of every edition that has the record."""
    for key in sources:
        if key not in dataset.references:
            yield UnknownNameError(
                f"{where}: sources: unknown key '{key}' in references.bib{did_you_mean(key, dataset.references)}",
                among="references",
            )
        elif dataset.references[key].since > since and is_edition(dataset, dataset.references[key].since):
            yield InputError(
                f"{where}: sources: '{key}' is in references.bib since {dataset.references[key].since}; "
                f"expected {since} or earlier, the first edition of the record"
            )


def name_faults(dataset: Dataset, where: str, name: str, collection: str, *, by: Dated) -> Errors:
    """A fault if no record has this name, or if it is missing in an edition that has the record naming it."""
    records: tuple[Any, ...] = dataset.collections[collection]
    named = [record for record in records if record.id == name]
    if not named:
        hint = did_you_mean(name, (record.id for record in records))
        yield UnknownNameError(f"{where}: unknown '{name}'{hint}", among=collection)
        return
    for edition in dataset.editions:
        if by.belongs_to(edition.id) and not any(record.belongs_to(edition.id) for record in named):
            yield UnknownNameError(
                f"{where}: '{name}' is not in edition {edition.id}, which has the record that names it",
                among=collection,
            )
            return


def architecture_faults(dataset: Dataset, where: str, name: str, input_shape: Shape | None, *, since: str) -> Errors:
    """A fault if the network is unknown, cannot take the input, or is first shown after the record's first edition."""
    try:
        architecture = architecture_named(name)
        counted(name, input_shape)
    except UnknownNameError as error:
        yield UnknownNameError(f"{where}.architecture: {error}")
        return
    except CountingError as error:
        yield InputError(f"{where}.input: {error}")
        return
    # An edition must not rest on a network whose page it does not have.
    first = architecture.first_edition(open_edition(dataset))
    if first > since:
        yield InputError(f"{where}.architecture: '{name}' is shown since edition {first}; expected {since} or earlier")


def open_edition(dataset: Dataset) -> str:
    """The last edition, or "" if data/editions.toml could not be read, which sorts before every other edition."""
    return dataset.editions[-1].id if dataset.editions else ""
