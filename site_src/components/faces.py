"""The two faces of a component: HTML for the site, Markdown for copies of its pages, the feed and the search.

A component is a template in `templates/html/` and another of the same name in `templates/markdown/`. Both escape the
text that they are given, each for its own language; what a component returns is finished, and is not escaped again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from analysis.record_text import copied_part, inline_text
from site_src.errors import PageError

# What would end a link or a cell, percent-encoded.
_ENCODED: Final = {ord(sign): f"%{ord(sign):02X}" for sign in '()<>|\\`*"[] \n'}
TEMPLATES: Final = Path(__file__).parents[1] / "templates"


@dataclass(frozen=True, eq=False)
class Face:
    """How one language writes text, and the templates that write components in it.

    `escaped` makes one line of plain text part of a line of the language. Templates in HTML escape by themselves, as
    Jinja does; those in Markdown take `escaped`.
    """

    name: Literal["html", "markdown"]
    escaped: Callable[[str], str]
    # Looked up for every component, thousands of times per build.
    _templates: dict[str, Template] = field(default_factory=dict)

    @cached_property
    def environment(self) -> Environment:
        """The templates of the face, each compiled once per process."""
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES / self.name),
            undefined=StrictUndefined,
            autoescape=True,
            finalize=self._shown,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.filters["address"] = _address
        environment.filters["code"] = lambda text: self.inline.code(text)  # noqa: PLW0108 - `inline` needs the environment
        return environment

    @cached_property
    def inline(self) -> Any:
        """The macros of `inline.j2`: links, citations, code and formulas, as part of a line."""
        return self.environment.get_template("inline.j2").module

    def component(self, name: str, /, **values: Any) -> Markup:
        """A component with its values, without space around it."""
        return Markup(self._template(name).render(values).strip())  # noqa: S704 - escaped

    def _template(self, name: str) -> Template:
        if name not in self._templates:
            self._templates[name] = self.environment.get_template(f"{name}.j2")
        return self._templates[name]

    def text(self, text: str) -> Markup:
        """Text as part of a line, which shows every character as it is; what is finished already stays."""
        return text if isinstance(text, Markup) else Markup(self.escaped(text))  # noqa: S704 - escaped

    def _shown(self, value: Any) -> Any:
        """What a template shows. Raises: PageError for a value that is missing, which would be shown as a word."""
        if value is None:
            raise PageError("a component shows a value that is missing (None)")
        return value if self.name == "html" or hasattr(value, "__html__") else self.text(str(value))


def _address(address: str) -> Markup:
    """An address between the round brackets of a link in Markdown, also in the cell of a table."""
    return Markup(address.translate(_ENCODED))  # noqa: S704 - nothing is left in it that ends a link


# Characters with a meaning to Markdown become entities in HTML too: a line of it may be part of a page's Markdown.
HTML: Final = Face("html", inline_text)
MARKDOWN: Final = Face("markdown", copied_part)
# The Markdown face without its escapes, which what shows text as it is would show too.
_PLAIN: Final = Face("markdown", str)


def plain_text(name: str, /, **values: Any) -> str:
    """A component of the Markdown face as plain text, for the search and the feed. Whoever takes it escapes it."""
    return str(_PLAIN.component(name, **values))
