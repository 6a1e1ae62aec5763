"""Inception v3: modules of branches as in GoogLeNet, with large kernels factored into small and flat ones."""

from analysis.counting.architectures.parts import RELU, averaged_classifier
from analysis.counting.layers import Branches, Conv2d, Layer, Norm, Pool2d, Sequential, Stages
from analysis.counting.registry import architecture

Kernel = tuple[int, int]
POINT: Kernel = (1, 1)
SQUARE: Kernel = (3, 3)
LARGE: Kernel = (5, 5)
# Inner widths of the modules over 17 x 17 points.
FLAT_WIDTHS = (128, 160, 160, 192)


def _unit(
    in_channels: int, out_channels: int, kernel: Kernel = POINT, *, stride: int = 1, border: bool = True
) -> Layer:
    """A convolution without bias, batch normalisation and a rectifier; with its border it keeps the size."""
    padding = (kernel[0] // 2, kernel[1] // 2) if border else 0
    convolution = Conv2d(in_channels, out_channels, kernel=kernel, stride=stride, padding=padding, bias=False)
    return Sequential((convolution, Norm(out_channels), RELU))


def _chain(in_channels: int, *units: tuple[int, Kernel]) -> Layer:
    """Consecutive units, each given by its width and kernel."""
    layers, channels = [], in_channels
    for width, kernel in units:
        layers.append(_unit(channels, width, kernel))
        channels = width
    return Sequential(tuple(layers))


def _pooled(in_channels: int, width: int) -> Layer:
    return Sequential((Pool2d(3, stride=1, padding=1, how="average"), _unit(in_channels, width)))


def _halved(channels: int, width: int) -> Layer:
    return _unit(channels, width, SQUARE, stride=2, border=False)


def _square_module(channels: int, pooled: int) -> Layer:
    """A module over 35 x 35 points, of 224 channels and those of its pool."""
    return Branches(
        (
            ("1x1", _unit(channels, 64)),
            ("5x5", _chain(channels, (48, POINT), (64, LARGE))),
            ("double 3x3", _chain(channels, (64, POINT), (96, SQUARE), (96, SQUARE))),
            ("pool", _pooled(channels, pooled)),
        )
    )


def _flat_module(channels: int, inner: int) -> Layer:
    """A module over 17 x 17 points, with 7x7 factored into 1x7 and 7x1."""
    across, down = (1, 7), (7, 1)
    double = ((inner, POINT), (inner, down), (inner, across), (inner, down), (192, across))
    return Branches(
        (
            ("1x1", _unit(channels, 192)),
            ("7x7", _chain(channels, (inner, POINT), (inner, across), (192, down))),
            ("double 7x7", _chain(channels, *double)),
            ("pool", _pooled(channels, 192)),
        )
    )


def _wide_module(channels: int) -> Layer:
    """A module over 8 x 8 points, with 1x3 and 3x1 side by side."""
    split = Branches((("1x3", _unit(384, 384, (1, 3))), ("3x1", _unit(384, 384, (3, 1)))))
    return Branches(
        (
            ("1x1", _unit(channels, 320)),
            ("3x3", Sequential((_unit(channels, 384), split))),
            ("double 3x3", Sequential((_chain(channels, (448, POINT), (384, SQUARE)), split))),
            ("pool", _pooled(channels, 192)),
        )
    )


def _first_reduction(channels: int) -> Layer:
    double = Sequential((_chain(channels, (64, POINT), (96, SQUARE)), _halved(96, 96)))
    return Branches((("3x3", _halved(channels, 384)), ("double 3x3", double), ("pool", Pool2d(3, stride=2))))


def _second_reduction(channels: int) -> Layer:
    square = Sequential((_unit(channels, 192), _halved(192, 320)))
    flat = Sequential((_chain(channels, (192, POINT), (192, (1, 7)), (192, (7, 1))), _halved(192, 192)))
    return Branches((("3x3", square), ("7x7", flat), ("pool", Pool2d(3, stride=2))))


@architecture(
    "inception_v3",
    "Inception v3",
    group="vision",
    input_shape=(3, 299, 299),
    sources=("szegedy2015rethinking", "torchvision2025"),
    where="table 1 and figures 5 to 7, with the widths that torchvision ships",
    note="The paper prints an outline; the widths within the modules are those of the network that libraries ship. "
    "Without the auxiliary classifier, which only training uses and which torchvision counts among the parameters.",
    since="2026-11",
)
def inception_v3() -> Layer:
    """The form for 299 pixels: modules over 35 x 35, 17 x 17 and 8 x 8 points."""
    stem = Sequential(
        (
            _halved(3, 32),
            _unit(32, 32, SQUARE, border=False),
            _unit(32, 64, SQUARE),
            Pool2d(3, stride=2),
            _unit(64, 80),
            _unit(80, 192, SQUARE, border=False),
            Pool2d(3, stride=2),
        )
    )
    return Stages(
        (
            ("stem", stem),
            ("35 pixels", Sequential((_square_module(192, 32), _square_module(256, 64), _square_module(288, 64)))),
            ("reduction 1", _first_reduction(288)),
            ("17 pixels", Sequential(tuple(_flat_module(768, inner) for inner in FLAT_WIDTHS))),
            ("reduction 2", _second_reduction(768)),
            ("8 pixels", Sequential((_wide_module(1280), _wide_module(2048)))),
            ("classifier", averaged_classifier(2048)),
        )
    )
