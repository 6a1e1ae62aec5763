"""AlexNet and the network of Zeiler and Fergus: five convolutions and three linear layers."""

from analysis.counting.architectures.parts import RELU
from analysis.counting.layers import (
    Conv2d,
    Flatten,
    Layer,
    Linear,
    LocalResponseNorm,
    Pool2d,
    Sequential,
    Softmax,
    Stages,
)
from analysis.counting.registry import architecture

POOL = Pool2d(3, stride=2)


@architecture(
    "alexnet",
    "AlexNet, two groups",
    group="vision",
    sources=("krizhevsky2012imagenet",),
    where="section 3.5 and figure 2",
    since="2018-05",
    note="Layers 2, 4 and 5 see only the half of the channels that lies on their own card. The paper says "
    "224 pixels; its map of 55 x 55 needs 227, or 224 with a border of two.",
)
def alexnet() -> Layer:
    """The network of 2012, with layers 2, 4 and 5 in two groups."""
    return Stages(
        (
            ("convolution 1", _stage(Conv2d(3, 96, kernel=11, stride=4, padding=2), LocalResponseNorm(), POOL)),
            ("convolution 2", _stage(Conv2d(96, 256, kernel=5, padding=2, groups=2), LocalResponseNorm(), POOL)),
            ("convolution 3", _stage(Conv2d(256, 384, kernel=3, padding=1))),
            ("convolution 4", _stage(Conv2d(384, 384, kernel=3, padding=1, groups=2))),
            ("convolution 5", _stage(Conv2d(384, 256, kernel=3, padding=1, groups=2), POOL)),
            ("classifier", classifier(256 * 6 * 6)),
        )
    )


@architecture(
    "alexnet_one_tower",
    "AlexNet, one tower",
    group="vision",
    sources=("krizhevsky2014weird", "torchvision2025"),
    where="section 5 of the paper of 2014; the form that torchvision ships",
    since="2020-05",
)
def alexnet_one_tower() -> Layer:
    """The form of 2014: narrower layers, no groups, no normalisation."""
    return Stages(
        (
            ("convolution 1", _stage(Conv2d(3, 64, kernel=11, stride=4, padding=2), POOL)),
            ("convolution 2", _stage(Conv2d(64, 192, kernel=5, padding=2), POOL)),
            ("convolution 3", _stage(Conv2d(192, 384, kernel=3, padding=1))),
            ("convolution 4", _stage(Conv2d(384, 256, kernel=3, padding=1))),
            ("convolution 5", _stage(Conv2d(256, 256, kernel=3, padding=1), POOL)),
            ("classifier", classifier(256 * 6 * 6)),
        )
    )


@architecture(
    "zfnet",
    "Zeiler and Fergus",
    group="vision",
    sources=("zeiler2013visualizing",),
    where="figure 3",
    note="The figure gives maps of 110, 55, 26 and 13; the borders here are those that yield them.",
    since="2026-11",
)
def zfnet() -> Layer:
    """A finer first layer than AlexNet's, and no groups."""
    pool = Pool2d(3, stride=2, padding=1)
    return Stages(
        (
            ("convolution 1", _stage(Conv2d(3, 96, kernel=7, stride=2, padding=1), pool, LocalResponseNorm())),
            ("convolution 2", _stage(Conv2d(96, 256, kernel=5, stride=2), pool, LocalResponseNorm())),
            ("convolution 3", _stage(Conv2d(256, 384, kernel=3, padding=1))),
            ("convolution 4", _stage(Conv2d(384, 384, kernel=3, padding=1))),
            ("convolution 5", _stage(Conv2d(384, 256, kernel=3, padding=1), POOL)),
            ("classifier", classifier(256 * 6 * 6)),
        )
    )


def classifier(features: int) -> Layer:
    """Two linear layers of 4,096 and one of a thousand classes, as AlexNet and VGG have them."""
    return Sequential(
        (
            Flatten(),
            Linear(features, 4096),
            RELU,
            Linear(4096, 4096),
            RELU,
            Linear(4096, 1000),
            Softmax(),
        )
    )


def _stage(convolution: Conv2d, *after: Layer) -> Layer:
    return Sequential((convolution, RELU, *after))
