"""All figures: importing every module of the folder registers them, so a new module needs no list to be edited."""

from importlib import import_module
from pkgutil import iter_modules

from analysis import figures
from analysis.figures.registry import FigureEntry, registered

for _name in sorted(module.name for module in iter_modules(figures.__path__)):
    import_module(f"{figures.__name__}.{_name}")


def figures_at(edition: str) -> tuple[FigureEntry, ...]:
    """The figures of an edition, by number."""
    return tuple(entry for entry in registered() if entry.since <= edition)
