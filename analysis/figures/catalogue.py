"""All figures: importing their modules is what registers them."""

from analysis.figures import compute, efficiency, ledger  # noqa: F401
from analysis.figures.registry import FigureEntry, registered


def figures_at(edition: str) -> tuple[FigureEntry, ...]:
    """The figures of an edition, by number."""
    return tuple(entry for entry in registered() if entry.since <= edition)
