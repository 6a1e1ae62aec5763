"""The records that every quantity rests on, and the quantities that use it.

Takes all quantities of an edition, each after its inputs, and returns the lineage of each by name.
"""

from dataclasses import dataclass

from analysis.results.quantity import Results
from analysis.results.trace import merged


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The records at the ends of a quantity's trace, in its order, and the names of those made from it directly."""

    rests_on: tuple[str, ...]
    used_by: tuple[str, ...]


def lineages(results: Results) -> dict[str, Lineage]:
    """The lineage of every quantity by name."""
    ends: dict[str, tuple[str, ...]] = {}
    users: dict[str, list[str]] = {name: [] for name in results.quantities}
    for name, quantity in results.quantities.items():
        # Inputs come before, so their ends are known; an input that is not a quantity is an end itself.
        ends[name] = merged(ends.get(origin, (origin,)) for origin in quantity.inputs)
        for origin in quantity.inputs:
            if origin in users:
                users[origin].append(name)
    return {name: Lineage(rests_on=ends[name], used_by=tuple(users[name])) for name in results.quantities}
