"""Pools: windows of which the largest number or the average is kept. They hold no product with a weight."""

from dataclasses import KW_ONLY, dataclass
from typing import ClassVar, Literal

from analysis.counting.layers.base import Layer, Shape, elements, misfit, need_one_of, need_positive, need_rank
from analysis.counting.layers.windows import (
    Padding,
    Size,
    borders,
    need_axes,
    need_padding,
    per_axis,
    window_detail,
    windows,
)
from analysis.errors import ShapeError


@dataclass(frozen=True, slots=True)
class Pool2d(Layer):
    """The largest or the average number of each window over channels x height x width.

    Without a stride the windows are side by side.
    """

    kernel: Size
    _: KW_ONLY
    stride: Size | None = None
    padding: Padding = 0
    ceil_mode: bool = False
    how: Literal["max", "average"] = "max"

    kind: ClassVar[str] = "pool2d"
    axes: ClassVar[int] = 2
    rank: ClassVar[str] = "channels x height x width"

    def __post_init__(self) -> None:
        need_positive(self, "kernel", *(["stride"] if self.stride is not None else []))
        need_axes(self, self.axes, "kernel", "stride", "padding")
        need_padding(self, self.padding)
        need_one_of(self, "how", ("max", "average"))
        if not isinstance(self.padding, str):
            along = zip(borders(self.padding, self.axes), per_axis(self.kernel, self.axes), strict=True)
            # More padding would make windows that hold no input at all; PyTorch refuses it too.
            if any(2 * max(border) > width for border, width in along):
                raise ShapeError(f"{self.kind}: 'padding' is {self.padding}; expected at most half the kernel")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Channels x windows down x windows across. Raises: ShapeError."""
        need_rank(self, input_shape, self.rank)
        return (
            input_shape[0],
            *windows(
                self,
                input_shape,
                kernel=self.kernel,
                stride=self._stride,
                padding=self.padding,
                ceil_mode=self.ceil_mode,
            ),
        )

    def detail(self) -> str:
        """What is kept of a window, its kernel and stride."""
        space = ", " if self.axes == 1 else " "
        return self.how + space + window_detail(per_axis(self.kernel, self.axes), self._stride)

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """Every number of every window. Raises: ShapeError."""
        return {"pooling": elements(self.output_shape(input_shape)) * elements(per_axis(self.kernel, self.axes))}

    @property
    def _stride(self) -> Size:
        return self.kernel if self.stride is None else self.stride


@dataclass(frozen=True, slots=True)
class Pool1d(Pool2d):
    """The largest or the average number of each window over channels x steps."""

    kind: ClassVar[str] = "pool1d"
    axes: ClassVar[int] = 1
    rank: ClassVar[str] = "channels x steps"


@dataclass(frozen=True, slots=True)
class Pool3d(Pool2d):
    """The largest or the average number of each window over channels x depth x height x width."""

    kind: ClassVar[str] = "pool3d"
    axes: ClassVar[int] = 3
    rank: ClassVar[str] = "channels x depth x height x width"


@dataclass(frozen=True, slots=True)
class AdaptivePool2d(Layer):
    """The average, or the largest number, of as many windows as are asked for; `1` pools each channel whole."""

    size: Size = 1
    _: KW_ONLY
    how: Literal["average", "max"] = "average"

    kind: ClassVar[str] = "adaptive_pool2d"
    axes: ClassVar[int] = 2
    rank: ClassVar[str] = "channels x height x width"

    def __post_init__(self) -> None:
        need_positive(self, "size")
        need_axes(self, self.axes, "size")
        need_one_of(self, "how", ("average", "max"))

    def output_shape(self, input_shape: Shape) -> Shape:
        """Channels x the size asked for. Raises: ShapeError."""
        need_rank(self, input_shape, self.rank)
        return (input_shape[0], *per_axis(self.size, self.axes))

    def detail(self) -> str:
        """What is kept of a window, where it is not the average."""
        return "" if self.how == "average" else self.how

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """Every input element. Raises: ShapeError."""
        # Called only for its checks.
        self.output_shape(input_shape)
        return {"pooling": elements(input_shape)}


@dataclass(frozen=True, slots=True)
class AdaptivePool1d(AdaptivePool2d):
    """As many windows as are asked for over channels x steps."""

    kind: ClassVar[str] = "adaptive_pool1d"
    axes: ClassVar[int] = 1
    rank: ClassVar[str] = "channels x steps"


@dataclass(frozen=True, slots=True)
class AdaptivePool3d(AdaptivePool2d):
    """As many windows as are asked for over channels x depth x height x width."""

    kind: ClassVar[str] = "adaptive_pool3d"
    axes: ClassVar[int] = 3
    rank: ClassVar[str] = "channels x depth x height x width"


@dataclass(frozen=True, slots=True)
class GlobalPool(Layer):
    """The average of each channel, with every other axis removed."""

    kind: ClassVar[str] = "global_pool"

    def output_shape(self, input_shape: Shape) -> Shape:
        """The channels. Raises: ShapeError."""
        if len(input_shape) < 2:
            raise misfit(self, input_shape, "channels and at least one axis after them")
        return input_shape[:1]

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """Every input element. Raises: ShapeError."""
        # Called only for its checks.
        self.output_shape(input_shape)
        return {"pooling": elements(input_shape)}
