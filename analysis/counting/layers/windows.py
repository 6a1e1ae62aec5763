"""What convolutions and pools share: a window that moves along each axis, and how often it fits."""

from functools import lru_cache
from typing import Literal

from analysis.counting.layers.base import Layer, Shape, misfit, spelled_shape, whole
from analysis.errors import ShapeError

Size = int | tuple[int, ...]
# Along an axis one number for both ends, or one for each: ((2, 0),) is the padding of a causal convolution of width 3.
Padding = int | tuple[int | tuple[int, int], ...] | Literal["same"]


def per_axis(size: Size, axes: int) -> tuple[int, ...]:
    """A size along each axis; a single number applies to all axes."""
    return size if isinstance(size, tuple) else (size,) * axes


def need_axes(layer: Layer, axes: int, *names: str) -> None:
    """Raises: ShapeError where a size names another number of axes than the layer moves along."""
    for name in names:
        value = getattr(layer, name)
        if isinstance(value, tuple) and len(value) != axes:
            raise ShapeError(f"{layer.kind}: '{name}' is {spelled_shape(value)}; expected one number or {axes}")


def need_borders(layer: Layer, *names: str) -> None:
    """Raises: ShapeError where one of a layer's borders is not made of whole numbers from zero up."""
    for name in names:
        value = getattr(layer, name)
        if not (all(whole(number, 0) for number in value) if isinstance(value, tuple) else whole(value, 0)):
            raise ShapeError(f"{layer.kind}: '{name}' is {value!r}; expected whole numbers from zero up")


def need_padding(layer: Layer, padding: Padding) -> None:
    """Raises: ShapeError where a padding is below zero, has other than two ends, or is an unknown word."""
    if isinstance(padding, str):
        if padding != "same":
            raise ShapeError(f"{layer.kind}: 'padding' is '{padding}'; expected numbers or 'same'")
        return
    for border in padding if isinstance(padding, tuple) else (padding,):
        ends = border if isinstance(border, tuple) else (border, border)
        if len(ends) != 2 or not all(whole(number, 0) for number in ends):
            also = ", or a pair for the two ends" if len(ends) != 2 else ""
            raise ShapeError(f"{layer.kind}: 'padding' is {padding!r}; expected whole numbers from zero up{also}")


def borders(padding: Padding, axes: int) -> tuple[tuple[int, int], ...]:
    """The padding before and after each axis; numbers only, not "same"."""
    assert not isinstance(padding, str)
    along = padding if isinstance(padding, tuple) else (padding,) * axes
    return tuple(border if isinstance(border, tuple) else (border, border) for border in along)


@lru_cache(maxsize=1024)
def window_detail(kernel: Shape, stride: Size, dilation: Size = 1, groups: int = 1) -> str:
    """Kernel, and stride, dilation and groups where they are not one: `3x3, stride 2`, or `kernel 3` of one axis."""
    parts = [f"kernel {kernel[0]}" if len(kernel) == 1 else spelled_shape(kernel)]
    for word, value in (("stride", stride), ("dilation", dilation), ("groups", groups)):
        if value != 1:
            parts.append(f"{word} {spelled_shape(value) if isinstance(value, tuple) else value}")
    return ", ".join(parts)


def windows(
    layer: Layer,
    input_shape: Shape,
    *,
    kernel: Size,
    stride: Size,
    padding: Padding,
    dilation: Size = 1,
    ceil_mode: bool = False,
) -> Shape:
    """How many windows fit along each axis after the channels. Raises: ShapeError where not even one does."""
    counts = window_counts(input_shape[1:], kernel, stride, padding, dilation, ceil_mode)
    if min(counts) < 1:
        widths, gaps = per_axis(kernel, len(counts)), per_axis(dilation, len(counts))
        reach = tuple(gap * (width - 1) + 1 for width, gap in zip(widths, gaps, strict=True))
        raise misfit(layer, input_shape, f"at least {spelled_shape(reach)}, its kernel, padding included")
    return counts


# Networks have few different windows and meet each of them often.
@lru_cache(maxsize=4096)
def window_counts(
    sizes: Shape,
    kernel: Size,
    stride: Size,
    padding: Padding,
    dilation: Size = 1,
    ceil_mode: bool = False,  # noqa: FBT001, FBT002 - a cache finds positions faster than names
) -> Shape:
    """How many windows fit along each axis; none or fewer where an axis is too short.

    With padding "same" there is one window a stride, as many as begin in the input. With `ceil_mode` a
    last window may reach beyond the padded input, as long as it begins inside input or leading padding.
    """
    axes = len(sizes)
    strides = per_axis(stride, axes)
    if padding == "same":
        return tuple(-(-size // step) for size, step in zip(sizes, strides, strict=True))
    counts = []
    for size, width, step, (before, after), gap in zip(
        sizes, per_axis(kernel, axes), strides, borders(padding, axes), per_axis(dilation, axes), strict=True
    ):
        # Where the last window can begin, counted from the first.
        room = before + size + after - gap * (width - 1) - 1
        count = room // step + 1
        if ceil_mode and room % step and count * step < size + before:
            count += 1
        counts.append(count)
    return tuple(counts)
