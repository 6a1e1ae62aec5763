"""Convolutions: shapes, multiply-adds, parameters and other work, each worked by hand; and what they refuse."""

from collections.abc import Callable

import pytest

from analysis.counting.layers import Conv1d, Conv2d, ConvTranspose2d, Layer
from analysis.errors import ShapeError


def test_a_convolution_slides_its_kernel_over_height_and_width():
    layer = Conv2d(3, 8, kernel=3)
    # 10 - 3 + 1 = 8 places down, 12 - 3 + 1 = 10 across.
    assert layer.output_shape((3, 10, 12)) == (8, 8, 10)
    # 8 x 8 x 10 outputs, each of 3 x 3 x 3 inputs: 640 x 27.
    assert layer.macs((3, 10, 12)) == 17_280
    # 8 x 27 weights and 8 biases.
    assert layer.params() == 224
    # One addition an output.
    assert layer.other_work((3, 10, 12)) == {"bias": 640}


def test_stride_padding_and_dilation_move_the_windows():
    layer = Conv2d(2, 4, kernel=(3, 5), stride=(2, 1), padding=(1, 0), dilation=(1, 2), bias=False)
    # Down: 9 + 2 x 1 = 11, less 3 is 8, by 2 is 4, and the first: 5. Across: the kernel reaches 2 x 4 + 1 = 9; 11 - 9 + 1 = 3.
    assert layer.output_shape((2, 9, 11)) == (4, 5, 3)
    # 4 x 5 x 3 outputs of 2 x 3 x 5 inputs: 60 x 30.
    assert layer.macs((2, 9, 11)) == 1_800
    # 4 x 30 weights, no bias.
    assert layer.params() == 120
    assert layer.other_work((2, 9, 11)) == {}


def test_the_first_layer_of_alexnet_has_maps_of_55_and_its_known_work():
    layer = Conv2d(3, 96, kernel=11, stride=4, padding=2)
    # (224 + 4 - 11) / 4 = 54.25, so 55. 96 x 55 x 55 x 363 = 105,415,200. Source: krizhevsky2012imagenet, section 3.5.
    assert layer.output_shape((3, 224, 224)) == (96, 55, 55)
    assert layer.macs((3, 224, 224)) == 105_415_200
    # 96 x 363 + 96.
    assert layer.params() == 34_944


def test_groups_divide_products_and_weights():
    layer = Conv2d(6, 9, kernel=2, groups=3)
    # Each output sees 6 / 3 x 2 x 2 = 8 inputs; 9 x 3 x 3 outputs: 81 x 8.
    assert layer.macs((6, 4, 4)) == 648
    # 9 x 8 + 9.
    assert layer.params() == 81


def test_a_depthwise_convolution_sees_one_channel():
    layer = Conv2d(32, 32, kernel=3, padding=1, groups=32, bias=False)
    # 32 x 7 x 7 outputs of 9 inputs.
    assert layer.macs((32, 7, 7)) == 14_112
    assert layer.params() == 288


@pytest.mark.parametrize(("size", "stride", "windows"), [(7, 1, 7), (7, 2, 4), (8, 2, 4), (9, 4, 3), (1, 3, 1)])
def test_same_padding_gives_one_window_a_stride(size: int, stride: int, windows: int):
    # As many windows as begin inside: the size over the stride, rounded up, whatever the kernel.
    layer = Conv2d(1, 1, kernel=5, stride=stride, padding="same")
    assert layer.output_shape((1, size, size)) == (1, windows, windows)


def test_a_convolution_over_steps_has_one_axis():
    layer = Conv1d(4, 6, kernel=5, stride=2, padding=2, groups=2)
    # (11 + 4 - 5) / 2 = 5, and the first: 6.
    assert layer.output_shape((4, 11)) == (6, 6)
    # 36 outputs of 4 / 2 x 5 inputs.
    assert layer.macs((4, 11)) == 360
    # 6 x 10 + 6.
    assert layer.params() == 66
    assert layer.other_work((4, 11)) == {"bias": 36}
    assert layer.detail() == "kernel 5, stride 2, groups 2"


def test_a_transposed_convolution_spreads_every_input():
    layer = ConvTranspose2d(3, 2, kernel=3, stride=2, padding=1, output_padding=1)
    # (4 - 1) x 2 - 2 x 1 + 2 + 1 + 1 = 8 down, (5 - 1) x 2 - 2 + 2 + 1 + 1 = 10 across.
    assert layer.output_shape((3, 4, 5)) == (2, 8, 10)
    # 3 x 4 x 5 inputs, each spread to 2 x 3 x 3 outputs: 60 x 18.
    assert layer.macs((3, 4, 5)) == 1_080
    # 3 x 18 weights and 2 biases.
    assert layer.params() == 56
    # 2 x 8 x 10 outputs.
    assert layer.other_work((3, 4, 5)) == {"bias": 160}


def test_a_transposed_convolution_has_groups_and_dilation():
    layer = ConvTranspose2d(4, 6, kernel=2, dilation=3, groups=2, bias=False)
    # (3 - 1) + 3 x 1 + 1 = 6.
    assert layer.output_shape((4, 3, 3)) == (6, 6, 6)
    # 36 inputs, each to 6 / 2 x 2 x 2 = 12 outputs.
    assert layer.macs((4, 3, 3)) == 432
    assert layer.params() == 48
    assert layer.other_work((4, 3, 3)) == {}


@pytest.mark.parametrize(
    ("layer", "detail"),
    [
        (Conv2d(1, 1, kernel=3), "3x3"),
        (Conv2d(1, 1, kernel=(1, 7), stride=2), "1x7, stride 2"),
        (Conv2d(2, 2, kernel=3, stride=(2, 1), dilation=2, groups=2), "3x3, stride 2x1, dilation 2, groups 2"),
        (ConvTranspose2d(1, 1, kernel=4, stride=2), "4x4, stride 2"),
    ],
)
def test_the_detail_gives_what_the_shapes_do_not_show(layer: Layer, detail: str):
    assert layer.detail() == detail


@pytest.mark.parametrize(
    ("layer", "shape", "message"),
    [
        (Conv2d(3, 8, kernel=3), (4, 9, 9), "conv2d got 4x9x9; needs 3 channels"),
        (Conv2d(3, 8, kernel=3), (3, 9), "conv2d got 3x9; needs channels x height x width"),
        (
            Conv2d(3, 8, kernel=5, padding=1),
            (3, 2, 9),
            "conv2d got 3x2x9; needs at least 5x5, its kernel, padding included",
        ),
        (
            Conv2d(3, 8, kernel=3, dilation=4),
            (3, 9, 8),
            "conv2d got 3x9x8; needs at least 9x9, its kernel, padding included",
        ),
        (Conv1d(3, 8, kernel=3), (3, 9, 9), "conv1d got 3x9x9; needs channels x steps"),
        (Conv1d(3, 8, kernel=3), (3, 2), "conv1d got 3x2; needs at least 3, its kernel, padding included"),
        (ConvTranspose2d(3, 8, kernel=3), (2, 9, 9), "conv_transpose2d got 2x9x9; needs 3 channels"),
        (ConvTranspose2d(3, 8, kernel=3), (3,), "conv_transpose2d got 3; needs channels x height x width"),
        (
            ConvTranspose2d(3, 8, kernel=1, padding=2),
            (3, 4, 9),
            "conv_transpose2d got 3x4x9; needs an input larger than what its padding takes away",
        ),
    ],
)
def test_a_shape_that_does_not_fit_is_refused_with_what_is_needed(layer: Layer, shape: tuple[int, ...], message: str):
    for asked in (layer.output_shape, layer.macs, layer.other_work):
        with pytest.raises(ShapeError) as caught:
            asked(shape)
        assert str(caught.value) == message


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Conv2d(0, 8, kernel=3), "conv2d: 'in_channels' is 0; expected whole numbers above zero"),
        (lambda: Conv2d(3, -8, kernel=3), "conv2d: 'out_channels' is -8; expected whole numbers above zero"),
        (lambda: Conv2d(3, 8, kernel=(3, 0)), "conv2d: 'kernel' is (3, 0); expected whole numbers above zero"),
        (lambda: Conv2d(3, 8, kernel=True), "conv2d: 'kernel' is True; expected whole numbers above zero"),
        (lambda: Conv2d(3, 8, kernel=2.5), "conv2d: 'kernel' is 2.5; expected whole numbers above zero"),
        (lambda: Conv2d(3, 8, kernel=3, stride=0), "conv2d: 'stride' is 0; expected whole numbers above zero"),
        (lambda: Conv2d(3, 8, kernel=3, dilation=-1), "conv2d: 'dilation' is -1; expected whole numbers above zero"),
        (lambda: Conv2d(3, 8, kernel=3, groups=0), "conv2d: 'groups' is 0; expected whole numbers above zero"),
        (lambda: Conv2d(3, 8, kernel=3, groups=2), "conv2d: 'in_channels' is 3; expected a multiple of 'groups', 2"),
        (lambda: Conv2d(3, 8, kernel=3, groups=3), "conv2d: 'out_channels' is 8; expected a multiple of 'groups', 3"),
        (lambda: Conv2d(3, 8, kernel=(3, 3, 3)), "conv2d: 'kernel' is 3x3x3; expected one number or 2"),
        (lambda: Conv2d(3, 8, kernel=()), "conv2d: 'kernel' is no axis; expected one number or 2"),
        (lambda: Conv1d(3, 8, kernel=(3, 3)), "conv1d: 'kernel' is 3x3; expected one number or 1"),
        (lambda: Conv2d(3, 8, kernel=3, padding=-1), "conv2d: 'padding' is -1; expected whole numbers from zero up"),
        (
            lambda: Conv2d(3, 8, kernel=3, padding=None),
            "conv2d: 'padding' is None; expected whole numbers from zero up",
        ),
        (lambda: Conv2d(3, 8, kernel=3, padding="valid"), "conv2d: 'padding' is 'valid'; expected numbers or 'same'"),
        (
            lambda: ConvTranspose2d(3, 8, kernel=3, padding="same"),
            "conv_transpose2d: 'padding' is 'same'; expected whole numbers from zero up",
        ),
        (
            lambda: ConvTranspose2d(3, 8, kernel=3, output_padding=-1),
            "conv_transpose2d: 'output_padding' is -1; expected whole numbers from zero up",
        ),
        (
            lambda: ConvTranspose2d(3, 8, kernel=3, stride=2, output_padding=2),
            "conv_transpose2d: 'output_padding' is 2; expected less than the stride",
        ),
        (
            lambda: ConvTranspose2d(3, 8, kernel=3, groups=2),
            "conv_transpose2d: 'in_channels' is 3; expected a multiple of 'groups', 2",
        ),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_at_once(build: Callable[[], Layer], message: str):
    with pytest.raises(ShapeError) as caught:
        build()
    assert str(caught.value) == message
