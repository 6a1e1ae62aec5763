"""Texts that attack what shows them, and the shape of HTML by which an attack that works is seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

# What an expression would give if anything worked it out: 7 * 191.
EXPRESSION: Final = "7*191"
EVALUATED: Final = "1337"
# One way each to be taken for markup, code or a formula.
ATTACKS: Final = (
    "{{ 7*191 }}",
    "{{7*191}}",
    "${7*191}",
    "#{7*191}",
    "{% for i in [1, 2] %}{{ 7*191 }}{% endfor %}",
    "{% include 'system.md.j2' %}",
    "{# gone #}",
    "{{ bundle.__class__.__init__.__globals__['Path']('x').write_text('y') }}",
    "{{ cite('amodei2018ai') }}",
    "{## gone ##}",
    "@@figure:compute.modern_trend@@",
    "[AlexNet](javascript:document.title=1)",
    "![x](https://evil.example/x.png)",
    "[x][y]",
    "[y]: https://evil.example",
    "<https://evil.example>",
    "<mail@evil.example>",
    "https://evil.example",
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<b>bold</b>",
    "<div markdown>**x**</div>",
    "<!-- comment -->",
    "<!--fragment:0-->",
    "<!--aside:amodei2018ai-->",
    "<!--Stated-on:compute.modern.doubling_time-->",
    "]]><script>alert(1)</script>",
    "<![CDATA[x]]>",
    "<?xml version='1.0'?>",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "&amp;",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "{ .evil }",
    "{ #evil }",
    "{: onclick=alert(1) }",
    "{ onclick='alert(1)' }",
    "*emphasis*",
    "**strong**",
    "_emphasis_",
    "__strong__",
    "`code`",
    "``code``",
    "~~struck~~",
    "==marked==",
    "^^raised^^",
    "a | b | c",
    "|:--|--:|",
    "\\",
    "\\*",
    "\\| x",
    "`|`",
    "# heading",
    "## heading { #evil }",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "2) item",
    "> quotation",
    ": definition",
    "---",
    "***",
    "===",
    '--8<-- "README.md"',
    ';--8<-- "README.md"',
    '-8<- "README.md"',
    "!!! note",
    "??? note",
    "/// note",
    "*[FLOP]: <script>alert(1)</script>",
    "[^1]: note",
    "[^1]",
    "[TOC]",
    "[[wiki]]",
    ":smile:",
    "++ctrl++",
    "$x^2$",
    "$\\frac{1}{2}$",
    "\\(x^2\\)",
    "\\[x^2\\]",
    "\\input{/etc/passwd}",
    "key: value",
    "- {a: b}",
    "!!python/object/apply:os.system ['true']",
    "%YAML 1.2",
    "'",
    '"',
    '": "',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    '=HYPERLINK("https://evil.example")',
    "=cmd|' /C calc'!A0",
    "שלום",
    "مرحبا 123",
)
# As text may not be entered, yet must harm nobody where it was not refused.
SHAPES: Final = ("{}", "{} word", "word {} {{ .evil }}")
REFUSED: Final = (
    "\u202e",
    "\u202a",
    "\u2066",
    "\u2069",
    "\u200e",
    "\u200f",
    "\u061c",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u00ad",
    "\x00",
    "\x1b[31m",
    "\x07",
    "\x7f",
    "\x85",
    "\x9b31m",
    "\t",
    "\r",
    "\f",
    "\v",
    "\u2028",
    "\u2029",
    "\ud800",
    "\ufffe",
    "\U000e0001",
    "\U000e0041",
    "\U000e0080",
)


def hostile_texts() -> tuple[str, ...]:
    """Every attack at the start, in the middle and at the end of a text."""
    return tuple(shape.format(attack) for attack, shape in product(ATTACKS, SHAPES))


@dataclass(frozen=True, slots=True)
class Shape:
    """What a browser finds in HTML besides text: elements with their attributes, classes, and addresses."""

    elements: frozenset[tuple[str, frozenset[str]]]
    classes: frozenset[str]
    addresses: frozenset[str]


def shape_of(html: str) -> Shape:
    """The shape of some HTML; isolation of text that runs from right to left is no part of it."""
    soup = BeautifulSoup(html, "html.parser")
    tags = [tag for tag in soup.find_all(True) if tag.name != "bdi"]
    return Shape(
        frozenset((tag.name or "", frozenset(tag.attrs)) for tag in tags),
        frozenset(name for tag in tags for name in tag.get("class") or ()),
        frozenset(address for tag in tags for address in _addresses(dict(tag.attrs))),
    )


def _addresses(attributes: dict[str, object]) -> Iterator[str]:
    for name in ("href", "src"):
        if name in attributes:
            parts = urlsplit(str(attributes[name]))
            yield f"{parts.scheme}:{parts.netloc}"


def words_of(html: str) -> str:
    """The text that a reader sees, on one line."""
    return " ".join(BeautifulSoup(html, "html.parser").get_text().split())
