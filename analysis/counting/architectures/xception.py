"""Xception: depthwise separable convolutions with shortcuts around them."""

from analysis.counting.architectures.parts import RELU, averaged_classifier, normalised
from analysis.counting.layers import Conv2d, Layer, Norm, Pool2d, Repeat, Residual, Sequential, Stages
from analysis.counting.registry import architecture


def _separable(in_channels: int, out_channels: int) -> Layer:
    """A depthwise 3x3 convolution, then one across channels, and normalisation."""
    return Sequential(
        (
            Conv2d(in_channels, in_channels, kernel=3, padding=1, groups=in_channels, bias=False),
            Conv2d(in_channels, out_channels, kernel=1, bias=False),
            Norm(out_channels),
        )
    )


def _halving(in_channels: int, inner: int, out_channels: int, *, rectified: bool = True) -> Layer:
    """Two separable convolutions and a pool, around which a 1x1 convolution of stride two leads."""
    first = (RELU,) if rectified else ()
    body = Sequential(
        (
            *first,
            _separable(in_channels, inner),
            RELU,
            _separable(inner, out_channels),
            Pool2d(3, stride=2, padding=1),
        )
    )
    return Residual(body, normalised(in_channels, out_channels, stride=2, activation=None))


@architecture(
    "xception",
    "Xception",
    group="vision",
    input_shape=(3, 299, 299),
    sources=("chollet2016xception",),
    where="figure 5",
    note="The two first convolutions have no border, so that maps of 149, 147, 74, 37, 19 and 10 follow.",
    since="2026-11",
)
def xception() -> Layer:
    """Entry, middle and exit flow."""
    entry = Sequential(
        (
            Sequential((Conv2d(3, 32, kernel=3, stride=2, bias=False), Norm(32), RELU)),
            Sequential((Conv2d(32, 64, kernel=3, bias=False), Norm(64), RELU)),
            _halving(64, 128, 128, rectified=False),
            _halving(128, 256, 256),
            _halving(256, 728, 728),
        )
    )
    middle = Residual(Sequential((Repeat(Sequential((RELU, _separable(728, 728))), 3),)))
    leaving = Sequential((_halving(728, 728, 1024), _separable(1024, 1536), RELU, _separable(1536, 2048), RELU))
    return Stages(
        (
            ("entry flow", entry),
            ("middle flow", Repeat(middle, 8)),
            ("exit flow", leaving),
            ("classifier", averaged_classifier(2048)),
        )
    )
