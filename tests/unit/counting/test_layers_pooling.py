"""Pools: how many windows fit, worked by hand, and what they refuse."""

from collections.abc import Callable

import pytest

from analysis.counting.layers import AdaptivePool2d, GlobalPool, Layer, Pool2d
from analysis.errors import ShapeError


def test_a_pool_without_a_stride_sets_its_windows_side_by_side():
    layer = Pool2d(2)
    # 7 / 2 = 3 windows; the last row and column are left out.
    assert layer.output_shape((5, 7, 6)) == (5, 3, 3)
    # 45 windows of 4 numbers.
    assert layer.other_work((5, 7, 6)) == {"pooling": 180}
    assert layer.detail() == "max 2x2, stride 2"


def test_a_pool_holds_no_product_and_no_weight():
    layer = Pool2d(3, stride=2)
    assert (layer.macs((5, 7, 7)), layer.params()) == (0, 0)


def test_windows_of_a_pool_may_overlap():
    # (55 - 3) / 2 + 1 = 27, as in AlexNet. Source: krizhevsky2012imagenet, section 3.4.
    assert Pool2d(3, stride=2).output_shape((96, 55, 55)) == (96, 27, 27)


@pytest.mark.parametrize(
    ("size", "settings", "windows"),
    [
        # (6 - 3) / 2 = 1.5: two windows, or three where the last may reach beyond.
        (6, {"kernel": 3, "stride": 2}, 2),
        (6, {"kernel": 3, "stride": 2, "ceil_mode": True}, 3),
        # (7 - 3) / 2 = 2 is whole: nothing is added.
        (7, {"kernel": 3, "stride": 2, "ceil_mode": True}, 3),
        # (5 + 2 - 2) / 3 = 1.67: two windows begin at -1 and 2; a third would begin at 5, past the input.
        (5, {"kernel": 2, "stride": 3, "padding": 1, "ceil_mode": True}, 2),
        # (2 - 3) / 2 is below zero: the one window begins inside and reaches beyond by one.
        (2, {"kernel": 3, "stride": 2, "ceil_mode": True}, 1),
        # One window a stride: 5 / 2 rounded up.
        (5, {"kernel": 3, "stride": 2, "padding": "same"}, 3),
    ],
)
def test_the_last_window_may_reach_beyond_only_in_ceil_mode(size: int, settings: dict[str, object], windows: int):
    assert Pool2d(**settings).output_shape((1, size, size)) == (1, windows, windows)


def test_an_adaptive_pool_gives_the_size_asked_for():
    layer = AdaptivePool2d((6, 3))
    assert layer.output_shape((8, 13, 5)) == (8, 6, 3)
    # Every input: 8 x 13 x 5.
    assert layer.other_work((8, 13, 5)) == {"pooling": 520}
    assert AdaptivePool2d().output_shape((8, 13, 5)) == (8, 1, 1)


@pytest.mark.parametrize("shape", [(8, 5), (8, 5, 4), (8, 5, 4, 3)])
def test_a_global_pool_leaves_the_channels(shape: tuple[int, ...]):
    assert GlobalPool().output_shape(shape) == (8,)


def test_a_global_pool_touches_every_number():
    # 8 x 5 x 4.
    assert GlobalPool().other_work((8, 5, 4)) == {"pooling": 160}


@pytest.mark.parametrize(
    ("layer", "shape", "message"),
    [
        (Pool2d(3), (4, 9), "pool2d got 4x9; needs channels x height x width"),
        (Pool2d(3), (4, 9, 2), "pool2d got 4x9x2; needs at least 3x3, its kernel, padding included"),
        (
            Pool2d(4, stride=2, ceil_mode=True),
            (4, 9, 2),
            "pool2d got 4x9x2; needs at least 4x4, its kernel, padding included",
        ),
        (AdaptivePool2d(3), (4,), "adaptive_pool2d got 4; needs channels x height x width"),
        (GlobalPool(), (4,), "global_pool got 4; needs channels and at least one axis after them"),
    ],
)
def test_a_shape_that_does_not_fit_a_pool_is_refused(layer: Layer, shape: tuple[int, ...], message: str):
    for asked in (layer.output_shape, layer.other_work):
        with pytest.raises(ShapeError) as caught:
            asked(shape)
        assert str(caught.value) == message


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Pool2d(0), "pool2d: 'kernel' is 0; expected whole numbers above zero"),
        (lambda: Pool2d(3, stride=-2), "pool2d: 'stride' is -2; expected whole numbers above zero"),
        (lambda: Pool2d(3, stride=0), "pool2d: 'stride' is 0; expected whole numbers above zero"),
        (lambda: Pool2d((3, 3, 3)), "pool2d: 'kernel' is 3x3x3; expected one number or 2"),
        (lambda: Pool2d(3, padding=2), "pool2d: 'padding' is 2; expected at most half the kernel"),
        (lambda: Pool2d(3, padding="full"), "pool2d: 'padding' is 'full'; expected numbers or 'same'"),
        (lambda: Pool2d(3, how="median"), "pool2d: 'how' is 'median'; expected one of max, average"),
        (lambda: AdaptivePool2d(0), "adaptive_pool2d: 'size' is 0; expected whole numbers above zero"),
        (lambda: AdaptivePool2d((1, 2, 3)), "adaptive_pool2d: 'size' is 1x2x3; expected one number or 2"),
    ],
)
def test_a_setting_that_makes_no_sense_for_a_pool_is_refused(build: Callable[[], Layer], message: str):
    with pytest.raises(ShapeError) as caught:
        build()
    assert str(caught.value) == message
