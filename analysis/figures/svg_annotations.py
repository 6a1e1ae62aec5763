"""Turns matplotlib's SVG into one that can be inlined in a page: theme colours, unique ids, text for screen readers.

The file for download keeps plain colours. The one for the page takes them from CSS variables, holds
no style element or attribute (a strict content policy forbids both), and is on a single line,
because a blank line would end the HTML block it is put into.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final
from xml.etree import ElementTree as ET

from matplotlib.figure import Figure

from analysis.figures.look import FONT_SIZE, POINTS_PER_INCH, ROOT_LOOK, SVG, theme_colour, typeset
from analysis.figures.saving import NOTHING
from analysis.figures.svg_minify import by_tag, merged, slim
from analysis.figures.svg_parts import WORDS

XLINK: Final = "http://www.w3.org/1999/xlink"
DEFS: Final = f"{{{SVG}}}defs"
Attributes = Mapping[str, str]


def plot_area(figure: Figure) -> dict[str, str]:
    """Where a saved figure of one chart draws what, for a script that draws on it; nothing for several charts.

    `data-area` is left, top, width and height in units of the SVG; `data-x` and `data-y` are the ends of the axes,
    years since 2000 across; `data-scale` is that of the vertical axis, `log` or `linear`.
    """
    if len(figure.axes) != 1:
        return {}
    (axes,) = figure.axes
    place, (_, height) = axes.get_position(), figure.get_size_inches() * POINTS_PER_INCH
    width = figure.get_size_inches()[0] * POINTS_PER_INCH
    area = (place.x0 * width, (1 - place.y1) * height, place.width * width, place.height * height)
    return {
        "data-area": _numbers(area),
        "data-x": _numbers(axes.get_xlim()),
        "data-y": _numbers(axes.get_ylim()),
        "data-scale": axes.get_yscale(),
    }


def inline_svg(
    svg: str,
    *,
    prefix: str,
    title: str,
    description: str,
    attributes: Attributes = NOTHING,
    marks: Mapping[str, Attributes] = NOTHING,
) -> str:
    """The SVG for a page: `prefix` makes its ids differ from those of other drawings there.

    `attributes` are further ones of the outermost element, `marks` those of the parts that have a meaning, by id.
    """
    ET.register_namespace("", SVG)
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    _drop(root, "metadata")
    _drop(root, "style")
    for element in root.iter():
        _style_to_attributes(element)
    axes = {group.get("id", "") for group in root.iter() if group.get("id", "").startswith("matplotlib.axis_")}
    slim(root, {*marks, *axes})
    _arrange(root, marks)
    for element in root.iter():
        _prefix_ids(element, prefix)
    _name(root, prefix, title, description, "group" if _points(marks) else "img")
    root.attrib.update({**ROOT_LOOK, **attributes})
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    text = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    text = text.replace(f'xmlns:ns1="{XLINK}"', "").replace("ns1:href", "href").replace(" />", "/>")
    return re.sub(r">\s+<", "><", text).replace("\n", " ").strip()


def _points(marks: Mapping[str, Attributes]) -> bool:
    return any("tabindex" in mark for mark in marks.values())


def _arrange(root: ET.Element, marks: Mapping[str, Attributes]) -> None:
    """Groups the parts that have a meaning by kind; everything else stays in place, hidden from screen readers."""
    children = list(root)
    for child in children:
        root.remove(child)
    for marked, group in groupby(children, key=lambda child: marks.get(child.get("id", "")) or child.tag == DEFS):
        if marked is True:
            root.extend(group)
        elif marked:
            root.append(_mark(marked, list(group)))
        else:
            hidden = ET.SubElement(root, f"{{{SVG}}}g", {"aria-hidden": "true"})
            hidden.extend(merged([part for child in group for part in _parts(child)]))


def _mark(attributes: Attributes, groups: list[ET.Element]) -> ET.Element:
    """Merges groups of one meaning; one that can be read out gets its text, which is a tooltip too."""
    made = ET.Element(f"{{{SVG}}}g", {name: value for name, value in attributes.items() if name != WORDS})
    if words := attributes.get(WORDS):
        ET.SubElement(made, f"{{{SVG}}}title").text = words
    made.extend(merged([part for group in groups for part in group]))
    return made


def _parts(child: ET.Element) -> list[ET.Element]:
    return by_tag(list(child)) if child.get("id") else [child]


def _numbers(values: Iterable[float]) -> str:
    return " ".join(f"{value:.6g}" for value in values)


def _drop(root: ET.Element, tag: str) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.endswith(f"}}{tag}"):
                parent.remove(child)


def _style_to_attributes(element: ET.Element) -> None:
    """Style declarations as presentation attributes, with known colours as variables of the theme."""
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name.startswith("font"):
            _set_font(element, value)
        elif name:
            element.set(name, value)
    for name in ("fill", "stroke"):
        if colour := element.get(name):
            element.set(name, theme_colour(colour))


def _set_font(element: ET.Element, value: str) -> None:
    """Size and weight where they differ from those of the whole drawing; the family is that of all."""
    size = re.search(r"([\d.]+)px", value)
    if size and size[1] != FONT_SIZE:
        element.set("font-size", size[1])
    if re.match(r"(bold|[6-9]00)\b", value):
        element.set("font-weight", "bold")


def _prefix_ids(element: ET.Element, prefix: str) -> None:
    if identifier := element.get("id"):
        element.set("id", f"{prefix}-{identifier}")
    href = f"{{{XLINK}}}href"
    if (target := element.get(href, "")).startswith("#"):
        element.set(href, f"#{prefix}-{target[1:]}")
    for name in ("clip-path", "mask", "filter"):
        if value := element.get(name):
            element.set(name, value.replace("url(#", f"url(#{prefix}-"))


def _name(root: ET.Element, prefix: str, title: str, description: str, role: str) -> None:
    """A title and a description that a screen reader speaks: in place of the drawing, or before its points."""
    root.set("role", role)
    root.set("aria-labelledby", f"{prefix}-title {prefix}-desc")
    for position, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{prefix}-{tag}"})
        element.text = typeset(text)
        root.insert(position, element)
