"""Puts a size for every axis that the inputs of an ONNX file leave open.

An open first axis is the batch and is taken as one; any other one follows from the shapes that are passed, or from an
axis of the same name.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final

from analysis.counting.layers.base import Shape, spelled_shape
from analysis.counting.onnx.records import shown
from analysis.errors import CountingError

# Some exporters name every open axis so, equal or not.
_NO_NAME: Final = "?"


def set_sizes(graph: Any, inputs: list[Any], given: Mapping[str, Shape], source: str) -> bool:
    """Puts a size for every open axis of the inputs, and for the same name elsewhere. Raises: CountingError.

    Gives whether an axis after the first was open, so that the file may have been exported with another size.
    """
    if not inputs or not graph.output:
        raise CountingError(f"{source}: the graph has no {'output' if inputs else 'input'}; expected at least one")
    for value in inputs:
        _set_rank(value, given.get(shown(value.name)), source)
    sizes: dict[str, int] = {}
    opened = {dim.dim_param for value in inputs for dim in value.type.tensor_type.shape.dim[1:] if dim.dim_value < 1}
    for value in inputs:
        where = f"{source}: input '{shown(value.name)}'"
        _close(value, given.get(shown(value.name)), sizes, opened, where)
    for value in (*graph.value_info, *graph.output):
        for dim in value.type.tensor_type.shape.dim:
            if dim.dim_param in sizes:
                dim.dim_value = sizes[dim.dim_param]
            elif dim.dim_value < 1:
                dim.Clear()
    return bool(opened)


def _set_rank(value: Any, shape: Shape | None, source: str) -> None:
    """Gives an input without any shape as many open axes as it needs. Raises: CountingError."""
    if value.type.tensor_type.HasField("shape"):
        return
    if shape is None:
        name = shown(value.name)
        raise CountingError(
            f"{source}: input '{name}': has no shape; expected one in the file, or as --input {name}=SHAPE"
        )
    for _ in range(1 + len(shape)):
        value.type.tensor_type.shape.dim.add()


def _close(value: Any, shape: Shape | None, sizes: dict[str, int], opened: AbstractSet[str], where: str) -> None:
    """Puts a size for every open axis of one input; those after the first are `opened`. Raises: CountingError."""
    dims = value.type.tensor_type.shape.dim
    for axis, (dim, size) in enumerate(zip(dims, _full(shape, dims, where), strict=True)):
        if dim.dim_value > 0:
            if size not in (None, dim.dim_value):
                raise CountingError(f"{where}: axis {axis} is {dim.dim_value} in the file; got {size}")
            continue
        name = dim.dim_param if dim.dim_param != _NO_NAME else ""
        place = f"axis {axis}" + (f" ('{shown(name)}')" if name else "")
        # A first axis of the same name as another one, such as that of a sequence against itself, is not the batch.
        shared = axis == 0 and bool(name) and name in opened
        usual = 1 if axis == 0 and not shared else None
        closed = next((known for known in (sizes.get(name), size, usual) if known is not None), None)
        if closed is None and shared:
            raise CountingError(
                f"{where}: {place} has the name of another axis; expected sizes of all {len(dims)} axes"
            )
        if closed is None:
            raise CountingError(f"{where}: {place} is open; expected all sizes as --input {shown(value.name)}=SHAPE")
        if size not in (None, closed):
            raise CountingError(f"{where}: axis {axis} has the name '{shown(name)}' and so is {closed}; got {size}")
        if name:
            sizes[name] = closed
        dim.dim_value = closed


def _full(shape: Shape | None, dims: Any, where: str) -> tuple[int | None, ...]:
    """A size for each axis of an input, none where the file has the word. Raises: CountingError."""
    if shape is None:
        return (None,) * len(dims)
    if len(dims) - len(shape) not in (0, 1):
        raise CountingError(f"{where}: has {len(dims)} axes in the file, batch included; got {spelled_shape(shape)}")
    return (None,) * (len(dims) - len(shape)) + shape
