"""Layers made of layers: one after the other, side by side, around a shortcut, several times."""

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from typing import Literal

from analysis.counting.layers.base import (
    Composite,
    Layer,
    Shape,
    Visit,
    misfit,
    need_one_of,
    need_positive,
    need_rank,
    spelled_shape,
)
from analysis.counting.layers.convolution import Conv2d
from analysis.counting.layers.dense import Activation, Elementwise, Linear
from analysis.counting.layers.pooling import AdaptivePool2d
from analysis.errors import ShapeError


@dataclass(frozen=True, slots=True)
class Sequential(Composite):
    """Layers one after the other, numbered from 1."""

    layers: tuple[Layer, ...]

    kind = "sequential"

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """Each gets what the one before gave. Raises: ShapeError."""
        shape = input_shape
        for number, layer in enumerate(self.layers, 1):
            shape = visit(str(number), layer, shape, fresh=number == 1)
        return shape

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """The layers."""
        return ((layer, 1) for layer in self.layers)


@dataclass(frozen=True, slots=True)
class Stages(Composite):
    """Layers one after the other, each with the name it has in the publication."""

    stages: tuple[tuple[str, Layer], ...]

    kind = "stages"

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """Each gets what the one before gave. Raises: ShapeError."""
        shape = input_shape
        for number, (name, layer) in enumerate(self.stages):
            shape = visit(name, layer, shape, fresh=number == 0)
        return shape

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """The stages."""
        return ((layer, 1) for _, layer in self.stages)


@dataclass(frozen=True, slots=True)
class Repeat(Composite):
    """A layer several times over, one after the other, each copy with separate parameters."""

    layer: Layer
    times: int

    kind = "repeat"

    def __post_init__(self) -> None:
        need_positive(self, "times")

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """Each copy gets what the one before gave. Raises: ShapeError."""
        shape = input_shape
        for number in range(1, self.times + 1):
            shape = visit(str(number), self.layer, shape, fresh=number == 1)
        return shape

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """The layer, with its number of copies."""
        yield self.layer, self.times


@dataclass(frozen=True, slots=True)
class Residual(Composite):
    """A layer whose input is added to its output, as it is or through a shortcut layer."""

    body: Layer
    shortcut: Layer | None = None

    kind = "residual"

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """Body and shortcut get the same input. Raises: ShapeError where they do not give the same shape."""
        shape = visit("body", self.body, input_shape, fresh=True)
        around = visit("shortcut", self.shortcut, input_shape, fresh=True) if self.shortcut else input_shape
        if shape != around:
            raise ShapeError(
                f"residual got {spelled_shape(shape)} from its body; needs {spelled_shape(around)}, "
                f"as {'its shortcut gives' if self.shortcut else 'its input has'}"
            )
        return visit("add", Elementwise("add"), shape)

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """Body and shortcut."""
        yield self.body, 1
        if self.shortcut:
            yield self.shortcut, 1


@dataclass(frozen=True, slots=True)
class Branches(Composite):
    """Named layers side by side on the same input, joined along the first axis, added or multiplied."""

    branches: tuple[tuple[str, Layer], ...]
    _: KW_ONLY
    join: Literal["concatenate", "add", "multiply"] = "concatenate"

    kind = "branches"

    def __post_init__(self) -> None:
        need_one_of(self, "join", ("concatenate", "add", "multiply"))
        if not self.branches:
            raise ShapeError(f"{self.kind}: there is no branch; expected at least one")

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """Every branch gets the input. Raises: ShapeError where the outputs cannot be joined."""
        shapes = [visit(name, branch, input_shape, fresh=True) for name, branch in self.branches]
        if self.join != "concatenate":
            if len(set(shapes)) > 1:
                raise ShapeError(f"branches got {_listed(shapes)}; needs one shape to {self.join}")
            # Joining n branches takes n - 1 operations per element.
            for _ in shapes[1:]:
                visit(self.join, Elementwise(self.join), shapes[0])
            return shapes[0]
        if len({shape[1:] for shape in shapes}) > 1 or not all(shapes):
            raise ShapeError(f"branches got {_listed(shapes)}; needs equal shapes after the first axis")
        return (sum(shape[0] for shape in shapes), *shapes[0][1:])

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """The branches."""
        return ((branch, 1) for _, branch in self.branches)


@dataclass(frozen=True, slots=True)
class SqueezeExcite(Composite):
    """Weights for the channels, worked out from their averages through a narrow layer, and multiplied in."""

    channels: int
    squeezed: int
    _: KW_ONLY
    activation: str = "silu"

    kind = "squeeze_excite"

    def __post_init__(self) -> None:
        need_positive(self, "channels", "squeezed")

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """Average, narrow layer, wide layer, product with the input. Raises: ShapeError."""
        need_rank(self, input_shape, "channels x height x width")
        if input_shape[0] != self.channels:
            raise misfit(self, input_shape, f"{self.channels} channels")
        shape = visit("pool", AdaptivePool2d(1), input_shape, fresh=True)
        shape = visit("squeeze", Conv2d(self.channels, self.squeezed, kernel=1), shape)
        shape = visit("activation", Activation(self.activation), shape)
        shape = visit("excite", Conv2d(self.squeezed, self.channels, kernel=1), shape)
        visit("gate", Activation("sigmoid"), shape)
        # The weights, one per channel, multiply the input of the block.
        return visit("scale", Elementwise("multiply"), input_shape)

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """The two layers with weights."""
        yield Conv2d(self.channels, self.squeezed, kernel=1), 1
        yield Conv2d(self.squeezed, self.channels, kernel=1), 1


@dataclass(frozen=True, slots=True)
class GatedFeedForward(Composite):
    """Two linear layers side by side, one of them a gate on the other, and a third back to the width.

    SwiGLU with "silu", GeGLU with "gelu". Multiply-adds and weights: 3 x width x inner, the first at every step.
    Source: shazeer2020glu.
    """

    width: int
    inner: int
    _: KW_ONLY
    activation: str = "silu"
    bias: bool = False

    kind = "gated_feed_forward"

    def __post_init__(self) -> None:
        need_positive(self, "width", "inner")

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """The same. Raises: ShapeError."""
        wide, narrow = self._products
        visit("activation", Activation(self.activation), visit("gate", wide, input_shape, fresh=True))
        shape = visit("up", wide, input_shape, fresh=True)
        return visit("down", narrow, visit("multiply", Elementwise("multiply"), shape))

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """The three linear layers."""
        wide, narrow = self._products
        yield wide, 2
        yield narrow, 1

    @property
    def _products(self) -> tuple[Linear, Linear]:
        return Linear(self.width, self.inner, bias=self.bias), Linear(self.inner, self.width, bias=self.bias)


def _listed(shapes: list[Shape]) -> str:
    return ", ".join(map(spelled_shape, shapes))
