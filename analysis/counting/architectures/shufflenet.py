"""ShuffleNet: grouped 1x1 convolutions with a shuffle between the groups; version 2 splits the channels instead."""

from analysis.counting.architectures.parts import RELU, averaged_classifier, normalised
from analysis.counting.layers import Branches, ChannelShuffle, Keep, Layer, Pool2d, Repeat, Residual, Sequential, Stages
from analysis.counting.registry import architecture

STEM = 24
# Units that follow the first of each stage.
FURTHER = (3, 7, 3)
# Output channels of the first stage for each number of groups. Source: zhang2017shufflenet, table 1.
V1_WIDTHS = {1: 144, 2: 200, 3: 240, 4: 272, 8: 384}
V1_SOURCES, V2_SOURCES = ("zhang2017shufflenet",), ("ma2018shufflenetv2",)


def shufflenet_v1(groups: int, scale: float = 1.0) -> Layer:
    """A network with so many groups, all of its widths multiplied by `scale`."""
    stem, width = int(STEM * scale), int(V1_WIDTHS[groups] * scale)
    channels = stem
    stages = []
    for number, further in enumerate(FURTHER, 2):
        first = _v1_halving(channels, width, groups, first_groups=1 if number == 2 else groups)
        stages.append((f"stage {number}", Sequential((first, Repeat(_v1_unit(width, groups), further)))))
        channels, width = width, 2 * width
    return Stages((("stage 1", _stem(stem)), *stages, ("classifier", averaged_classifier(channels))))


def _stem(channels: int) -> Layer:
    return Sequential((normalised(3, channels, kernel=3, stride=2), Pool2d(3, stride=2, padding=1)))


def _v1_body(in_channels: int, out_channels: int, groups: int, first_groups: int, stride: int, inner: int) -> Layer:
    return Sequential(
        (
            normalised(in_channels, inner, groups=first_groups),
            ChannelShuffle(first_groups),
            normalised(inner, inner, kernel=3, stride=stride, groups=inner, activation=None),
            normalised(inner, out_channels, groups=groups, activation=None),
        )
    )


def _v1_unit(channels: int, groups: int) -> Layer:
    return Sequential((Residual(_v1_body(channels, channels, groups, groups, 1, channels // 4)), RELU))


def _v1_halving(in_channels: int, out_channels: int, groups: int, first_groups: int) -> Layer:
    """A unit of stride two: its new channels are joined with the pooled old ones."""
    new = _v1_body(in_channels, out_channels - in_channels, groups, first_groups, 2, out_channels // 4)
    pooled = Pool2d(3, stride=2, padding=1, how="average")
    return Sequential((Branches((("pooled", pooled), ("new", new))), RELU))


def shufflenet_v2(widths: tuple[int, int, int], last: int) -> Layer:
    """A network with these widths of its three stages and of the last 1x1 convolution."""
    channels, stages = STEM, []
    for number, (width, further) in enumerate(zip(widths, FURTHER, strict=True), 2):
        units = Sequential((_v2_halving(channels, width), Repeat(_v2_unit(width), further)))
        stages.append((f"stage {number}", units))
        channels = width
    return Stages(
        (
            ("stage 1", _stem(STEM)),
            *stages,
            ("convolution 5", normalised(channels, last)),
            ("classifier", averaged_classifier(last)),
        )
    )


def _v2_branch(in_channels: int, channels: int, stride: int) -> Layer:
    return Sequential(
        (
            normalised(in_channels, channels),
            normalised(channels, channels, kernel=3, stride=stride, groups=channels, activation=None),
            normalised(channels, channels),
        )
    )


def _v2_unit(width: int) -> Layer:
    half = width // 2
    changed = Sequential((Keep(half), _v2_branch(half, half, 1)))
    return Sequential((Branches((("kept", Keep(half)), ("changed", changed))), ChannelShuffle(2)))


def _v2_halving(in_channels: int, width: int) -> Layer:
    half = width // 2
    short = Sequential(
        (
            normalised(in_channels, in_channels, kernel=3, stride=2, groups=in_channels, activation=None),
            normalised(in_channels, half),
        )
    )
    return Sequential((Branches((("short", short), ("long", _v2_branch(in_channels, half, 2)))), ChannelShuffle(2)))


@architecture(
    "shufflenet_v1_1x_g3",
    "ShuffleNet v1 1x, 3 groups",
    group="vision",
    sources=V1_SOURCES,
    where="table 1",
    note="The first 1x1 convolution of stage 2 is not grouped, as its input has few channels.",
    since="2020-05",
)
def shufflenet_v1_1x_g3() -> Layer:
    """Three groups."""
    return shufflenet_v1(3)


@architecture(
    "shufflenet_v1_1x_g8",
    "ShuffleNet v1 1x, 8 groups",
    group="vision",
    sources=V1_SOURCES,
    where="table 1",
    since="2026-11",
)
def shufflenet_v1_1x_g8() -> Layer:
    """Eight groups."""
    return shufflenet_v1(8)


@architecture(
    "shufflenet_v1_0_5x_g3",
    "ShuffleNet v1 0.5x, 3 groups",
    group="vision",
    sources=V1_SOURCES,
    where="table 1, with all widths halved",
    since="2026-11",
)
def shufflenet_v1_0_5x_g3() -> Layer:
    """Three groups, half the width."""
    return shufflenet_v1(3, 0.5)


@architecture(
    "shufflenet_v2_0_5x", "ShuffleNet v2 0.5x", group="vision", sources=V2_SOURCES, where="table 5", since="2026-11"
)
def shufflenet_v2_0_5x() -> Layer:
    """Half the width."""
    return shufflenet_v2((48, 96, 192), 1024)


@architecture(
    "shufflenet_v2_1x", "ShuffleNet v2 1x", group="vision", sources=V2_SOURCES, where="table 5", since="2020-05"
)
def shufflenet_v2_1x() -> Layer:
    """The usual width."""
    return shufflenet_v2((116, 232, 464), 1024)


@architecture(
    "shufflenet_v2_1_5x", "ShuffleNet v2 1.5x", group="vision", sources=V2_SOURCES, where="table 5", since="2020-05"
)
def shufflenet_v2_1_5x() -> Layer:
    """Half as wide again."""
    return shufflenet_v2((176, 352, 704), 1024)


@architecture(
    "shufflenet_v2_2x",
    "ShuffleNet v2 2x",
    group="vision",
    sources=V2_SOURCES,
    where="table 5",
    note="The paper prints 244 channels for the first stage, which agrees with its own counts.",
    since="2026-11",
)
def shufflenet_v2_2x() -> Layer:
    """Twice the width."""
    return shufflenet_v2((244, 488, 976), 2048)
