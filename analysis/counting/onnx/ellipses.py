"""Types of the inputs of an Einsum in which `...` means more axes of one input than of another.

The onnx package infers a shape only where it means as many in each; leading axes of length one change nothing.
"""

from collections.abc import Mapping
from typing import Any, Final

from analysis.counting.onnx.values import STANDARD, whole_sizes

_REST: Final = "..."


def evened(onnx: Any, node: Any, types: Mapping[str, Any]) -> dict[str, Any]:
    """The types, by name, of the inputs that lack axes, with axes of length one in place of those."""
    if node.domain not in STANDARD or node.op_type != "Einsum":
        return {}
    equation = next((held.s.decode(errors="replace") for held in node.attribute if held.name == "equation"), "")
    terms = equation.replace(" ", "").partition("->")[0].split(",")
    shapes = [whole_sizes(types.get(name)) or () for name in node.input]
    if len(terms) != len(shapes) or not all(_REST in term for term in terms):
        return {}
    rest = [len(shape) - len(term) + len(_REST) for term, shape in zip(terms, shapes, strict=True)]
    make = onnx.helper.make_tensor_type_proto
    found = {}
    for name, term, shape, number in zip(node.input, terms, shapes, rest, strict=True):
        if 0 <= number < max(rest):
            before = term.index(_REST)
            ones = (1,) * (max(rest) - number)
            found[name] = make(types[name].tensor_type.elem_type, (*shape[:before], *ones, *shape[before:]))
    return found
