"""EfficientNet: one small network, found by search, and its larger siblings by one rule of scaling."""

from functools import partial
from math import ceil

from analysis.counting.architectures.parts import averaged_classifier, normalised
from analysis.counting.layers import Activation, Layer, Residual, Sequential, SqueezeExcite, Stages
from analysis.counting.registry import architecture

SOURCES = ("tan2019efficientnet",)
SILU = Activation("silu")
# Of each stage: widening, output channels, blocks, kernel, first stride. Source: tan2019efficientnet, table 1.
STAGES = (
    (1, 16, 1, 3, 1),
    (6, 24, 2, 3, 2),
    (6, 40, 2, 5, 2),
    (6, 80, 3, 3, 2),
    (6, 112, 3, 5, 1),
    (6, 192, 4, 5, 2),
    (6, 320, 1, 3, 1),
)
STEM = 32
# Channels come in multiples of this; where rounding down would lose more than a tenth, they are rounded up.
UNIT = 8
# The squeezed layer has a quarter of a block's input channels.
SQUEEZED = 4


def efficientnet(width: float = 1.0, depth: float = 1.0) -> Layer:
    """A network whose channels are multiplied by `width` and whose blocks by `depth`."""
    channels = _channels(STEM, width)
    stages: list[tuple[str, Layer]] = [("stem", normalised(3, channels, kernel=3, stride=2, activation=SILU))]
    for number, (widening, out_channels, blocks, kernel, stride) in enumerate(STAGES, 1):
        built = []
        for position in range(ceil(blocks * depth)):
            block = _block(channels, _channels(out_channels, width), kernel, stride if position == 0 else 1, widening)
            built.append(block)
            channels = _channels(out_channels, width)
        stages.append((f"stage {number}", Sequential(tuple(built))))
    last = 4 * channels
    return Stages(
        (*stages, ("widening", normalised(channels, last, activation=SILU)), ("classifier", averaged_classifier(last)))
    )


def _block(in_channels: int, out_channels: int, kernel: int, stride: int, widening: int) -> Layer:
    inner = in_channels * widening
    widen = (normalised(in_channels, inner, activation=SILU),) if widening > 1 else ()
    body = Sequential(
        (
            *widen,
            normalised(inner, inner, kernel=kernel, stride=stride, groups=inner, activation=SILU),
            SqueezeExcite(inner, max(1, in_channels // SQUEEZED)),
            normalised(inner, out_channels, activation=None),
        )
    )
    return Residual(body) if stride == 1 and in_channels == out_channels else body


def _channels(channels: int, width: float) -> int:
    """The nearest multiple of the unit, never more than a tenth too few."""
    wanted = channels * width
    rounded = max(UNIT, int(wanted + UNIT / 2) // UNIT * UNIT)
    return rounded + UNIT if rounded < 0.9 * wanted else rounded


_scaled = partial(
    architecture,
    group="vision",
    sources=SOURCES,
    where="table 1, scaled by the coefficients of the authors' repository",
    since="2026-11",
)


@architecture("efficientnet_b0", "EfficientNet-B0", group="vision", sources=SOURCES, where="table 1", since="2020-05")
def efficientnet_b0() -> Layer:
    """The network that the search found."""
    return efficientnet()


@_scaled("efficientnet_b1", "EfficientNet-B1", input_shape=(3, 240, 240))
def efficientnet_b1() -> Layer:
    """Width 1, depth 1.1, 240 pixels."""
    return efficientnet(depth=1.1)


@_scaled("efficientnet_b2", "EfficientNet-B2", input_shape=(3, 260, 260))
def efficientnet_b2() -> Layer:
    """Width 1.1, depth 1.2, 260 pixels."""
    return efficientnet(width=1.1, depth=1.2)


@_scaled("efficientnet_b3", "EfficientNet-B3", input_shape=(3, 300, 300))
def efficientnet_b3() -> Layer:
    """Width 1.2, depth 1.4, 300 pixels."""
    return efficientnet(width=1.2, depth=1.4)


@_scaled("efficientnet_b4", "EfficientNet-B4", input_shape=(3, 380, 380))
def efficientnet_b4() -> Layer:
    """Width 1.4, depth 1.8, 380 pixels."""
    return efficientnet(width=1.4, depth=1.8)


@_scaled("efficientnet_b5", "EfficientNet-B5", input_shape=(3, 456, 456))
def efficientnet_b5() -> Layer:
    """Width 1.6, depth 2.2, 456 pixels."""
    return efficientnet(width=1.6, depth=2.2)


@_scaled("efficientnet_b6", "EfficientNet-B6", input_shape=(3, 528, 528))
def efficientnet_b6() -> Layer:
    """Width 1.8, depth 2.6, 528 pixels."""
    return efficientnet(width=1.8, depth=2.6)


@_scaled("efficientnet_b7", "EfficientNet-B7", input_shape=(3, 600, 600))
def efficientnet_b7() -> Layer:
    """Width 2, depth 3.1, 600 pixels."""
    return efficientnet(width=2.0, depth=3.1)
