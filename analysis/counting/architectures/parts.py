"""Parts that several families of image networks share."""

from analysis.counting.layers import Activation, Conv2d, GlobalPool, Layer, Linear, Norm, Sequential, Softmax

RELU = Activation("relu")
RELU6 = Activation("relu6")


def normalised(
    in_channels: int,
    out_channels: int,
    *,
    kernel: int = 1,
    stride: int = 1,
    groups: int = 1,
    activation: Activation | None = RELU,
) -> Layer:
    """A convolution without bias and with its size kept but for the stride, batch normalisation, an activation."""
    convolution = Conv2d(
        in_channels, out_channels, kernel=kernel, stride=stride, padding=kernel // 2, groups=groups, bias=False
    )
    after = (activation,) if activation else ()
    return Sequential((convolution, Norm(out_channels), *after))


def averaged_classifier(channels: int, classes: int = 1000) -> Layer:
    """The average of every channel, a linear layer and a softmax."""
    return Sequential((GlobalPool(), Linear(channels, classes), Softmax()))
