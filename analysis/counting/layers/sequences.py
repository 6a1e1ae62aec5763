"""Recurrent layers: every step of a sequence is multiplied together with a state."""

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar, Final, Literal

from analysis.counting.layers.base import (
    Composite,
    Layer,
    Shape,
    Visit,
    elements,
    misfit,
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
