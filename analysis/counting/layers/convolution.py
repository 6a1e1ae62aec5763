"""Convolutions and transposed convolutions over one, two and three axes."""

from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from analysis.counting.layers.base import Layer, Shape, elements, misfit, need_divisible, need_positive, need_rank
from analysis.counting.layers.windows import (
    Padding,
    Size,
    need_axes,
    need_borders,
    need_padding,
    per_axis,
    window_detail,
    windows,
)
from analysis.errors import ShapeError


@dataclass(frozen=True, slots=True)
class Conv2d(Layer):
    """A convolution over channels x height x width.

    Each output number is a product of `kernel` x `in_channels` / `groups` inputs with weights. A padding may differ at
    the two ends of an axis.
    """

    in_channels: int
    out_channels: int
    _: KW_ONLY
    kernel: Size
    stride: Size = 1
    padding: Padding = 0
    dilation: Size = 1
    groups: int = 1
    bias: bool = True

    kind: ClassVar[str] = "conv2d"
    axes: ClassVar[int] = 2
    rank: ClassVar[str] = "channels x height x width"

    def __post_init__(self) -> None:
        need_positive(self, "in_channels", "out_channels", "kernel", "stride", "dilation", "groups")
        need_axes(self, self.axes, "kernel", "stride", "padding", "dilation")
        need_padding(self, self.padding)
        need_divisible(self, "in_channels", "groups")
        need_divisible(self, "out_channels", "groups")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Output channels x height x width. Raises: ShapeError."""
        need_rank(self, input_shape, self.rank)
        if input_shape[0] != self.in_channels:
            raise misfit(self, input_shape, f"{self.in_channels} channels")
        return (
            self.out_channels,
            *windows(
                self,
                input_shape,
                kernel=self.kernel,
                stride=self.stride,
                padding=self.padding,
                dilation=self.dilation,
            ),
        )

    def macs(self, input_shape: Shape) -> int:
        """Output elements times the inputs that each is made from. Raises: ShapeError."""
        return elements(self.output_shape(input_shape)) * self._fan_in

    def params(self) -> int:
        """Weights, and one bias per output channel."""
        return self.out_channels * (self._fan_in + self.bias)

    def detail(self) -> str:
        """Kernel, stride, dilation and groups."""
        return window_detail(per_axis(self.kernel, self.axes), self.stride, self.dilation, self.groups)

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """One addition per output element if there is a bias. Raises: ShapeError."""
        return {"bias": elements(self.output_shape(input_shape))} if self.bias else {}

    @property
    def _fan_in(self) -> int:
        return self.in_channels // self.groups * elements(per_axis(self.kernel, self.axes))


@dataclass(frozen=True, slots=True)
class Conv1d(Conv2d):
    """A convolution over channels x steps."""

    kind: ClassVar[str] = "conv1d"
    axes: ClassVar[int] = 1
    rank: ClassVar[str] = "channels x steps"


@dataclass(frozen=True, slots=True)
class Conv3d(Conv2d):
    """A convolution over channels x depth x height x width, such as that of a film, whose depth is its frames."""

    kind: ClassVar[str] = "conv3d"
    axes: ClassVar[int] = 3
    rank: ClassVar[str] = "channels x depth x height x width"


@dataclass(frozen=True, slots=True)
class ConvTranspose2d(Layer):
    """A transposed convolution over channels x height x width: every input number is spread by the kernel."""

    in_channels: int
    out_channels: int
    _: KW_ONLY
    kernel: Size
    stride: Size = 1
    padding: Size = 0
    output_padding: Size = 0
    dilation: Size = 1
    groups: int = 1
    bias: bool = True

    kind: ClassVar[str] = "conv_transpose2d"
    axes: ClassVar[int] = 2
    rank: ClassVar[str] = "channels x height x width"

    def __post_init__(self) -> None:
        need_positive(self, "in_channels", "out_channels", "kernel", "stride", "dilation", "groups")
        need_axes(self, self.axes, "kernel", "stride", "padding", "output_padding", "dilation")
        need_borders(self, "padding", "output_padding")
        need_divisible(self, "in_channels", "groups")
        need_divisible(self, "out_channels", "groups")
        limits = zip(per_axis(self.stride, self.axes), per_axis(self.dilation, self.axes), strict=True)
        if any(
            extra >= max(limit) for extra, limit in zip(per_axis(self.output_padding, self.axes), limits, strict=True)
        ):
            raise ShapeError(f"{self.kind}: 'output_padding' is {self.output_padding}; expected less than the stride")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Output channels x height x width. Raises: ShapeError."""
        need_rank(self, input_shape, self.rank)
        if input_shape[0] != self.in_channels:
            raise misfit(self, input_shape, f"{self.in_channels} channels")
        sizes = [self.out_channels]
        for size, width, step, border, extra, gap in zip(
            input_shape[1:],
            per_axis(self.kernel, self.axes),
            per_axis(self.stride, self.axes),
            per_axis(self.padding, self.axes),
            per_axis(self.output_padding, self.axes),
            per_axis(self.dilation, self.axes),
            strict=True,
        ):
            # The inverse of the formula for a convolution's windows.
            sizes.append((size - 1) * step - 2 * border + gap * (width - 1) + extra + 1)
        if min(sizes) <= 0:
            raise misfit(self, input_shape, "an input larger than what its padding takes away")
        return tuple(sizes)

    def macs(self, input_shape: Shape) -> int:
        """Input elements times the outputs that each is spread to, padding included. Raises: ShapeError."""
        # Called only for its checks: an unfit input must not be counted.
        self.output_shape(input_shape)
        return elements(input_shape) * self._fan_out

    def params(self) -> int:
        """Weights, and one bias per output channel."""
        return self.in_channels * self._fan_out + self.out_channels * self.bias

    def detail(self) -> str:
        """Kernel, stride, dilation and groups."""
        return window_detail(per_axis(self.kernel, self.axes), self.stride, self.dilation, self.groups)

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """One addition per output element if there is a bias. Raises: ShapeError."""
        return {"bias": elements(self.output_shape(input_shape))} if self.bias else {}

    @property
    def _fan_out(self) -> int:
        return self.out_channels // self.groups * elements(per_axis(self.kernel, self.axes))


@dataclass(frozen=True, slots=True)
class ConvTranspose1d(ConvTranspose2d):
    """A transposed convolution over channels x steps."""

    kind: ClassVar[str] = "conv_transpose1d"
    axes: ClassVar[int] = 1
    rank: ClassVar[str] = "channels x steps"


@dataclass(frozen=True, slots=True)
class ConvTranspose3d(ConvTranspose2d):
    """A transposed convolution over channels x depth x height x width."""

    kind: ClassVar[str] = "conv_transpose3d"
    axes: ClassVar[int] = 3
    rank: ClassVar[str] = "channels x depth x height x width"
