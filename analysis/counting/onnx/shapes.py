"""Works out the shapes of all tensors of an ONNX model from those of its inputs, node after node.

Numbers that follow from constants and shapes, such as the target of a reshaping, are worked out on the way. Shapes that
a file stores are left over from the input it was exported with, and the onnx package believes them before its own. They
serve only where nothing else is known, in a file whose inputs all have a fixed size and where no stored shape
contradicts one that was worked out.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from math import prod
from typing import Any, Final

from analysis.counting.onnx.control import without_control
from analysis.counting.onnx.ellipses import evened
from analysis.counting.onnx.microsoft import DOMAIN
from analysis.counting.onnx.microsoft_shapes import microsoft_shapes, standard_alike
from analysis.counting.onnx.pools import floor_pool
from analysis.counting.onnx.subgraphs import outer_names
from analysis.counting.onnx.transforms import with_defaults
from analysis.counting.onnx.values import STANDARD, Sizes, holds_numbers, sizes, whole_sizes, worked_out
from analysis.errors import CountingError

# Of this version a graph need not list its constants among its inputs.
_IR_VERSION: Final = 8
# More than an operator of another domain has.
_MOST_INPUTS: Final = 16


def settled(onnx: Any, model: Any, source: str, *, trust_stored: bool) -> "Settled":
    """The model with the shapes that follow from its inputs. Stored ones fill gaps where they are to be trusted.

    Raises: CountingError where shapes contradict each other.
    """
    stored = {value.name: value.type for value in (*model.graph.value_info, *model.graph.output)}
    plain = Settled(onnx, model, source, stored={})
    if trust_stored and not _contradiction(plain.types, stored) and _gap(plain.types, stored):
        filled = Settled(onnx, model, source, stored=stored)
        if not _contradiction(filled.types, stored):
            return filled
    return plain


class Settled:
    """The nodes of a model in order, the type of every tensor, and the numbers of those that are known and few.

    A choice whose condition is known, or whose branches count alike, is replaced by the nodes of the branch; a loop
    whose number of runs is known, by those of every run.
    """

    def __init__(self, onnx: Any, model: Any, source: str, *, stored: Mapping[str, Any]) -> None:
        self.types: dict[str, Any] = {value.name: value.type for value in model.graph.input}
        self.values: dict[str, Any] = {}
        self.constants: dict[str, Any] = {}
        self.nodes: list[Any] = []
        self.onnx = onnx
        self._source = source
        self._opsets = list(model.opset_import)
        self._version = max((entry.version for entry in self._opsets if entry.domain in STANDARD), default=0)
        self._stored = stored
        self.visit_all(model.graph.initializer, model.graph.node)

    def visit_all(self, constants: Iterable[Any], nodes: Iterable[Any]) -> None:
        """Visits constants and nodes in order."""
        for tensor in constants:
            self.keep(tensor)
        for node in nodes:
            self.visit(node)

    def keep(self, tensor: Any) -> None:
        """Notes a constant of the file."""
        self.constants[tensor.name] = tensor
        self._hold(tensor.name, tensor)

    def _hold(self, name: str, tensor: Any) -> None:
        self.types[name] = self.onnx.helper.make_tensor_type_proto(tensor.data_type, list(tensor.dims))
        if holds_numbers(tensor):
            self.values[name] = tensor

    def visit(self, node: Any) -> None:
        """Notes a node, or those that it stands for, and what follows of its outputs."""
        written = without_control(self, node)
        if written is not None:
            self.become(written)
            return
        node = with_defaults(self.onnx, node, self._version)
        self.nodes.append(node)
        alone = self._alone(node)
        found = self._inferred(alone) if node.domain != DOMAIN else self._beyond(node)
        for name in filter(None, node.output):
            self.types[name] = self._filled(name, found.get(name))
        for name, tensor in worked_out(self.onnx, alone, self.types).items():
            self._hold(name, tensor)

    def give(self, names: Iterable[str], outputs: Iterable[str]) -> None:
        """Hands tensors on under other names."""
        for name, output in zip(names, outputs, strict=False):
            if output:
                self.visit(self.onnx.helper.make_node("Identity", [name], [output], name=output))

    def number(self, name: str) -> int | None:
        """The one number that a tensor holds, where it is known."""
        found = self.values.get(name)
        return None if found is None else int(self.onnx.numpy_helper.to_array(found).item())

    def whole_numbers(self) -> dict[str, int]:
        """The number in each tensor that holds one whole number, where it is known."""
        kinds = (self.onnx.TensorProto.INT32, self.onnx.TensorProto.INT64)
        held = [name for name, tensor in self.values.items() if tensor.data_type in kinds and prod(tensor.dims) == 1]
        return {name: number for name in held if (number := self.number(name)) is not None}

    def fork(self) -> "Settled":
        """A copy that may go another way."""
        other = copy(self)
        other.become(self)
        return other

    def become(self, other: "Settled") -> None:
        """Takes the way that another one went."""
        self.types, self.values = dict(other.types), dict(other.values)
        self.constants, self.nodes = dict(other.constants), list(other.nodes)

    def _alone(self, node: Any, version: int | None = None) -> Any:
        """A model of one node with what is known of its inputs, at the versions of the file or at one given."""
        given = outer_names(node)
        value = self.onnx.ValueInfoProto
        pool = floor_pool(self.onnx, node, sizes(self.types.get(node.input[0])) if node.input else None)
        even = evened(self.onnx, node, self.types)
        held = self.values.keys() - even.keys()
        graph = self.onnx.helper.make_graph(
            [pool],
            "node",
            [value(name=name, type=even.get(name, self.types.get(name))) for name in given if name not in held],
            [value(name=name) for name in node.output if name],
            [self.values[name] for name in given if name in held],
        )
        versions = self._opsets if version is None else [self.onnx.helper.make_opsetid("", version)]
        return self.onnx.helper.make_model(graph, opset_imports=versions, ir_version=_IR_VERSION)

    def _inferred(self, model: Any) -> dict[str, Any]:
        """The types of the outputs of a model."""
        try:
            inferred = self.onnx.shape_inference.infer_shapes(model, strict_mode=False, data_prop=True)
        except (self.onnx.shape_inference.InferenceError, RuntimeError, ValueError, TypeError) as error:
            reason = " ".join(str(error).split())
            reason = reason if reason.isprintable() else ascii(reason)[1:-1]
            raise CountingError(f"{self._source}: its shapes cannot be worked out: {reason[:200]}") from None
        return {value.name: value.type for value in inferred.graph.output}

    def _beyond(self, node: Any) -> dict[str, Any]:
        """The types of the outputs of an operator that the onnx package does not know."""
        if alike := standard_alike(self.onnx, node):
            return self._inferred(self._alone(*alike))
        given = [whole_sizes(self.types.get(name)) for name in node.input] + [None] * _MOST_INPUTS
        numbers = {attribute.name: attribute.i for attribute in node.attribute if attribute.type == attribute.INT}
        shapes = microsoft_shapes(f"{node.domain}::{node.op_type}", given, numbers)
        first = self.types.get(next(iter(node.input), ""))
        types = self.onnx.TensorProto
        kind = types.FLOAT if first is None else first.tensor_type.elem_type
        # Rows that are looked up and numbers that are scaled are no whole numbers, though what picks them is.
        kind = types.FLOAT if kind in (types.INT32, types.INT64) else kind
        make = self.onnx.helper.make_tensor_type_proto
        return {name: make(kind, shape) for name, shape in zip(node.output, shapes, strict=False) if shape is not None}

    def _filled(self, name: str, found: Any) -> Any:
        """What is known of an output, with its stored shape where there is a gap."""
        shape = whole_sizes(self._stored.get(name))
        if shape is None or whole_sizes(found) is not None:
            return found
        kind = (found or self._stored[name]).tensor_type.elem_type
        return self.onnx.helper.make_tensor_type_proto(kind or self._stored[name].tensor_type.elem_type, shape)


def _gap(known: Mapping[str, Any], stored: Mapping[str, Any]) -> bool:
    return any(whole_sizes(kind) is not None and whole_sizes(known.get(name)) is None for name, kind in stored.items())


def _contradiction(known: Mapping[str, Any], stored: Mapping[str, Any]) -> bool:
    """Whether a stored shape differs from one that was worked out."""
    return any(_differ(sizes(kind), sizes(known.get(name))) for name, kind in stored.items())


def _differ(first: Sizes | None, second: Sizes | None) -> bool:
    if first is None or second is None:
        return False
    return len(first) != len(second) or any(
        None not in pair and pair[0] != pair[1] for pair in zip(first, second, strict=True)
    )
