"""The errors of this package, and the look-up that raises one."""

from collections.abc import Mapping
from typing import TypeVar

from analysis.errors import did_you_mean

T = TypeVar("T")


class PageError(Exception):
    """A page asks for something that is not there; the message says what, and the renderer adds page and line."""


class BuildError(Exception):
    """The site cannot be built; the message says where and why, and the old site is unchanged."""


def find(known: Mapping[str, T], name: str, kind: str) -> T:
    """The value under a name. Raises: PageError with the nearest name."""
    if name not in known:
        raise PageError(f"no {kind} '{name}'{did_you_mean(name, known)}")
    return known[name]
