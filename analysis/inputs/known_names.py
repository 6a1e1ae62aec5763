"""Names that one record gives and another must have: editions, works, records, networks of the counter.

Each function yields a fault for a name that is unknown, or known only at a later edition.
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
    """Whether an edition of this id is listed."""
    return any(known.id == edition for known in dataset.editions)


def edition_faults(dataset: Dataset, where: str, edition: str) -> Errors:
    """An edition must be listed."""
    if not is_edition(dataset, edition):
        ids = ", ".join(known.id for known in dataset.editions)
        yield UnknownNameError(f"{where}: unknown edition '{edition}'; expected one of {ids}", among="editions")


def source_faults(dataset: Dataset, where: str, sources: Iterable[str], *, since: str) -> Errors:
    """A source must be in the bibliography, at each edition that has the record."""
    for key in sources:
        if key not in dataset.references:
            yield UnknownNameError(
                f"{where}: sources: unknown key '{key}' in references.bib{did_you_mean(key, dataset.references)}",
                among="references",
            )
        elif dataset.references[key].since > since and is_edition(dataset, dataset.references[key].since):
            yield InputError(
                f"{where}: sources: '{key}' is in references.bib since {dataset.references[key].since}; "
                f"expected {since} or earlier, as the record has it"
            )


def name_faults(dataset: Dataset, where: str, name: str, collection: str, *, by: Dated) -> Errors:
    """A record that another one names must be known, and appear at every edition at which the other does."""
    records: tuple[Any, ...] = dataset.collections[collection]
    named = [record for record in records if record.id == name]
    if not named:
        hint = did_you_mean(name, (record.id for record in records))
        yield UnknownNameError(f"{where}: unknown '{name}'{hint}", among=collection)
        return
    for edition in dataset.editions:
        if by.stands_at(edition.id) and not any(record.stands_at(edition.id) for record in named):
            yield UnknownNameError(
                f"{where}: '{name}' does not stand at edition {edition.id}, at which the record that names it does",
                among=collection,
            )
            return


def architecture_faults(dataset: Dataset, where: str, name: str, input_shape: Shape | None, *, since: str) -> Errors:
    """A network must be known, take the input, and be shown from the edition on at which the record appears."""
    try:
        architecture = architecture_named(name)
        counted(name, input_shape)
    except UnknownNameError as error:
        yield UnknownNameError(f"{where}.architecture: {error}")
        return
    except CountingError as error:
        yield InputError(f"{where}.input: {error}")
        return
    first = architecture.first_edition(open_edition(dataset))
    if first > since:
        yield InputError(f"{where}.architecture: '{name}' is shown since edition {first}; expected {since} or earlier")


def open_edition(dataset: Dataset) -> str:
    """The last edition, or nothing where data/editions.toml could not be read: then no network is held to one."""
    return dataset.editions[-1].id if dataset.editions else ""
