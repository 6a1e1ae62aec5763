"""What every layer is: a frozen record that computes its output shape, its multiply-adds and its parameters.

Shapes are those of one example, without a batch axis: an image is channels x height x width, a text
its number of tokens, a sequence of vectors steps x width. A batch multiplies everything alike.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from math import prod
from typing import ClassVar, Final, Protocol, Self

from analysis.counting.layers.torch_names import unknown_setting, unnamed_setting
from analysis.errors import ShapeError

Shape = tuple[int, ...]

# Work other than products, counted in elements; conventions give each kind a weight, usually zero.
WORK: Final = ("bias", "normalisation", "activation", "softmax", "pooling", "elementwise", "lookup")


class Visit(Protocol):
    """What a composite layer calls for each part: with its name and the shape it gets; gives its output shape.

    `fresh` marks a part that gets the input of the whole, not what an earlier part gave.
    """

    def __call__(self, name: str, part: "Layer", input_shape: Shape, /, *, fresh: bool = False) -> Shape:
        """The output shape of the part."""
        ...


@cache
def _settings(layer: type) -> tuple[dict[str, None], tuple[str, ...]] | None:
    """The settings of a layer in order, and those that it takes only by name; None for what is no dataclass."""
    if not is_dataclass(layer):
        return None
    known = fields(layer)
    return {field.name: None for field in known}, tuple(field.name for field in known if field.kw_only)


class Layer:
    """A layer without parts. Shapes and counts are for one example."""

    # Without this, the slots of the frozen layers below would save nothing.
    __slots__ = ()
    kind: ClassVar[str]

    # Before __init__ refuses it: Python's own message for a wrong setting does not say which is right.
    def __new__(cls, *unnamed: object, **settings: object) -> Self:
        """Raises: ShapeError for a setting that the layer does not have, or takes only by name, unlike PyTorch's."""
        layer: type = cls
        if described := _settings(layer):
            known, named = described
            for name in settings:
                if name not in known:
                    raise ShapeError(unknown_setting(cls.__name__, name, tuple(known)))
            if named and len(unnamed) > len(known) - len(named):
                raise ShapeError(unnamed_setting(cls.__name__, unnamed[len(known) - len(named)], named))
        return super().__new__(cls)

    def output_shape(self, input_shape: Shape) -> Shape:
        """The output shape. Raises: ShapeError."""
        raise NotImplementedError

    def macs(self, input_shape: Shape) -> int:  # noqa: ARG002 - most layers look at it
        """Multiply-adds in products of inputs with weights or with each other. Raises: ShapeError."""
        return 0

    def params(self) -> int:
        """Trainable parameters."""
        return 0

    def learned(self) -> bool:
        """Whether what comes out depends on trainable numbers, its own or another layer's."""
        return self.params() > 0

    def detail(self) -> str:
        """Settings that the shapes do not show, such as kernel and stride."""
        return ""

    def other_work(self, input_shape: Shape) -> dict[str, int]:  # noqa: ARG002
        """Elements touched by anything but products, by a name of `WORK`. Raises: ShapeError."""
        return {}


class Composite(Layer):
    """A layer made of parts; it counts nothing of its own."""

    __slots__ = ()

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """Visits every part in the order of the data and gives the shape that comes out. Raises: ShapeError."""
        raise NotImplementedError

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """Every part, with how many copies of it there are."""
        raise NotImplementedError

    def output_shape(self, input_shape: Shape) -> Shape:
        """The output shape. Raises: ShapeError."""

        def visit(_name: str, part: Layer, shape: Shape, *, fresh: bool = False) -> Shape:  # noqa: ARG001
            return part.output_shape(shape)

        return self.run(input_shape, visit)

    def macs(self, input_shape: Shape) -> int:
        """Multiply-adds of all parts. Raises: ShapeError."""
        total = 0

        def visit(_name: str, part: Layer, shape: Shape, *, fresh: bool = False) -> Shape:  # noqa: ARG001
            nonlocal total
            total += part.macs(shape)
            return part.output_shape(shape)

        self.run(input_shape, visit)
        return total

    def params(self) -> int:
        """Trainable parameters of all parts."""
        return sum(part.params() * copies for part, copies in self.parts())


def spelled_shape(shape: Shape) -> str:
    """A shape as it is written: `3x224x224`."""
    return "x".join(map(str, shape)) if shape else "no axis"


def whole(value: object, least: int) -> bool:
    """Whether a value is a whole number from `least` up; a truth value is none."""
    # Not isinstance: True is an int to Python, and no size.
    return type(value) is int and value >= least


def all_whole(values: tuple[object, ...], least: int) -> bool:
    """Whether all values are whole numbers from `least` up."""
    for value in values:  # noqa: SIM110 - every layer of a network comes here, and a generator takes three times as long
        if type(value) is not int or value < least:
            return False
    return True


def misfit(layer: Layer, input_shape: Shape, needs: str) -> ShapeError:
    """The error of a layer that cannot take a shape."""
    return ShapeError(f"{layer.kind} got {spelled_shape(input_shape)}; needs {needs}")


def need_rank(layer: Layer, input_shape: Shape, axes: str) -> None:
    """Raises: ShapeError where a shape has not the axes named, such as `channels x height x width`."""
    if len(input_shape) != axes.count(" x ") + 1:
        raise misfit(layer, input_shape, axes)


def need_positive(layer: Layer, *names: str) -> None:
    """Raises: ShapeError where one of a layer's sizes is not a whole number above zero."""
    for name in names:
        value = getattr(layer, name)
        if not (all_whole(value, 1) if isinstance(value, tuple) else whole(value, 1)):
            raise ShapeError(f"{layer.kind}: '{name}' is {value!r}; expected whole numbers above zero")


def need_divisible(layer: Layer, name: str, by: str) -> None:
    """Raises: ShapeError where one size of a layer does not divide into equal parts."""
    value, parts = getattr(layer, name), getattr(layer, by)
    if value % parts:
        raise ShapeError(f"{layer.kind}: '{name}' is {value}; expected a multiple of '{by}', {parts}")


def need_one_of(layer: Layer, name: str, options: Iterable[str]) -> None:
    """Raises: ShapeError where a setting is none of the words it may be."""
    value = getattr(layer, name)
    if value not in options:
        raise ShapeError(f"{layer.kind}: '{name}' is '{value}'; expected one of {', '.join(options)}")


def checked_shape(shape: Shape) -> Shape:
    """A network's input shape. Raises: ShapeError where it has no axis or a size that is not above zero."""
    if not shape or not all_whole(shape, 1):
        raise ShapeError(f"input shape {spelled_shape(shape)}: expected whole numbers above zero")
    return shape


def elements(shape: Shape) -> int:
    """How many numbers a shape holds."""
    return prod(shape)
