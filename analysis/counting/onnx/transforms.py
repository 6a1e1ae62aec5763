"""The multiply-adds of Fourier transforms, counted as what they compute: a product with a fixed matrix.

A convolution counts by its definition whatever algorithm computes it, and so does a transform; exporters also write it
as a convolution, which then counts the same. A fast transform needs far fewer. Source: the operator schemas of ONNX.
"""

from typing import Any, Final

from analysis.counting.layers.base import elements
from analysis.counting.onnx.products import Counted, Product
from analysis.counting.onnx.records import Call
from analysis.counting.onnx.values import STANDARD

# Of an input with this many axes every version transforms the same one, unless the node states another.
_MOST_AXES: Final = 3
_WINDOW: Final = 2


def fourier_transform(call: Call) -> Counted:
    """Output numbers times those that each is made from: all along the axis, real and imaginary parts, zeros too.

    Raises: CountingError, ShapeError.
    """
    data, output = call.shape(0), call.output()
    axis = _axis(call, len(data))
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


def one_sided(onnx: Any, node: Any) -> Any:
    """A short transform that states its default: the onnx package infers the shape of a whole one otherwise."""
    if node.domain not in STANDARD or node.op_type != "STFT" or any(held.name == "onesided" for held in node.attribute):
        return node
    stated = onnx.NodeProto()
    stated.CopyFrom(node)
    stated.attribute.append(onnx.helper.make_attribute("onesided", 1))
    return stated


def _transformed(outputs: int, summed: int) -> tuple[Product, ...]:
    """The matrix is fixed, so nothing but the input has a gradient."""
    return (Product(outputs * summed, ((0,), ())),)


def _axis(call: Call, axes: int) -> int:
    """The axis of a transform. Raises: CountingError where it depends on the version of the operator."""
    if call.has(2):
        return call.held(2)
    if axes > _MOST_AXES and "axis" not in call.node.attributes:
        raise call.error(f"states no axis for an input of {axes}; expected one")
    return call.number("axis", axes - 2)
