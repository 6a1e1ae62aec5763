"""MobileNet: depthwise convolutions, followed by products across channels."""

from analysis.counting.architectures.parts import RELU6, averaged_classifier, normalised
from analysis.counting.layers import Layer, Repeat, Residual, Sequential, Stages
from analysis.counting.registry import architecture


def _separable(in_channels: int, out_channels: int, stride: int = 1) -> Layer:
    depthwise = normalised(in_channels, in_channels, kernel=3, stride=stride, groups=in_channels)
    return Sequential((depthwise, normalised(in_channels, out_channels)))


@architecture(
    "mobilenet_v1",
    "MobileNet v1",
    group="vision",
    sources=("howard2017mobilenets",),
    where="table 1",
    note="Width 1. The table prints a stride of 2 for the last convolution over channels; its map of 7x7 needs 1.",
    since="2020-05",
)
def mobilenet_v1() -> Layer:
    """Thirteen separable convolutions."""
    return Stages(
        (
            ("stem", normalised(3, 32, kernel=3, stride=2)),
            ("112 pixels", _separable(32, 64)),
            ("56 pixels", Sequential((_separable(64, 128, 2), _separable(128, 128)))),
            ("28 pixels", Sequential((_separable(128, 256, 2), _separable(256, 256)))),
            ("14 pixels", Sequential((_separable(256, 512, 2), Repeat(_separable(512, 512), 5)))),
            ("7 pixels", Sequential((_separable(512, 1024, 2), _separable(1024, 1024)))),
            ("classifier", averaged_classifier(1024)),
        )
    )


# Of each stage: widening, output channels, blocks, first stride. Source: sandler2018mobilenetv2, table 2.
V2_STAGES = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)


def _inverted(in_channels: int, out_channels: int, stride: int, widening: int) -> Layer:
    inner = in_channels * widening
    widen = (normalised(in_channels, inner, activation=RELU6),) if widening > 1 else ()
    body = Sequential(
        (
            *widen,
            normalised(inner, inner, kernel=3, stride=stride, groups=inner, activation=RELU6),
            normalised(inner, out_channels, activation=None),
        )
    )
    return Residual(body) if stride == 1 and in_channels == out_channels else body


@architecture(
    "mobilenet_v2",
    "MobileNetV2",
    group="vision",
    sources=("sandler2018mobilenetv2",),
    where="table 2",
    note="Width 1.",
    since="2020-05",
)
def mobilenet_v2() -> Layer:
    """Inverted residual blocks: wide inside, narrow between."""
    stages, channels = [], 32
    for number, (widening, width, blocks, stride) in enumerate(V2_STAGES, 1):
        built = []
        for position in range(blocks):
            built.append(_inverted(channels, width, stride if position == 0 else 1, widening))
            channels = width
        stages.append((f"bottlenecks {number}", Sequential(tuple(built))))
    return Stages(
        (
            ("stem", normalised(3, 32, kernel=3, stride=2, activation=RELU6)),
            *stages,
            ("widening", normalised(channels, 1280, activation=RELU6)),
            ("classifier", averaged_classifier(1280)),
        )
    )
