"""Layers that rearrange or pick numbers: nothing is multiplied and nothing is learned."""

from dataclasses import KW_ONLY, dataclass
from typing import ClassVar, Literal

from analysis.counting.layers.base import Layer, Shape, elements, misfit, need_one_of, need_positive, need_rank
from analysis.counting.layers.windows import Padding, Size, borders, need_padding, per_axis
from analysis.errors import ShapeError


@dataclass(frozen=True, slots=True)
class Identity(Layer):
    """The input, unchanged."""

    kind: ClassVar[str] = "identity"

    def output_shape(self, input_shape: Shape) -> Shape:
        """The same."""
        return input_shape


@dataclass(frozen=True, slots=True)
class Flatten(Layer):
    """Everything along one axis."""

    kind: ClassVar[str] = "flatten"

    def output_shape(self, input_shape: Shape) -> Shape:
        """One axis."""
        return (elements(input_shape),)


@dataclass(frozen=True, slots=True)
class Tokens(Layer):
    """An image, a film or a sound as a sequence: a step a place, the channels along the width."""

    kind: ClassVar[str] = "tokens"

    def output_shape(self, input_shape: Shape) -> Shape:
        """Places x channels. Raises: ShapeError."""
        if len(input_shape) < 2:
            raise misfit(self, input_shape, "channels and at least one axis after them")
        # One token per position, as wide as the channels.
        return (elements(input_shape[1:]), input_shape[0])


@dataclass(frozen=True, slots=True)
class Frames(Layer):
    """A spectrogram as a sequence: a step a frame of time, channels and frequencies along the width."""

    kind: ClassVar[str] = "frames"

    def output_shape(self, input_shape: Shape) -> Shape:
        """Frames x (channels times frequencies). Raises: ShapeError."""
        need_rank(self, input_shape, "channels x frequencies x frames")
        return (input_shape[2], input_shape[0] * input_shape[1])


@dataclass(frozen=True, slots=True)
class Step(Layer):
    """One step of a sequence, such as the last or the one of the class token."""

    kind: ClassVar[str] = "step"

    def output_shape(self, input_shape: Shape) -> Shape:
        """The width. Raises: ShapeError."""
        need_rank(self, input_shape, "length x width")
        return input_shape[1:]


@dataclass(frozen=True, slots=True)
class Keep(Layer):
    """Some of the channels."""

    channels: int

    kind: ClassVar[str] = "keep"

    def __post_init__(self) -> None:
        need_positive(self, "channels")

    def output_shape(self, input_shape: Shape) -> Shape:
        """The channels kept and all other axes. Raises: ShapeError."""
        if not input_shape or input_shape[0] < self.channels:
            raise misfit(self, input_shape, f"at least {self.channels} channels")
        return (self.channels, *input_shape[1:])


@dataclass(frozen=True, slots=True)
class ChannelShuffle(Layer):
    """The channels of several groups, dealt out like cards."""

    groups: int

    kind: ClassVar[str] = "channel_shuffle"

    def __post_init__(self) -> None:
        need_positive(self, "groups")

    def output_shape(self, input_shape: Shape) -> Shape:
        """The same. Raises: ShapeError."""
        if not input_shape or input_shape[0] % self.groups:
            raise misfit(self, input_shape, f"a number of channels that {self.groups} divides")
        return input_shape


@dataclass(frozen=True, slots=True)
class Image(Layer):
    """A sequence as an image of so many rows: the inverse of `Tokens`."""

    height: int

    kind: ClassVar[str] = "image"

    def __post_init__(self) -> None:
        need_positive(self, "height")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Channels x height x width. Raises: ShapeError."""
        need_rank(self, input_shape, "length x width")
        if input_shape[0] % self.height:
            raise misfit(self, input_shape, f"a number of steps that {self.height} divides")
        return (input_shape[1], self.height, input_shape[0] // self.height)


@dataclass(frozen=True, slots=True)
class Upsample(Layer):
    """Every axis after the channels, `factor` times as long: numbers repeated, or drawn between their neighbours.

    Neither is a product that counts. Between neighbours each output number is a mean of two for each axis.
    """

    factor: Size = 2
    _: KW_ONLY
    how: Literal["nearest", "linear"] = "nearest"

    kind: ClassVar[str] = "upsample"

    def __post_init__(self) -> None:
        need_positive(self, "factor")
        need_one_of(self, "how", ("nearest", "linear"))

    def output_shape(self, input_shape: Shape) -> Shape:
        """The channels and every other axis times its factor. Raises: ShapeError."""
        axes = input_shape[1:]
        if not axes or (isinstance(self.factor, tuple) and len(self.factor) != len(axes)):
            raise misfit(self, input_shape, "channels and an axis for every factor")
        return (
            input_shape[0],
            *(size * times for size, times in zip(axes, per_axis(self.factor, len(axes)), strict=True)),
        )

    def detail(self) -> str:
        """How it fills in."""
        return self.how

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """Two numbers for each axis and output element between neighbours; none where they are repeated."""
        found = elements(self.output_shape(input_shape))
        return {"elementwise": found * 2 ** len(input_shape[1:])} if self.how == "linear" else {}


@dataclass(frozen=True, slots=True)
class PixelShuffle(Layer):
    """Channels laid out as pixels: `factor` squared times fewer channels, each axis `factor` times as long.

    Source: shi2016real, section 2.2.
    """

    factor: int

    kind: ClassVar[str] = "pixel_shuffle"

    def __post_init__(self) -> None:
        need_positive(self, "factor")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Fewer channels x height x width. Raises: ShapeError."""
        need_rank(self, input_shape, "channels x height x width")
        channels, height, width = input_shape
        if channels % self.factor**2:
            raise misfit(self, input_shape, f"a number of channels that {self.factor**2} divides")
        return (channels // self.factor**2, height * self.factor, width * self.factor)


@dataclass(frozen=True, slots=True)
class Pad(Layer):
    """Numbers put before and after each axis that follows the channels, such as ((2, 0),) before the steps alone."""

    border: Padding

    kind: ClassVar[str] = "pad"

    def __post_init__(self) -> None:
        need_border(self, self.border)

    def output_shape(self, input_shape: Shape) -> Shape:
        """The channels and every other axis, longer. Raises: ShapeError."""
        return (input_shape[0], *(size + before + after for size, before, after in bordered(self, input_shape)))


@dataclass(frozen=True, slots=True)
class Crop(Layer):
    """Numbers cut off before and after each axis that follows the channels."""

    border: Padding

    kind: ClassVar[str] = "crop"

    def __post_init__(self) -> None:
        need_border(self, self.border)

    def output_shape(self, input_shape: Shape) -> Shape:
        """The channels and every other axis, shorter. Raises: ShapeError."""
        sizes = tuple(size - before - after for size, before, after in bordered(self, input_shape))
        if min(sizes) < 1:
            raise misfit(self, input_shape, "axes longer than what is cut off")
        return (input_shape[0], *sizes)


Bordered = Pad | Crop


def need_border(layer: Bordered, border: Padding) -> None:
    """Raises: ShapeError where a border is not made of whole numbers from zero up."""
    if isinstance(border, str):
        raise ShapeError(f"{layer.kind}: 'border' is {border!r}; expected whole numbers from zero up")
    need_padding(layer, border)


def bordered(layer: Bordered, shape: Shape) -> tuple[tuple[int, int, int], ...]:
    """Size of each axis after the channels, and the border before and after it. Raises: ShapeError."""
    sizes = shape[1:]
    if not sizes or (isinstance(layer.border, tuple) and len(layer.border) != len(sizes)):
        raise misfit(layer, shape, "channels and an axis for every border")
    return tuple((size, *ends) for size, ends in zip(sizes, borders(layer.border, len(sizes)), strict=True))
