"""The architectures by name: `@architecture(...)` decorates a function that returns the network."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from analysis.counting.layers.base import Layer, Shape
from analysis.errors import DuplicateNameError

Group = Literal["vision", "image generation", "language", "speech", "games", "first neural networks"]
GROUPS: Final[tuple[str, ...]] = get_args(Group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Architecture:
    """A published network: what it is called, what it sees, where its shape is published, and how to build it.

    `example` says what one pass is made over, such as an image; `code` and `function` are the file and the function in
    which it is written down. `since` is the first edition that shows it: None means the open edition.
    """

    name: str
    title: str
    group: Group
    example: str
    input_shape: Shape
    sources: tuple[str, ...]
    where: str
    note: str
    since: str | None
    code: str
    function: str
    build: Callable[[], Layer]

    def first_edition(self, open_edition: str) -> str:
        """The first edition that shows it, given the open one."""
        return self.since or open_edition


# Filled by the decorator while the modules are imported.
_ARCHITECTURES: Final[dict[str, Architecture]] = {}


def architecture(
    name: str,
    title: str,
    *,
    group: Group,
    example: str = "image",
    input_shape: Shape = (3, 224, 224),
    sources: tuple[str, ...],
    where: str,
    note: str = "",
    since: str | None = None,
) -> Callable[[Callable[[], Layer]], Callable[[], Layer]]:
    """Registers a network under a name. Raises: DuplicateNameError.

    A new network belongs to the open edition and needs no `since`; the month is written when that edition is closed.
    """

    def file(build: Callable[[], Layer]) -> Callable[[], Layer]:
        if name in _ARCHITECTURES:
            raise DuplicateNameError(f"two architectures are named '{name}'")
        _ARCHITECTURES[name] = Architecture(
            name=name,
            title=title,
            group=group,
            example=example,
            input_shape=input_shape,
            sources=sources,
            where=where,
            note=note,
            since=since,
            code=build.__module__.replace(".", "/") + ".py",
            function=build.__name__,
            build=build,
        )
        return build

    return file


def registered() -> dict[str, Architecture]:
    """Every architecture registered so far, in order of registration."""
    return dict(_ARCHITECTURES)
