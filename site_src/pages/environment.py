"""The sandbox in which the expressions of pages are evaluated, and the names that they may use."""

from functools import cache
from pathlib import Path, PurePath
from types import ModuleType
from typing import Any, Final, NoReturn

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from analysis.errors import did_you_mean
from site_src.components.number import FILTERS, Number
from site_src.context import PageContext
from site_src.errors import PageError
from site_src.pages.macros import Macros
from site_src.pages.queries import prefixes, topics

# Parts of pages that are made from records: Markdown with expressions, as authored pages are.
TEMPLATES: Final = Path(__file__).parents[1] / "templates" / "pages"


class Undefined(StrictUndefined):
    """A name that does not exist: an error that proposes the nearest one."""

    known: tuple[str, ...] = ()

    def _fail_with_undefined_error(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        if self._undefined_exception is SecurityError:
            raise PageError(self._undefined_message)
        name = str(self._undefined_name or "")
        raise PageError(f"no name '{name}'{did_you_mean(name, self.known)}")

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
        if name in prefixes(self._context.bundle):
            return Topic(self._context, name)
        raise PageError(f"no quantity '{name}'{did_you_mean(name, results)}")

    def __str__(self) -> str:
        raise PageError(f"'{self._prefix}' is a group of quantities; expected the name of one")


class Sandbox(ImmutableSandboxedEnvironment):
    """What a page may do: read what it is given and change nothing, and reach neither files nor modules."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a page may read an attribute."""
        return not isinstance(value, PurePath | ModuleType) and super().is_safe_attribute(obj, attr, value)


def page_names(context: PageContext, macros: Macros) -> dict[str, Any]:
    """Every name that the expressions of a page may use."""
    return {topic: Topic(context, topic) for topic in topics(context.bundle)} | macros.names()


@cache
def page_environment(known: frozenset[str]) -> Environment:
    """The environment of all pages that have the same names; a page gives their values when it is rendered."""
    environment = Sandbox(
        loader=FileSystemLoader(TEMPLATES),
        undefined=type("UndefinedInPage", (Undefined,), {"known": tuple(sorted(known))}),
        comment_start_string="{##",
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        # It writes Markdown: text of records is escaped by `rendered`, components escape what they show.
        autoescape=False,
        finalize=_present,
    )
    environment.globals.clear()
    environment.filters.update(FILTERS)
    return environment


@cache
def page_template(environment: Environment, text: str, source_name: str) -> Template:
    """The text of a page compiled; both faces of most pages have the same."""
    code = environment.compile(text, name=source_name, filename=source_name)
    return environment.template_class.from_code(environment, code, environment.make_globals(None))


def _present(value: Any) -> Any:
    """A value that a page is to show; nothing would be shown as a word. Raises: PageError."""
    if value is None:
        raise PageError("an expression has no value (None); expected one, or a condition around it")
    return value
