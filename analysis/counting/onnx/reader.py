"""Reads an ONNX file, works out the shapes of its tensors and counts it; the file is never run.

The onnx package is an extra and is imported when it is needed. Weights may lie outside the file: only
their shapes are read. An open first axis of an input is the batch and is taken as one; any other
open axis follows from the input shape that is passed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from math import prod
from pathlib import Path
from typing import Any, Final

from analysis.counting.convention import PRODUCTS, Convention
from analysis.counting.count import Breakdown
from analysis.counting.layers.base import Shape, checked_shape
from analysis.counting.onnx.control import CONTROL
from analysis.counting.onnx.graph import onnx_breakdown, refuse_unknown
from analysis.counting.onnx.records import Attribute, OnnxGraph, OnnxNode, OnnxTensor, shown
from analysis.counting.onnx.shapes import Settled, settled
from analysis.counting.onnx.sizes import set_sizes
from analysis.counting.onnx.subgraphs import subgraphs
from analysis.counting.onnx.values import MOST_NUMBERS, STANDARD
from analysis.errors import CountingError, InputError, did_you_mean

# A message of protocol buffers, which an ONNX file is, ends here.
MOST_BYTES: Final = 2**31 - 1
_DATA: Final = (
    "raw_data",
    "float_data",
    "int32_data",
    "int64_data",
    "double_data",
    "uint64_data",
    "string_data",
    "external_data",
)
# Types of whole numbers of 16 bits and more, truth values and text, by their names in ONNX.
_INDEX_TYPES: Final = ("INT16", "INT32", "INT64", "UINT16", "UINT32", "UINT64", "BOOL", "STRING")
# What a Constant may hold besides a tensor, and whether it is one number (no axis) or several.
_PLAIN_CONSTANTS: Final = ("value_float", "value_int", "value_string", "value_floats", "value_ints", "value_strings")


def count_onnx(
    path: Path,
    input_shape: Shape | None = None,
    *,
    named_shapes: Mapping[str, Shape] | None = None,
    batch: int = 1,
    convention: Convention = PRODUCTS,
) -> Breakdown:
    """The breakdown of the network in an ONNX file; see `load_graph` and `onnx_breakdown`.

    Raises: InputError for a file that cannot be read, CountingError for a network that cannot be counted.
    """
    return onnx_breakdown(load_graph(path, input_shape, named_shapes=named_shapes), batch=batch, convention=convention)


def load_graph(
    path: Path, input_shape: Shape | None = None, *, named_shapes: Mapping[str, Shape] | None = None
) -> OnnxGraph:
    """The records of an ONNX file with the shapes of its tensors.

    `input_shape` is that of the first input, `named_shapes` those of others by name, for one example or with the batch
    axis in front. They fill in what the file leaves open and may not differ from what the file fixes.
    Raises: InputError, CountingError.
    """
    onnx = _package()
    source = str(path)
    model = _model(onnx, path)
    refuse_unknown(source, (node for node in _nodes(onnx, model.graph.node) if node.op not in CONTROL))
    held = {tensor.name for tensor in model.graph.initializer}
    inputs = [value for value in model.graph.input if value.name not in held]
    given = _given(inputs, input_shape, named_shapes or {}, source)
    opened = set_sizes(model.graph, inputs, given, source)
    known = settled(onnx, model, source, trust_stored=not opened)
    nodes = tuple(_nodes(onnx, known.nodes))
    constants = _constants(onnx, known, source)
    tensors = {shown(name): _tensor(onnx, kind) for name, kind in known.types.items() if kind is not None} | constants
    for name, number in known.whole_numbers().items():
        tensors[shown(name)] = replace(tensors[shown(name)], number=number)
    return OnnxGraph(
        source=source,
        inputs=tuple(shown(value.name) for value in inputs),
        outputs=tuple(shown(value.name) for value in model.graph.output),
        constants=frozenset(constants),
        tensors=tensors,
        nodes=tuple(node for node in nodes if node.op != "Constant"),
        may_be_empty=any(0 in shape for shape in given.values()),
    )


def _given(
    inputs: list[Any], input_shape: Shape | None, named_shapes: Mapping[str, Shape], source: str
) -> dict[str, Shape]:
    """The shapes that were passed, by the name of their input. Raises: CountingError, ShapeError."""
    names = [shown(value.name) for value in inputs]
    for name in named_shapes:
        if name not in names:
            raise CountingError(
                f"{source}: has no input '{name}'; expected one of {', '.join(names)}{did_you_mean(name, names)}"
            )
    if not names or input_shape is None:
        return dict(named_shapes)
    if names[0] in named_shapes:
        raise CountingError(f"{source}: input '{names[0]}': got two shapes; expected one")
    return {names[0]: checked_shape(input_shape), **named_shapes}


def _package() -> Any:
    try:
        import onnx  # noqa: PLC0415
        import onnx.helper  # noqa: PLC0415
        import onnx.numpy_helper  # noqa: PLC0415
        import onnx.shape_inference  # noqa: PLC0415
    except ImportError:
        raise CountingError(
            "counting an ONNX file needs the package onnx, which is not installed; install it: pip install onnx"
        ) from None
    return onnx


def _model(onnx: Any, path: Path) -> Any:
    """The parsed file without the numbers of large weights. Raises: InputError."""
    from google.protobuf.message import DecodeError  # noqa: PLC0415

    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"{path}: larger than 2 GiB; expected an ONNX file with its weights in another file")
        model = onnx.load(str(path), format="protobuf", load_external_data=False)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}; expected an ONNX file") from None
    except DecodeError:
        raise InputError(f"{path}: not an ONNX file, or one that is cut off") from None
    if not model.HasField("graph") or not model.graph.node:
        raise InputError(f"{path}: no graph found; expected an ONNX file")
    if not model.opset_import:
        raise InputError(f"{path}: names no version of its operators; expected an ONNX file that is not cut off")
    newest = onnx.defs.onnx_opset_version()
    used = max((entry.version for entry in model.opset_import if entry.domain in STANDARD), default=0)
    if used > newest:
        raise InputError(f"{path}: uses operators of version {used}; the installed onnx knows up to {newest}")
    if model.graph.sparse_initializer:
        raise CountingError(f"{path}: holds sparse weights, which are not counted; expected dense ones")
    _drop_numbers(model.graph)
    return _without_functions(onnx, model, path) if model.functions else model


def _without_functions(onnx: Any, model: Any, path: Path) -> Any:
    """The model with the functions that the file defines written out where they are used. Raises: CountingError."""
    import onnx.inliner  # noqa: PLC0415

    try:
        return onnx.inliner.inline_local_functions(model)
    except (RuntimeError, ValueError) as error:
        reason = shown(" ".join(str(error).split()))
        raise CountingError(f"{path}: its functions cannot be written out: {reason[:200]}") from None


def _drop_numbers(graph: Any) -> None:
    """Clears the numbers of large tensors, so that they are not copied: no shape is made from weights."""
    constants = (attribute.t for node in graph.node if node.op_type == "Constant" for attribute in node.attribute)
    for node in graph.node:
        for inner in subgraphs(node):
            _drop_numbers(inner)
    for tensor in (*graph.initializer, *constants):
        if prod(tensor.dims) > MOST_NUMBERS:
            for name in _DATA:
                tensor.ClearField(name)


def _nodes(onnx: Any, nodes: Iterable[Any]) -> Iterator[OnnxNode]:
    for number, node in enumerate(nodes, 1):
        op = node.op_type if node.domain in STANDARD else f"{node.domain}::{node.op_type}"
        yield OnnxNode(
            name=shown(node.name or f"{node.op_type}_{number}"),
            op=shown(op),
            inputs=tuple(map(shown, node.input)),
            outputs=tuple(map(shown, node.output)),
            attributes=dict(_attributes(onnx, node)),
        )


def _attributes(onnx: Any, node: Any) -> Iterator[tuple[str, Attribute]]:
    """Numbers and texts among the attributes of a node; tensors and graphs are left out."""
    kinds = onnx.AttributeProto
    for attribute in node.attribute:
        if attribute.type in (kinds.INT, kinds.FLOAT):
            yield attribute.name, attribute.i if attribute.type == kinds.INT else attribute.f
        elif attribute.type == kinds.STRING:
            yield attribute.name, shown(attribute.s)
        elif attribute.type in (kinds.INTS, kinds.FLOATS):
            yield attribute.name, tuple(attribute.ints if attribute.type == kinds.INTS else attribute.floats)


def _constants(onnx: Any, known: Settled, source: str) -> dict[str, OnnxTensor]:
    """Initialisers and the outputs of Constant nodes, by name. Raises: CountingError."""
    found = {shown(tensor.name): _stored(onnx, tensor) for tensor in known.constants.values()}
    for node in known.nodes:
        if node.op_type == "Constant" and node.domain in STANDARD and node.output:
            given = {attribute.name: attribute for attribute in node.attribute}
            if "value" in given:
                found[shown(node.output[0])] = _stored(onnx, given["value"].t)
            elif plain := next((given[name] for name in _PLAIN_CONSTANTS if name in given), None):
                found[shown(node.output[0])] = _plain(plain)
            else:
                raise CountingError(
                    f"{source}: {shown(node.name)} (Constant): holds no number; expected a dense tensor"
                )
    return found


def _stored(onnx: Any, tensor: Any) -> OnnxTensor:
    return OnnxTensor(shape=tuple(tensor.dims), index=_is_index(onnx, tensor.data_type))


def _plain(attribute: Any) -> OnnxTensor:
    """A constant that is written as an attribute: one number, or several along one axis."""
    several = len(attribute.floats) + len(attribute.ints) + len(attribute.strings)
    shape = (several,) if attribute.name.endswith("s") else ()
    return OnnxTensor(shape=shape, index="float" not in attribute.name)


def _tensor(onnx: Any, given: Any) -> OnnxTensor:
    """What is known of a tensor after inference; a shape with an open axis is not known."""
    kind = given.tensor_type
    dims = kind.shape.dim
    known = kind.HasField("shape") and all(dim.HasField("dim_value") for dim in dims)
    shape = tuple(dim.dim_value for dim in dims) if known else None
    return OnnxTensor(shape=shape, index=_is_index(onnx, kind.elem_type))


def _is_index(onnx: Any, data_type: int) -> bool:
    return data_type in {getattr(onnx.TensorProto, name) for name in _INDEX_TYPES}
