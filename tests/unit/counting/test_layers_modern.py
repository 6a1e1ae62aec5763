"""Gates, experts, scales, U-Nets and two inputs, and layers over one and three axes, worked by hand."""

from collections.abc import Callable

import pytest

from analysis.counting.convention import EVERYTHING
from analysis.counting.count import count
from analysis.counting.layers import (
    AdaptivePool1d,
    AdaptivePool2d,
    AdaptivePool3d,
    Conditioned,
    Conv1d,
    Conv2d,
    Conv3d,
    ConvTranspose1d,
    ConvTranspose3d,
    Crop,
    Embedding,
    GatedFeedForward,
    Image,
    Layer,
    LayerScale,
    Linear,
    MixtureOfExperts,
    Norm,
    Pad,
    PixelShuffle,
    Pool1d,
    Pool3d,
    Sequential,
    Shape,
    Step,
    Tokens,
    Towers,
    UNet,
    Upsample,
)
from analysis.errors import ShapeError

EXPERT = GatedFeedForward(4, 6)


def test_a_gate_is_a_third_linear_layer():
    # 4 x 6 three times.
    assert (EXPERT.params(), EXPERT.macs((5, 4)), EXPERT.output_shape((5, 4))) == (72, 360, (5, 4))
    assert GatedFeedForward(4, 6, bias=True).params() == 72 + 6 + 6 + 4


def test_all_experts_are_parameters_and_the_chosen_ones_multiply():
    layer = MixtureOfExperts(4, EXPERT, experts=8, active=2)
    # A router of 4 x 8.
    assert layer.params() == 32 + 8 * 72
    found = count(layer, (5, 4))
    assert (found.params, found.macs) == (608, 5 * (32 + 2 * 72))
    assert [row.detail for row in found.rows if row.kind == "linear"] == ["", *["2 of 8 experts"] * 3]


def test_a_shared_expert_sees_every_token():
    layer = MixtureOfExperts(4, EXPERT, experts=8, active=2, shared=GatedFeedForward(4, 3))
    assert (layer.params(), count(layer, (5, 4)).macs) == (608 + 36, 5 * (176 + 36))


@pytest.mark.parametrize(("active", "shared", "sums"), [(1, None, 0), (2, None, 1), (2, EXPERT, 2)])
def test_what_the_experts_give_is_weighed_and_summed(active: int, shared: Layer | None, sums: int):
    layer = MixtureOfExperts(4, EXPERT, experts=8, active=active, shared=shared)
    rows = {row.path: row.other_flop for row in count(layer, (5, 4), convention=EVERYTHING).rows}
    assert (rows["weights"], rows.get("sum", 0)) == (20 * active, 20 * sums)


def test_norms_may_have_no_shift_or_learn_nothing():
    assert [Norm(6, how="layer").params(), Norm(6, how="rms").params()] == [12, 6]
    assert Norm(6, how="layer", affine=False).params() == Norm(6, how="rms", affine=False).params() == 0
    assert Norm(6, how="rms").output_shape((5, 6)) == (5, 6)


def test_a_layer_scale_is_a_product_for_each_number():
    layer = LayerScale(6)
    assert (layer.params(), layer.macs((5, 6)), layer.other_work((5, 6))) == (6, 0, {"elementwise": 30})


@pytest.mark.parametrize(
    ("layer", "shape", "output", "macs"),
    [
        # Causal: as many steps as before. 9 x 4 outputs of 2 x 3 inputs.
        (Conv1d(2, 4, kernel=3, padding=((2, 0),)), (2, 9), (4, 9), 216),
        # 5 + 1 rows and 5 + 3 columns, windows of 2: 5 x 7 x 4 x (2 x 4).
        (Conv2d(2, 4, kernel=2, padding=((1, 0), (0, 3))), (2, 5, 5), (4, 5, 7), 1_120),
        # 2 x 3 x 4 windows: 24 x 4 x (2 x 8).
        (Conv3d(2, 4, kernel=2), (2, 3, 4, 5), (4, 2, 3, 4), 1_536),
        # 9 inputs of 2 channels, each spread to 4 x 3.
        (ConvTranspose1d(2, 4, kernel=3, stride=2), (2, 9), (4, 19), 216),
        # 2 x 8 inputs, each spread to 4 x 8.
        (ConvTranspose3d(2, 4, kernel=2, stride=2), (2, 2, 2, 2), (4, 4, 4, 4), 512),
        (Pool1d(2), (3, 9), (3, 4), 0),
        (Pool3d(2, stride=1), (3, 4, 5, 6), (3, 3, 4, 5), 0),
        (AdaptivePool1d(2), (3, 9), (3, 2), 0),
        (AdaptivePool2d(2, how="max"), (3, 9, 9), (3, 2, 2), 0),
        (AdaptivePool3d((1, 2, 3)), (3, 9, 9, 9), (3, 1, 2, 3), 0),
        (Upsample(2), (3, 4, 5), (3, 8, 10), 0),
        (Upsample((1, 3)), (3, 4, 5), (3, 4, 15), 0),
        (PixelShuffle(2), (8, 3, 5), (2, 6, 10), 0),
        (Pad(((2, 0),)), (3, 9), (3, 11), 0),
        (Pad(1), (3, 9, 9), (3, 11, 11), 0),
        (Crop((0, (1, 2))), (3, 9, 9), (3, 9, 6), 0),
        (Tokens(), (3, 9), (9, 3), 0),
        (Image(3), (12, 5), (5, 3, 4), 0),
    ],
)
def test_shapes_and_products(layer: Layer, shape: Shape, output: Shape, macs: int):
    assert (layer.output_shape(shape), layer.macs(shape)) == (output, macs)


def test_numbers_drawn_between_neighbours_are_means():
    # 8 x 10 x 3 numbers, of two by two neighbours each.
    assert Upsample(2, how="linear").other_work((3, 4, 5)) == {"elementwise": 240 * 4}


def test_a_unet_hands_channels_across():
    down = (("one", Conv2d(3, 4, kernel=1)), ("two", Conv2d(4, 8, kernel=2, stride=2)))
    up = (("two", Sequential((Upsample(2), Conv2d(16, 4, kernel=1)))), ("one", Conv2d(8, 1, kernel=1)))
    network = UNet(down, Conv2d(8, 8, kernel=1), up)
    # 16 x 12; 4 x 8 x 16; 4 x 64; 16 x 16 x 4; 16 x 8.
    assert (network.output_shape((3, 4, 4)), network.macs((3, 4, 4))) == ((1, 4, 4), 192 + 512 + 256 + 1_024 + 128)
    assert count(network, (3, 4, 4)).params == network.params()


def test_a_condition_is_counted_once_and_trains_like_the_input_of_its_layer():
    network = Conditioned(Linear(4, 6), Linear(3, 6), given=(3,), joins=("add", "multiply"))
    found = count(network, (5, 4))
    # 5 x 24 and 18; neither needs the gradient of its input.
    assert (found.macs, found.params, found.training_flop) == (138, 30 + 24, 2 * 2 * 138)
    later = count(Sequential((Linear(4, 4), network)), (5, 4)).rows
    assert {row.path: row.training_macs for row in later if row.macs}["2.condition"] == 3 * 18


def test_two_towers_take_an_input_each():
    images = Sequential((Conv2d(3, 6, kernel=2, stride=2), Tokens(), Step()))
    texts = Sequential((Embedding(10, 6), Step()))
    network = Towers(images, texts)
    assert (network.output_shape((3, 4, 4, 7)), network.macs((3, 4, 4, 7))) == ((6,), 4 * 6 * 12)
    assert network.params() == 6 * 13 + 60


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (
            lambda: MixtureOfExperts(4, EXPERT, experts=2, active=3),
            "mixture_of_experts: 'active' is 3; expected at most 'experts', 2",
        ),
        (
            lambda: Conv1d(2, 4, kernel=3, padding=((1, 2, 3),)),
            "conv1d: 'padding' is ((1, 2, 3),); expected whole numbers from zero up, or a pair for the two ends",
        ),
        (
            lambda: Pool1d(2, padding=((0, 2),)),
            "pool1d: 'padding' is ((0, 2),); expected at most half the kernel",
        ),
        (lambda: Pad("same"), "pad: 'border' is 'same'; expected whole numbers from zero up"),
        (lambda: Crop(2).output_shape((3, 4)), "crop got 3x4; needs axes longer than what is cut off"),
        (lambda: Pad((1, 1)).output_shape((3, 4)), "pad got 3x4; needs channels and an axis for every border"),
        (
            lambda: Upsample((2, 2)).output_shape((3, 4)),
            "upsample got 3x4; needs channels and an axis for every factor",
        ),
        (
            lambda: PixelShuffle(2).output_shape((3, 4, 4)),
            "pixel_shuffle got 3x4x4; needs a number of channels that 4 divides",
        ),
        (lambda: Image(5).output_shape((12, 4)), "image got 12x4; needs a number of steps that 5 divides"),
        (lambda: LayerScale(5).output_shape((12, 4)), "layer_scale got 12x4; needs 5 along the last axis"),
        (lambda: UNet((), EXPERT, (("up", EXPERT),)), "unet: 0 layers down and 1 up; expected as many"),
        (
            lambda: UNet((("down", Conv2d(1, 1, kernel=1)),), Upsample(2), (("up", EXPERT),)).output_shape((1, 2, 2)),
            "unet got 1x4x4; needs a map as large as its opposite's, 1x2x2",
        ),
        (
            lambda: Towers(Step(), Embedding(9, 4)).output_shape((3, 4, 2)),
            "towers got 3x4x2; needs equal outputs, not 4 and 2x4",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(build: Callable[[], object], message: str):
    with pytest.raises(ShapeError) as caught:
        build()
    assert str(caught.value) == message
