"""GoogLeNet: modules of four branches side by side."""

from collections.abc import Callable

from analysis.counting.architectures.parts import RELU, averaged_classifier, normalised
from analysis.counting.layers import Branches, Conv2d, Layer, LocalResponseNorm, Pool2d, Sequential, Stages
from analysis.counting.registry import architecture

# Of each module: 1x1, before 3x3, 3x3, before 5x5, 5x5, after the pool. Source: szegedy2014going, table 1.
Widths = tuple[int, int, int, int, int, int]
MODULES: dict[str, tuple[tuple[str, Widths], ...]] = {
    "inception 3": (("a", (64, 96, 128, 16, 32, 32)), ("b", (128, 128, 192, 32, 96, 64))),
    "inception 4": (
        ("a", (192, 96, 208, 16, 48, 64)),
        ("b", (160, 112, 224, 24, 64, 64)),
        ("c", (128, 128, 256, 24, 64, 64)),
        ("d", (112, 144, 288, 32, 64, 64)),
        ("e", (256, 160, 320, 32, 128, 128)),
    ),
    "inception 5": (("a", (256, 160, 320, 32, 128, 128)), ("b", (384, 192, 384, 48, 128, 128))),
}
Unit = Callable[..., Layer]


def googlenet_of(unit: Unit, *, wide_kernel: int, normalise: bool) -> Layer:
    """The network made of some unit of convolution; `wide_kernel` is that of the branch for larger patterns."""
    between = (LocalResponseNorm(),) if normalise else ()
    stem = (
        ("convolution 1", Sequential((unit(3, 64, kernel=7, stride=2), _pool(3, 2), *between))),
        ("convolution 2", Sequential((unit(64, 64), unit(64, 192, kernel=3), *between, _pool(3, 2)))),
    )
    stages, channels = [], 192
    for stage, modules in MODULES.items():
        built = []
        for name, widths in modules:
            built.append((name, _module(unit, channels, widths, wide_kernel)))
            channels = widths[0] + widths[2] + widths[4] + widths[5]
        pool = () if stage == "inception 5" else (("pool", _pool(3, 2)),)
        stages.append((stage, Stages((*built, *pool))))
    return Stages((*stem, *stages, ("classifier", averaged_classifier(channels))))


def _plain(in_channels: int, out_channels: int, *, kernel: int = 1, stride: int = 1) -> Layer:
    """A convolution with bias and a rectifier, as before batch normalisation."""
    return Sequential((Conv2d(in_channels, out_channels, kernel=kernel, stride=stride, padding=kernel // 2), RELU))


def _module(unit: Unit, channels: int, widths: Widths, wide_kernel: int) -> Layer:
    narrow, before_middle, middle, before_wide, wide, pooled = widths
    return Branches(
        (
            ("1x1", unit(channels, narrow)),
            ("3x3", Sequential((unit(channels, before_middle), unit(before_middle, middle, kernel=3)))),
            ("wide", Sequential((unit(channels, before_wide), unit(before_wide, wide, kernel=wide_kernel)))),
            ("pool", Sequential((Pool2d(3, stride=1, padding=1), unit(channels, pooled)))),
        )
    )


def _pool(kernel: int, stride: int) -> Layer:
    return Pool2d(kernel, stride=stride, ceil_mode=True)


@architecture(
    "googlenet",
    "GoogLeNet",
    group="vision",
    sources=("szegedy2014going",),
    where="table 1",
    note="Without the auxiliary classifiers, which only training uses.",
    since="2026-11",
)
def googlenet() -> Layer:
    """The network of 2014: 5x5 branches, biases, no batch normalisation."""
    return googlenet_of(_plain, wide_kernel=5, normalise=True)


@architecture(
    "googlenet_torchvision",
    "GoogLeNet, torchvision",
    group="vision",
    sources=("szegedy2014going", "torchvision2025"),
    where="table 1, in the form that torchvision ships",
    note="3x3 convolutions replace the 5x5 ones of the paper, and batch normalisation follows every convolution. "
    "Without the auxiliary classifiers.",
    since="2020-05",
)
def googlenet_torchvision() -> Layer:
    """The form of the library: 3x3 for 5x5, batch normalisation."""
    return googlenet_of(normalised, wide_kernel=3, normalise=False)
