"""Pools: windows of which the largest number or the average is kept. They hold no product with a weight."""

from dataclasses import KW_ONLY, dataclass
from typing import ClassVar, Literal

from analysis.counting.layers.base import Layer, Shape, elements, misfit, need_one_of, need_positive, need_rank
from analysis.counting.layers.windows import Padding, Size, need_axes, need_padding, per_axis, window_detail, windows
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

    def __post_init__(self) -> None:
        need_positive(self, "kernel", *(["stride"] if self.stride is not None else []))
        need_axes(self, 2, "kernel", "stride", "padding")
        need_padding(self, self.padding)
        need_one_of(self, "how", ("max", "average"))
        if not isinstance(self.padding, str):
            borders, widths = per_axis(self.padding, 2), per_axis(self.kernel, 2)
            # More padding would make windows that hold no input at all; PyTorch refuses it too.
            if any(2 * border > width for border, width in zip(borders, widths, strict=True)):
                raise ShapeError(f"{self.kind}: 'padding' is {self.padding}; expected at most half the kernel")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Channels x windows down x windows across. Raises: ShapeError."""
        need_rank(self, input_shape, "channels x height x width")
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
        return f"{self.how} {window_detail(per_axis(self.kernel, 2), self._stride)}"

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """Every number of every window. Raises: ShapeError."""
        return {"pooling": elements(self.output_shape(input_shape)) * elements(per_axis(self.kernel, 2))}

    @property
    def _stride(self) -> Size:
        return self.kernel if self.stride is None else self.stride


@dataclass(frozen=True, slots=True)
class AdaptivePool2d(Layer):
    """The average of as many windows as are asked for, whatever the input; `1` pools each channel whole."""

    size: Size = 1

    kind: ClassVar[str] = "adaptive_pool2d"

    def __post_init__(self) -> None:
        need_positive(self, "size")
        need_axes(self, 2, "size")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Channels x the size asked for. Raises: ShapeError."""
        need_rank(self, input_shape, "channels x height x width")
        return (input_shape[0], *per_axis(self.size, 2))

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """Every input element. Raises: ShapeError."""
        # Called only for its checks.
        self.output_shape(input_shape)
        return {"pooling": elements(input_shape)}


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
