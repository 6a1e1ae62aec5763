"""Pools with `ceil_mode`, rewritten for shape inference as pools without that give the same shape.

Before version 22 the onnx package counts windows that begin in the padding at the end; ours is the rule of `windows`.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from analysis.counting.onnx.values import STANDARD, Sizes
from analysis.counting.onnx.windows import PoolAxis, ceil_windows, end_padding, same_windows

_POOLS: Final = ("AveragePool", "LpPool", "MaxPool")
_PAIRED: Final = ("SAME_LOWER", "SAME_UPPER")


def floor_pool(onnx: Any, node: Any, sizes: Sizes | None) -> Any:
    """The pool without `ceil_mode` that gives the same shape for an input of these sizes; any other node as it is."""
    if not _is_ceil_pool(node):
        return node
    word = next((attribute.s.decode() for attribute in node.attribute if attribute.name == "auto_pad"), "NOTSET")
    axes = list(_axes(node, explicit=word == "NOTSET"))
    if sizes is None or None in sizes or len(sizes) != len(axes) + 2:
        return node
    count = same_windows if word in _PAIRED else ceil_windows
    windows = [count(size or 0, axis) for size, axis in zip(sizes[2:], axes, strict=True)]
    if min(windows) < 1:
        return node
    ends = [end_padding(size or 0, axis, n) for size, axis, n in zip(sizes[2:], axes, windows, strict=True)]
    return _with_padding(onnx, node, [*(axis.begin for axis in axes), *ends])


def _is_ceil_pool(node: Any) -> bool:
    given = {attribute.name: attribute for attribute in node.attribute}
    pool = node.domain in STANDARD and node.op_type in _POOLS and "kernel_shape" in given and "ceil_mode" in given
    return bool(pool and given["ceil_mode"].i)


def _axes(pool: Any, *, explicit: bool) -> Iterator[PoolAxis]:
    """The window along each axis; none where the attributes do not fit each other, which inference complains of."""
    given = {attribute.name: list(attribute.ints) for attribute in pool.attribute}
    kernel = given["kernel_shape"]
    strides, dilations = (given.get(name) or [1] * len(kernel) for name in ("strides", "dilations"))
    pads = (given.get("pads") if explicit else None) or [0] * 2 * len(kernel)
    if not len(kernel) == len(strides) == len(dilations) == len(pads) / 2 or min(*kernel, *strides, *dilations, 1) < 1:
        return
    yield from map(PoolAxis, kernel, strides, dilations, pads[: len(kernel)], pads[len(kernel) :])


def _with_padding(onnx: Any, node: Any, pads: Iterable[int]) -> Any:
    pool = type(node)()
    pool.CopyFrom(node)
    kept = [attribute for attribute in node.attribute if attribute.name not in ("auto_pad", "ceil_mode", "pads")]
    del pool.attribute[:]
    pool.attribute.extend([*kept, onnx.helper.make_attribute("pads", list(pads))])
    return pool
