"""Which records are behind a change: from the traces of the quantities that moved, or from what a row names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import PurePath
from typing import Any, Final, Self

from analysis.bundle.files import rounded
from analysis.contract import Changes
from analysis.results.trace import merged

# Names in one cell; further ones are counted.
MOST_NAMES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Causes:
    """The records that changed, by their names in a trace, and how to find those behind one change.

    `by_values` are the ends of the trace of a quantity, by its values before and after; `by_name` a record by its id
    and its label; `by_file` all of a file; `untraced` the causes of what no trace explains, such as the number of
    claims with a verdict.
    """

    changed: tuple[str, ...]
    by_values: Mapping[tuple[Any, Any], tuple[str, ...]]
    by_name: Mapping[str, str]
    by_file: Mapping[str, tuple[str, ...]]
    untraced: tuple[str, ...]

    @classmethod
    def of(cls, changes: Changes, *, code_changed: bool) -> Self:
        """The causes of some changes."""
        records = sorted(
            (*changes.records.added, *changes.records.changed, *changes.records.closed), key=attrgetter("file", "id")
        )
        changed = tuple(leaf(record.id, record.file) for record in records)
        return cls(
            changed=changed,
            by_values={
                (rounded(moved.before), rounded(moved.after)): moved.because for moved in changes.quantities.moved
            },
            by_name={name: leaf(record.id, record.file) for record in records for name in (record.id, record.label)},
            by_file={
                file: tuple(leaf(record.id, file) for record in members)
                for file, members in groupby(records, key=attrgetter("file"))
            },
            untraced=("code",) if code_changed or not changed else changed,
        )

    def behind_quantity(self, because: Iterable[str]) -> str:
        """The records at the ends of a trace that changed, or those that only one side rests on."""
        ends = merged(self.by_file.get(end, (end,)) for end in because)
        return listed(tuple(end for end in ends if end in self.changed) or ends or self.untraced)

    def behind_cell(self, row: Mapping[str, Any], values: tuple[Any, Any]) -> str:
        """The records behind a change of a cell, which has no trace of its own, from one value to another.

        They are those of the quantity that moved from and to the same values; those that the row names; or all.
        """
        if values in self.by_values:
            return self.behind_quantity(self.by_values[values])
        named = dict.fromkeys(
            self.by_name[text] for text in row.values() if isinstance(text, str) and text in self.by_name
        )
        return listed(tuple(named) or self.changed or self.untraced)


def leaf(key: str, file: str) -> str:
    """A record as a trace names it: by its file, or as an entry of its file."""
    # A record with a file of its own is named like it, up to the edition.
    return file if PurePath(file).stem.partition("@")[0] == key else f"{file}#{key}"


def listed(names: tuple[str, ...]) -> str:
    """The first of some names, and how many more there are."""
    further = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + further
