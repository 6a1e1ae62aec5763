"""The networks that learned to play Atari games from pixels: of 2013, as published and as once counted, and of 2015."""

from analysis.counting.layers import Activation, Conv2d, Flatten, Layer, Linear, Sequential, Stages
from analysis.counting.registry import architecture

ACTIONS = 4
RELU = Activation("relu")


@architecture(
    "dqn_2013",
    "DQN of 2013",
    group="games",
    example="stack of frames",
    input_shape=(4, 84, 84),
    sources=("mnih2013playing",),
    where="section 4.1",
    note="The last four frames, in grey. Games have 4 to 18 actions; 4 is taken here.",
    since="2018-05",
)
def dqn_2013() -> Layer:
    """The network of the preprint, with four frames."""
    return Stages((*_of_2013(4), ("output", Linear(256, ACTIONS))))


@architecture(
    "dqn_2013_three_channels",
    "DQN of 2013, three channels",
    group="games",
    example="frame",
    input_shape=(3, 84, 84),
    sources=("amodei2018ai", "mnih2013playing"),
    where="appendix of 2018, selected calculations; output layer as in section 4.1 of the paper",
    note="Three channels are a colour image, as the appendix of 2018 has it; the paper stacks four grey frames.",
    since="2018-05",
)
def dqn_2013_three_channels() -> Layer:
    """The network of the preprint with the input that the appendix of 2018 took."""
    return Stages((*_of_2013(3), ("output", Linear(256, ACTIONS))))


@architecture(
    "dqn_2013_appendix",
    "DQN of 2013, as the appendix counts it",
    group="games",
    example="frame",
    input_shape=(3, 84, 84),
    sources=("amodei2018ai",),
    where="appendix of 2018, selected calculations",
    note="Exactly the three layers that the appendix multiplies out: three channels for the four frames of the "
    "paper, and no output layer.",
    since="2018-05",
)
def dqn_2013_appendix() -> Layer:
    """What the appendix of 2018 counted."""
    return Stages(_of_2013(3))


@architecture(
    "dqn_2015",
    "DQN of 2015",
    group="games",
    example="stack of frames",
    input_shape=(4, 84, 84),
    sources=("mnih2015human",),
    where="methods, model architecture",
    note="Games have 4 to 18 actions; 4 is taken here, as for the network of 2013.",
    since="2026-11",
)
def dqn_2015() -> Layer:
    """The wider network of the article, with a third convolution."""
    return Stages(
        (
            ("convolution 1", _stage(Conv2d(4, 32, kernel=8, stride=4))),
            ("convolution 2", _stage(Conv2d(32, 64, kernel=4, stride=2))),
            ("convolution 3", _stage(Conv2d(64, 64, kernel=3))),
            ("hidden layer", Sequential((Flatten(), Linear(64 * 7 * 7, 512), RELU))),
            ("output", Linear(512, ACTIONS)),
        )
    )


def _of_2013(channels: int) -> tuple[tuple[str, Layer], ...]:
    return (
        ("convolution 1", _stage(Conv2d(channels, 16, kernel=8, stride=4))),
        ("convolution 2", _stage(Conv2d(16, 32, kernel=4, stride=2))),
        ("hidden layer", Sequential((Flatten(), Linear(32 * 9 * 9, 256), RELU))),
    )


def _stage(convolution: Conv2d) -> Layer:
    return Sequential((convolution, RELU))
