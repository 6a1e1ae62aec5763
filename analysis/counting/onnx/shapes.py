"""Works out the shapes of all tensors of an ONNX model from those of its inputs.

Shapes that a file stores are left over from the input it was exported with, and the onnx package believes them before
its own. They are dropped, and serve only where nothing else is known, in a file whose inputs all have a fixed size and
where no stored shape contradicts one that was worked out.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from analysis.counting.onnx.windows import PoolAxis, ceil_windows, end_padding, same_windows
from analysis.errors import CountingError

_STANDARD: Final = ("", "ai.onnx")
_POOLS: Final = ("AveragePool", "LpPool", "MaxPool")
# Files of earlier versions list all weights among the inputs, and inference looks for them there.
_WEIGHTS_ARE_NO_INPUTS: Final = 4
_PAIRED: Final = ("SAME_LOWER", "SAME_UPPER")

# The size of each axis, none where it is open; no shape where not even the number of axes is known.
_Sizes = tuple[int | None, ...]


def with_shapes(onnx: Any, model: Any, source: str, *, trust_stored: bool) -> Any:
    """The model with the shapes that follow from its inputs. Stored ones fill gaps where they are to be trusted.

    Raises: CountingError where shapes contradict each other.
    """
    kept = {value.name: _copy(value) for value in (*model.graph.value_info, *model.graph.output)}
    stored = {name: _sizes(value) for name, value in kept.items()}
    _drop_stored(model)
    inferred = _settled(onnx, model, source)
    while trust_stored and not _contradiction(inferred.graph, stored):
        missing = _first_unknown(inferred.graph, stored)
        if not missing:
            break
        for name in missing:
            _put_back(model.graph, kept[name])
        inferred = _settled(onnx, model, source)
    return inferred


def _drop_stored(model: Any) -> None:
    """Clears what is stored of shapes and types, of weights that are listed among the inputs too."""
    graph = model.graph
    del graph.value_info[:]
    for value in graph.output:
        value.ClearField("type")
    weights = {tensor.name for tensor in graph.initializer}
    for place in reversed(range(len(graph.input))):
        if graph.input[place].name in weights:
            del graph.input[place]
    model.ir_version = max(model.ir_version, _WEIGHTS_ARE_NO_INPUTS)


def _put_back(graph: Any, stored: Any) -> None:
    output = next((value for value in graph.output if value.name == stored.name), None)
    if output is None:
        graph.value_info.append(stored)
    else:
        output.CopyFrom(stored)


def _copy(message: Any) -> Any:
    copy = type(message)()
    copy.CopyFrom(message)
    return copy


def _sizes(value: Any) -> _Sizes | None:
    kind = value.type.tensor_type
    if not value.type.HasField("tensor_type") or not kind.HasField("shape"):
        return None
    return tuple(dim.dim_value if dim.HasField("dim_value") else None for dim in kind.shape.dim)


def _known(graph: Any) -> dict[str, _Sizes | None]:
    """What is known of every tensor of a graph."""
    found: dict[str, _Sizes | None] = {
        value.name: _sizes(value) for value in (*graph.value_info, *graph.output, *graph.input)
    }
    return found | {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}


def _whole(sizes: _Sizes | None) -> bool:
    return sizes is not None and None not in sizes


def _contradiction(graph: Any, stored: Mapping[str, _Sizes | None]) -> bool:
    """Whether a stored shape differs from one that was worked out."""
    known = _known(graph)
    return any(_differ(sizes, known.get(name)) for name, sizes in stored.items())


def _differ(first: _Sizes | None, second: _Sizes | None) -> bool:
    if first is None or second is None:
        return False
    return len(first) != len(second) or any(
        None not in pair and pair[0] != pair[1] for pair in zip(first, second, strict=True)
    )


def _first_unknown(graph: Any, stored: Mapping[str, _Sizes | None]) -> list[str]:
    """Tensors whose stored shape can fill a gap: those of the first node that leaves one."""
    known = _known(graph)
    for node in graph.node:
        gaps = [name for name in node.output if _whole(stored.get(name)) and not _whole(known.get(name))]
        if gaps:
            return gaps
    return []


def _settled(onnx: Any, model: Any, source: str) -> Any:
    """The model with inferred shapes, pools with `ceil_mode` counted by our own rule.

    Before version 22 the onnx package counts windows that begin in the padding at the end. Such a pool is rewritten
    with the padding that gives the right number, which follows from the shape before it: so once for each pool on the
    longest way through the graph.
    """
    pools = [(node, _ceil_pool(node)) for node in model.graph.node]
    ceil_pools = [(node, given) for node, given in pools if given is not None]
    for _ in range(len(ceil_pools) + 1):
        inferred = _inferred(onnx, model, source)
        known = _known(inferred.graph) if ceil_pools else {}
        changes = [_write_floor_pool(onnx, node, given, known.get(node.input[0])) for node, given in ceil_pools]
        if not any(changes):
            break
    return inferred


def _inferred(onnx: Any, model: Any, source: str) -> Any:
    try:
        return onnx.shape_inference.infer_shapes(model, strict_mode=False, data_prop=True)
    except (onnx.shape_inference.InferenceError, RuntimeError, ValueError, TypeError) as error:
        reason = " ".join(str(error).split())
        reason = reason if reason.isprintable() else ascii(reason)[1:-1]
        raise CountingError(f"{source}: its shapes cannot be worked out: {reason[:200]}") from None


def _ceil_pool(node: Any) -> Any:
    """A copy of a pool with `ceil_mode`, none for any other node."""
    given = {attribute.name: attribute for attribute in node.attribute}
    if node.domain not in _STANDARD or node.op_type not in _POOLS or not node.input or "kernel_shape" not in given:
        return None
    if "ceil_mode" not in given or not given["ceil_mode"].i:
        return None
    return _copy(node)


def _write_floor_pool(onnx: Any, node: Any, given: Any, sizes: _Sizes | None) -> bool:
    """Makes a node the pool without `ceil_mode` that gives the same shape; whether that changed it."""
    before: bytes = node.SerializeToString(deterministic=True)
    node.CopyFrom(given)
    word = next((attribute.s.decode() for attribute in given.attribute if attribute.name == "auto_pad"), "NOTSET")
    axes = list(_axes(given, explicit=word == "NOTSET"))
    if sizes is not None and len(sizes) == len(axes) + 2:
        count = same_windows if word in _PAIRED else ceil_windows
        ends = []
        for size, axis in zip(sizes[2:], axes, strict=True):
            windows = 0 if size is None else count(size, axis)
            ends.append(end_padding(size, axis, windows) if size is not None and windows > 0 else None)
        if None not in ends:
            _set_padding(onnx, node, [axis.begin for axis in axes] + ends)
    after: bytes = node.SerializeToString(deterministic=True)
    return before != after


def _axes(pool: Any, *, explicit: bool) -> Iterator[PoolAxis]:
    """The window along each axis; none where the attributes do not fit each other, which inference complains of."""
    given = {attribute.name: list(attribute.ints) for attribute in pool.attribute}
    kernel = given["kernel_shape"]
    strides, dilations = (given.get(name) or [1] * len(kernel) for name in ("strides", "dilations"))
    pads = (given.get("pads") if explicit else None) or [0] * 2 * len(kernel)
    if not len(kernel) == len(strides) == len(dilations) == len(pads) / 2 or min(*kernel, *strides, *dilations, 1) < 1:
        return
    yield from map(PoolAxis, kernel, strides, dilations, pads[: len(kernel)], pads[len(kernel) :])


def _set_padding(onnx: Any, node: Any, pads: Iterable[int | None]) -> None:
    kept = [attribute for attribute in node.attribute if attribute.name not in ("auto_pad", "ceil_mode", "pads")]
    del node.attribute[:]
    node.attribute.extend(kept)
    node.attribute.append(onnx.helper.make_attribute("pads", list(pads)))
