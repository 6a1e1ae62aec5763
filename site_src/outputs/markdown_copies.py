"""A page as Markdown, for programs that read text: its article with all numbers in place, without what only opens.

The finished HTML of the article goes in, drawings and formulas among it, so that written and stamped pages and
notebooks go one way. Drawings become links to their files, formulas LaTeX, links to pages links to their copies.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from analysis.record_text import copied_line, copied_text, quoted

COPY: Final = "index.md"
# What opens, leads back or is pressed; what a drawing holds; what the theme adds.
TAGS_LEFT_OUT: Final = frozenset({"button", "input", "script", "style", "template", "form", "svg"})
CLASSES_LEFT_OUT: Final = frozenset({"headerlink", "anchor-link", "back"})
ATTRIBUTES_LEFT_OUT: Final = ("popover", "hidden")
# What a page ends with, and a copy can do without: every number has its entry.
CARDS: Final = '<div class="number-cards"'
# What stands for an element that Markdown does not have.
PLAIN: Final[tuple[tuple[str, dict[str, Any], str], ...]] = (
    ("summary", {}, "p"),
    ("p", {"class": "quantity-name"}, "h3"),
    ("div", {"class": "admonition"}, "blockquote"),
)
# How a part of a formula is written; a part that is not named here is written as what it holds.
FORMULAS: Final[dict[str, Callable[..., str]]] = {
    "msup": "{0}^{{{1}}}".format,
    "msub": "{0}_{{{1}}}".format,
    "msubsup": "{0}_{{{1}}}^{{{2}}}".format,
    "mfrac": r"\frac{{{0}}}{{{1}}}".format,
    "msqrt": r"\sqrt{{{0}}}".format,
    "munder": "{0}_{{{1}}}".format,
    "munderover": "{0}_{{{1}}}^{{{2}}}".format,
    "mtext": r"\text{{{0}}}".format,
}


# What has marks above or below it is held together by braces, where it is more than a letter or a number.
RAISED_OR_LOWERED: Final = frozenset({"msup", "msub", "msubsup", "munder", "munderover"})


def copy(article: str, facts: Mapping[str, str]) -> str:
    """The article of a page as Markdown, with `facts` about the page at its head."""
    soup = BeautifulSoup(article.partition(CARDS)[0], "html.parser")
    _simplify(soup)
    body = _Converter(heading_style="ATX", bullets="-").convert_soup(soup)
    head = "".join(f"{name}: {quoted(value)}\n" for name, value in facts.items())
    return f"---\n{head}---\n\n{_tidy(body)}\n"


def copy_address(href: str) -> str:
    """Where the copy of a page is, for a link to a page of this publication; any other link as it is."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path.endswith("/"):
        return href
    return urlunsplit(parts._replace(path=parts.path + COPY))


class _Converter(MarkdownConverter):
    """Leaves out what a copy does not need, and writes formulas between dollar signs."""

    def escape(self, text: str, parent_tags: Any) -> str:  # noqa: ARG002 - as the library calls it
        """Text that a reader of the copy would take for markup, with backslashes."""
        return copied_text(text)

    def process_tag(self, node: Tag, parent_tags: Any = None) -> str:
        """An element with all it holds."""
        if _is_left_out(node):
            return ""
        if node.name == "math":
            formula = _latex(node).strip()
            return f"\n\n$${formula}$$\n\n" if node.get("display") == "block" else f"${formula}$"
        return str(super().process_tag(node, parent_tags=parent_tags))  # type: ignore[misc]  # the superclass is untyped


def _simplify(soup: BeautifulSoup) -> None:
    """Makes plain elements of those that have their looks from the style sheet alone, and links lead to copies."""
    for name, attributes, plain in PLAIN:
        for element in soup.find_all(name, attributes):
            element.name = plain
    for link in soup.find_all("a", href=True):
        link["href"] = copy_address(str(link["href"]))
        # A title of a link tells what the page tells.
        del link["title"]
    for figure in soup.find_all("figure"):
        _link_drawing(soup, figure)


def _is_left_out(element: Tag) -> bool:
    return (
        element.name in TAGS_LEFT_OUT
        or any(attribute in element.attrs for attribute in ATTRIBUTES_LEFT_OUT)
        or not CLASSES_LEFT_OUT.isdisjoint(element.get("class") or ())
    )


def _link_drawing(soup: BeautifulSoup, figure: Tag) -> None:
    """Puts a link to the file of a drawing, told in words, before everything else in a figure."""
    file = figure.select_one('a[download][href$=".svg"]')
    words = figure.select_one("svg > desc")
    if file:
        alt = words.get_text(" ", strip=True) if words else ""
        figure.insert(0, soup.new_tag("img", src=str(file["href"]), alt=copied_line(alt)))


def _latex(element: Tag) -> str:
    """A part of a formula as LaTeX."""
    children = [_latex(child) for child in element.children if isinstance(child, Tag)]
    if not children:
        children = [element.get_text()]
    elif element.name in ("msqrt", "mtext"):
        children = ["".join(children)]
    elif element.name in RAISED_OR_LOWERED and not children[0].isalnum():
        children[0] = f"{{{children[0]}}}"
    write = FORMULAS.get(element.name or "")
    return write(*children) if write else "".join(children)


def _tidy(text: str) -> str:
    """No spaces at the end of a line, no two empty lines."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)).strip()
