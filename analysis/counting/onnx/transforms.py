"""The multiply-adds of transforms with a fixed factor: of Fourier, counted as what they compute, and of a grid.

A convolution counts by its definition whatever algorithm computes it, and so does a transform; exporters also write it
as a convolution, which then counts the same. A fast transform needs far fewer. Source: the operator schemas of ONNX.
"""

from typing import Any, Final

from analysis.counting.layers.base import elements
from analysis.counting.onnx.products import Counted, Product
from analysis.counting.onnx.records import Call
from analysis.counting.onnx.values import STANDARD

_WINDOW: Final = 2
# From this version on the axis is an input, the last one but that of the parts if it is left out; before, the second.
_AXIS_IS_INPUT: Final = 20


def fourier_transform(call: Call) -> Counted:
    """Output numbers times those that each is made from: all along the axis, real and imaginary parts, zeros too.

    Raises: CountingError, ShapeError.
    """
    data, output = call.shape(0), call.output()
    axis = call.held(2) if call.has(2) else call.number("axis", len(data) - 2)
    call.need(len(data) == len(output) > 1 and axis % len(data) < len(data) - 1, 0)
    summed = call.held(1) if call.has(1) else data[axis]
    if call.number("inverse", 0) and call.number("onesided", 0):
        # The other half of the input is the mirror image of the one that is given.
        summed = output[axis] // 2 + 1
    return Counted(products=_transformed(elements(output), summed * data[-1]))


def short_fourier_transform(call: Call) -> Counted:
    """A transform of every frame, times a window if there is one. Raises: CountingError, ShapeError."""
    data, output = call.shape(0), call.output()
    call.need(len(data) in (2, 3), 0)
    # Real and imaginary parts, or real numbers alone.
    parts = data[2] if len(data) == 3 else 1
    if call.has(_WINDOW):
        (length,) = call.shape(_WINDOW, axes=1)
    else:
        length = call.held(3) if call.has(3) else data[1]
    windowed = output[0] * output[1] * length * parts
    work = {"elementwise": windowed} if call.has(_WINDOW) else {}
    return Counted(products=_transformed(elements(output), length * parts), work=work, detail=f"frames of {length}")


def affine_grid(call: Call) -> Counted:
    """A matrix for each example times every place of a fixed grid. Raises: CountingError, ShapeError."""
    matrices, output = call.shape(0, axes=3), call.output()
    axes = len(output) - 2
    call.need(matrices == (output[0], axes, axes + 1), 0)
    return Counted(products=_transformed(elements(output), matrices[2]))


def with_defaults(onnx: Any, node: Any, version: int) -> Any:
    """A transform that states its defaults, which depend on the version or which the onnx package gets wrong."""
    if node.domain not in STANDARD:
        return node
    if node.op_type == "DFT" and version < _AXIS_IS_INPUT:
        return _stating(onnx, node, "axis")
    # The onnx package infers the shape of a whole transform otherwise.
    return _stating(onnx, node, "onesided") if node.op_type == "STFT" else node


def _stating(onnx: Any, node: Any, name: str) -> Any:
    """A node with an attribute that is one, unless it has another value."""
    if any(held.name == name for held in node.attribute):
        return node
    stated = onnx.NodeProto()
    stated.CopyFrom(node)
    stated.attribute.append(onnx.helper.make_attribute(name, 1))
    return stated


def _transformed(outputs: int, summed: int) -> tuple[Product, ...]:
    """The matrix is fixed, so nothing but the input has a gradient."""
    return (Product(outputs * summed, ((0,), ())),)
