"""All architectures: importing their modules is what registers them."""

from typing import Final

from analysis.counting.architectures import alexnet  # noqa: F401
from analysis.counting.registry import Architecture, registered
from analysis.errors import UnknownNameError, did_you_mean

ARCHITECTURES: Final = registered()


def architecture_named(name: str) -> Architecture:
    """An architecture by name. Raises: UnknownNameError."""
    if name not in ARCHITECTURES:
        raise UnknownNameError(f"no architecture '{name}'{did_you_mean(name, ARCHITECTURES)}")
    return ARCHITECTURES[name]
