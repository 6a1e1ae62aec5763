"""Which of some dated things were at the front when they appeared: among the largest so far, or above all before."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from math import inf
from typing import Protocol, TypeVar


class Dated(Protocol):
    """Anything with a day."""

    @property
    def date(self) -> date:
        """The day on which it appeared."""


D = TypeVar("D", bound=Dated)


def among_top(things: Iterable[D], places: int, *, size: Callable[[D], float]) -> Iterator[D]:
    """Those that had fewer than so many larger ones before them; others of the same day do not count.

    One that equals an earlier one is not behind it.
    """
    earlier: list[float] = []
    waiting: list[D] = []
    for thing in sorted(things, key=lambda thing: thing.date):
        if waiting and waiting[0].date < thing.date:
            earlier += map(size, waiting)
            # Nothing below the last place matters to anything later.
            earlier = sorted(earlier, reverse=True)[:places]
            waiting = []
        waiting.append(thing)
        if sum(before > size(thing) for before in earlier) < places:
            yield thing


def exceeding(things: Iterable[D], *, size: Callable[[D], float]) -> Iterator[D]:
    """Those that exceed every earlier one; of one day only the largest counts, and a tie is not above."""
    most = -inf
    for thing in sorted(things, key=lambda thing: (thing.date, -size(thing))):
        if size(thing) > most:
            most = size(thing)
            yield thing
