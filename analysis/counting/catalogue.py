"""All architectures: importing every module of `architectures/` is what registers them."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from analysis.counting import architectures
from analysis.counting.registry import Architecture, registered
from analysis.errors import UnknownNameError, did_you_mean

for _name in sorted(module.name for module in iter_modules(architectures.__path__)):
    import_module(f"{architectures.__name__}.{_name}")

ARCHITECTURES: Final = registered()


def architecture_named(name: str) -> Architecture:
    """An architecture by name. Raises: UnknownNameError."""
    if name not in ARCHITECTURES:
        raise UnknownNameError(f"no architecture '{name}'{did_you_mean(name, ARCHITECTURES)}")
    return ARCHITECTURES[name]
