"""Deep Speech 2, from sound to letters: a convolution, recurrent layers that run both ways, and a linear one."""

from analysis.counting.layers import (
    Activation,
    Branches,
    Conv2d,
    Elementwise,
    Frames,
    Layer,
    Linear,
    Recurrent,
    Repeat,
    Sequential,
    Softmax,
    Stages,
)
from analysis.counting.registry import architecture

# Source: amodei2015deepspeech2, table 1, the network of 9 layers, and section 3.1 for the letters.
UNITS = 1280
RECURRENT_LAYERS = 7
LETTERS = 29
# Windows of 20 ms at 16,000 samples per second give 320 / 2 + 1 frequencies; one every 10 ms makes a second 100 frames.
FREQUENCIES = 161
FRAMES = 100

CLIPPED_RELU = Activation("clipped relu")


@architecture(
    "deepspeech2",
    "Deep Speech 2, 9 layers",
    group="speech",
    example="second of speech",
    input_shape=(1, FREQUENCIES, FRAMES),
    sources=("amodei2015deepspeech2",),
    where="sections 3.1 to 3.5; table 1, the network of 9 layers without batch normalisation",
    note="Both directions of a recurrent layer share the product with its input and are summed, so a layer has three "
    "square products. The convolution is the plain one of table 4, 1,280 filters over 11 frames with a stride of 2. "
    "161 frequencies and 100 frames a second are assumed, from windows of 20 ms every 10 ms at 16 kHz. The network "
    "then has 38.4 million parameters; table 1 says 38 million. With an input product for each direction it would "
    "have 49.8 million.",
    since="2018-05",
)
def deepspeech2() -> Layer:
    """One convolution, seven recurrent layers and one linear layer, as table 1 has them, and a softmax over letters."""
    convolution = Conv2d(1, UNITS, kernel=(FREQUENCIES, 11), stride=(1, 2), padding=(0, 5))
    return Stages(
        (
            ("convolution", Sequential((convolution, CLIPPED_RELU, Frames()))),
            (f"recurrent layers 1 to {RECURRENT_LAYERS}", Repeat(both_ways(UNITS), RECURRENT_LAYERS)),
            ("linear layer", Sequential((Linear(UNITS, UNITS), CLIPPED_RELU))),
            ("output", Sequential((Linear(UNITS, LETTERS), Softmax()))),
        )
    )


@architecture(
    "deepspeech2_appendix",
    "Deep Speech 2, as the appendix counts it",
    group="speech",
    example="time step",
    input_shape=(1, UNITS),
    sources=("amodei2018ai", "amodei2015deepspeech2"),
    where="appendix of 2018, selected calculations",
    note="The 30 square products of the appendix: four for each of seven recurrent layers, an input and a state in "
    "each direction, and two linear layers. The appendix doubles their 49 million to 98 million, for a model of 72 "
    "million parameters in place of 36 million. That factor is for a larger model and counts no direction twice. But "
    "36 million are 22 squares, three for each layer and one more, as in the paper: 30 squares count the input of "
    "each layer twice and one linear layer too many. 72 million weights, each used once a step, make 72 million "
    "multiply-adds; 98 million are over a third more. Convolution and softmax are left out.",
    since="2018-05",
)
def deepspeech2_appendix() -> Layer:
    """The square products of one time step that the appendix of 2018 counts, before it doubles them."""
    recurrent = Recurrent(UNITS, UNITS, cell="rnn", layers=RECURRENT_LAYERS, bidirectional=True, join="add", bias=False)
    linear = Linear(UNITS, UNITS, bias=False)
    return Stages(
        (
            (f"recurrent layers 1 to {RECURRENT_LAYERS}", recurrent),
            ("linear layers 1 and 2", Repeat(linear, 2)),
        )
    )


def both_ways(units: int) -> Layer:
    """A simple recurrent layer that runs both ways: a product with the input, and one with the state each way."""
    # The state has the shape of the input product, to which its own product is added.
    direction = Sequential((Linear(units, units, bias=False), Elementwise("add"), CLIPPED_RELU))
    return Stages(
        (
            ("input", Linear(units, units)),
            ("states", Branches((("forward", direction), ("backward", direction)), join="add")),
        )
    )
