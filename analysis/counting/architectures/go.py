"""Networks that play Go: the two of AlphaGo, and the residual tower of AlphaGo Zero with both its heads."""

from analysis.counting.layers import (
    Activation,
    Bias,
    Branches,
    Conv2d,
    Flatten,
    Layer,
    Linear,
    Norm,
    Repeat,
    Residual,
    Sequential,
    Softmax,
    Stages,
)
from analysis.counting.registry import architecture

POINTS = 19 * 19
MOVES = POINTS + 1  # every point, and to pass
RELU = Activation("relu")


@architecture(
    "alphago_policy",
    "AlphaGo, policy network",
    group="games",
    example="board position",
    input_shape=(48, 19, 19),
    sources=("silver2016mastering",),
    where="methods, neural network architecture",
    note="192 filters, as in the match; the paper also tries 128, 256 and 384. The last layer has a separate bias "
    "for every point of the board.",
    since="2026-11",
)
def alphago_policy() -> Layer:
    """Thirteen convolutions that give a probability for every point."""
    return Stages(
        (
            *_plain_tower(planes=48, filters=192, convolutions=12),
            ("convolution 13", Sequential((Conv2d(192, 1, kernel=1, bias=False), Flatten(), Bias(POINTS)))),
            ("output", Softmax()),
        )
    )


@architecture(
    "alphago_value",
    "AlphaGo, value network",
    group="games",
    example="board position",
    input_shape=(49, 19, 19),
    sources=("silver2016mastering",),
    where="methods, neural network architecture",
    note="One plane more than the policy network, the colour to play. The text names 192 filters for the match "
    "without saying of which network; the same are taken here. It mentions no rectifier after layer 13, and no "
    "bias for each point there.",
    since="2026-11",
)
def alphago_value() -> Layer:
    """The tower of the policy network, a hidden layer and one number."""
    return Stages(
        (
            *_plain_tower(planes=49, filters=192, convolutions=12),
            ("convolution 13", Conv2d(192, 1, kernel=1)),
            ("hidden layer", Sequential((Flatten(), Linear(POINTS, 256), RELU))),
            ("output", Sequential((Linear(256, 1), Activation("tanh")))),
        )
    )


@architecture(
    "alphago_zero_20",
    "AlphaGo Zero, 20 blocks",
    group="games",
    example="board position",
    input_shape=(17, 19, 19),
    sources=("silver2017mastering", "silver2018general"),
    where="methods, neural network architecture",
    note="One convolutional and 19 residual blocks. AlphaZero plays Go with the same input and the same tower; its "
    "head for moves is described a little differently, so it is not counted separately.",
    since="2026-11",
)
def alphago_zero_20() -> Layer:
    """The network of the first run of AlphaGo Zero."""
    return alphago_zero(19)


@architecture(
    "alphago_zero_40",
    "AlphaGo Zero, 40 blocks",
    group="games",
    example="board position",
    input_shape=(17, 19, 19),
    sources=("silver2017mastering",),
    where="methods, neural network architecture",
    note="One convolutional and 39 residual blocks.",
    since="2026-11",
)
def alphago_zero_40() -> Layer:
    """The network of the second and longer run."""
    return alphago_zero(39)


def alphago_zero(residual_blocks: int, planes: int = 17, filters: int = 256) -> Layer:
    """A convolution, residual blocks of two, and side by side the heads for moves and for the winner."""
    block = Sequential((Residual(Sequential((*_conv(filters, filters, 3), RELU, *_conv(filters, filters, 3)))), RELU))
    moves = (*_conv(filters, 2, 1), RELU, Flatten(), Linear(2 * POINTS, MOVES), Softmax())
    winner = (*_conv(filters, 1, 1), RELU, Flatten(), Linear(POINTS, 256), RELU, Linear(256, 1), Activation("tanh"))
    return Stages(
        (
            ("convolution", Sequential((*_conv(planes, filters, 3), RELU))),
            (f"residual blocks 1 to {residual_blocks}", Repeat(block, residual_blocks)),
            ("heads", Branches((("policy", Sequential(moves)), ("value", Sequential(winner))))),
        )
    )


def _plain_tower(*, planes: int, filters: int, convolutions: int) -> tuple[tuple[str, Layer], ...]:
    first = Sequential((Conv2d(planes, filters, kernel=5, padding=2), RELU))
    later = Sequential((Conv2d(filters, filters, kernel=3, padding=1), RELU))
    return (("convolution 1", first), (f"convolutions 2 to {convolutions}", Repeat(later, convolutions - 1)))


def _conv(in_channels: int, out_channels: int, kernel: int) -> tuple[Layer, Layer]:
    convolution = Conv2d(in_channels, out_channels, kernel=kernel, padding=kernel // 2, bias=False)
    return convolution, Norm(out_channels)
