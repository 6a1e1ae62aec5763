"""Attention with shared keys, a window, a cache or a latent vector, and without a softmax, worked by hand."""

from collections.abc import Callable

import pytest

from analysis.counting.convention import EVERYTHING
from analysis.counting.count import count
from analysis.counting.layers import (
    Attention,
    AttentionProducts,
    Embedding,
    EncoderDecoder,
    LatentAttention,
    Layer,
    LinearAttention,
    Mamba,
    Rotary,
    SelectiveScan,
    Sequential,
)
from analysis.errors import ShapeError


def test_heads_that_share_keys_save_weights_and_no_products():
    layer = Attention(8, 4, key_heads=2, bias=False)
    # Queries and output 8 x 8, keys and values 8 x 4.
    assert layer.params() == 2 * 64 + 2 * 32
    # Projections 5 x 192; scores and mixing 5 x 5 x 8 each.
    assert layer.macs((5, 8)) == 960 + 400


def test_a_window_saves_what_lies_outside_it():
    # Projections 9 x 4 x 64; each of 9 queries meets 3 keys: 9 x 3 x (8 + 8).
    assert Attention(8, 2, window=3).macs((9, 8)) == 2_304 + 432
    assert Attention(8, 2, window=9).macs((9, 8)) == Attention(8, 2).macs((9, 8))


def test_one_step_with_a_cache_projects_one_step_and_meets_all_keys():
    # Projections 1 x 4 x 64; one query meets 99 + 1 keys.
    assert Attention(8, 2, cached=99).macs((1, 8)) == 256 + 100 * 16
    # The window reaches back into the cache.
    assert Attention(8, 2, cached=99, window=10).macs((1, 8)) == 256 + 10 * 16


def test_decoding_every_step_costs_what_a_causal_mask_leaves():
    steps = 6
    decoded = sum(Attention(8, 2, cached=before).macs((1, 8)) for before in range(steps))
    # All projections, and half of all pairs with the diagonal.
    assert decoded == steps * 256 + steps * (steps + 1) // 2 * 16


def test_products_of_what_nothing_learned_made_are_not_trained():
    # 64 queries x 10 keys x (10 + 10) = 12,800 multiply-adds, two FLOP each.
    found = count(AttentionProducts(1, key_length=10, value_width=10), (64, 10))
    assert (found.macs, found.training_flop) == (12_800, 25_600)


def test_normalised_heads_share_one_scale_and_multiply_nothing():
    plain, normed = (count(Attention(8, 2, key_heads=1, head_norm=norm), (5, 8)) for norm in (False, True))
    # A scale of 4 for the queries and one for the keys.
    assert (normed.macs, normed.params) == (plain.macs, plain.params + 8)
    # 5 x 8 numbers of the queries and 5 x 4 of the keys.
    work = count(Attention(8, 2, key_heads=1, head_norm=True), (5, 8), convention=EVERYTHING).inference_flop
    assert work == count(Attention(8, 2, key_heads=1), (5, 8), convention=EVERYTHING).inference_flop + 60


def test_keys_and_values_of_a_cached_memory_are_not_computed_again():
    layer = Attention(8, 2, cross=True, cached=3, memory_width=4, head_norm=True, rotary=2, bias=False)
    # One query, 8 x 8; three keys and values, 8 wide each; the output, 8 x 8. Keys and values would be 3 x 2 x 4 x 8 more.
    assert count(layer, (1, 8)).macs == 64 + 3 * 16 + 64
    assert Attention(8, 2, cross=True, memory_length=3, memory_width=4, bias=False).macs((1, 8)) == 64 + 48 + 64 + 192
    paths = [row.path for row in count(layer, (1, 8)).rows]
    assert paths == ["query", "query norm", "query positions", "products", "output"]


def test_a_cached_memory_is_not_replaced_by_what_an_encoder_gives():
    decoder = Sequential((Embedding(9, 8), Attention(8, 2, cross=True, cached=3, bias=False)))
    # 64 + 3 x 16 + 64 for one word, whatever the encoder reads.
    assert count(EncoderDecoder(Embedding(9, 8), decoder), (7, 1)).macs == 176


def test_rotary_positions_are_work_element_by_element():
    assert count(Attention(8, 2, rotary=4), (5, 8)).macs == Attention(8, 2).macs((5, 8))
    # 2 heads x 2 of 4 numbers, 5 steps, three operations each.
    assert count(Rotary(2, 2), (5, 8), convention=EVERYTHING).inference_flop == 60
    kinds = [row.path for row in count(Attention(8, 2, key_heads=1, rotary=2), (5, 8)).rows if row.kind == "rotary"]
    assert kinds == ["query positions", "key positions"]


def test_biases_of_keys_and_output_may_differ_from_the_others():
    # Queries and values have 8 each; keys have none, the output has 8.
    assert Attention(8, 2, key_bias=False).params() - Attention(8, 2, bias=False).params() == 24
    assert Attention(8, 2, bias=False, output_bias=True).params() - Attention(8, 2, bias=False).params() == 8


def test_latent_attention_narrows_and_widens():
    layer = LatentAttention(16, 2, query_latent=6, key_latent=4, head_width=3, value_head_width=5, rotary=2)
    # Queries 16 x 6 and 6 x 2 x 5; keys and values 16 x 4 and 4 x 2 x (3 + 5); turned 16 x 2; output 10 x 16.
    weights = 96 + 60 + 64 + 64 + 32 + 160
    # The two latents are scaled.
    assert layer.params() == weights + 6 + 4
    # 7 x 7 pairs over keys of 2 x 5 and values of 2 x 5.
    assert layer.macs((7, 16)) == 7 * weights + 49 * 20


def test_linear_attention_adds_to_a_state_and_reads_it():
    # Projections 5 x 4 x 64; 2 heads x two products of 4 x 4 at each of 5 steps.
    assert LinearAttention(8, 2).macs((5, 8)) == 1_280 + 320
    rows = count(LinearAttention(8, 2, decay=True), (5, 8), convention=EVERYTHING).rows
    # The state of 2 x 4 x 4 decays at each step.
    assert next(row.other_flop for row in rows if row.path == "products") == 160


def test_a_scan_adds_to_a_state_and_reads_it():
    layer = SelectiveScan(6, state=3)
    # 5 steps x 6 channels x 2 x 3.
    assert (layer.macs((5, 6)), layer.params()) == (180, 6 * 3 + 6)
    # An exponential of each number of the state; delta A, its product with the state, delta x and D x.
    assert layer.other_work((5, 6)) == {"activation": 90, "elementwise": 180 + 60}


def test_a_block_of_mamba_is_its_products_and_its_scan():
    layer = Mamba(16, state=3, kernel=4)
    # 16 x 64; 32 x 4; 32 x (1 + 6); 1 x 32; 32 x 16.
    weights = 1_024 + 128 + 224 + 32 + 512
    # Biases of convolution and delta; A and D.
    assert layer.params() == weights + 32 + 32 + 32 * 4
    assert layer.macs((5, 16)) == 5 * weights + 5 * 32 * 6
    assert count(layer, (5, 16)).macs == layer.macs((5, 16))


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Attention(8, 4, key_heads=3), "attention: 'heads' is 4; expected a multiple of 'key_heads', 3"),
        (lambda: Attention(8, 2, cached=-1), "attention: 'cached' is -1; expected a whole number from zero up"),
        (
            lambda: Attention(8, 2, cross=True, window=3),
            "attention: 'window' with cross = True; expected it only without a memory",
        ),
        (
            lambda: Attention(8, 2, cross=True, cached=3, memory_length=3),
            "attention: 'cached' and 'memory_length' are given; expected one of them",
        ),
        (lambda: Attention(8, 2, rotary=6), "attention: 'rotary' is 6; expected an even number up to 4"),
        (lambda: Attention(8, 2, rotary=3), "attention: 'rotary' is 3; expected an even number up to 4"),
        (
            lambda: LatentAttention(8, 2, query_latent=0, key_latent=1, head_width=1, value_head_width=1, rotary=2),
            "latent_attention: 'query_latent' is 0; expected whole numbers above zero",
        ),
        (
            lambda: count(Sequential((Rotary(2, 6),)), (5, 8)),
            "1: rotary got 5x8; needs at least 2 x 6 along the last axis",
        ),
        (
            lambda: count(Sequential((SelectiveScan(4),)), (5, 8)),
            "1: selective_scan got 5x8; needs steps of 4",
        ),
        (
            lambda: count(Sequential((LinearAttention(9, 3),)), (5, 8)),
            "1.query: linear got 5x8; needs 9 along the last axis",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(build: Callable[[], Layer], message: str):
    with pytest.raises(ShapeError) as caught:
        build()
    assert str(caught.value) == message
