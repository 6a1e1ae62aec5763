"""Selective state spaces: a sequence read step by step into a state whose size does not grow."""

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from math import ceil
from typing import ClassVar

from analysis.counting.layers.base import Composite, Layer, Shape, Visit, elements, misfit, need_positive, need_rank
from analysis.counting.layers.convolution import Conv1d
from analysis.counting.layers.dense import Activation, Elementwise, Linear


@dataclass(frozen=True, slots=True)
class SelectiveScan(Layer):
    """h = exp(delta A) h + delta B x, y = C h + D x, at every step of every channel, with a state of so many numbers.

    Multiply-adds: steps x channels x 2 state, one product to add a step to the state and one to read it, as for linear
    attention. What a step does to the state itself is work element by element: delta A, its exponential and its product
    with the state; so is D x. The weights A and D are learned, B, C and delta come from the input.
    Source: gu2023mamba, section 3.2 and algorithm 2.
    """

    channels: int
    state: int = 16

    kind: ClassVar[str] = "selective_scan"

    def __post_init__(self) -> None:
        need_positive(self, "channels", "state")

    def output_shape(self, input_shape: Shape) -> Shape:
        """The same. Raises: ShapeError."""
        need_rank(self, input_shape, "steps x channels")
        if input_shape[1] != self.channels:
            raise misfit(self, input_shape, f"steps of {self.channels}")
        return input_shape

    def macs(self, input_shape: Shape) -> int:
        """Two for each number of the state, at every step. Raises: ShapeError."""
        return 2 * elements(self.output_shape(input_shape)) * self.state

    def params(self) -> int:
        """A for each number of the state, and D for each channel."""
        return self.channels * (self.state + 1)

    def detail(self) -> str:
        """The size of the state."""
        return f"state of {self.state}"

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """Two products and an exponential for each number of the state; delta x and D x. Raises: ShapeError."""
        found = elements(self.output_shape(input_shape))
        return {"activation": found * self.state, "elementwise": 2 * found * (self.state + 1)}


@dataclass(frozen=True, slots=True)
class Mamba(Composite):
    """A block of Mamba: two widened copies of the input, one convolved and scanned, the other a gate on it.

    With inner width e = `expand` x width, rank r of delta and state n, weights: 2 width e + e kernel + e (r + 2 n)
    + r e + e (n + 1) + e width, and biases of convolution and delta. Source: gu2023mamba, section 3.4.
    """

    width: int
    _: KW_ONLY
    expand: int = 2
    state: int = 16
    kernel: int = 4

    kind = "mamba"

    def __post_init__(self) -> None:
        need_positive(self, "width", "expand", "state", "kernel")

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """The same. Raises: ShapeError."""
        need_rank(self, input_shape, "steps x width")
        into, convolution, selection, delta, scan, output = (layer for layer, _ in self.parts())
        steps, inner = input_shape[0], self._inner
        visit("input", into, input_shape, fresh=True)
        visit("convolution", convolution, (inner, steps))
        shape = visit("activation", Activation("silu"), (steps, inner))
        visit("delta, B and C", selection, shape)
        visit("delta", Activation("softplus"), visit("delta widened", delta, (steps, self._rank)))
        visit("scan", scan, shape)
        visit("gate", Activation("silu"), shape)
        return visit("output", output, visit("multiply", Elementwise("multiply"), shape))

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """Input, convolution, the products that select, scan and output."""
        inner, rank = self._inner, self._rank
        causal = ((self.kernel - 1, 0),)
        yield Linear(self.width, 2 * inner, bias=False), 1
        yield Conv1d(inner, inner, kernel=self.kernel, padding=causal, groups=inner), 1
        yield Linear(inner, rank + 2 * self.state, bias=False), 1
        yield Linear(rank, inner), 1
        yield SelectiveScan(inner, self.state), 1
        yield Linear(inner, self.width, bias=False), 1

    @property
    def _inner(self) -> int:
        return self.expand * self.width

    @property
    def _rank(self) -> int:
        return ceil(self.width / 16)
