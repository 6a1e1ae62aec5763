"""The numbers of small tensors that follow from constants and shapes alone: the target of a reshaping, a condition.

Each node is worked out by the reference implementation of the onnx package, which is imported where one is met.
"""

from collections.abc import Mapping
from math import prod
from typing import Any, Final

Sizes = tuple[int | None, ...]
STANDARD: Final = ("", "ai.onnx")
# Larger constants are weights, from which no shape is made.
MOST_NUMBERS: Final = 1024
_MEASURES: Final = ("Shape", "Size")
# What these give may be far larger than what they get.
_GROWING: Final = frozenset({"Constant", "ConstantOfShape", "Expand", "Range", "Tile"})
_OTHERS: Final = (
    "Abs Add And Cast Ceil Clip Concat CumSum Div Equal Flatten Floor Gather GatherElements GatherND Greater "
    "GreaterOrEqual Identity Less LessOrEqual Max Min Mod Mul Neg NonZero Not Or Pow ReduceMax ReduceMin ReduceProd "
    "ReduceSum Reshape Round ScatterElements ScatterND Sign Slice Split Sqrt Squeeze Sub Transpose Unsqueeze Where "
    "Xor"
)
_WORKED_OUT: Final = _GROWING.union(_MEASURES, _OTHERS.split())


def holds_numbers(tensor: Any) -> bool:
    """Whether the numbers of a tensor are in the file, and few."""
    return bool(prod(tensor.dims) <= MOST_NUMBERS and tensor.data_location != tensor.EXTERNAL)


def worked_out(onnx: Any, model: Any, types: Mapping[str, Any]) -> dict[str, Any]:
    """The outputs of a node, alone in a model with the numbers it takes, as tensors.

    None where its inputs are not known, where they do not fit it, or where the outputs are large.
    """
    (node,) = model.graph.node
    if node.domain not in STANDARD or node.op_type not in _WORKED_OUT:
        return {}
    if node.op_type in _GROWING and not all(_is_small(types[name]) for name in node.output if name):
        return {}
    given = {}
    for value in model.graph.input:
        shape = whole_sizes(value.type) if node.op_type in _MEASURES else None
        if shape is None:
            return {}
        given[value.name] = shape
    return {
        name: onnx.numpy_helper.from_array(numbers, name)
        for name, numbers in zip(node.output, _run(model, given), strict=False)
        if name and numbers.size <= MOST_NUMBERS
    }


def sizes(kind: Any) -> Sizes | None:
    """The size of each axis of a type, none where it is open; no sizes where not even the number of axes is known."""
    if kind is None or not kind.HasField("tensor_type") or not kind.tensor_type.HasField("shape"):
        return None
    return tuple(dim.dim_value if dim.HasField("dim_value") else None for dim in kind.tensor_type.shape.dim)


def whole_sizes(kind: Any) -> tuple[int, ...] | None:
    """The size of each axis of a type where all are known."""
    known = sizes(kind) or ()
    whole = tuple(size for size in known if size is not None)
    return whole if sizes(kind) is not None and len(whole) == len(known) else None


def _is_small(kind: Any) -> bool:
    shape = whole_sizes(kind)
    return shape is not None and prod(shape) <= MOST_NUMBERS


def _run(model: Any, given: Mapping[str, tuple[int, ...]]) -> list[Any]:
    """The outputs of a model for inputs of these shapes, whatever their numbers.

    None where it cannot be run: then the shapes that depend on them are not known, and counting says so.
    """
    import numpy as np  # noqa: PLC0415
    from onnx.reference import ReferenceEvaluator  # noqa: PLC0415

    try:
        # Arrays that repeat one number in memory.
        arrays = {name: np.broadcast_to(np.int8(0), shape) for name, shape in given.items()}
        with np.errstate(all="ignore"):
            found = ReferenceEvaluator(model).run(None, arrays)
    except Exception:  # noqa: BLE001 - whatever an operator raises on numbers that do not fit it
        return []
    return [np.asarray(numbers) for numbers in found]
