"""Layers over sequences: recurrent ones, attention, and an encoder with a decoder that attends to it."""

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, replace
from typing import ClassVar, Final, Literal

from analysis.counting.layers.base import (
    Composite,
    Layer,
    Shape,
    Visit,
    elements,
    misfit,
    need_divisible,
    need_one_of,
    need_positive,
    need_rank,
)
from analysis.counting.layers.dense import Linear
from analysis.errors import ShapeError

Cell = Literal["lstm", "gru", "rnn"]
# Products with the input and with the state per cell: an LSTM has three gates and a candidate, a GRU two and one.
GATES: Final[dict[str, int]] = {"lstm": 4, "gru": 3, "rnn": 1}


@dataclass(frozen=True, slots=True)
class Recurrent(Composite):
    """Recurrent layers over a sequence, one or both ways, the hidden state projected to fewer numbers or not.

    The state before the first step counts like any other: every step multiplies it.
    """

    width: int
    hidden: int
    _: KW_ONLY
    cell: Cell = "lstm"
    layers: int = 1
    bidirectional: bool = False
    join: Literal["concatenate", "add"] = "concatenate"
    projection: int | None = None
    bias: bool = True

    kind = "recurrent"

    def __post_init__(self) -> None:
        need_positive(self, "width", "hidden", "layers", *(["projection"] if self.projection is not None else []))
        need_one_of(self, "cell", GATES)
        need_one_of(self, "join", ("concatenate", "add"))
        if self.projection is not None and self.cell != "lstm":
            raise ShapeError(f"{self.kind}: 'projection' with cell '{self.cell}'; expected it only with lstm")

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """Steps x state, twice as wide where two directions are joined. Raises: ShapeError."""
        need_rank(self, input_shape, "steps x width")
        if input_shape[1] != self.width:
            raise misfit(self, input_shape, f"steps of {self.width}")
        shape = input_shape
        for number in range(1, self.layers + 1):
            for direction in self._directions:
                name = f"{number}{direction}"
                state = (input_shape[0], self._state)
                from_input, from_state, project = self._products(shape[1])
                # Only the first layer reads the network's input, whose gradient may not be needed.
                gates = visit(f"{name}.input", from_input, shape, fresh=number == 1)
                visit(f"{name}.state", from_state, state)
                cell = visit(f"{name}.cell", Gates(self.cell), gates)
                if project:
                    visit(f"{name}.projection", project, cell)
            shape = (input_shape[0], self._output)
        return shape

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """The products of every layer and direction."""
        for width, copies in ((self.width, 1), (self._output, self.layers - 1)):
            for product in self._products(width):
                if product:
                    yield product, copies * len(self._directions)

    def _products(self, width: int) -> tuple[Linear, Linear, Linear | None]:
        gates = GATES[self.cell] * self.hidden
        return (
            Linear(width, gates, bias=self.bias),
            Linear(self._state, gates, bias=self.bias),
            Linear(self.hidden, self.projection, bias=False) if self.projection else None,
        )

    @property
    def _directions(self) -> tuple[str, ...]:
        return (".forward", ".backward") if self.bidirectional else ("",)

    @property
    def _state(self) -> int:
        return self.projection or self.hidden

    @property
    def _output(self) -> int:
        return self._state * (len(self._directions) if self.join == "concatenate" else 1)


@dataclass(frozen=True, slots=True)
class Gates(Layer):
    """What a recurrent cell does with its gates, element by element."""

    cell: Cell

    kind: ClassVar[str] = "gates"

    def output_shape(self, input_shape: Shape) -> Shape:
        """Steps x hidden. Raises: ShapeError."""
        need_rank(self, input_shape, "steps x gates")
        return (input_shape[0], input_shape[1] // GATES[self.cell])

    def detail(self) -> str:
        """Which cell."""
        return self.cell

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """A function of each gate; products and sums of gates and states. Raises: ShapeError."""
        hidden = elements(self.output_shape(input_shape))
        elementwise = {"lstm": 3, "gru": 4, "rnn": 0}[self.cell]
        return {"activation": elements(input_shape), "elementwise": elementwise * hidden}


@dataclass(frozen=True, slots=True)
class Attention(Composite):
    """Multi-head attention: of a sequence to itself, or to a memory of another length and width.

    A decoder's attention leaves `memory_length` open; `EncoderDecoder` fills it in. Products are
    counted in full: nothing is saved for a causal mask.
    """

    width: int
    heads: int
    _: KW_ONLY
    cross: bool = False
    memory_length: int | None = None
    memory_width: int | None = None
    head_width: int | None = None
    value_head_width: int | None = None
    bias: bool = True

    kind = "attention"

    def __post_init__(self) -> None:
        optional = ("memory_length", "memory_width", "head_width", "value_head_width")
        need_positive(self, "width", "heads", *(name for name in optional if getattr(self, name) is not None))
        if self.head_width is None:
            need_divisible(self, "width", "heads")
        if not self.cross and (self.memory_length or self.memory_width):
            raise ShapeError(f"{self.kind}: a memory is given; expected one only with cross = True")

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """The shape of the queries. Raises: ShapeError."""
        need_rank(self, input_shape, "length x width")
        if input_shape[1] != self.width:
            raise misfit(self, input_shape, f"steps of {self.width}")
        memory = input_shape
        if self.cross:
            if self.memory_length is None:
                raise misfit(self, input_shape, "a memory: give 'memory_length', or put it into an EncoderDecoder")
            memory = (self.memory_length, self.memory_width or self.width)
        query, key, value, output = self._products
        queries = visit("query", query, input_shape, fresh=True)
        # A memory comes from another layer, so its gradient is needed even if the queries are the network's input.
        visit("key", key, memory, fresh=not self.cross)
        values = visit("value", value, memory, fresh=not self.cross)
        products = AttentionProducts(self.heads, key_length=memory[0], value_width=values[1])
        return visit("output", output, visit("products", products, queries))

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """The four projections."""
        return ((product, 1) for product in self._products)

    @property
    def _products(self) -> tuple[Linear, Linear, Linear, Linear]:
        head = self.head_width or self.width // self.heads
        keys, values = self.heads * head, self.heads * (self.value_head_width or head)
        memory_width = self.memory_width or self.width
        return (
            Linear(self.width, keys, bias=self.bias),
            Linear(memory_width, keys, bias=self.bias),
            Linear(memory_width, values, bias=self.bias),
            Linear(values, self.width, bias=self.bias),
        )


@dataclass(frozen=True, slots=True)
class AttentionProducts(Layer):
    """Scores of every query with every key, and the values mixed by them. No weight takes part."""

    heads: int
    _: KW_ONLY
    key_length: int
    value_width: int

    kind: ClassVar[str] = "attention_products"

    def output_shape(self, input_shape: Shape) -> Shape:
        """Queries x value width."""
        return (input_shape[0], self.value_width)

    def macs(self, input_shape: Shape) -> int:
        """Queries times keys times the widths of keys and values, over all heads."""
        return input_shape[0] * self.key_length * (input_shape[1] + self.value_width)

    def detail(self) -> str:
        """How many heads, over how many keys."""
        return f"{self.heads} heads, {self.key_length} keys"

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """A softmax over every score."""
        return {"softmax": self.heads * input_shape[0] * self.key_length}


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
