"""Layers over sequences, worked by hand: recurrent ones, attention, and an encoder with its decoder."""

from collections.abc import Callable

import pytest

from analysis.counting.convention import EVERYTHING
from analysis.counting.count import count
from analysis.counting.layers import (
    Attention,
    AttentionProducts,
    Embedding,
    EncoderDecoder,
    Gates,
    Identity,
    Layer,
    Linear,
    Recurrent,
    Repeat,
    Residual,
    Sequential,
    Shape,
    Stages,
)
from analysis.errors import ShapeError


@pytest.mark.parametrize(("cell", "gates"), [("lstm", 4), ("gru", 3), ("rnn", 1)])
def test_each_step_multiplies_input_and_state_with_every_gate(cell: str, gates: int):
    layer = Recurrent(3, 5, cell=cell)
    assert layer.output_shape((7, 3)) == (7, 5)
    # A step: (3 + 5) x 5 products a gate; seven steps.
    assert layer.macs((7, 3)) == 7 * 40 * gates
    # (3 + 5) x 5 weights and two biases of 5 a gate.
    assert layer.params() == 50 * gates


def test_recurrent_layers_follow_each_other():
    layer = Recurrent(3, 5, layers=3, bias=False)
    assert layer.output_shape((7, 3)) == (7, 5)
    # The first: 4 x 5 x (3 + 5) = 160 a step; two more: 4 x 5 x (5 + 5) = 200. 7 x 560.
    assert layer.macs((7, 3)) == 3_920
    assert layer.params() == 560


def test_two_directions_are_joined_side_by_side():
    layer = Recurrent(3, 5, cell="gru", layers=2, bidirectional=True)
    assert layer.output_shape((7, 3)) == (7, 10)
    # A direction of the first: 3 x 5 x (3 + 5) = 120; of the second: 3 x 5 x (10 + 5) = 225. 7 x 2 x 345.
    assert layer.macs((7, 3)) == 4_830
    # 2 x 345 weights, and 2 x 3 x 5 biases in each of four.
    assert layer.params() == 810


def test_two_directions_may_be_added():
    layer = Recurrent(3, 5, cell="rnn", layers=2, bidirectional=True, join="add", bias=False)
    assert layer.output_shape((7, 3)) == (7, 5)
    # A direction: 5 x (3 + 5) = 40, then 5 x (5 + 5) = 50. 7 x 2 x 90.
    assert layer.macs((7, 3)) == 1_260
    assert layer.params() == 180


def test_a_projection_narrows_the_state():
    layer = Recurrent(3, 5, projection=2, layers=2)
    assert layer.output_shape((7, 3)) == (7, 2)
    # The first: 4 x 5 x (3 + 2) + 5 x 2 = 110 a step; the second: 4 x 5 x (2 + 2) + 10 = 90. 7 x 200.
    assert layer.macs((7, 3)) == 1_400
    # 200 weights and 2 x 4 x 5 biases in both.
    assert layer.params() == 280


def test_the_rows_of_a_recurrent_layer_name_layer_and_direction():
    rows = count(Stages((("lstm", Recurrent(3, 5, bidirectional=True, projection=2)),)), (7, 3)).rows
    assert [row.path.removeprefix("lstm.1.") for row in rows] == [
        *("forward.input", "forward.state", "forward.cell", "forward.projection"),
        *("backward.input", "backward.state", "backward.cell", "backward.projection"),
    ]


@pytest.mark.parametrize(("cell", "elementwise"), [("lstm", 3), ("gru", 4), ("rnn", 0)])
def test_the_gates_are_functions_and_products_of_elements(cell: str, elementwise: int):
    gates = {"lstm": 4, "gru": 3, "rnn": 1}[cell]
    layer = Gates(cell)
    # Seven steps of 5 for each gate.
    assert layer.output_shape((7, 5 * gates)) == (7, 5)
    assert layer.other_work((7, 5 * gates)) == {"activation": 35 * gates, "elementwise": 35 * elementwise}
    assert (layer.macs((7, 5 * gates)), layer.params(), layer.detail()) == (0, 0, cell)


def test_attention_projects_scores_and_mixes():
    layer = Attention(8, 2)
    assert layer.output_shape((5, 8)) == (5, 8)
    # Four projections of 5 x 8 x 8 = 320; scores 5 x 5 x 8 and mixing 5 x 5 x 8: 1,280 + 400.
    assert layer.macs((5, 8)) == 1_680
    # Four times 8 x 8 + 8.
    assert layer.params() == 288
    rows = count(Sequential((layer,)), (5, 8)).rows
    assert [row.path for row in rows] == ["1.query", "1.key", "1.value", "1.products", "1.output"]
    assert rows[3].detail == "2 heads, 5 keys"


def test_heads_divide_no_products():
    assert Attention(8, 1).macs((5, 8)) == Attention(8, 8).macs((5, 8))


def test_a_softmax_runs_over_the_scores_of_every_head():
    # 2 heads x 5 queries x 6 keys.
    assert AttentionProducts(2, key_length=6, value_width=8).other_work((5, 8)) == {"softmax": 60}


def test_heads_may_have_widths_of_their_own():
    layer = Attention(8, 2, head_width=3, value_head_width=5, bias=False)
    # Keys of 2 x 3 = 6, values of 2 x 5 = 10. Projections: 5 x 8 x (6 + 6 + 10) + 5 x 10 x 8 = 880 + 400.
    # Scores 5 x 5 x 6, mixing 5 x 5 x 10: 150 + 250.
    assert layer.macs((5, 8)) == 1_680
    # 8 x 22 + 10 x 8.
    assert layer.params() == 256
    assert layer.output_shape((5, 8)) == (5, 8)


def test_attention_to_a_memory_has_as_many_keys_as_the_memory_has_steps():
    layer = Attention(8, 2, cross=True, memory_length=3, memory_width=4, bias=False)
    assert layer.output_shape((5, 8)) == (5, 8)
    # Queries and output: 2 x 5 x 8 x 8 = 640; keys and values: 2 x 3 x 4 x 8 = 192; products: 5 x 3 x (8 + 8) = 240.
    assert layer.macs((5, 8)) == 1_072
    # 2 x 8 x 8 and 2 x 4 x 8.
    assert layer.params() == 192


def test_a_memory_is_as_wide_as_the_queries_where_nothing_else_is_said():
    # 4 x 8 x 8 weights; queries and output 2 x 5 x 64, keys and values 2 x 3 x 64, products 5 x 3 x 16.
    layer = Attention(8, 2, cross=True, memory_length=3, bias=False)
    assert (layer.params(), layer.macs((5, 8))) == (256, 640 + 384 + 240)


def translator(blocks: int = 1) -> EncoderDecoder:
    """An encoder that looks tokens up, and a decoder that attends to it in the second of its layers."""
    block = Sequential((Residual(Attention(4, 2, bias=False)), Residual(Attention(4, 2, cross=True, bias=False))))
    return EncoderDecoder(Embedding(10, 4), Stages((("words", Embedding(10, 4)), ("blocks", Repeat(block, blocks)))))


def test_a_decoder_attends_to_as_many_steps_as_its_encoder_gives():
    network = translator()
    # Source of 3, target of 2. Self: 4 x 2 x 16 = 128, and 2 x 2 x 8 = 32. Cross: queries and output 2 x 2 x 16 = 64,
    # keys and values 2 x 3 x 16 = 96, products 2 x 3 x 8 = 48. Together 160 + 208.
    assert network.macs((3, 2)) == 368
    assert count(network, (3, 2)).macs == 368
    assert network.output_shape((3, 2)) == (2, 4)
    # Two tables of 40 and eight projections of 16.
    assert network.params() == 208
    assert count(network, (3, 2)).params == 208


def test_every_block_of_a_decoder_attends_to_the_same_memory():
    # 208 of the cross attention and 160 of the other in each.
    assert count(translator(blocks=6), (3, 2)).macs == 6 * 368


def test_the_rows_of_a_translator_tell_encoder_from_decoder():
    paths = [row.path for row in count(translator(), (3, 2)).rows]
    assert paths[:3] == ["encoder", "decoder.words", "decoder.blocks.1.1.body.query"]
    assert "decoder.blocks.1.2.body.products" in paths


def test_a_translator_within_a_decoder_attends_to_its_own_encoder():
    # The inner one takes source x target, so its place is where a shape of two axes comes.
    inner = EncoderDecoder(Embedding(10, 4), Sequential((Embedding(10, 4), Attention(4, 1, cross=True))))
    assert count(Sequential((inner,)), (3, 2)).rows[-2].detail == "1 head, 3 keys"


def test_other_work_of_sequences_counts_every_element():
    # Embeddings are looked up, which is no work. Sums of 2 x 4 = 8 after each of two residual layers; softmax over
    # 2 heads x 2 x 2 and 2 heads x 2 x 3 scores: 16 + 20.
    found = count(translator(), (3, 2), convention=EVERYTHING)
    assert found.inference_flop - 2 * found.macs == 36


@pytest.mark.parametrize(
    ("network", "shape", "message"),
    [
        (Recurrent(3, 5), (7, 4), "1: recurrent got 7x4; needs steps of 3"),
        (Recurrent(3, 5), (7,), "1: recurrent got 7; needs steps x width"),
        (Attention(8, 2), (5, 4), "1: attention got 5x4; needs steps of 8"),
        (Attention(8, 2), (5,), "1: attention got 5; needs length x width"),
        (
            Attention(8, 2, cross=True),
            (5, 8),
            "1: attention got 5x8; needs a memory: give 'memory_length', or put it into an EncoderDecoder",
        ),
        (translator(), (3,), "1: encoder_decoder got 3; needs source length x target length"),
        (
            EncoderDecoder(Embedding(9, 6), Sequential((Embedding(9, 4), Residual(Attention(4, 1, cross=True))))),
            (3, 2),
            "1.decoder.2.body: attention got 3x6; needs a memory of steps of 4",
        ),
        (
            EncoderDecoder(Embedding(9, 6), Sequential((Embedding(9, 4), Linear(5, 5)))),
            (3, 2),
            "1.decoder.2: linear got 2x4; needs 5 along the last axis",
        ),
        (
            EncoderDecoder(Identity(), Sequential((Embedding(9, 4), Attention(4, 1, cross=True)))),
            (3, 2),
            "1.decoder.2: attention got 3; needs a memory of steps of 4",
        ),
    ],
)
def test_a_misfit_is_named_with_its_place(network: Layer, shape: Shape, message: str):
    with pytest.raises(ShapeError) as caught:
        count(Sequential((network,)), shape)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Recurrent(0, 5), "recurrent: 'width' is 0; expected whole numbers above zero"),
        (lambda: Recurrent(3, -5), "recurrent: 'hidden' is -5; expected whole numbers above zero"),
        (lambda: Recurrent(3, 5, layers=0), "recurrent: 'layers' is 0; expected whole numbers above zero"),
        (lambda: Recurrent(3, 5, projection=0), "recurrent: 'projection' is 0; expected whole numbers above zero"),
        (lambda: Recurrent(3, 5, cell="mgu"), "recurrent: 'cell' is 'mgu'; expected one of lstm, gru, rnn"),
        (lambda: Recurrent(3, 5, join="max"), "recurrent: 'join' is 'max'; expected one of concatenate, add"),
        (
            lambda: Recurrent(3, 5, cell="gru", projection=2),
            "recurrent: 'projection' with cell 'gru'; expected it only with lstm",
        ),
        (lambda: Attention(8, 3), "attention: 'width' is 8; expected a multiple of 'heads', 3"),
        (lambda: Attention(8, 0), "attention: 'heads' is 0; expected whole numbers above zero"),
        (lambda: Attention(8, 2, head_width=0), "attention: 'head_width' is 0; expected whole numbers above zero"),
        (
            lambda: Attention(8, 2, cross=True, memory_length=0),
            "attention: 'memory_length' is 0; expected whole numbers above zero",
        ),
        (
            lambda: Attention(8, 2, memory_length=4),
            "attention: a memory is given; expected one only with cross = True",
        ),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(build: Callable[[], Layer], message: str):
    with pytest.raises(ShapeError) as caught:
        build()
    assert str(caught.value) == message
