"""LeNet-5: two convolutions with subsampling between, three layers after; the second convolution is sparse."""

from analysis.counting.layers import (
    Activation,
    Bias,
    Branches,
    Conv2d,
    Flatten,
    Keep,
    Layer,
    Linear,
    Pool2d,
    Sequential,
    Stages,
)
from analysis.counting.registry import architecture

TANH = Activation("tanh")
# How many maps of the second convolution see how many maps before them. Source: lecun1998gradient, table I.
SPARSE = ((6, 3), (9, 4), (1, 6))


def _subsampling(maps: int) -> Layer:
    """The average of four numbers, times a learned factor, plus a learned number."""
    return Sequential((Pool2d(2, how="average"), Bias(maps, scale=True), TANH))


@architecture(
    "lenet_5",
    "LeNet-5",
    group="vision",
    input_shape=(1, 32, 32),
    sources=("lecun1998gradient",),
    where="section II B, figure 2 and table I",
    note="Each map of the second convolution sees three, four or all six of the maps before it, sixty pairs in all. "
    "Which maps it sees does not change the count. The ten output units compare with fixed patterns of 84 numbers; "
    "their products are counted, and the patterns, set by hand, are counted as parameters although the paper does not "
    "train them at first. Without them the parameters are the 60,000 that the paper trains. Its 340,908 connections "
    "are the products, a bias for each output of a convolution and of F6, and five for each unit of subsampling.",
    since="2026-11",
)
def lenet_5() -> Layer:
    """The network that reads digits."""
    sparse = Branches(
        tuple(
            (f"{maps} maps of {seen}", Sequential((Keep(seen), Conv2d(seen, maps, kernel=5)))) for maps, seen in SPARSE
        )
    )
    return Stages(
        (
            ("C1", Sequential((Conv2d(1, 6, kernel=5), TANH))),
            ("S2", _subsampling(6)),
            ("C3", Sequential((sparse, TANH))),
            ("S4", _subsampling(16)),
            ("C5", Sequential((Conv2d(16, 120, kernel=5), TANH, Flatten()))),
            ("F6", Sequential((Linear(120, 84), TANH))),
            ("output", Linear(84, 10, bias=False)),
        )
    )
