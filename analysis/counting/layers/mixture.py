"""Layers of which every token uses a part: a mixture of experts chosen by a router."""

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from analysis.counting.layers.base import Composite, Layer, Shape, Visit, need_positive, need_rank
from analysis.counting.layers.dense import Elementwise, Linear, Softmax
from analysis.errors import ShapeError


@dataclass(frozen=True, slots=True)
class MixtureOfExperts(Composite):
    """Experts, of which a router chooses `active` for every token; `shared` is used by all.

    Parameters: width x experts of the router, those of every expert, and those of the shared one. Multiply-adds, for
    every token: the router, `active` experts and the shared one, as if no token were dropped and none repeated.
    The chosen experts' outputs are weighed and summed element by element.
    Source: shazeer2017outrageously, section 2; shared experts: dai2024deepseekmoe, section 3.2.
    """

    width: int
    expert: Layer
    _: KW_ONLY
    experts: int
    active: int
    shared: Layer | None = None

    kind = "mixture_of_experts"

    def __post_init__(self) -> None:
        need_positive(self, "width", "experts", "active")
        if self.active > self.experts:
            raise ShapeError(f"{self.kind}: 'active' is {self.active}; expected at most 'experts', {self.experts}")

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """The same. Raises: ShapeError."""
        need_rank(self, input_shape, "length x width")
        visit("scores", Softmax(), visit("router", self._router, input_shape, fresh=True))
        shape = visit("experts", self._routed(self.expert), input_shape, fresh=True)
        visit("weights", self._routed(Elementwise("multiply")), shape)
        if self.shared:
            visit("shared", self.shared, input_shape, fresh=True)
        if summed := self.active - (self.shared is None):
            visit("sum", routed(Elementwise("add"), experts=self.experts, active=summed), shape)
        return shape

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """Router, experts and what they share."""
        yield self._router, 1
        yield self.expert, self.experts
        if self.shared:
            yield self.shared, 1

    def _routed(self, layer: Layer) -> Layer:
        return routed(layer, experts=self.experts, active=self.active)

    @property
    def _router(self) -> Linear:
        return Linear(self.width, self.experts, bias=False)


@dataclass(frozen=True, slots=True)
class Routed(Layer):
    """A layer without parts in each of many experts, of which every token uses a few."""

    layer: Layer
    _: KW_ONLY
    experts: int
    active: int

    @property
    def kind(self) -> str:  # type: ignore[override]
        """The kind of the layer itself."""
        return self.layer.kind

    def output_shape(self, input_shape: Shape) -> Shape:
        """That of one expert's layer. Raises: ShapeError."""
        return self.layer.output_shape(input_shape)

    def macs(self, input_shape: Shape) -> int:
        """Those of one layer for each expert that a token uses. Raises: ShapeError."""
        return self.active * self.layer.macs(input_shape)

    def params(self) -> int:
        """Those of all experts."""
        return self.experts * self.layer.params()

    def detail(self) -> str:
        """That of one layer, and how many experts a token uses."""
        own = self.layer.detail()
        chosen = f"{self.active} of {self.experts} experts"
        return f"{own}, {chosen}" if own else chosen

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """That of one layer for each expert that a token uses. Raises: ShapeError."""
        return {work: self.active * number for work, number in self.layer.other_work(input_shape).items()}


@dataclass(frozen=True, slots=True)
class RoutedParts(Composite):
    """An expert made of parts, as all of them are routed."""

    expert: Composite
    _: KW_ONLY
    experts: int
    active: int

    kind: ClassVar[str] = "routed_parts"

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """Visits what one expert visits. Raises: ShapeError."""

        def hand_on(name: str, part: Layer, shape: Shape, *, fresh: bool = False) -> Shape:
            return visit(name, routed(part, experts=self.experts, active=self.active), shape, fresh=fresh)

        return self.expert.run(input_shape, hand_on)

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """Those of every expert."""
        return ((part, self.experts * copies) for part, copies in self.expert.parts())


def routed(layer: Layer, *, experts: int, active: int) -> Layer:
    """One expert's layer as that of all experts."""
    if isinstance(layer, Composite):
        return RoutedParts(layer, experts=experts, active=active)
    return Routed(layer, experts=experts, active=active)


def used_params(layer: Layer) -> int:
    """Parameters that one token uses: those of all layers, but of a mixture's experts only the active ones."""
    if isinstance(layer, MixtureOfExperts):
        idle = layer.experts - layer.active
        return layer.params() - idle * layer.expert.params()
    if isinstance(layer, Composite):
        return sum(used_params(part) * copies for part, copies in layer.parts())
    return layer.params()
