"""What is read of an ONNX file: its nodes, its constants, and the shapes of all tensors, as plain records.

The records know nothing of the onnx package; `analysis/counting/onnx/reader.py` makes them, and a
`Call` is one node together with what is known of the tensors that it reads and gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from analysis.counting.layers.base import Shape, elements, spelled_shape, whole
from analysis.errors import CountingError, ShapeError

# More numbers than fit a signed 64-bit offset: no tensor of a real network.
MOST_ELEMENTS: Final = 2**62

Attribute = int | float | str | tuple[int, ...] | tuple[float, ...] | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnnxTensor:
    """A tensor: its shape, batch axis included, where it is known, and what its numbers are for.

    `index` marks whole numbers of 16 bits and more, truth values and text: they point and steer, and
    work on them is no floating-point operation. Numbers of 8 bits and fewer are quantised ones. `number` is the one
    whole number that a tensor holds, where it is known.
    """

    shape: Shape | None = None
    index: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnnxNode:
    """One operation of a graph; an operator outside the standard is written `domain::Name`, an absent input ``."""

    name: str
    op: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: Mapping[str, Attribute] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnnxGraph:
    """A graph in the order of its nodes; `constants` are the tensors whose numbers are in the file."""

    source: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    constants: frozenset[str]
    tensors: Mapping[str, OnnxTensor]
    nodes: tuple[OnnxNode, ...]
    # Whether an axis may have no length, such as that of the steps before the first.
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A node and the tensors around it; `weights` are the places among its inputs that hold trainable numbers."""

    source: str
    node: OnnxNode
    tensors: Mapping[str, OnnxTensor]
    weights: frozenset[int] = frozenset()
    may_be_empty: bool = False

    def has(self, place: int) -> bool:
        """Whether the input at a place is given."""
        return place < len(self.node.inputs) and bool(self.node.inputs[place])

    def shape(self, place: int, *, axes: int | None = None) -> Shape:
        """The shape of an input. Raises: CountingError where it is not known, ShapeError where it cannot be."""
        if not self.has(place):
            raise self.error(f"has no input {place + 1}; expected one")
        found = self._known(self.node.inputs[place])
        if axes is not None and len(found) != axes:
            raise self.misfit(f"got {spelled_shape(found)} as input {place + 1}; needs {axes} axes")
        return found

    def output(self) -> Shape:
        """The shape of the first output. Raises: CountingError where it is not known, ShapeError where it cannot be."""
        return self._known(next(filter(None, self.node.outputs), ""))

    def held(self, place: int) -> int:
        """The whole number that an input holds. Raises: CountingError where it is not known."""
        name = self.node.inputs[place]
        found = self.tensors.get(name, OnnxTensor()).number
        if found is None:
            raise self.error(f"the number in '{name}' is not known; expected one that follows from the input's shape")
        return found

    def number(self, name: str, default: int) -> int:
        """A whole number among the attributes. Raises: CountingError where it is none."""
        value = self.node.attributes.get(name, default)
        if not isinstance(value, int):
            raise self.error(f"attribute '{name}' is {value!r}; expected a whole number")
        return value

    def numbers(self, name: str) -> tuple[int, ...]:
        """Whole numbers among the attributes, none where it is not given. Raises: CountingError."""
        values = self.node.attributes.get(name, ())
        if not isinstance(values, tuple) or not all(whole(value, 0) for value in values):
            raise self.error(f"attribute '{name}' is {values!r}; expected whole numbers from zero up")
        return tuple(value for value in values if isinstance(value, int))

    def word(self, name: str) -> str:
        """A text among the attributes, empty where it is not given."""
        return str(self.node.attributes.get(name, ""))

    def need(self, fits: bool, *places: int) -> None:  # noqa: FBT001
        """Raises: ShapeError naming the shapes at these places, where they do not fit each other."""
        if not fits:
            shapes = " and ".join(spelled_shape(self.shape(place)) for place in places)
            raise self.misfit(f"got {shapes}; needs shapes that fit each other")

    def error(self, message: str) -> CountingError:
        """The error of a node that cannot be counted."""
        return CountingError(f"{self._where}: {message}")

    def misfit(self, message: str) -> ShapeError:
        """The error of a node whose shapes make no sense."""
        return ShapeError(f"{self._where}: {message}")

    @property
    def _where(self) -> str:
        return f"{self.source}: {self.node.name} ({self.node.op})"

    def _known(self, name: str) -> Shape:
        shape = self.tensors.get(name, OnnxTensor()).shape
        if shape is None:
            raise self.error(f"the shape of '{name}' is not known; expected one that follows from the input's")
        if not all(whole(size, 0 if self.may_be_empty else 1) for size in shape):
            raise self.misfit(f"'{name}' is {spelled_shape(shape)}; expected whole numbers above zero")
        if elements(shape) > MOST_ELEMENTS:
            raise self.misfit(f"'{name}' is {spelled_shape(shape)}; expected at most 2^62 numbers")
        return shape


def shown(name: str | bytes) -> str:
    """A name as a message may show it: on one line. A broken file yields bytes that are not text."""
    text = name.decode(errors="backslashreplace") if isinstance(name, bytes) else name
    return text if text.isprintable() else ascii(text)[1:-1]
