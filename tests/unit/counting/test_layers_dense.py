"""Linear layers, tables and everything element by element, each worked by hand; and what they refuse."""

from collections.abc import Callable

import pytest

from analysis.counting.layers import (
    Activation,
    Bias,
    ClassToken,
    Elementwise,
    Embedding,
    Layer,
    Linear,
    LocalResponseNorm,
    Norm,
    Positions,
    Repeat,
    Softmax,
    Tied,
)
from analysis.errors import ShapeError


def test_a_linear_layer_multiplies_every_input_with_every_output():
    layer = Linear(9216, 4096)
    # 9,216 x 4,096, and 4,096 biases: the sixth layer of AlexNet.
    assert layer.output_shape((9216,)) == (4096,)
    assert layer.macs((9216,)) == 37_748_736
    assert layer.params() == 37_752_832
    assert layer.other_work((9216,)) == {"bias": 4096}


def test_a_linear_layer_works_over_any_leading_axes():
    layer = Linear(4, 5, bias=False)
    # 2 x 3 places of 4 x 5 products.
    assert layer.output_shape((2, 3, 4)) == (2, 3, 5)
    assert layer.macs((2, 3, 4)) == 120
    assert layer.params() == 20
    assert layer.other_work((2, 3, 4)) == {}


def test_an_embedding_looks_rows_up_and_multiplies_nothing():
    layer = Embedding(1000, 16)
    assert layer.output_shape((7,)) == (7, 16)
    assert layer.macs((7,)) == 0
    assert layer.params() == 16_000
    # Seven rows of 16.
    assert layer.other_work((7,)) == {"lookup": 112}


def test_positions_add_a_learned_vector_to_each_step():
    layer = Positions(10, 16)
    assert layer.output_shape((7, 16)) == (7, 16)
    assert (layer.macs((7, 16)), layer.params()) == (0, 160)
    assert layer.other_work((7, 16)) == {"elementwise": 112}


def test_a_class_token_adds_a_learned_step():
    layer = ClassToken(16)
    assert layer.output_shape((7, 16)) == (8, 16)
    assert (layer.macs((7, 16)), layer.params(), layer.other_work((7, 16))) == (0, 16, {})


@pytest.mark.parametrize(
    ("layer", "shape", "params"),
    [
        (Norm(8), (8, 5, 5), 16),
        (Norm(8), (8,), 16),
        (Norm(8, how="group", groups=4), (8, 5, 5), 16),
        (Norm(5, how="layer"), (8, 5), 10),
    ],
)
def test_a_norm_has_a_scale_and_a_shift_for_each(layer: Norm, shape: tuple[int, ...], params: int):
    assert layer.output_shape(shape) == shape
    assert (layer.macs(shape), layer.params()) == (0, params)


def test_a_norm_touches_every_element_once():
    # 8 x 5 x 5.
    assert Norm(8).other_work((8, 5, 5)) == {"normalisation": 200}
    assert Norm(8, how="group", groups=2).detail() == "group"


def test_local_response_normalisation_has_no_weight():
    layer = LocalResponseNorm()
    assert layer.output_shape((8, 5, 5)) == (8, 5, 5)
    assert (layer.macs((8, 5, 5)), layer.params()) == (0, 0)
    assert layer.other_work((8, 5, 5)) == {"normalisation": 200}


@pytest.mark.parametrize(
    ("layer", "kind", "detail"),
    [
        (Activation("gelu"), "activation", "gelu"),
        (Softmax(), "softmax", ""),
        (Elementwise("multiply"), "elementwise", "multiply"),
    ],
)
def test_work_by_element_keeps_the_shape_and_counts_each_element(layer: Layer, kind: str, detail: str):
    assert layer.output_shape((3, 4)) == (3, 4)
    assert (layer.macs((3, 4)), layer.params()) == (0, 0)
    assert layer.other_work((3, 4)) == {kind: 12}
    assert layer.detail() == detail


def test_a_bias_is_a_number_a_channel_and_a_scale_is_another():
    assert (Bias(6).params(), Bias(6, scale=True).params()) == (6, 12)
    # 6 x 14 x 14 additions, and as many products with the scale: the second layer of LeNet-5.
    assert Bias(6).other_work((6, 14, 14)) == {"bias": 1176}
    assert Bias(6, scale=True).other_work((6, 14, 14)) == {"bias": 2352}
    assert Bias(6).output_shape((6, 14, 14)) == (6, 14, 14)


def test_a_tied_layer_works_like_the_layer_and_has_no_parameters():
    layer = Tied(Linear(16, 1000), "embedding")
    assert layer.kind == "linear"
    assert layer.output_shape((7, 16)) == (7, 1000)
    # 7 x 16 x 1000.
    assert layer.macs((7, 16)) == 112_000
    assert layer.params() == 0
    assert layer.other_work((7, 16)) == {"bias": 7000}
    assert layer.detail() == "weights of embedding"


def test_a_tied_layer_is_learned_though_its_weights_are_counted_elsewhere():
    assert Tied(Linear(2, 2), "another").learned()
    assert not Tied(Activation(), "another").learned()
    assert not Activation().learned()


def test_the_detail_of_a_tied_layer_keeps_that_of_the_layer():
    assert Tied(Norm(2, how="layer"), "another").detail() == "layer, weights of another"


@pytest.mark.parametrize(
    ("layer", "shape", "message"),
    [
        (Linear(4, 5), (5, 3), "linear got 5x3; needs 4 along the last axis"),
        (Linear(4, 5), (), "linear got no axis; needs 4 along the last axis"),
        (Tied(Linear(4, 5), "x"), (5, 3), "linear got 5x3; needs 4 along the last axis"),
        (Embedding(9, 4), (3, 4), "embedding got 3x4; needs length"),
        (Positions(9, 4), (10, 4), "positions got 10x4; needs at most 9 steps of 4"),
        (Positions(9, 4), (9, 5), "positions got 9x5; needs at most 9 steps of 4"),
        (Positions(9, 4), (9,), "positions got 9; needs length x width"),
        (ClassToken(4), (3, 5), "class_token got 3x5; needs steps of 4"),
        (Norm(4), (3, 4), "norm got 3x4; needs 4 along the first axis"),
        (Norm(4, how="layer"), (4, 3), "norm got 4x3; needs 4 along the last axis"),
        (LocalResponseNorm(), (4, 3), "local_response_norm got 4x3; needs channels x height x width"),
        (Bias(4), (3, 4), "bias got 3x4; needs 4 along the first axis"),
    ],
)
def test_a_shape_that_does_not_fit_is_refused(layer: Layer, shape: tuple[int, ...], message: str):
    with pytest.raises(ShapeError) as caught:
        layer.output_shape(shape)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Linear(0, 5), "linear: 'in_width' is 0; expected whole numbers above zero"),
        (lambda: Linear(5, -1), "linear: 'out_width' is -1; expected whole numbers above zero"),
        (lambda: Embedding(0, 4), "embedding: 'tokens' is 0; expected whole numbers above zero"),
        (lambda: Positions(4, 0), "positions: 'width' is 0; expected whole numbers above zero"),
        (lambda: ClassToken(0), "class_token: 'width' is 0; expected whole numbers above zero"),
        (lambda: Norm(0), "norm: 'width' is 0; expected whole numbers above zero"),
        (lambda: Norm(4, how="instance"), "norm: 'how' is 'instance'; expected one of batch, layer, group, rms"),
        (lambda: Norm(4, how="group", groups=3), "norm: 'width' is 4; expected a multiple of 'groups', 3"),
        (lambda: LocalResponseNorm(0), "local_response_norm: 'size' is 0; expected whole numbers above zero"),
        (lambda: Elementwise("divide"), "elementwise: 'how' is 'divide'; expected one of add, multiply"),
        (lambda: Bias(0), "bias: 'width' is 0; expected whole numbers above zero"),
        (
            lambda: Tied(Repeat(Linear(2, 2), 2), "another"),
            "tied: 'layer' is a layer of kind repeat; expected one without parts",
        ),
        (
            lambda: Tied(Tied(Linear(2, 2), "one"), "another"),
            "tied: 'layer' is a layer of kind linear; expected one without parts",
        ),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(build: Callable[[], Layer], message: str):
    with pytest.raises(ShapeError) as caught:
        build()
    assert str(caught.value) == message
