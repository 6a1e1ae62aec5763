"""All tables: importing their modules is what registers them."""

from analysis.tables import compute, counting, data, efficiency  # noqa: F401
from analysis.tables.registry import TableEntry, registered


def tables_at(edition: str) -> tuple[TableEntry, ...]:
    """The tables of an edition, by number."""
    return tuple(entry for entry in registered() if entry.since <= edition)
