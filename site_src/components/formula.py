"""Formulas: MathML for the site, with their LaTeX as an annotation, and LaTeX between dollar signs for copies."""

from functools import cache
from html import unescape
from typing import Literal
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert_to_element
from markupsafe import Markup

from site_src.context import PageContext

Display = Literal["inline", "block"]


def formula(context: PageContext, latex: str, display: Display = "inline") -> Markup:
    """A formula within a line or on its own, in the face of the page."""
    if context.is_copy:
        signs = "$$" if display == "block" else "$"
        return Markup(f"{signs}{latex}{signs}")  # noqa: S704 - our own formulas, not text of records
    return mathml(latex, display)


@cache
def mathml(latex: str, display: Display) -> Markup:
    """A formula as MathML, from which its LaTeX can be copied; the same formulas appear on many pages."""
    math = convert_to_element(latex, display=display)
    for part in math.iter():
        # The library writes signs as entities, which would be escaped once more.
        part.text = unescape(part.text) if part.text else None
    shown = list(math)
    for part in shown:
        math.remove(part)
    semantics = ET.SubElement(math, "semantics")
    # All but the annotation is one element.
    ET.SubElement(semantics, "mrow").extend(shown) if len(shown) > 1 else semantics.extend(shown)
    ET.SubElement(semantics, "annotation", encoding="application/x-tex").text = latex
    return Markup(ET.tostring(math, encoding="unicode"))  # noqa: S704 - made by ElementTree
