"""Networks with two inputs: a decoder that attends to an encoder, or two towers whose outputs are compared."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.counting.layers.attention import Attention
from analysis.counting.layers.base import Composite, Layer, Shape, Visit, misfit, spelled_shape


@dataclass(frozen=True, slots=True)
class EncoderDecoder(Composite):
    """An encoder of one input and a decoder of a text that attends to what the encoder gives.

    The input shape is source length x target length in tokens, or the axes of another source and the target length.
    """

    encoder: Layer
    decoder: Layer

    kind = "encoder_decoder"

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """What the decoder gives. Raises: ShapeError."""
        source, target = split(self, input_shape, "source length x target length")
        memory = visit("encoder", self.encoder, source, fresh=True)
        return visit("decoder", attending(self.decoder, memory), target, fresh=True)

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """Encoder and decoder."""
        yield self.encoder, 1
        yield self.decoder, 1


@dataclass(frozen=True, slots=True)
class Towers(Composite):
    """A network for images and one for texts, which give vectors of one width to be compared.

    The input shape is the axes of the image and the length of the text. The comparison in a batch, every image with
    every text, grows with its square and is not counted. Source: radford2021learning, section 2.3.
    """

    image: Layer
    text: Layer

    kind = "towers"

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """The vector that each gives. Raises: ShapeError where they differ."""
        image, text = split(self, input_shape, "axes of the image x length of the text")
        shape = visit("image", self.image, image, fresh=True)
        other = visit("text", self.text, text, fresh=True)
        if shape != other:
            raise misfit(self, input_shape, f"equal outputs, not {spelled_shape(shape)} and {spelled_shape(other)}")
        return shape

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """Both towers."""
        yield self.image, 1
        yield self.text, 1


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
        if not (isinstance(layer, Attention) and layer.cross and not layer.cached):
            return layer
        width = layer.memory_width or layer.width
        if self.memory[1:] != (width,):
            raise misfit(layer, self.memory, f"a memory of steps of {width}")
        return replace(layer, memory_length=self.memory[0])


def attending(layer: Layer, memory: Shape) -> Layer:
    """A layer that attends to a memory, unless it has no parts or already attends to one."""
    return Attending(layer, memory) if isinstance(layer, Composite) and not isinstance(layer, Attending) else layer


def split(layer: Layer, input_shape: Shape, axes: str) -> tuple[Shape, Shape]:
    """The shapes of two inputs, of which the second is a text. Raises: ShapeError."""
    if len(input_shape) < 2:
        raise misfit(layer, input_shape, axes)
    return input_shape[:-1], input_shape[-1:]
