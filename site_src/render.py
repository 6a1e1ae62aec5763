"""Renders one authored page: Jinja expressions become Markdown with numbers, citations, figures and tables.

`render_page` is pure: text and a bundle in, Markdown out, together with the fragments of SVG and
MathML that must not pass through Markdown. `with_fragments` puts those into the finished HTML.
"""

import re
import sys
import traceback
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath
from types import ModuleType
from typing import Any, ClassVar, Final, NoReturn

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from analysis.errors import AnalysisError, did_you_mean
from site_src import citation, exhibits, numbers
from site_src.context import PageContext
from site_src.errors import PageError
from site_src.formatting import FILTERS, Number
from site_src.macros import Macros
from site_src.pages import topics

TEMPLATES: Final = Path(__file__).parent / "templates"
MACRO_NAMES: Final = frozenset(name for name in dir(Macros) if not name.startswith("_")) - {"names"}
# What an expression of a page can raise: a fault of its author, told with page and line.
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
_FRAGMENT: Final = re.compile(r"<!--fragment:(\d+)-->")


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPage:
    """The Markdown of a page, the HTML that its marks stand for, and what it states and cites."""

    markdown: str
    fragments: tuple[str, ...]
    asides: dict[str, str]
    stated: frozenset[str]
    cited: frozenset[str]


class Undefined(StrictUndefined):
    """A name that does not exist: an error that proposes the nearest of those that the page has."""

    known: ClassVar[tuple[str, ...]] = ()

    def _fail_with_undefined_error(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        if self._undefined_exception is SecurityError:
            raise PageError(self._undefined_message)
        raise PageError(f"no name '{self._undefined_name}'{did_you_mean(str(self._undefined_name or ''), self.known)}")

    __str__ = __iter__ = __len__ = __bool__ = __call__ = __getattr__ = _fail_with_undefined_error
    __eq__ = __ne__ = __hash__ = _fail_with_undefined_error


class Topic:
    """A prefix of quantity names, so that `compute.modern.doubling_time` can be written in a page."""

    def __init__(self, context: PageContext, prefix: str) -> None:
        self._context = context
        self._prefix = prefix

    def __getattr__(self, part: str) -> "Topic | Number":
        if part.startswith("__"):
            raise AttributeError(part)
        name = f"{self._prefix}.{part}"
        results = self._context.bundle.results
        if name in results:
            return Number.of(self._context, results[name])
        if any(known.startswith(f"{name}.") for known in results):
            return Topic(self._context, name)
        raise PageError(f"no quantity '{name}'{did_you_mean(name, results)}")

    def __str__(self) -> str:
        raise PageError(f"'{self._prefix}' is a group of quantities; expected the name of one")


def render_page(text: str, context: PageContext, *, first_line: int = 1) -> RenderedPage:
    """The page with every expression replaced.

    `first_line` is the line of the source file on which `text` starts. Raises: PageError, its
    message beginning with the page and the line.
    """
    environment = _environment(context)
    source_name = f"docs/{context.page}"
    try:
        code = environment.compile(text, name=source_name, filename=source_name)
        template = environment.template_class.from_code(environment, code, environment.make_globals(None))
        markdown = exhibits.resolved(context, template.render()) + citation.bibliography(context)
        if cards := numbers.cards(context):
            markdown += f"\n\n{context.set_aside(cards)}\n"
    except FAULTS_OF_PAGES as error:
        line = _line_of(error, source_name) + first_line - 1
        raise PageError(f"{source_name}:{line}: {_told(error)}") from None
    return RenderedPage(
        markdown=markdown,
        fragments=tuple(context.fragments),
        asides=context.asides,
        stated=frozenset(context.numbers),
        cited=frozenset(context.cited),
    )


def with_fragments(html: str, fragments: tuple[str, ...]) -> str:
    """The HTML of a page with the fragments in place of their marks."""
    return _FRAGMENT.sub(lambda match: fragments[int(match[1])], html)


class Sandbox(ImmutableSandboxedEnvironment):
    """What a page may do: read what it is given and change nothing, and reach neither files nor modules."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a page may read an attribute."""
        return not isinstance(value, PurePath | ModuleType) and super().is_safe_attribute(obj, attr, value)


def _environment(context: PageContext) -> Environment:
    known = tuple(sorted({*MACRO_NAMES, *topics(context.bundle)}))
    environment = Sandbox(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=_compiled(),
        undefined=type("Undefined", (Undefined,), {"known": known}),
        comment_start_string="{##",
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # It writes Markdown: text of records is escaped by `rendered` and `markdown_text`.
        autoescape=False,
        finalize=_present,
    )
    environment.globals.clear()
    environment.globals.update({topic: Topic(context, topic) for topic in topics(context.bundle)})
    environment.globals.update(Macros(context, environment).names())
    environment.filters.update(FILTERS)
    return environment


def _present(value: Any) -> Any:
    """A value that a page is to show; nothing would be shown as a word. Raises: PageError."""
    if value is None:
        raise PageError("an expression has no value (None); expected one, or a condition around it")
    return value


class _Compiled(BytecodeCache):
    """Templates once compiled, shared by the environments of all pages."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Takes a template that another page has used already."""
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps a template for the pages that follow."""
        self._code[bucket.key] = bucket.bytecode_to_string()


@cache
def _compiled() -> _Compiled:
    return _Compiled()


def _told(error: BaseException) -> str:
    """A fault in one line."""
    if isinstance(error, RecursionError):
        return "the page includes itself, or a part of itself, without end"
    return next(iter(str(error).splitlines()), type(error).__name__)


def _line_of(error: BaseException, source_name: str) -> int:
    """The line of the page on which an error arose: Jinja maps its frames back to the source."""
    if isinstance(error, TemplateError) and (line := getattr(error, "lineno", None)):
        return int(line)
    frames = traceback.extract_tb(error.__traceback__ or sys.exc_info()[2])
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == source_name), 1)
