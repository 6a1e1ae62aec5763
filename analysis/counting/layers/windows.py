"""What convolutions and pools share: a window that moves along each axis, and how often it fits."""

from typing import Literal

from analysis.counting.layers.base import Layer, Shape, misfit, spelled_shape, whole
from analysis.errors import ShapeError

Size = int | tuple[int, ...]
Padding = int | tuple[int, ...] | Literal["same"]


def per_axis(size: Size, axes: int) -> tuple[int, ...]:
    """A size along each axis; one number stands for all."""
    return size if isinstance(size, tuple) else (size,) * axes


def need_axes(layer: Layer, axes: int, *names: str) -> None:
    """Raises: ShapeError where a size names another number of axes than the layer moves along."""
    for name in names:
        value = getattr(layer, name)
        if isinstance(value, tuple) and len(value) != axes:
            raise ShapeError(f"{layer.kind}: '{name}' is {spelled_shape(value)}; expected one number or {axes}")


def need_padding(layer: Layer, padding: Padding) -> None:
    """Raises: ShapeError where a padding is below zero or an unknown word."""
    if isinstance(padding, str):
        if padding != "same":
            raise ShapeError(f"{layer.kind}: 'padding' is '{padding}'; expected numbers or 'same'")
    elif not all(whole(number, 0) for number in (padding if isinstance(padding, tuple) else (padding,))):
        raise ShapeError(f"{layer.kind}: 'padding' is {padding!r}; expected whole numbers from zero up")


def window_detail(kernel: Size, stride: Size, dilation: Size = 1, groups: int = 1) -> str:
    """Kernel, and stride, dilation and groups where they are not one: `3x3, stride 2`."""
    parts = [spelled_shape(kernel if isinstance(kernel, tuple) else (kernel, kernel))]
    for word, value in (("stride", stride), ("dilation", dilation), ("groups", groups)):
        if value != 1:
            parts.append(f"{word} {spelled_shape(value) if isinstance(value, tuple) else value}")
    return ", ".join(parts)


def window_counts(
    layer: Layer,
    input_shape: Shape,
    *,
    kernel: Size,
    stride: Size,
    padding: Padding,
    dilation: Size = 1,
    ceil_mode: bool = False,
) -> Shape:
    """How many windows fit along each axis behind the channels. Raises: ShapeError where not even one does.

    With padding "same" there is one window a stride, as many as begin in the input. With `ceil_mode` a
    last window may reach beyond the padded input, as long as it begins inside input or leading padding.
    """
    sizes = input_shape[1:]
    axes = len(sizes)
    strides = per_axis(stride, axes)
    if padding == "same":
        return tuple(-(-size // step) for size, step in zip(sizes, strides, strict=True))
    assert not isinstance(padding, str)
    counts = []
    for size, width, step, border, gap in zip(
        sizes, per_axis(kernel, axes), strides, per_axis(padding, axes), per_axis(dilation, axes), strict=True
    ):
        room = size + 2 * border - gap * (width - 1) - 1
        if room < 0:
            reach = gap * (width - 1) + 1
            raise misfit(layer, input_shape, f"at least {reach} along an axis for its kernel, padding included")
        count = room // step + 1
        if ceil_mode and room % step and count * step < size + border:
            count += 1
        counts.append(count)
    return tuple(counts)
