"""Layers made of layers: what they give, multiply and hold, worked by hand, and how misfits are named."""

from collections.abc import Callable

import pytest

from analysis.counting.count import count
from analysis.counting.layers import (
    Activation,
    Branches,
    Conv2d,
    Flatten,
    Identity,
    Layer,
    Linear,
    Repeat,
    Residual,
    Sequential,
    Shape,
    SqueezeExcite,
    Stages,
)
from analysis.errors import ShapeError

WIDEN = Linear(2, 3)
NARROW = Linear(3, 2)


def paths(network: Layer, shape: Shape) -> list[str]:
    return [row.path for row in count(network, shape).rows]


def test_a_sequence_hands_each_layer_what_the_one_before_gave():
    network = Sequential((WIDEN, Activation(), NARROW))
    assert network.output_shape((5, 2)) == (5, 2)
    # 5 x 2 x 3 and 5 x 3 x 2.
    assert network.macs((5, 2)) == 60
    # 2 x 3 + 3 and 3 x 2 + 2.
    assert network.params() == 17
    assert paths(network, (5, 2)) == ["1", "2", "3"]


def test_stages_bear_the_names_of_the_publication():
    network = Stages((("stem", WIDEN), ("head", Sequential((Activation(), NARROW)))))
    assert network.output_shape((2,)) == (2,)
    assert (network.macs((2,)), network.params()) == (12, 17)
    assert paths(network, (2,)) == ["stem", "head.1", "head.2"]


def test_a_repeat_has_copies_with_parameters_of_their_own():
    network = Repeat(Sequential((WIDEN, NARROW)), 4)
    assert network.output_shape((2,)) == (2,)
    # Four times 6 + 6 products; four times 9 + 8 parameters.
    assert (network.macs((2,)), network.params()) == (48, 68)
    assert paths(Repeat(Linear(2, 2), 3), (2,)) == ["1", "2", "3"]


def test_a_residual_layer_adds_its_input():
    network = Residual(Linear(2, 2))
    assert network.output_shape((5, 2)) == (5, 2)
    assert (network.macs((5, 2)), network.params()) == (20, 6)
    assert paths(network, (5, 2)) == ["body", "add"]


def test_a_residual_layer_may_have_a_shortcut_of_its_own():
    network = Residual(Conv2d(2, 4, kernel=3, stride=2, padding=1), Conv2d(2, 4, kernel=1, stride=2, bias=False))
    assert network.output_shape((2, 7, 7)) == (4, 4, 4)
    # 64 outputs of 18 inputs, and 64 of 2.
    assert network.macs((2, 7, 7)) == 1_280
    # 4 x 18 + 4, and 4 x 2.
    assert network.params() == 84
    assert paths(network, (2, 7, 7)) == ["body", "shortcut", "add"]


def test_branches_are_concatenated_along_the_channels():
    network = Branches((("one", Conv2d(2, 3, kernel=1)), ("three", Conv2d(2, 4, kernel=3, padding=1))))
    assert network.output_shape((2, 5, 5)) == (7, 5, 5)
    # 75 outputs of 2 inputs and 100 of 18.
    assert network.macs((2, 5, 5)) == 1_950
    # 3 x 2 + 3 and 4 x 18 + 4.
    assert network.params() == 85
    assert paths(network, (2, 5, 5)) == ["one", "three"]


@pytest.mark.parametrize("join", ["add", "multiply"])
def test_branches_of_one_shape_are_joined_one_by_one(join: str):
    network = Branches((("a", WIDEN), ("b", WIDEN), ("c", WIDEN)), join=join)
    assert network.output_shape((2,)) == (3,)
    assert (network.macs((2,)), network.params()) == (18, 27)
    # Three outputs are joined by two sums or products.
    assert paths(network, (2,)) == ["a", "b", "c", join, join]


def test_squeeze_and_excite_weighs_the_channels():
    network = SqueezeExcite(8, 2)
    assert network.output_shape((8, 5, 5)) == (8, 5, 5)
    # 8 x 2 and 2 x 8.
    assert network.macs((8, 5, 5)) == 32
    # 8 x 2 + 2 and 2 x 8 + 8.
    assert network.params() == 42
    assert paths(network, (8, 5, 5)) == ["pool", "squeeze", "activation", "excite", "gate", "scale"]


@pytest.mark.parametrize(
    ("network", "shape", "message"),
    [
        (Sequential((WIDEN, WIDEN)), (2,), "2: linear got 3; needs 2 along the last axis"),
        (Sequential((Identity(), Sequential((WIDEN, WIDEN)))), (2,), "2.2: linear got 3; needs 2 along the last axis"),
        (Stages((("stem", WIDEN), ("head", WIDEN))), (2,), "head: linear got 3; needs 2 along the last axis"),
        (Repeat(WIDEN, 2), (2,), "2: linear got 3; needs 2 along the last axis"),
        (Sequential((Residual(WIDEN),)), (2,), "1: residual got 3 from its body; needs 2, as its input has"),
        (
            Stages((("block", Residual(Identity(), WIDEN)),)),
            (2,),
            "block: residual got 2 from its body; needs 3, as its shortcut gives",
        ),
        (
            Sequential((Residual(Sequential((WIDEN, WIDEN))),)),
            (2,),
            "1.body.2: linear got 3; needs 2 along the last axis",
        ),
        (
            Sequential((Branches((("a", WIDEN), ("b", Identity())), join="add"),)),
            (2,),
            "1: branches got 3, 2; needs one shape to add",
        ),
        (
            Sequential((Branches((("a", Identity()), ("b", WIDEN))),)),
            (5, 2),
            "1: branches got 5x2, 5x3; needs equal shapes after the first axis",
        ),
        (
            Sequential((Branches((("a", Identity()), ("b", Flatten()))),)),
            (5, 2),
            "1: branches got 5x2, 10; needs equal shapes after the first axis",
        ),
        (Stages((("se", SqueezeExcite(8, 2)),)), (4, 5, 5), "se: squeeze_excite got 4x5x5; needs 8 channels"),
        (
            Stages((("se", SqueezeExcite(8, 2)),)),
            (8, 5),
            "se: squeeze_excite got 8x5; needs channels x height x width",
        ),
        (WIDEN, (5,), "linear got 5; needs 2 along the last axis"),
    ],
)
def test_a_misfit_is_named_with_its_place_in_the_network(network: Layer, shape: Shape, message: str):
    with pytest.raises(ShapeError) as caught:
        count(network, shape)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Repeat(WIDEN, 0), "repeat: 'times' is 0; expected whole numbers above zero"),
        (lambda: Repeat(WIDEN, -3), "repeat: 'times' is -3; expected whole numbers above zero"),
        (lambda: Repeat(WIDEN, 1.5), "repeat: 'times' is 1.5; expected whole numbers above zero"),
        (
            lambda: Branches((("a", WIDEN),), join="stack"),
            "branches: 'join' is 'stack'; expected one of concatenate, add, multiply",
        ),
        (lambda: Branches(()), "branches: there is no branch; expected at least one"),
        (lambda: SqueezeExcite(0, 2), "squeeze_excite: 'channels' is 0; expected whole numbers above zero"),
        (lambda: SqueezeExcite(8, 0), "squeeze_excite: 'squeezed' is 0; expected whole numbers above zero"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(build: Callable[[], Layer], message: str):
    with pytest.raises(ShapeError) as caught:
        build()
    assert str(caught.value) == message
