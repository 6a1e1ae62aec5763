"""What networks that remove noise are made of: a way down and up with shortcuts across, and a second input."""

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from typing import Literal

from analysis.counting.layers.base import Composite, Layer, Shape, Visit, misfit, need_positive, spelled_shape
from analysis.counting.layers.dense import Elementwise
from analysis.errors import ShapeError


@dataclass(frozen=True, slots=True)
class UNet(Composite):
    """Layers down, a middle and as many up, each of which also gets the channels that its opposite gave.

    The channels of the two are put side by side. Source: ronneberger2015unet, section 2.
    """

    down: tuple[tuple[str, Layer], ...]
    middle: Layer
    up: tuple[tuple[str, Layer], ...]

    kind = "unet"

    def __post_init__(self) -> None:
        if len(self.down) != len(self.up):
            raise ShapeError(f"{self.kind}: {len(self.down)} layers down and {len(self.up)} up; expected as many")

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """What the last layer gives. Raises: ShapeError where a map does not fit its opposite."""
        shape, kept = input_shape, []
        for number, (name, layer) in enumerate(self.down):
            shape = visit(name, layer, shape, fresh=number == 0)
            kept.append(shape)
        shape = visit("middle", self.middle, shape)
        for name, layer in self.up:
            across = kept.pop()
            if shape[1:] != across[1:]:
                raise misfit(self, shape, f"a map as large as its opposite's, {spelled_shape(across)}")
            shape = visit(name, layer, (shape[0] + across[0], *shape[1:]))
        return shape

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """All layers."""
        return ((layer, 1) for _, layer in (*self.down, ("middle", self.middle), *self.up))


@dataclass(frozen=True, slots=True)
class Conditioned(Composite):
    """A layer, and what another makes of a second input of a fixed shape, such as a time step.

    `joins` are the sums and products, element by element, by which the second changes what the first gives.
    """

    body: Layer
    condition: Layer
    _: KW_ONLY
    given: Shape
    joins: tuple[Literal["add", "multiply"], ...] = ()

    kind = "conditioned"

    def __post_init__(self) -> None:
        need_positive(self, "given")

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """What the body gives. Raises: ShapeError."""
        shape = visit("body", self.body, input_shape, fresh=True)
        visit("condition", self.condition, self.given, fresh=True)
        for number, join in enumerate(self.joins, 1):
            visit(f"{join} {number}", Elementwise(join), shape)
        return shape

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """Body and condition."""
        yield self.body, 1
        yield self.condition, 1
