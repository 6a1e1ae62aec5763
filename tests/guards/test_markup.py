"""HTML is written in templates and read by one module: no string of the site's code holds a tag."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = {path.relative_to(ROOT).as_posix(): path for path in sorted((ROOT / "site_src").rglob("*.py"))}
# A tag, but no named group of a pattern.
TAG = re.compile(r"(?<!\(\?P)</?[a-z][a-z0-9-]*[ >/]")
# Strings with a tag in them that write none, by module, and why each is there.
READ_HTML = {
    # A pattern for the notes at the foot of a page, whose blocks the reader is spared.
    "site_src/pages/margin_notes.py": {
        r'<div class="note" id="(note-\w+)">\s*<p>(.*?)\u00a0<a class="back".*?</p>',
    },
    # What is taken off the end of a table that was read, before its rows are put into a box by a template.
    "site_src/pages/finished_html.py": {"</table>"},
    # The description in a drawing, which its copy in Markdown takes: a drawing is one line, written by the analysis.
    "site_src/components/figure.py": {r"<desc\b[^>]*>(.*?)</desc>"},
    # What a line of a manifest looks like, in a message.
    "site_src/release/publish.py": {"'; expected '<sha256>  <path>'; "},
}


def strings(tree: ast.Module) -> Iterator[str]:
    """The strings of a module that are not docstrings, those between the values of an f-string among them."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> set[str]:
    """Every module that is imported, and every name from one as `module.name`."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_no_string_of_the_code_holds_a_tag() -> None:
    found = {module: {text for text in strings(tree_of(module)) if TAG.search(text)} for module in MODULES}
    assert {module: left for module, texts in found.items() if (left := texts - READ_HTML.get(module, set()))} == {}


@pytest.mark.parametrize("module", READ_HTML)
def test_every_exception_is_still_in_the_code(module: str) -> None:
    assert READ_HTML[module] <= set(strings(tree_of(module)))


def test_html_is_escaped_by_templates_alone() -> None:
    assert [module for module in MODULES if imported(tree_of(module)) & {"html", "html.escape"}] == []


def test_html_is_read_by_no_parser_but_our_own() -> None:
    parsers = {"html.parser", "html.parser.HTMLParser", "bs4", "lxml"}
    assert [module for module in MODULES if imported(tree_of(module)) & parsers] == []


@pytest.mark.parametrize(
    ("code", "holds_tag"),
    [
        ("x = '<b>bold</b>'", True),
        ("x = f'<a href={y}>'", True),
        ("x = f'</{y}>'", False),
        ("x = 'a < b > c'", False),
        ('"""A docstring may say <b>."""', False),
        ("def f():\n    '''So may <b> here.'''", False),
    ],
)
def test_a_tag_is_distinguished_from_other_text(code: str, holds_tag: bool) -> None:
    assert any(TAG.search(text) for text in strings(ast.parse(code))) is holds_tag
