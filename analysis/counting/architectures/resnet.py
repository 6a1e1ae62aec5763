"""Residual networks and their wider and grouped relatives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from analysis.counting.architectures.parts import RELU, averaged_classifier, normalised
from analysis.counting.layers import Layer, Pool2d, Residual, Sequential, Stages
from analysis.counting.registry import architecture

# Inner channels of the four stages, and blocks in each by depth. Source: he2015resnet, table 1.
WIDTHS = (64, 128, 256, 512)
DEPTHS = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}
# A block of three convolutions puts out four times its inner channels.
EXPANSION = 4
V1_5_NOTE = "The form that libraries ship: the stride of a stage is in the 3x3 convolution, not in the 1x1 before it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Bottleneck:
    """How the blocks of three convolutions look: their inner width, groups, and which convolution has the stride."""

    widening: float = 1
    groups: int = 1
    stride_on_3x3: bool = True

    def __call__(self, in_channels: int, width: int, stride: int) -> Layer:
        """A block of 1x1, 3x3 and 1x1."""
        inner, out_channels = int(width * self.widening), width * EXPANSION
        first, second = (1, stride) if self.stride_on_3x3 else (stride, 1)
        body = Sequential(
            (
                normalised(in_channels, inner, stride=first),
                normalised(inner, inner, kernel=3, stride=second, groups=self.groups),
                normalised(inner, out_channels, activation=None),
            )
        )
        return Sequential((Residual(body, _shortcut(in_channels, out_channels, stride)), RELU))


def basic_block(in_channels: int, width: int, stride: int) -> Layer:
    """A block of two 3x3 convolutions."""
    body = Sequential(
        (
            normalised(in_channels, width, kernel=3, stride=stride),
            normalised(width, width, kernel=3, activation=None),
        )
    )
    return Sequential((Residual(body, _shortcut(in_channels, width, stride)), RELU))


def resnet(depths: Sequence[int], block: Callable[[int, int, int], Layer], expansion: int) -> Layer:
    """A network with so many blocks in each of the four stages."""
    stages, channels = [], 64
    for number, (depth, width) in enumerate(zip(depths, WIDTHS, strict=True), 2):
        blocks = []
        for position in range(depth):
            blocks.append(block(channels, width, 2 if position == 0 and number > 2 else 1))
            channels = width * expansion
        stages.append((f"stage {number}", Sequential(tuple(blocks))))
    stem = Sequential((normalised(3, 64, kernel=7, stride=2), Pool2d(3, stride=2, padding=1)))
    return Stages((("stage 1", stem), *stages, ("classifier", averaged_classifier(channels))))


def _deep(depth: int, block: Bottleneck) -> Layer:
    return resnet(DEPTHS[depth], block, EXPANSION)


def _shortcut(in_channels: int, out_channels: int, stride: int) -> Layer | None:
    if stride == 1 and in_channels == out_channels:
        return None
    return normalised(in_channels, out_channels, stride=stride, activation=None)


AS_PAPER = Bottleneck(stride_on_3x3=False)
AS_SHIPPED = Bottleneck()


_published = partial(architecture, group="vision", sources=("he2015resnet",), where="table 1")
_shipped = partial(
    architecture,
    group="vision",
    sources=("he2015resnet", "torchvision2025"),
    where="table 1, with the stride as torchvision has it",
    note=V1_5_NOTE,
)


@_published("resnet18", "ResNet-18", since="2020-05")
def resnet18() -> Layer:
    """Eighteen layers."""
    return resnet(DEPTHS[18], basic_block, 1)


@_published("resnet34", "ResNet-34", since="2020-05")
def resnet34() -> Layer:
    """Thirty-four layers."""
    return resnet(DEPTHS[34], basic_block, 1)


@_published("resnet50", "ResNet-50", since="2026-11")
def resnet50() -> Layer:
    """Fifty layers."""
    return _deep(50, AS_PAPER)


@_published("resnet101", "ResNet-101", since="2026-11")
def resnet101() -> Layer:
    """A hundred and one layers."""
    return _deep(101, AS_PAPER)


@_published("resnet152", "ResNet-152", since="2018-05")
def resnet152() -> Layer:
    """A hundred and fifty-two layers."""
    return _deep(152, AS_PAPER)


@_shipped("resnet50_v1_5", "ResNet-50 v1.5", since="2020-05")
def resnet50_v1_5() -> Layer:
    """Fifty layers, strides on the 3x3 convolutions."""
    return _deep(50, AS_SHIPPED)


@_shipped("resnet101_v1_5", "ResNet-101 v1.5", since="2026-11")
def resnet101_v1_5() -> Layer:
    """A hundred and one layers, strides on the 3x3 convolutions."""
    return _deep(101, AS_SHIPPED)


@_shipped("resnet152_v1_5", "ResNet-152 v1.5", since="2018-05")
def resnet152_v1_5() -> Layer:
    """A hundred and fifty-two layers, strides on the 3x3 convolutions."""
    return _deep(152, AS_SHIPPED)


@architecture(
    "resnext50",
    "ResNeXt-50 (32x4d)",
    group="vision",
    sources=("xie2016aggregated",),
    where="table 1",
    note="The stride of a stage is in the grouped 3x3 convolution.",
    since="2020-05",
)
def resnext50() -> Layer:
    """Thirty-two groups of four channels in the first stage."""
    return _deep(50, Bottleneck(widening=2, groups=32))


@architecture(
    "resnext101_32x8d",
    "ResNeXt-101 (32x8d)",
    group="vision",
    sources=("xie2016aggregated", "torchvision2025"),
    where="the rule of table 1, in the size that torchvision ships",
    since="2026-11",
)
def resnext101_32x8d() -> Layer:
    """Thirty-two groups of eight channels in the first stage."""
    return _deep(101, Bottleneck(widening=4, groups=32))


@architecture(
    "resnext101_64x4d",
    "ResNeXt-101 (64x4d)",
    group="vision",
    sources=("xie2016aggregated",),
    where="the rule of table 1, with 64 groups",
    since="2026-11",
)
def resnext101_64x4d() -> Layer:
    """Sixty-four groups of four channels in the first stage."""
    return _deep(101, Bottleneck(widening=4, groups=64))


@architecture(
    "wide_resnet50",
    "Wide ResNet-50-2",
    group="vision",
    sources=("zagoruyko2016wide",),
    where="section 3.4, the bottleneck network for ImageNet",
    note="The inner convolutions of a block are twice as wide; the stride is in the 3x3 convolution.",
    since="2020-05",
)
def wide_resnet50() -> Layer:
    """Fifty layers, inner widths doubled."""
    return _deep(50, Bottleneck(widening=2))


@architecture(
    "wide_resnet101",
    "Wide ResNet-101-2",
    group="vision",
    sources=("zagoruyko2016wide", "torchvision2025"),
    where="the rule of section 3.4, in the depth that torchvision ships",
    since="2026-11",
)
def wide_resnet101() -> Layer:
    """A hundred and one layers, inner widths doubled."""
    return _deep(101, Bottleneck(widening=2))
