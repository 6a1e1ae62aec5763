"""All architectures: importing every module of `architectures/` registers them."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from analysis.counting import architectures
from analysis.counting.count import Breakdown, count
from analysis.counting.layers.base import Shape
from analysis.counting.layers.mixture import used_params
from analysis.counting.registry import GROUPS, Architecture, registered
from analysis.errors import UnknownNameError, did_you_mean

for _name in sorted(module.name for module in iter_modules(architectures.__path__)):
    import_module(f"{architectures.__name__}.{_name}")

ARCHITECTURES: Final = registered()


def architecture_named(name: str) -> Architecture:
    """An architecture by name. Raises: UnknownNameError."""
    if name not in ARCHITECTURES:
        raise UnknownNameError(f"no architecture '{name}'{did_you_mean(name, ARCHITECTURES)}")
    return ARCHITECTURES[name]


@cache
def counted(name: str, input_shape: Shape | None = None) -> Breakdown:
    """An architecture counted at its usual input or another. Raises: UnknownNameError, CountingError."""
    architecture = architecture_named(name)
    return count(architecture.build(), input_shape or architecture.input_shape)


@cache
def params_used_by(name: str) -> int:
    """Parameters of an architecture that one token uses. Raises: UnknownNameError."""
    return used_params(architecture_named(name).build())


def architectures_at(edition: str, open_edition: str) -> tuple[Architecture, ...]:
    """The architectures of an edition, by group and name. Counting reads no data, so the caller names the open one."""
    shown = (entry for entry in ARCHITECTURES.values() if entry.first_edition(open_edition) <= edition)
    return tuple(sorted(shown, key=lambda entry: (GROUPS.index(entry.group), entry.name)))


def undated() -> tuple[Architecture, ...]:
    """The architectures without a `since`, which belong to the open edition."""
    return tuple(entry for entry in ARCHITECTURES.values() if entry.since is None)
