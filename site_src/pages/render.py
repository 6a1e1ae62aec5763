"""Renders one page: Jinja expressions become Markdown with numbers, citations, figures and tables.

Text and a bundle go in. Out come Markdown, the finished blocks that its marks name, and what the page states and cites.
In its other face the same text becomes the copy of the page.
"""

import traceback
from dataclasses import dataclass
from typing import Final

from jinja2 import TemplateError
from markupsafe import Markup

from analysis.errors import AnalysisError
from site_src.components import citation, number_card
from site_src.components.helpers import helpers
from site_src.context import PageContext
from site_src.errors import PageError
from site_src.pages.environment import page_environment, page_names, page_template
from site_src.pages.macros import Macros

# What an expression of a page can raise: a fault of its author, reported with page and line.
FAULTS_OF_PAGES: Final = (
    PageError,
    AnalysisError,
    TemplateError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    LookupError,
    MemoryError,
    OSError,
    RecursionError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPage:
    """The Markdown of a page, its finished blocks, its margin notes by work, and what it states and cites."""

    markdown: str
    blocks: tuple[Markup, ...]
    margin_notes: dict[str, Markup]
    stated: frozenset[str]
    cited: tuple[str, ...]


def render_page(text: str, context: PageContext, *, first_line: int = 1) -> RenderedPage:
    """The page with every expression replaced.

    `first_line` is the line of the source file on which `text` starts. Raises: PageError, its message beginning with
    the page and the line.
    """
    context.helpers = helpers(context)
    macros = Macros(context)
    names = page_names(context, macros)
    environment = page_environment(frozenset(names))
    macros.bind(environment, names)
    source_name = f"docs/{context.page}"
    try:
        template = page_template(environment, text, source_name)
        markdown = template.render(names) + citation.bibliography(context)
        # A copy does without the cards: every number has its entry.
        if context.numbers and not context.is_copy:
            markdown += f"\n\n{context.block(number_card.cards(context))}\n"
    except FAULTS_OF_PAGES as error:
        line = _line_of(error, source_name) + first_line - 1
        raise PageError(f"{source_name}:{line}: {_in_one_line(error)}") from None
    return RenderedPage(
        markdown=markdown,
        blocks=tuple(context.blocks),
        margin_notes=context.margin_notes,
        stated=frozenset(context.numbers),
        cited=tuple(context.cited),
    )


def _in_one_line(error: BaseException) -> str:
    """A fault in one line."""
    if isinstance(error, RecursionError):
        return "the page includes itself, or a part of itself, without end"
    return next(iter(str(error).splitlines()), type(error).__name__)


def _line_of(error: BaseException, source_name: str) -> int:
    """The line of the page on which an error arose: Jinja maps its frames back to the source."""
    if isinstance(error, TemplateError) and (line := getattr(error, "lineno", None)):
        return int(line)
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == source_name), 1)
