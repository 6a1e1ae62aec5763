"""The first neural networks, from the perceptron to the plain one that led on handwritten digits in 2010."""

from itertools import pairwise

from analysis.counting.layers import Activation, Flatten, Layer, Linear, Sequential, Softmax, Stages
from analysis.counting.registry import architecture

SIGMOID = Activation("sigmoid")
TANH = Activation("tanh")


@architecture(
    "perceptron",
    "Perceptron, Mark I",
    group="first neural networks",
    example="picture",
    input_shape=(512,),
    sources=("rosenblatt1958perceptron",),
    where="the idea is of 1958; the sizes are those of the machine of 1960, from memory",
    note="400 photocells, 512 association units, 8 response units. The wires from photocells to association units "
    "are fixed, each a plus or a minus, up to 40 per photocell: sums without a product, so the network begins after "
    "them. Only the last layer learns. The paper of 1958 describes a simulation and does not give these sizes.",
    since="2019-11",
)
def perceptron() -> Layer:
    """The layer that learns: association units to response units."""
    return Stages((("weights", Linear(512, 8, bias=False)), ("response units", Activation("threshold"))))


@architecture(
    "nettalk",
    "NETtalk",
    group="first neural networks",
    example="letter in its context",
    input_shape=(7 * 29,),
    sources=("sejnowski1987parallel",),
    where="the standard network of 80 hidden units",
    note="Seven letters of 29 units each. The paper counts 309 units and 18,629 weights, which are the 18,320 here "
    "and a threshold for every unit; the 203 thresholds of the input units do no work and are left out here.",
    since="2019-11",
)
def nettalk() -> Layer:
    """From seven letters to the sound of the one in the middle."""
    return plain(7 * 29, 80, 26)


@architecture(
    "alvinn",
    "ALVINN",
    group="first neural networks",
    example="picture of the road",
    input_shape=(30 * 32 + 8 * 32 + 1,),
    sources=("pomerleau1988alvinn",),
    where="network architecture and figure 1",
    note="The form of the paper: 30 x 32 points of video, 8 x 32 of a range finder and one unit fed back from the "
    "output; 29 hidden units; 45 directions and the unit fed back. Later forms have 30 x 32 points, 4 or 5 hidden "
    "units and 30 directions. Thresholds are assumed for hidden and output units.",
    since="2019-11",
)
def alvinn() -> Layer:
    """From camera and range finder to the direction of the wheels."""
    return plain(30 * 32 + 8 * 32 + 1, 29, 45 + 1)


@architecture(
    "td_gammon",
    "TD-Gammon 2.1",
    group="first neural networks",
    example="board position",
    input_shape=(198,),
    sources=("tesauro1995temporal", "tesauro1994tdgammon"),
    where="description of the network; version 2.1 with 80 hidden units",
    note="198 units are the plain code of the board. From version 1.0 on, features made by hand are added whose "
    "number is not published, so the count is a lower bound. The four outputs are the two winners, with and without "
    "a gammon; version 1.0 has 40 hidden units. A move looks at hundreds of positions.",
    since="2019-11",
)
def td_gammon() -> Layer:
    """From a backgammon position to the chances of its outcomes."""
    return plain(198, 80, 4)


@architecture(
    "mlp_mnist",
    "Plain network for MNIST",
    group="first neural networks",
    example="digit",
    input_shape=(1, 29, 29),
    sources=("ciresan2010deep",),
    where="table 1, network 4, the one of 0.35% test error",
    note="An input of 29 x 29 yields the 12.11 million weights of the table; the 28 x 28 points of the digits "
    "alone would give 11.97 million.",
    since="2026-11",
)
def mlp_mnist() -> Layer:
    """Five hidden layers, each narrower than the one before."""
    widths = (29 * 29, 2500, 2000, 1500, 1000, 500)
    hidden = [
        (f"hidden layer {number}", Sequential((Linear(before, after), TANH)))
        for number, (before, after) in enumerate(pairwise(widths), 1)
    ]
    return Stages((("input", Flatten()), *hidden, ("output", Sequential((Linear(500, 10), Softmax())))))


def plain(inputs: int, hidden: int, outputs: int) -> Layer:
    """One hidden layer and an output layer of sigmoid units, each with a threshold."""
    return Stages(
        (
            ("hidden layer", Sequential((Linear(inputs, hidden), SIGMOID))),
            ("output", Sequential((Linear(hidden, outputs), SIGMOID))),
        )
    )
