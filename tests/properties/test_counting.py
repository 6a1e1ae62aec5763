"""Laws of counting."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.counting.convention import EVERYTHING
from analysis.counting.count import count
from analysis.counting.layers import (
    Attention,
    Branches,
    Composite,
    Conv2d,
    Layer,
    Linear,
    Recurrent,
    Repeat,
    Residual,
    Sequential,
    Stages,
)
from analysis.counting.layers.base import WORK, elements

from .strategies import Network, convolutions, divisors, fits, images, networks, sizes, small, transposed_convolutions

batches = st.integers(1, 1000)


@given(networks(), batches)
def test_work_grows_with_the_batch_and_parameters_do_not(drawn: Network, batch: int) -> None:
    network, shape = drawn
    one, many = count(network, shape), count(network, shape, batch=batch)
    assert (many.macs, many.params) == (batch * one.macs, one.params)
    assert (many.inference_flop, many.training_flop) == (batch * one.inference_flop, batch * one.training_flop)
    assert many.training_flop_by_rule == batch * one.training_flop_by_rule


@given(networks())
def test_the_rows_sum_to_what_the_network_says_of_itself(drawn: Network) -> None:
    network, shape = drawn
    found = count(network, shape)
    assert (found.macs, found.params) == (network.macs(shape), network.params())
    assert found.output_shape == network.output_shape(shape)


@given(networks())
def test_no_row_is_below_zero_and_no_shape_is_empty(drawn: Network) -> None:
    for row in count(*drawn, convention=EVERYTHING).rows:
        assert min(row.macs, row.params, row.other_flop, row.training_macs) >= 0
        assert all(size > 0 for size in (*row.input_shape, *row.output_shape))


@given(networks())
def test_other_work_has_names_that_conventions_know(drawn: Network) -> None:
    def works(layer: Layer, shape: tuple[int, ...]) -> set[str]:
        if not isinstance(layer, Composite):
            return set(layer.other_work(shape))
        found: set[str] = set()

        def visit(_name: str, part: Layer, given_shape: tuple[int, ...], *, fresh: bool = False) -> tuple[int, ...]:
            found.update(works(part, given_shape))
            return part.output_shape(given_shape)

        layer.run(shape, visit)
        return found

    assert works(*drawn) <= set(WORK)


@given(networks())
def test_paths_are_different_and_products_stay_when_all_else_is_counted(drawn: Network) -> None:
    plain, all_work = count(*drawn), count(*drawn, convention=EVERYTHING)
    assert len({row.path for row in plain.rows}) == len(plain.rows)
    assert [(row.path, row.macs) for row in plain.rows] == [(row.path, row.macs) for row in all_work.rows]
    assert all_work.inference_flop >= plain.inference_flop


@given(networks())
def test_training_is_between_two_and_three_forward_passes(drawn: Network) -> None:
    found = count(*drawn)
    assert 2 * found.inference_flop <= found.training_flop <= found.training_flop_by_rule


@given(networks())
def test_everything_after_a_learned_layer_trains_with_three_passes(drawn: Network) -> None:
    network, shape = drawn
    rows = count(network, shape).rows
    learned = False
    for place, layer in enumerate(network.layers, 1):
        of_layer = [row for row in rows if row.path.split(".")[0] == str(place)]
        assert not learned or all(row.training_macs == 3 * row.macs for row in of_layer)
        learned = learned or layer.learned()


@given(networks())
def test_the_way_a_network_is_grouped_changes_no_row_but_its_path(drawn: Network) -> None:
    network, shape = drawn
    nested = Stages((("first", Sequential(network.layers[:1])), ("rest", Sequential(network.layers[1:]))))
    one, other = count(network, shape), count(nested, shape)
    assert [row[1:] for row in one.rows] == [row[1:] for row in other.rows]
    assert one.output_shape == other.output_shape


@given(networks(most=2), small)
def test_a_repeat_is_so_many_copies(drawn: Network, times: int) -> None:
    network, shape = drawn
    assume(network.output_shape(shape) == shape)
    once, often = count(network, shape), count(Repeat(network, times), shape)
    assert (often.macs, often.params) == (times * once.macs, times * once.params)
    copies = count(Sequential((network,) * times), shape)
    assert copies.rows == often.rows


@given(networks(most=2))
def test_a_shortcut_adds_one_sum_and_nothing_else(drawn: Network) -> None:
    network, shape = drawn
    assume(network.output_shape(shape) == shape)
    plain, residual = (
        count(network, shape, convention=EVERYTHING),
        count(Residual(network), shape, convention=EVERYTHING),
    )
    assert (residual.macs, residual.params, residual.output_shape) == (plain.macs, plain.params, shape)
    assert residual.inference_flop == plain.inference_flop + elements(shape)
    assert residual.training_flop == plain.training_flop + 3 * elements(shape)


@given(networks(most=2), networks(most=2))
def test_branches_count_what_each_counts_alone(one: Network, other: Network) -> None:
    assume(fits(other[0], one[1]))
    branches = Branches((("one", one[0]), ("other", other[0])))
    assume(fits(branches, one[1]))
    found, first, second = (count(network, one[1]) for network in (branches, one[0], other[0]))
    assert (found.macs, found.params) == (first.macs + second.macs, first.params + second.params)
    # Both are first layers, in training too.
    assert found.training_flop == first.training_flop + second.training_flop


@given(networks())
def test_shapes_pass_from_layer_to_layer(drawn: Network) -> None:
    network, shape = drawn
    for layer in network.layers:
        assert count(layer, shape).rows[0].input_shape == shape
        shape = layer.output_shape(shape)
    assert shape == count(network, drawn[1]).output_shape


@given(images.flatmap(lambda shape: st.tuples(st.just(shape), convolutions(shape[0]))))
def test_groups_divide_products_and_weights(drawn: tuple[tuple[int, ...], Conv2d]) -> None:
    shape, layer = drawn
    assume(fits(layer, shape))
    whole = replace(layer, groups=1, bias=False)
    grouped = replace(layer, bias=False)
    assert whole.macs(shape) == layer.groups * grouped.macs(shape)
    assert whole.params() == layer.groups * grouped.params()
    assert whole.output_shape(shape) == grouped.output_shape(shape)


@given(images.flatmap(lambda shape: st.tuples(st.just(shape), convolutions(shape[0]))))
def test_products_are_outputs_times_weights_of_one_channel(drawn: tuple[tuple[int, ...], Conv2d]) -> None:
    shape, layer = drawn
    assume(fits(layer, shape))
    _, height, width = layer.output_shape(shape)
    assert layer.macs(shape) == height * width * replace(layer, bias=False).params()


@given(st.integers(1, 20), small, st.integers(0, 3), small)
def test_an_image_taller_by_the_stride_gives_one_row_more(height: int, kernel: int, padding: int, stride: int) -> None:
    layer = Conv2d(1, 1, kernel=kernel, padding=padding, stride=stride)
    assume(fits(layer, (1, height, height)))
    _, rows, columns = layer.output_shape((1, height, height))
    assert layer.output_shape((1, height + stride, height)) == (1, rows + 1, columns)


@given(st.integers(1, 20), st.integers(1, 20), sizes)
def test_same_padding_without_a_stride_keeps_the_size(height: int, width: int, kernel: int | tuple[int, int]) -> None:
    assert Conv2d(1, 1, kernel=kernel, padding="same").output_shape((1, height, width)) == (1, height, width)


@given(images.flatmap(lambda shape: st.tuples(st.just(shape), transposed_convolutions(shape[0]))))
def test_a_transposed_convolution_undoes_the_shape_and_has_the_products_of_its_convolution(
    drawn: tuple[tuple[int, ...], Layer],
) -> None:
    shape, layer = drawn
    assume(fits(layer, shape))
    straight = Conv2d(
        layer.out_channels,
        layer.in_channels,
        kernel=layer.kernel,
        stride=layer.stride,
        padding=layer.padding,
        dilation=layer.dilation,
        groups=layer.groups,
        bias=False,
    )
    wide = layer.output_shape(shape)
    assert straight.output_shape(wide) == shape
    assert straight.macs(wide) == layer.macs(shape)
    assert straight.params() == replace(layer, bias=False).params()


@given(small, small, st.lists(small, max_size=3))
def test_a_linear_layer_is_a_convolution_of_one_pixel(inner: int, outer: int, leading: list[int]) -> None:
    linear = Linear(inner, outer)
    convolution = Conv2d(inner, outer, kernel=1)
    places = elements(tuple(leading))
    assert linear.macs((*leading, inner)) == convolution.macs((inner, places, 1))
    assert linear.params() == convolution.params()


@given(st.integers(1, 12), st.data(), st.integers(1, 9), st.integers(1, 9))
def test_attention_to_oneself_is_attention_to_a_memory_of_ones_own_length(
    width: int, data: st.DataObject, steps: int, others: int
) -> None:
    heads = data.draw(divisors(width))
    cross = Attention(width, heads, cross=True, memory_length=steps)
    plain = Attention(width, heads)
    assert (cross.macs((steps, width)), cross.params()) == (plain.macs((steps, width)), plain.params())
    # A memory of another length: two projections of a step more or fewer, and scores and mixing of it.
    longer = replace(cross, memory_length=others)
    step = 2 * width * width + 2 * steps * width
    assert longer.macs((steps, width)) - cross.macs((steps, width)) == (others - steps) * step


@given(st.integers(1, 9), small, small, st.integers(1, 3), st.booleans())
def test_a_recurrent_layer_works_as_often_as_it_has_steps(
    steps: int, width: int, hidden: int, depth: int, bidirectional: bool
) -> None:
    layer = Recurrent(width, hidden, layers=depth, bidirectional=bidirectional, bias=False)
    # Every weight takes part once a step.
    assert layer.macs((steps, width)) == steps * layer.params()


@given(networks())
def test_rows_of_a_plain_chain_hand_their_shapes_on(drawn: Network) -> None:
    network, shape = drawn
    chain = Sequential(tuple(layer for layer in network.layers if not isinstance(layer, Composite)))
    assume(chain.layers)
    assume(fits(chain, shape))
    assert all(later.input_shape == row.output_shape for row, later in pairwise(count(chain, shape).rows))
