"""An encoder of one sequence and a decoder of another that attends to what the encoder gives."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.counting.layers.attention import Attention
from analysis.counting.layers.base import Composite, Layer, Shape, Visit, misfit, need_rank


@dataclass(frozen=True, slots=True)
class EncoderDecoder(Composite):
    """An encoder of one sequence and a decoder of another that attends to what the encoder gives.

    The input shape is source length x target length, in tokens.
    """

    encoder: Layer
    decoder: Layer

    kind = "encoder_decoder"

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """What the decoder gives. Raises: ShapeError."""
        need_rank(self, input_shape, "source length x target length")
        source, target = input_shape
        memory = visit("encoder", self.encoder, (source,), fresh=True)
        return visit("decoder", attending(self.decoder, memory), (target,), fresh=True)

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """Encoder and decoder."""
        yield self.encoder, 1
        yield self.decoder, 1


@dataclass(frozen=True, slots=True)
class Attending(Composite):
    """A copy of a layer in which every part that attends to a memory knows its length."""

    layer: Composite
    memory: Shape

    kind = "attending"

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """Visits what the layer itself visits. Raises: ShapeError."""

        def hand_on(name: str, part: Layer, shape: Shape, *, fresh: bool = False) -> Shape:
            return visit(name, attending(part, self.memory), shape, fresh=fresh)

        return self._informed.run(input_shape, hand_on)

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """Those of the layer."""
        return self.layer.parts()

    @property
    def _informed(self) -> Composite:
        layer = self.layer
        if not (isinstance(layer, Attention) and layer.cross):
            return layer
        width = layer.memory_width or layer.width
        if self.memory[1:] != (width,):
            raise misfit(layer, self.memory, f"a memory of steps of {width}")
        return replace(layer, memory_length=self.memory[0])


def attending(layer: Layer, memory: Shape) -> Layer:
    """A layer that attends to a memory, unless it has no parts or already attends to one."""
    return Attending(layer, memory) if isinstance(layer, Composite) and not isinstance(layer, Attending) else layer
