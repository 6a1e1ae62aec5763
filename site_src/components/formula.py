"""Formulas: MathML for the site, with their LaTeX as an annotation, and LaTeX between dollar signs for copies."""

import re
from collections.abc import Callable
from functools import cache
from html import unescape
from typing import Final, Literal
from xml.etree import ElementTree as ET

from latex2mathml import exceptions
from latex2mathml.converter import convert_to_element
from markupsafe import Markup

from site_src.context import PageContext
from site_src.errors import PageError

# The library has no error that all of its errors descend from.
_FAULTS: Final = tuple(
    error for error in vars(exceptions).values() if isinstance(error, type) and issubclass(error, Exception)
)
Display = Literal["inline", "block"]
# The names that the library writes as letters, without the space that LaTeX gives them.
FUNCTIONS: Final = frozenset({"exp", "ln", "log"})
THIN_SPACE: Final = "0.167em"


def formula(context: PageContext, latex: str, display: Display = "inline") -> Markup:
    """A formula within a line or on its own, in the face of the page."""
    if context.is_copy:
        signs = "$$" if display == "block" else "$"
        return Markup(f"{signs}{latex}{signs}")  # noqa: S704 - our own formulas, not text of records
    return mathml(latex, display)


@cache
def mathml(latex: str, display: Display) -> Markup:
    """A formula as MathML, from which its LaTeX can be copied; the same formulas appear on many pages.

    Raises: PageError for LaTeX that cannot be read.
    """
    math = _parsed(latex, display)
    shown = list(math)
    for part in shown:
        math.remove(part)
    semantics = ET.SubElement(math, "semantics")
    # All but the annotation is one element.
    ET.SubElement(semantics, "mrow").extend(shown) if len(shown) > 1 else semantics.extend(shown)
    ET.SubElement(semantics, "annotation", encoding="application/x-tex").text = latex
    return Markup(ET.tostring(math, encoding="unicode"))  # noqa: S704 - made by ElementTree


@cache
def in_a_line(latex: str) -> str:
    """A formula as plain text, as in "C = 2 × N". Raises: PageError for LaTeX that cannot be read."""
    return " ".join(_text(_parsed(latex, "inline")).split())


def _text(part: ET.Element) -> str:
    inner = [_text(each) for each in part]
    if put := IN_A_LINE.get(part.tag):
        return put(*inner)
    text = part.text or ""
    return (f" {text} " if part.tag == "mo" and text in SPACED else text) + "".join(inner)


def _grouped(text: str) -> str:
    """A text that is one thing next to a sign."""
    return text if re.fullmatch(r"[\w.,′]*", text) else f"({text.strip()})"


# Signs between two things, in plain text.
SPACED: Final = frozenset("=+-−±×·/≈≤≥<>")
# What else is next to each other in a line than on paper, from the texts of its parts.
IN_A_LINE: Final[dict[str, Callable[..., str]]] = {
    "mfrac": lambda above, below: f"{_grouped(above)} / {_grouped(below)}",
    "msup": lambda base, power: f"{base}^{_grouped(power)}",
    "msub": lambda base, index: f"{base}_{_grouped(index)}",
    "msqrt": lambda *inner: f"√{_grouped(''.join(inner))}",
    "mspace": lambda: " ",
}


def _parsed(latex: str, display: Display) -> ET.Element:
    """A formula as MathML without its LaTeX. Raises: PageError for LaTeX that cannot be read."""
    try:
        math = convert_to_element(latex, display=display)
    except _FAULTS as error:
        raise PageError(f"expected a formula in LaTeX, found '{latex}' ({type(error).__name__})") from None
    for part in math.iter():
        # The library writes signs as entities, which would be escaped once more, and an unknown command as it is.
        part.text = unescape(part.text) if part.text else None
        if part.tag == "mi" and (part.text or "").startswith("\\"):
            raise PageError(f"no command '{part.text}' of LaTeX is known, in the formula '{latex}'")
    for row in math.iter("mrow"):
        _space_functions(row)
    return math


def _space_functions(row: ET.Element) -> None:
    """Puts a space between the name of a function and what is next to it, unless that is a sign or a space."""
    parts = list(row)
    for place in reversed(range(1, len(parts))):
        pair = parts[place - 1 : place + 1]
        if any(map(_is_function, pair)) and not {"mo", "mspace"} & {part.tag for part in pair}:
            row.insert(place, ET.Element("mspace", width=THIN_SPACE))


def _is_function(part: ET.Element) -> bool:
    """Whether a part is the name of a function, maybe with an index."""
    name = part[0] if part.tag == "msub" else part
    return name.tag == "mi" and name.text in FUNCTIONS
