"""SqueezeNet: modules that first narrow the channels, then widen them by two sizes of convolution."""

from analysis.counting.architectures.parts import RELU
from analysis.counting.layers import Branches, Conv2d, GlobalPool, Layer, Pool2d, Sequential, Softmax, Stages
from analysis.counting.registry import architecture

CLASSES = 1000


def _fire(channels: int, squeezed: int, expanded: int) -> Layer:
    """A module whose output has twice `expanded` channels."""
    wide = Branches(
        (
            ("1x1", Sequential((Conv2d(squeezed, expanded, kernel=1), RELU))),
            ("3x3", Sequential((Conv2d(squeezed, expanded, kernel=3, padding=1), RELU))),
        )
    )
    return Sequential((Conv2d(channels, squeezed, kernel=1), RELU, wide))


def _pool() -> Layer:
    return Pool2d(3, stride=2, ceil_mode=True)


def _classifier() -> Layer:
    return Sequential((Conv2d(512, CLASSES, kernel=1), RELU, GlobalPool(), Softmax()))


@architecture(
    "squeezenet1_0",
    "SqueezeNet 1.0",
    group="vision",
    sources=("iandola2016squeezenet",),
    where="table 1",
    note="Pools round their size up, as the paper's map of 13x13 before the classifier asks. The authors' own files "
    "see 227 pixels and give the last convolution a border of one, so their repository counts more.",
    since="2026-11",
)
def squeezenet1_0() -> Layer:
    """The network of the paper."""
    return Stages(
        (
            ("convolution 1", Sequential((Conv2d(3, 96, kernel=7, stride=2), RELU, _pool()))),
            ("fire 2 to 4", Sequential((_fire(96, 16, 64), _fire(128, 16, 64), _fire(128, 32, 128), _pool()))),
            (
                "fire 5 to 8",
                Sequential(
                    (_fire(256, 32, 128), _fire(256, 48, 192), _fire(384, 48, 192), _fire(384, 64, 256), _pool())
                ),
            ),
            ("fire 9", _fire(512, 64, 256)),
            ("convolution 10", _classifier()),
        )
    )


@architecture(
    "squeezenet1_1",
    "SqueezeNet 1.1",
    group="vision",
    sources=("iandola2016squeezenet",),
    where="the authors' repository, version 1.1",
    note="A smaller first convolution and earlier pools.",
    since="2020-05",
)
def squeezenet1_1() -> Layer:
    """The later and smaller form."""
    return Stages(
        (
            ("convolution 1", Sequential((Conv2d(3, 64, kernel=3, stride=2), RELU, _pool()))),
            ("fire 2 and 3", Sequential((_fire(64, 16, 64), _fire(128, 16, 64), _pool()))),
            ("fire 4 and 5", Sequential((_fire(128, 32, 128), _fire(256, 32, 128), _pool()))),
            (
                "fire 6 to 9",
                Sequential((_fire(256, 48, 192), _fire(384, 48, 192), _fire(384, 64, 256), _fire(512, 64, 256))),
            ),
            ("convolution 10", _classifier()),
        )
    )
