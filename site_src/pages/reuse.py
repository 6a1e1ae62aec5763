"""What a build leaves for the next one in the same process: a page is rendered again only if something in it changed.

A page depends on its source, on what all pages share, and on what it looks up about other pages. The last is noted
while it is rendered, so no list of such dependencies has to be maintained.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from site_src.context import Surroundings
from site_src.pages.render import RenderedPage

K = TypeVar("K")
V = TypeVar("V")
# The fields of the surroundings that pages look up by name. What all pages share are the others.
LOOKED_UP: Final = ("captions", "shown_on", "titles", "stated_on", "cited_on")
SHARED: Final = ("address", "bundles", "pages", "posts", "commits")

UNLISTED: Final = "a page looks up others by name, so that it is rendered again when they change"


class Lookups(Mapping[K, V]):
    """A mapping that notes what is looked up in it; it refuses to be listed, which could not be noted by name."""

    def __init__(self, known: Mapping[K, V]) -> None:
        self.known: Mapping[K, V] = known.known if isinstance(known, Lookups) else known
        self.noted: dict[K, V | None] = {}

    def __getitem__(self, name: K) -> V:
        self.noted[name] = self.known.get(name)
        return self.known[name]

    def __iter__(self) -> Iterator[K]:
        raise TypeError(UNLISTED)

    def __len__(self) -> int:
        raise TypeError(UNLISTED)

    def agrees(self, noted: Mapping[K, V | None]) -> bool:
        """Whether these look-ups would give the same again."""
        return all(self.known.get(name) == value for name, value in noted.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A page rendered in one face, with the source and the look-ups that it was made from."""

    page: RenderedPage
    source: str
    noted: tuple[Mapping[Any, Any], ...]

    def holds(self, source: str, site: Surroundings) -> bool:
        """Whether the page would be rendered to the same again."""
        return self.source == source and all(
            now.agrees(noted) for now, noted in zip(_lookups(site), self.noted, strict=True)
        )


def noting(site: Surroundings) -> Surroundings:
    """The same surroundings, which note what a page looks up in them."""
    looked_up: dict[str, Any] = {name: Lookups(getattr(site, name)) for name in LOOKED_UP}
    return replace(site, **looked_up)


def begin_notes(site: Surroundings) -> None:
    """Forgets what was noted, as another page begins."""
    for looked_up in _lookups(site):
        looked_up.noted = {}


def notes(site: Surroundings) -> tuple[Mapping[Any, Any], ...]:
    """What the page has looked up."""
    return tuple(looked_up.noted for looked_up in _lookups(site))


def same_for_all(one: Surroundings, other: Surroundings) -> bool:
    """Whether all pages have the same surroundings, apart from what they look up. Bundles compare by identity."""
    return all(getattr(one, name) == getattr(other, name) for name in SHARED)


def _lookups(site: Surroundings) -> tuple[Lookups[Any, Any], ...]:
    return tuple(getattr(site, name) for name in LOOKED_UP)
