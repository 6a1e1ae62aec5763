"""VGG: stacks of 3x3 convolutions, a pool after each stage, three linear layers."""

from collections.abc import Sequence

from analysis.counting.architectures.alexnet import classifier
from analysis.counting.architectures.parts import RELU
from analysis.counting.layers import Conv2d, Layer, Pool2d, Sequential, Stages
from analysis.counting.registry import architecture

# Output channels of the five stages. Source: simonyan2014vgg, table 1.
WIDTHS = (64, 128, 256, 512, 512)
SOURCES = ("simonyan2014vgg",)


def vgg(depths: Sequence[int]) -> Layer:
    """A network with so many convolutions in each of the five stages."""
    stages, channels = [], 3
    for number, (depth, width) in enumerate(zip(depths, WIDTHS, strict=True), 1):
        layers: list[Layer] = []
        for _ in range(depth):
            layers += [Conv2d(channels, width, kernel=3, padding=1), RELU]
            channels = width
        stages.append((f"stage {number}", Sequential((*layers, Pool2d(2)))))
    return Stages((*stages, ("classifier", classifier(channels * 7 * 7))))


@architecture("vgg11", "VGG-11", group="vision", sources=SOURCES, where="table 1, configuration A", since="2020-05")
def vgg11() -> Layer:
    """Configuration A."""
    return vgg((1, 1, 2, 2, 2))


@architecture("vgg13", "VGG-13", group="vision", sources=SOURCES, where="table 1, configuration B", since="2026-11")
def vgg13() -> Layer:
    """Configuration B."""
    return vgg((2, 2, 2, 2, 2))


@architecture("vgg16", "VGG-16", group="vision", sources=SOURCES, where="table 1, configuration D", since="2018-05")
def vgg16() -> Layer:
    """Configuration D."""
    return vgg((2, 2, 3, 3, 3))


@architecture("vgg19", "VGG-19", group="vision", sources=SOURCES, where="table 1, configuration E", since="2026-11")
def vgg19() -> Layer:
    """Configuration E."""
    return vgg((2, 2, 4, 4, 4))
