"""The register of figures: a decorator registers a drawing function under a permanent name and number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from analysis.errors import DuplicateNameError
from analysis.figures.canvas import Canvas, Content, Drawing, check_inside, settle
from analysis.figures.phrases import Facts, filled, no_facts
from analysis.results.collect import Findings

C = TypeVar("C", bound=Content)
# Draws content of the kind that the figure shows.
Draw = Callable[[Any, Canvas], Drawing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Another drawing of the same rows, that a reader may switch to; its alt text is a template."""

    alt: str
    draw: Draw
    facts: Facts = no_facts

    def alt_for(self, findings: Findings) -> str:
        """What the drawing shows, with the numbers of an edition."""
        return filled(self.alt, findings, self.facts)


NONE: Final[Mapping[str, Variant]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureEntry:
    """A registered figure. `since` is the first edition that has it; `code` is where it is drawn.

    `shows` chooses what an edition shows, and `draw` draws that and nothing else. `title` and `alt` are templates of
    quantities and `facts`.
    `controls` are what a reader may choose, by their names on the site; a control `scale` chooses among the
    figure and its `variants`.
    """

    name: str
    number: int
    since: str
    title: str
    alt: str
    code: str
    shows: Callable[[Findings], Content]
    draw: Draw
    controls: tuple[str, ...]
    variants: Mapping[str, Variant]
    facts: Facts

    def title_for(self, findings: Findings) -> str:
        """The title with the numbers of an edition."""
        return filled(self.title, findings, self.facts)

    def alt_for(self, findings: Findings) -> str:
        """What the figure shows, with the numbers of an edition."""
        return filled(self.alt, findings, self.facts)


# Filled by the decorator while the modules are imported.
_FIGURES: dict[str, FigureEntry] = {}


def figure(
    name: str,
    *,
    number: int,
    since: str,
    title: str,
    alt: str,
    shows: Callable[[Findings], C],
    controls: tuple[str, ...] = (),
    variants: Mapping[str, Variant] = NONE,
    facts: Facts = no_facts,
) -> Callable[[Callable[[C, Canvas], Drawing]], Callable[[C, Canvas], Drawing]]:
    """Registers a drawing function of what `shows` chooses.

    Raises: DuplicateNameError on a second entry of a name or number.
    """

    def register(draw: Callable[[C, Canvas], Drawing]) -> Callable[[C, Canvas], Drawing]:
        for entry in _FIGURES.values():
            if name == entry.name or number == entry.number:
                raise DuplicateNameError(
                    f"figure '{name}', number {number}: found figure '{entry.name}', number {entry.number}; "
                    "expected a name and a number of its own"
                )
        code = draw.__code__
        where = f"analysis/figures/{Path(code.co_filename).name}:{code.co_firstlineno}"
        _FIGURES[name] = FigureEntry(
            name=name,
            number=number,
            since=since,
            title=title,
            alt=alt,
            code=where,
            shows=shows,
            draw=_inside(draw, name),
            controls=controls,
            # A variant is drawn on other axes, so it is checked separately.
            variants={key: replace(variant, draw=_inside(variant.draw, name)) for key, variant in variants.items()},
            facts=facts,
        )
        return draw

    return register


def _inside(draw: Draw, name: str) -> Draw:
    """A drawing function that checks that every row is within the axes, and whose drawings are settled."""

    def drawn(content: Content, canvas: Canvas) -> Drawing:
        drawing = draw(content, canvas)
        check_inside(drawing.figure, name)
        settle(drawing.figure)
        return drawing

    return drawn


def registered() -> tuple[FigureEntry, ...]:
    """Every entry so far, by number."""
    return tuple(sorted(_FIGURES.values(), key=lambda entry: entry.number))
