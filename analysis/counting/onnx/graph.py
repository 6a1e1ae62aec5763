"""Counts an ONNX graph: its records in, a breakdown like that of any other network out.

Every operator that multiplies, works on numbers of the input, or holds parameters, has a row; one
that only moves numbers has none, nor has work other than products on constants and shapes.
Assumptions:
- Trainable are the constants of a floating-point or 8-bit type with at least one axis, and whole numbers of any width
  at the places of `QUANTISED`; each once, in the row of the first node that uses it. Not so those at the places of
  `SETTINGS`, such as running means, nor single numbers, but for those that an operator of `MAY_HOLD_ONE` takes. A
  table that is fixed by design looks trainable here; a copy that an exporter made of a weight is another weight. What
  ConstantOfShape makes is one where its shape is a constant too and an operator of `MAY_HOLD_ONE` takes it.
- A product trains with one more product for each factor that depends on a parameter.
- Shapes lose a leading axis of one where the input has one: it is the batch.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from analysis.counting.convention import PRODUCTS, Convention
from analysis.counting.count import Breakdown, LayerCount
from analysis.counting.layers.base import Shape, elements, whole
from analysis.counting.onnx.control import MOST_RUNS
from analysis.counting.onnx.operators import MAY_HOLD_ONE, MULTIPLY, OPERATORS, QUANTISED, SETTINGS, counted
from analysis.counting.onnx.products import Counted, Product
from analysis.counting.onnx.records import Call, OnnxGraph, OnnxNode, OnnxTensor
from analysis.errors import CountingError, ShapeError
from analysis.numerals import numbered

_UNKNOWN: Final = OnnxTensor()
# What these give depends on no number of the input.
_MEASURES: Final = ("Shape", "Size")
_WITH_GRAPHS: Final = ("If", "Loop", "SequenceMap")
_CONTROL_HINT: Final = (
    "; what they run depends on the numbers of the input; expected a file for one case, "
    "such as torch.onnx.export(..., dynamo=True) writes"
)
_SCAN_HINT: Final = (
    f"; a scan is counted over at most {MOST_RUNS:,} steps, if their number follows from the input shape"
)


def onnx_breakdown(graph: OnnxGraph, *, batch: int = 1, convention: Convention = PRODUCTS) -> Breakdown:
    """The breakdown of a graph. Raises: CountingError, ShapeError, each naming the file and the node."""
    if not whole(batch, 1):
        raise ShapeError(f"batch is {batch}; expected a whole number above zero")
    refuse_unknown(graph.source, graph.nodes)
    walk = _Walk(graph, convention.other_work)
    for node in graph.nodes:
        walk.visit(node)
    if not walk.rows:
        raise CountingError(f"{graph.source}: no operator computes anything; expected at least one")
    given = graph.tensors[graph.outputs[0]].shape
    return Breakdown(
        input_shape=walk.example_shape(graph.tensors[graph.inputs[0]].shape or ()),
        output_shape=walk.rows[-1].output_shape if given is None else walk.example_shape(given),
        batch=batch,
        convention=convention,
        rows=tuple(walk.rows),
    )


def refuse_unknown(source: str, nodes: Iterable[OnnxNode]) -> None:
    """Raises: CountingError with every operator that cannot be counted, how often it occurs, and where first."""
    unknown = [node for node in nodes if node.op not in OPERATORS]
    if unknown:
        times = Counter(node.op for node in unknown)
        first = {node.op: node.name for node in reversed(unknown)}
        listed = ", ".join(f"{op} ({number}, first '{first[op]}')" for op, number in sorted(times.items()))
        operators = numbered(len(unknown), "operator")
        hint = _CONTROL_HINT if any(op in _WITH_GRAPHS for op in times) else ""
        hint += _SCAN_HINT if "Scan" in times else ""
        raise CountingError(f"{source}: {operators} that cannot be counted: {listed}{hint}")


class _Walk:
    """Goes through the nodes in order and notes a row for each that counts."""

    def __init__(self, graph: OnnxGraph, work_flop: Mapping[str, float]) -> None:
        self.graph = graph
        self.work_flop = work_flop
        self.rows: list[LayerCount] = []
        self.claimed: set[str] = set()
        self.trained: set[str] = set()
        self.live = set(graph.inputs)
        # The parameters that a tensor is made from, where no number of the input takes part.
        self.made_from = {name: self._own_parameter(name, least=2) for name in graph.constants}
        # Those of them of which the file holds one number for all.
        self.filled: set[str] = set()
        shape = graph.tensors[graph.inputs[0]].shape or ()
        self.single = len(shape) > 1 and shape[0] == 1

    def visit(self, node: OnnxNode) -> None:
        """Notes what a node does and what its outputs depend on. Raises: CountingError, ShapeError."""
        weights = self._weights(node)
        outputs = [name for name in node.outputs if name]
        if node.op == "ConstantOfShape" and self.graph.constants.issuperset(node.inputs):
            self.made_from[outputs[0]] = self._own_parameter(outputs[0], least=2)
            self.filled.update(outputs)
            return
        if node.op in _MEASURES or (self.live.isdisjoint(node.inputs) and node.op not in MULTIPLY):
            parameters = frozenset[str]().union(*weights.values())
            # What others are written into is no weight of its own.
            parameters = parameters - self.filled or parameters
            for name in outputs:
                self.made_from[name] = frozenset() if self._tensor(name).index else parameters
            return
        if node.op not in MAY_HOLD_ONE:
            weights = {place: names - self.filled for place, names in weights.items() if names - self.filled}
        trained = frozenset(place for place, name in enumerate(node.inputs) if name in self.trained) | weights.keys()
        self.live.update(outputs)
        if all(self._tensor(name).index for name in outputs) and node.op not in MULTIPLY:
            return
        call = Call(
            source=self.graph.source,
            node=node,
            tensors=self.graph.tensors,
            weights=frozenset(weights),
            may_be_empty=self.graph.may_be_empty,
        )
        done = counted(call)
        if done.products or done.work or weights:
            self._note(call, done, params=self._claim(node, weights, done.held), trained=trained)
        if trained:
            self.trained.update(name for name in outputs if done.products or not self._tensor(name).index)

    def example_shape(self, shape: Shape) -> Shape:
        """A shape without the batch axis of a single example."""
        return shape[1:] if self.single and len(shape) > 1 and shape[0] == 1 else shape

    def _note(self, call: Call, done: Counted, *, params: int, trained: frozenset[int]) -> None:
        place = next((place for place, name in enumerate(call.node.inputs) if name in self.live), 0)
        row = LayerCount(
            path=call.node.name,
            kind=call.node.op,
            detail=done.detail,
            input_shape=self.example_shape(call.shape(place)),
            output_shape=self.example_shape(call.output()),
            macs=sum(product.macs for product in done.products),
            training_macs=sum(_training_macs(product, trained) for product in done.products),
            params=params,
            other_flop=sum(flop * done.work.get(kind, 0) for kind, flop in self.work_flop.items()),
        )
        self.rows.append(row)

    def _weights(self, node: OnnxNode) -> dict[int, frozenset[str]]:
        """The parameters at each place among the inputs that holds some. Raises: CountingError for a loose end."""
        found = {}
        settings = SETTINGS.get(node.op, frozenset())
        for place, name in enumerate(node.inputs):
            if name and name not in self.live and name not in self.made_from:
                raise CountingError(
                    f"{self.graph.source}: {node.name} ({node.op}): no node outputs its input '{name}'; "
                    f"expected a tensor defined before it"
                )
            parameters = self.made_from.get(name, frozenset())
            quantised = place in QUANTISED.get(node.op, frozenset())
            if name in self.graph.constants and (quantised or node.op in MAY_HOLD_ONE):
                parameters = self._own_parameter(name, least=1, quantised=quantised)
            if place not in settings and parameters:
                found[place] = parameters
        return found

    def _claim(self, node: OnnxNode, weights: Mapping[int, frozenset[str]], held: Mapping[int, int]) -> int:
        """How many of these trainable numbers no row has had yet; `held` says it of inputs that are packed."""
        fresh = frozenset[str]().union(*weights.values()) - self.claimed
        self.claimed |= fresh
        packed = {node.inputs[place]: number for place, number in held.items()}
        return sum(packed.get(name, elements(self._tensor(name).shape or ())) for name in fresh)

    def _own_parameter(self, name: str, *, least: int, quantised: bool = False) -> frozenset[str]:
        tensor = self._tensor(name)
        trainable = tensor.shape and (quantised or not tensor.index) and elements(tensor.shape) >= least
        return frozenset({name}) if trainable else frozenset()

    def _tensor(self, name: str) -> OnnxTensor:
        return self.graph.tensors.get(name, _UNKNOWN)


def _training_macs(product: Product, trained: frozenset[int]) -> int:
    """Forward, and the gradient of each factor that depends on a parameter."""
    return product.macs * (1 + sum(not trained.isdisjoint(places) for places in product.factors))
