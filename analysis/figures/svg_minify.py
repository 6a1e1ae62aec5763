"""Makes matplotlib's SVG small enough to inline: removes what has no effect and merges what is repeated.

In: the parsed drawing, its style declarations already attributes. It is changed in place; the picture stays the same
to a tenth of a unit.
"""

import re
from collections.abc import Collection
from itertools import groupby
from typing import Final
from xml.etree import ElementTree as ET

from analysis.figures.look import SVG as NAMESPACE

SVG: Final = f"{{{NAMESPACE}}}"
HREF: Final = "{http://www.w3.org/1999/xlink}href"
# A tenth of a unit is well below a pixel; markers are small and reused everywhere, so they keep one digit more.
DECIMALS: Final = 1
MARKER_DECIMALS: Final = 2
# Attributes of a single element, which cannot be moved to a group.
OWN: Final = frozenset({HREF, "d", "x", "y", "width", "height", "transform", "id", "class"})
TAG_ORDER: Final = ("path", "use", "text")
_NUMBER: Final = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")


def slim(root: ET.Element, kept: Collection[str]) -> None:
    """Removes what a drawing does not need, in place; groups whose id is in `kept` stay groups."""
    definitions = _gathered_definitions(root)
    _drop_clips(root, definitions)
    _drop_invisible(root)
    for element in root.iter():
        _round(element, DECIMALS)
        if element.get("transform", "").startswith("rotate(-0 "):
            del element.attrib["transform"]
    for definition in definitions:
        _round(definition, MARKER_DECIMALS)
    _unwrap(root, kept)
    root.insert(0, _used(root, definitions))


def merged(elements: list[ET.Element]) -> list[ET.Element]:
    """Lines of one look as one line of several strokes; the rest in groups of one look."""
    joined: list[ET.Element] = []
    for (tag, look), group in groupby(elements, key=lambda element: (element.tag, _look(element))):
        alike = list(group)
        if tag == f"{SVG}path" and look.get("fill") == "none":
            alike[0].set("d", "".join(path.get("d", "") for path in alike))
            joined.append(alike[0])
        elif len(alike) > 1 and look:
            joined.append(_grouped(alike, look))
        else:
            joined += alike
    return joined


def by_tag(elements: list[ET.Element]) -> list[ET.Element]:
    """The lines, then the marks, then the words of an axis, none of which cover each other."""
    order = {f"{SVG}{tag}": place for place, tag in enumerate(TAG_ORDER)}
    return sorted(elements, key=lambda element: order.get(element.tag, len(order)))


def _look(element: ET.Element) -> dict[str, str]:
    return {name: value for name, value in element.attrib.items() if name not in OWN}


def _grouped(elements: list[ET.Element], look: dict[str, str]) -> ET.Element:
    group = ET.Element(f"{SVG}g", look)
    for element in elements:
        for name in look:
            del element.attrib[name]
        group.append(element)
    return group


def _gathered_definitions(root: ET.Element) -> list[ET.Element]:
    """All definitions, taken out of the drawing."""
    found: list[ET.Element] = []
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{SVG}defs":
                found += child
                parent.remove(child)
    return found


def _used(root: ET.Element, definitions: list[ET.Element]) -> ET.Element:
    """The definitions that the drawing refers to."""
    used = {element.get(HREF, "")[1:] for element in root.iter()}
    used |= {element.get("clip-path", "")[5:-1] for element in root.iter()}
    holder = ET.Element(f"{SVG}defs")
    holder.extend(definition for definition in definitions if definition.get("id") in used)
    return holder


def _drop_clips(root: ET.Element, definitions: list[ET.Element]) -> None:
    """Removes clipping from elements that are within their clip rectangle anyway."""
    rectangles = {f"url(#{d.get('id')})": d[0] for d in definitions if d.tag == f"{SVG}clipPath"}
    for element in root.iter():
        rectangle = rectangles.get(element.get("clip-path", ""))
        if rectangle is not None and _inside(element, rectangle):
            del element.attrib["clip-path"]


def _inside(element: ET.Element, rectangle: ET.Element) -> bool:
    left, top, width, height = (float(rectangle.get(name, "0")) for name in ("x", "y", "width", "height"))
    slack = 10**-DECIMALS
    return all(
        left - slack <= x <= left + width + slack and top - slack <= y <= top + height + slack
        for part in element.iter()
        for x, y in _places(part)
    )


def _places(element: ET.Element) -> list[tuple[float, float]]:
    """The places that a path or a mark names."""
    if path := element.get("d"):
        numbers = [float(number) for number in _NUMBER.findall(path)]
        return list(zip(numbers[::2], numbers[1::2], strict=True))
    return [(float(element.get("x", "0")), float(element.get("y", "0")))] if element.get("x") else []


def _drop_invisible(root: ET.Element) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{SVG}path" and child.get("fill") == "none" and not child.get("stroke"):
                parent.remove(child)


def _round(element: ET.Element, decimals: int) -> None:
    for name in ("x", "y", "width", "height"):
        if name in element.attrib:
            element.set(name, _rounded(element.attrib[name], decimals))
    if path := element.get("d"):
        element.set("d", re.sub(r"\s*([A-Za-z])\s*", r"\1", _rounded(path, decimals)).strip())


def _rounded(text: str, decimals: int) -> str:
    return _NUMBER.sub(
        lambda number: f"{round(float(number[0]), decimals) + 0:.{decimals}f}".rstrip("0").rstrip("."), text
    )


def _unwrap(parent: ET.Element, kept: Collection[str]) -> None:
    """Replaces groups without attributes by their content, and removes ids that nothing refers to."""
    children = list(parent)
    for child in children:
        parent.remove(child)
    for child in children:
        _unwrap(child, kept)
        if child.tag == f"{SVG}g" and child.get("id") not in kept and not _look(child):
            parent.extend(child)
        else:
            if child.get("id") not in kept:
                child.attrib.pop("id", None)
            parent.append(child)
