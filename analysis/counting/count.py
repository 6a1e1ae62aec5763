"""Counts a network layer by layer: a network and the shape of one example in, a breakdown out.

Training is counted exactly: a layer with weights multiplies forward, once for the gradient of its
weights, and once for the gradient of its input, which is not needed if no weight comes before it.
A product of activations multiplies once more for the gradient of each, if weights come before it.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

from analysis.counting.convention import PRODUCTS, Convention
from analysis.counting.layers.base import Composite, Layer, Shape, all_whole, checked_shape, whole
from analysis.errors import CountingError, ShapeError

# Limits that no published network comes near: they end a network that a user has nested without end.
MOST_VISITS: Final = 200_000
DEEPEST: Final = 100


# A named tuple: one is made for every layer, and a frozen dataclass takes five times as long to make.
class LayerCount(NamedTuple):
    """One layer of a network, counted for one example. Training counts forward and backward."""

    path: str
    kind: str
    detail: str
    input_shape: Shape
    output_shape: Shape
    macs: int
    training_macs: int
    params: int
    other_flop: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """Every layer of a network in the order of the data, and the totals of a batch."""

    input_shape: Shape
    output_shape: Shape
    batch: int
    convention: Convention
    rows: tuple[LayerCount, ...]

    @property
    def macs(self) -> int:
        """Multiply-adds of a forward pass."""
        return self.batch * sum(row.macs for row in self.rows)

    @property
    def params(self) -> int:
        """Trainable parameters."""
        return sum(row.params for row in self.rows)

    @property
    def inference_flop(self) -> float:
        """FLOP of a forward pass by the convention."""
        return self.convention.flop_per_mac * self.macs + self._other_flop

    @property
    def training_flop(self) -> float:
        """FLOP of a training step by the convention: products exactly, other work by the rule of thumb."""
        exact = self.batch * sum(row.training_macs for row in self.rows)
        return self.convention.flop_per_mac * exact + self.convention.passes * self._other_flop

    @property
    def training_flop_by_rule(self) -> float:
        """FLOP of a training step by the 3x rule: three forward passes."""
        return self.convention.passes * self.inference_flop

    @property
    def _other_flop(self) -> float:
        return self.batch * sum(row.other_flop for row in self.rows)


def count(network: Layer, input_shape: Shape, *, batch: int = 1, convention: Convention = PRODUCTS) -> Breakdown:
    """The breakdown of a network for an input shape of one example. Raises: CountingError, ShapeError."""
    if not whole(batch, 1):
        raise ShapeError(f"batch is {batch}; expected a whole number above zero")
    counter = _Counter(convention)
    output_shape, _ = counter.visit("", network, checked_shape(input_shape), trained=False)
    if not counter.rows:
        raise CountingError("the network has no layer; expected at least one")
    return Breakdown(
        input_shape=input_shape,
        output_shape=output_shape,
        batch=batch,
        convention=convention,
        rows=tuple(counter.rows),
    )


class _Counter:
    """Walks through a network and notes every layer without parts."""

    def __init__(self, convention: Convention) -> None:
        self.rows: list[LayerCount] = []
        self.weights = convention.other_work
        self.depth = 0
        self.visits = 0

    def visit(self, path: str, layer: Layer, input_shape: Shape, *, trained: bool) -> tuple[Shape, bool]:
        """Output shape of a layer, and whether its output depends on a weight; `trained` is the same for its input."""
        self.visits += 1
        if self.visits > MOST_VISITS:
            raise CountingError(f"{path}: more than {MOST_VISITS:,} layers; expected a network of fewer")
        try:
            if isinstance(layer, Composite):
                return self._descend(path, layer, input_shape, trained=trained)
            if isinstance(layer, Layer):
                return self._note(path, layer, input_shape, trained=trained)
        except ShapeError as error:
            if error.path is None:
                error.path = path
            raise
        raise CountingError(f"{path}: found {type(layer).__name__}; expected a layer of analysis.counting.layers")

    def _descend(self, path: str, layer: Composite, input_shape: Shape, *, trained: bool) -> tuple[Shape, bool]:
        if self.depth == DEEPEST:
            raise CountingError(f"{path[:60]}...: more than {DEEPEST} layers inside each other; expected fewer")
        self.depth += 1
        so_far = trained
        prefix = f"{path}." if path else ""

        def visit(name: str, part: Layer, shape: Shape, *, fresh: bool = False) -> Shape:
            nonlocal so_far
            output_shape, part_trained = self.visit(prefix + name, part, shape, trained=trained if fresh else so_far)
            so_far = so_far or part_trained
            return output_shape

        output_shape = layer.run(input_shape, visit)
        self.depth -= 1
        return output_shape, so_far

    def _note(self, path: str, layer: Layer, input_shape: Shape, *, trained: bool) -> tuple[Shape, bool]:
        output_shape = layer.output_shape(input_shape)
        macs = layer.macs(input_shape)
        params = layer.params()
        _need_counts(path, layer, output_shape, (macs, params))
        # An integer if only products count, so that totals of any size stay exact.
        other_flop: float = 0
        if self.weights:
            work = layer.other_work(input_shape)
            other_flop = sum(flop * work.get(kind, 0) for kind, flop in self.weights.items())
        learned = params > 0 or layer.learned()
        training_macs = macs * (3 if trained else 2 if learned else 1)
        detail = layer.detail()
        row = LayerCount(path, layer.kind, detail, input_shape, output_shape, macs, training_macs, params, other_flop)
        self.rows.append(row)
        return output_shape, trained or learned


def _need_counts(path: str, layer: Layer, shape: object, counts: tuple[object, ...]) -> None:
    """Raises: CountingError for a layer, which may be a user's own, that gives no shape or no counts."""
    where = f"{path}: {layer.kind}" if path else layer.kind
    if not (isinstance(shape, tuple) and all_whole(shape, 1)):
        raise CountingError(f"{where} gives the shape {shape!r}; expected whole numbers above zero")
    if not all_whole(counts, 0):
        found = " and ".join(map(repr, counts))
        raise CountingError(f"{where} has {found} multiply-adds and parameters; expected whole numbers")
