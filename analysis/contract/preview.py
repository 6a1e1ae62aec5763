"""What the work tree changes against a commit, spelled out: the analysis writes it, the site makes a page of it."""

from analysis.contract.base import Record


class Section(Record):
    """A table of changes of one kind."""

    title: str
    """What changed."""
    columns: tuple[str, ...]
    """Headings."""
    rows: tuple[tuple[str, ...], ...]
    """One row per change, with a text for every column."""


class Preview(Record):
    """Everything that changed."""

    title: str
    """What changed, and since which commit, in one line."""
    sections: tuple[Section, ...]
    """The changes by kind; kinds without any are left out."""
    faults: tuple[str, ...]
    """What must not change but does, in closed editions."""
