"""DenseNet: every layer sees the outputs of all layers before it in its block."""

from collections.abc import Sequence

from analysis.counting.architectures.parts import RELU, averaged_classifier, normalised
from analysis.counting.layers import Branches, Conv2d, Identity, Layer, Norm, Pool2d, Sequential, Stages
from analysis.counting.registry import architecture

SOURCES = ("huang2016densely",)
# The 1x1 convolution before each 3x3 gives so many times the growth.
BOTTLENECK = 4


def densenet(depths: Sequence[int], *, growth: int = 32, stem: int = 64) -> Layer:
    """A network with so many layers in each of the four blocks, each adding `growth` channels."""
    stages: list[tuple[str, Layer]] = [
        ("stem", Sequential((normalised(3, stem, kernel=7, stride=2), Pool2d(3, stride=2, padding=1))))
    ]
    channels = stem
    for number, depth in enumerate(depths, 1):
        layers = []
        for _ in range(depth):
            layers.append(_dense_layer(channels, growth))
            channels += growth
        stages.append((f"block {number}", Sequential(tuple(layers))))
        if number < len(depths):
            stages.append((f"transition {number}", _transition(channels)))
            channels //= 2
    end = Sequential((Norm(channels), RELU, averaged_classifier(channels)))
    return Stages((*stages, ("classifier", end)))


def _dense_layer(channels: int, growth: int) -> Layer:
    inner = BOTTLENECK * growth
    new = Sequential(
        (
            Norm(channels),
            RELU,
            normalised(channels, inner),
            Conv2d(inner, growth, kernel=3, padding=1, bias=False),
        )
    )
    return Branches((("kept", Identity()), ("new", new)))


def _transition(channels: int) -> Layer:
    convolution = Conv2d(channels, channels // 2, kernel=1, bias=False)
    return Sequential((Norm(channels), RELU, convolution, Pool2d(2, how="average")))


@architecture("densenet121", "DenseNet-121", group="vision", sources=SOURCES, where="table 1", since="2020-05")
def densenet121() -> Layer:
    """Growth of 32."""
    return densenet((6, 12, 24, 16))


@architecture("densenet169", "DenseNet-169", group="vision", sources=SOURCES, where="table 1", since="2026-11")
def densenet169() -> Layer:
    """Growth of 32."""
    return densenet((6, 12, 32, 32))


@architecture("densenet201", "DenseNet-201", group="vision", sources=SOURCES, where="table 1", since="2026-11")
def densenet201() -> Layer:
    """Growth of 32."""
    return densenet((6, 12, 48, 32))


@architecture(
    "densenet161",
    "DenseNet-161",
    group="vision",
    sources=SOURCES,
    where="the rule of table 1, with growth 48 as in the authors' repository",
    since="2026-11",
)
def densenet161() -> Layer:
    """Growth of 48."""
    return densenet((6, 12, 36, 24), growth=48, stem=96)
