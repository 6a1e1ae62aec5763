"""The counter: totals, training counted exactly, paths, and networks that are refused instead of never ending."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from analysis.counting.convention import AI_AND_EFFICIENCY, EVERYTHING, PRODUCTS, Convention
from analysis.counting.count import DEEPEST, MOST_VISITS, count
from analysis.counting.layers import (
    Activation,
    Attention,
    Branches,
    Composite,
    Conv2d,
    Embedding,
    EncoderDecoder,
    Flatten,
    Identity,
    Layer,
    Linear,
    Norm,
    Positions,
    Recurrent,
    Repeat,
    Residual,
    Sequential,
    Softmax,
    SqueezeExcite,
    Stages,
    Tied,
)
from analysis.counting.layers.base import Visit
from analysis.errors import CountingError, ShapeError

# A network small enough to count by hand: 2 x 3 and 3 x 4 products.
TWO = Stages((("first", Linear(2, 3)), ("relu", Activation()), ("second", Linear(3, 4, bias=False))))


def factors(network: Layer, shape: tuple[int, ...]) -> dict[str, int]:
    """How many times the forward products of each layer a training step takes."""
    return {row.path: row.training_macs // row.macs for row in count(network, shape).rows if row.macs}


def nested(depth: int, innermost: Layer) -> Layer:
    """A layer inside so many others."""
    layer = innermost
    for _ in range(depth):
        layer = Sequential((layer,))
    return layer


def test_a_breakdown_has_the_sums_of_its_rows():
    found = count(TWO, (2,))
    # 2 x 3 + 3 x 4 products; 6 + 3 + 12 parameters; two FLOP a product.
    assert (found.macs, found.params, found.inference_flop) == (18, 21, 36)
    assert (found.input_shape, found.output_shape, found.batch) == ((2,), (4,), 1)


def test_a_row_describes_its_layer():
    row = count(TWO, (2,), convention=EVERYTHING).rows[0]
    assert (row.path, row.kind, row.detail) == ("first", "linear", "")
    assert (row.input_shape, row.output_shape) == ((2,), (3,))
    # The first layer trains with twice its products; its three biases are other work.
    assert (row.macs, row.training_macs, row.params, row.other_flop) == (6, 12, 9, 3.0)


def test_training_takes_three_times_the_products_but_twice_in_the_first_layer():
    found = count(TWO, (2,))
    assert factors(TWO, (2,)) == {"first": 2, "second": 3}
    # 2 x (2 x 6 + 3 x 12); by the rule 3 x 36.
    assert (found.training_flop, found.training_flop_by_rule) == (96, 108)


def test_a_batch_multiplies_the_work_and_not_the_parameters():
    found = count(TWO, (2,), batch=10)
    assert (found.macs, found.params, found.inference_flop) == (180, 21, 360)
    assert (found.training_flop, found.training_flop_by_rule) == (960, 1080)


def test_other_work_is_counted_once_forward_and_by_the_rule_backward():
    found = count(TWO, (2,), batch=2, convention=EVERYTHING)
    # Three biases and three activations besides 36 FLOP of products, twice.
    assert found.inference_flop == 84
    # Products exactly: 2 x 96. Other work: three times 2 x 6.
    assert found.training_flop == 228
    assert found.training_flop_by_rule == 252


def test_a_multiply_add_is_one_operation_by_the_convention_of_2020():
    found = count(TWO, (2,), convention=AI_AND_EFFICIENCY)
    assert (found.macs, found.inference_flop, found.training_flop, found.training_flop_by_rule) == (18, 18, 48, 54)


def test_other_work_has_the_weight_that_a_convention_gives_it():
    heavy = Convention(name="heavy", summary="", other_work={"activation": 8.0})
    # Three activations of 8 and nothing for the biases.
    assert count(TWO, (2,), convention=heavy).inference_flop == 36 + 24


def test_lookups_count_nothing_even_where_everything_counts():
    assert count(Embedding(9, 4), (5,), convention=EVERYTHING).inference_flop == 0


def test_layers_without_weights_leave_the_next_one_first():
    network = Sequential((Activation(), Flatten(), Linear(4, 2)))
    assert factors(network, (2, 2)) == {"3": 2}


@pytest.mark.parametrize("before", [Norm(4, how="layer"), Positions(3, 4)])
def test_after_anything_learned_a_layer_has_a_gradient_of_its_input(before: Layer):
    assert factors(Sequential((before, Linear(4, 2))), (3, 4)) == {"2": 3}


def test_after_an_embedding_the_first_product_has_a_gradient_of_its_input():
    assert factors(Sequential((Embedding(9, 4), Linear(4, 2))), (3,)) == {"2": 3}


def test_after_borrowed_weights_a_layer_has_a_gradient_of_its_input():
    # The table belongs to the encoder, yet what it gives is trained all the same.
    words = Embedding(9, 4)
    network = EncoderDecoder(words, Sequential((Tied(words, "encoder"), Linear(4, 2))))
    assert factors(network, (3, 3)) == {"decoder.2": 3}


def test_branches_on_the_input_are_all_first_layers():
    network = Sequential(
        (Branches((("a", Linear(2, 2)), ("b", Sequential((Linear(2, 2), Linear(2, 2)))))), Linear(2, 2))
    )
    assert factors(network, (3, 2)) == {"1.a": 2, "1.b.1": 2, "1.b.2": 3, "2": 3}


def test_body_and_shortcut_on_the_input_are_both_first_layers():
    network = Sequential((Residual(Linear(2, 2), Linear(2, 2)), Residual(Linear(2, 2), Linear(2, 2))))
    assert factors(network, (2,)) == {"1.body": 2, "1.shortcut": 2, "2.body": 3, "2.shortcut": 3}


def test_a_shortcut_alone_makes_what_follows_depend_on_a_weight():
    network = Sequential((Residual(Identity(), Linear(2, 2)), Linear(2, 2)))
    assert factors(network, (2,)) == {"1.shortcut": 2, "2": 3}


def test_only_the_first_copy_of_a_repeat_is_a_first_layer():
    assert factors(Repeat(Linear(2, 2), 3), (2,)) == {"1": 2, "2": 3, "3": 3}


def test_a_first_recurrent_layer_has_a_gradient_of_its_state_and_none_of_its_input():
    network = Recurrent(3, 5, layers=2, bidirectional=True)
    assert factors(network, (7, 3)) == {
        "1.forward.input": 2,
        "1.forward.state": 3,
        "1.backward.input": 2,
        "1.backward.state": 3,
        "2.forward.input": 3,
        "2.forward.state": 3,
        "2.backward.input": 3,
        "2.backward.state": 3,
    }


def test_first_attention_has_no_gradient_of_its_three_inputs():
    assert factors(Attention(4, 2), (3, 4)) == {"query": 2, "key": 2, "value": 2, "products": 3, "output": 3}


def test_a_memory_is_taken_for_trained():
    network = Attention(4, 2, cross=True, memory_length=3)
    assert factors(network, (3, 4)) == {"query": 2, "key": 3, "value": 3, "products": 3, "output": 3}


def test_a_first_squeeze_has_no_gradient_of_its_input():
    assert factors(SqueezeExcite(4, 2), (4, 3, 3)) == {"squeeze": 2, "excite": 3}


@pytest.mark.parametrize(
    ("last", "shape"),
    [
        # The last row is that of a branch and of a direction; what comes out is wider.
        (Branches((("a", Linear(2, 2)), ("b", Linear(2, 2)))), (6, 2)),
        (Recurrent(2, 3, bidirectional=True), (3, 6)),
    ],
)
def test_the_output_shape_is_that_of_the_whole_and_not_of_the_last_row(last: Layer, shape: tuple[int, ...]):
    assert count(Sequential((last,)), (3, 2)).output_shape == shape


def test_a_layer_may_be_a_network_by_itself():
    found = count(Linear(2, 3), (2,))
    assert [(row.path, row.macs) for row in found.rows] == [("", 6)]


@pytest.mark.parametrize("batch", [0, -1, 2.5, True])
def test_a_batch_that_is_no_whole_number_above_zero_is_refused(batch: int):
    with pytest.raises(ShapeError, match=f"batch is {batch}; expected a whole number above zero"):
        count(TWO, (2,), batch=batch)


@pytest.mark.parametrize(
    ("shape", "spelled"), [((), "no axis"), ((3, 0, 4), "3x0x4"), ((-1,), "-1"), ((2.0,), "2.0"), ((True,), "True")]
)
def test_an_input_that_is_no_shape_is_refused(shape: tuple[int, ...], spelled: str):
    with pytest.raises(ShapeError, match=f"input shape {spelled}: expected whole numbers above zero"):
        count(TWO, shape)


@pytest.mark.parametrize("empty", [Sequential(()), Stages(()), Repeat(Sequential(()), 5), nested(20, Sequential(()))])
def test_a_network_without_layers_is_refused(empty: Layer):
    with pytest.raises(CountingError, match="the network has no layer; expected at least one"):
        count(empty, (2,))


def test_something_else_in_place_of_a_layer_is_named():
    with pytest.raises(CountingError) as caught:
        count(Stages((("stem", Linear(2, 2)), ("head", "softmax"))), (2,))
    assert str(caught.value) == "head: found str; expected a layer of analysis.counting.layers"


def test_a_million_copies_are_refused():
    with pytest.raises(CountingError, match=f"more than {MOST_VISITS:,} layers; expected a network of fewer"):
        count(Repeat(Linear(2, 2), 1_000_000), (2,))


@pytest.mark.parametrize("nothing", [Sequential(()), Repeat(Sequential(()), 1_000_000)])
def test_many_copies_of_nothing_are_counted_in_time(nothing: Layer):
    with pytest.raises(CountingError, match="layers; expected a network of fewer"):
        count(Repeat(Repeat(nothing, 1_000_000), 1_000_000), (2,))


def test_a_billion_recurrent_layers_are_refused():
    with pytest.raises(CountingError, match="layers; expected a network of fewer"):
        count(Recurrent(2, 2, layers=1_000_000_000), (3, 2))


@pytest.mark.parametrize(
    "network",
    [
        nested(1000, Identity()),
        nested(1000, Sequential(())),
        EncoderDecoder(Embedding(3, 2), nested(1000, Embedding(3, 2))),
        EncoderDecoder(nested(1000, Embedding(3, 2)), Embedding(3, 2)),
        nested(1000, EncoderDecoder(Embedding(3, 2), Embedding(3, 2))),
        nested(50, EncoderDecoder(Embedding(3, 2), nested(1000, Embedding(3, 2)))),
    ],
    ids=["a layer", "nothing", "a decoder", "an encoder", "a translator", "a decoder further in"],
)
def test_a_thousand_layers_inside_each_other_are_one_error(network: Layer):
    with pytest.raises(CountingError, match=rf": more than {DEEPEST} layers inside each other; expected fewer"):
        count(network, (2, 2))


def test_the_deepest_network_that_is_allowed_is_counted():
    assert count(nested(DEEPEST, Linear(2, 3)), (2,)).macs == 6
    translator = EncoderDecoder(Embedding(3, 2), nested(DEEPEST - 1, Embedding(3, 2)))
    assert count(translator, (2, 2)).params == 12


def test_residual_blocks_around_branches_may_be_as_deep_as_any():
    # The way of the most calls a level: a list of branches inside a decoder.
    layer: Layer = Embedding(3, 2)
    for _ in range(DEEPEST - 1):
        layer = Branches((("only", layer),))
    assert count(EncoderDecoder(Embedding(3, 2), layer), (2, 2)).params == 12


def test_the_convention_is_part_of_the_breakdown():
    assert count(TWO, (2,)).convention is PRODUCTS
    assert count(TWO, (2,), convention=EVERYTHING).convention is EVERYTHING


def test_a_kind_of_layer_from_elsewhere_is_counted_like_any_other():
    class Doubled(Layer):
        kind = "doubled"

        def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
            return (*input_shape[:-1], 2 * input_shape[-1])

        def macs(self, input_shape: tuple[int, ...]) -> int:
            return input_shape[-1]

    class Twice(Composite):
        kind = "twice"

        def run(self, input_shape: tuple[int, ...], visit: Visit) -> tuple[int, ...]:
            return visit("again", Doubled(), visit("once", Doubled(), input_shape, fresh=True))

        def parts(self) -> Iterator[tuple[Layer, int]]:
            yield Doubled(), 2

    found = count(Twice(), (3,))
    # 3 and then 6 products; nothing is learned, so nothing is trained: 2 x 9.
    assert (found.output_shape, found.macs, found.params, found.training_flop) == ((12,), 9, 0, 18)


def test_a_network_of_everything_has_one_row_a_layer_in_the_order_of_the_data():
    network = Stages(
        (
            ("stem", Conv2d(3, 4, kernel=3, stride=2)),
            ("block", Residual(Sequential((Conv2d(4, 4, kernel=1), Norm(4))))),
            ("head", Sequential((Flatten(), Linear(4 * 3 * 3, 10), Softmax()))),
        )
    )
    rows = count(network, (3, 7, 7)).rows
    assert [row.path for row in rows] == [
        "stem",
        "block.body.1",
        "block.body.2",
        "block.add",
        "head.1",
        "head.2",
        "head.3",
    ]
    assert all(later.input_shape == row.output_shape for row, later in pairwise(rows))
