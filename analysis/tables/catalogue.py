"""All tables: importing every module of the folder registers them, so a new module needs no list to be edited."""

from importlib import import_module
from pkgutil import iter_modules

from analysis import tables
from analysis.tables.registry import TableEntry, registered

for _name in sorted(module.name for module in iter_modules(tables.__path__)):
    import_module(f"{tables.__name__}.{_name}")


def tables_at(edition: str) -> tuple[TableEntry, ...]:
    """The tables of an edition, by number."""
    return tuple(entry for entry in registered() if entry.since <= edition)
