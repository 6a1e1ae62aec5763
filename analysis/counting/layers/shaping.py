"""Layers that rearrange or pick numbers: nothing is multiplied and nothing is learned."""

from dataclasses import dataclass
from typing import ClassVar

from analysis.counting.layers.base import Layer, Shape, elements, misfit, need_positive, need_rank


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
    """An image as a sequence: a step a place, the channels along the width."""

    kind: ClassVar[str] = "tokens"

    def output_shape(self, input_shape: Shape) -> Shape:
        """Places x channels. Raises: ShapeError."""
        need_rank(self, input_shape, "channels x height x width")
        # One token per position, as wide as the channels.
        return (input_shape[1] * input_shape[2], input_shape[0])


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
