"""Layers that rearrange: the shapes they give, no work, no weights, and what they refuse."""

import pytest

from analysis.counting.layers import ChannelShuffle, Flatten, Frames, Identity, Keep, Layer, Step, Tokens
from analysis.errors import ShapeError


@pytest.mark.parametrize(
    ("layer", "shape", "given"),
    [
        (Identity(), (6, 4, 5), (6, 4, 5)),
        # 6 x 4 x 5 numbers in a row.
        (Flatten(), (6, 4, 5), (120,)),
        # 4 x 5 places, each of 6 channels.
        (Tokens(), (6, 4, 5), (20, 6)),
        # 5 frames, each of 6 channels x 4 frequencies.
        (Frames(), (6, 4, 5), (5, 24)),
        (Step(), (7, 3), (3,)),
        (Keep(2), (6, 4, 5), (2, 4, 5)),
        (Keep(6), (6, 4, 5), (6, 4, 5)),
        (ChannelShuffle(3), (6, 4, 5), (6, 4, 5)),
    ],
)
def test_rearranging_changes_the_shape_and_costs_nothing(layer: Layer, shape: tuple[int, ...], given: tuple[int, ...]):
    assert layer.output_shape(shape) == given
    assert (layer.macs(shape), layer.params(), layer.other_work(shape), layer.detail()) == (0, 0, {}, "")


@pytest.mark.parametrize(
    ("layer", "shape", "message"),
    [
        (Tokens(), (6,), "tokens got 6; needs channels and at least one axis after them"),
        (Frames(), (6, 4), "frames got 6x4; needs channels x frequencies x frames"),
        (Step(), (6,), "step got 6; needs length x width"),
        (Keep(7), (6, 4), "keep got 6x4; needs at least 7 channels"),
        (ChannelShuffle(4), (6, 4, 5), "channel_shuffle got 6x4x5; needs a number of channels that 4 divides"),
    ],
)
def test_a_shape_that_cannot_be_rearranged_is_refused(layer: Layer, shape: tuple[int, ...], message: str):
    with pytest.raises(ShapeError) as caught:
        layer.output_shape(shape)
    assert str(caught.value) == message


@pytest.mark.parametrize("number", [0, -1, True])
def test_no_channels_and_no_groups_are_refused(number: int):
    with pytest.raises(ShapeError, match=f"keep: 'channels' is {number}; expected whole numbers above zero"):
        Keep(number)
    with pytest.raises(ShapeError, match=f"channel_shuffle: 'groups' is {number}; expected whole numbers above zero"):
        ChannelShuffle(number)
