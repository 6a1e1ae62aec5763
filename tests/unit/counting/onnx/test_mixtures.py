"""Mixtures of experts in one operator of ONNX Runtime, quantised or not, worked out by hand."""

from typing import Any

import pytest
from onnx import TensorProto, helper

from analysis.counting.convention import EVERYTHING
from analysis.counting.count import count
from analysis.counting.layers import GatedFeedForward, MixtureOfExperts
from analysis.counting.onnx.reader import count_onnx

from .models import Save, fault, model, node, value, weights

# 4 experts of 16 numbers on tokens of 8; 3 tokens.
TOKENS, EXPERTS, WIDTH, INNER = 3, 4, 8, 16


def packed(name: str, *shape: int) -> Any:
    total = 1
    for size in shape:
        total *= size
    return helper.make_tensor(name, TensorProto.UINT8, shape, bytes(total), raw=True)


def experts(op: str, inputs: str, *constants: Any, **attributes: Any) -> Any:
    made = node(op, inputs, "y", **attributes)
    made.domain = "com.microsoft"
    return model(made, x=[1, TOKENS, WIDTH], constants=constants, more=[value("scores", [TOKENS, EXPERTS])])


def plain(inputs: str = "x scores in - out", *, fused: int = 1, **attributes: Any) -> Any:
    constants = (
        weights("in", EXPERTS, fused * INNER, WIDTH),
        weights("out", EXPERTS, WIDTH, INNER),
        weights("gate", EXPERTS, INNER, WIDTH),
        weights("b", EXPERTS, fused * INNER),
        weights("c", EXPERTS, WIDTH),
    )
    return experts("MoE", inputs, *constants, **attributes)


@pytest.mark.parametrize(
    ("net", "layers"),
    [
        (plain(k=2), 2),
        (plain("x scores in - out - gate -", k=2), 3),
        # The layer inward and its gate in one.
        (plain(k=2, fused=2, activation_type="swiglu", swiglu_fusion=1), 3),
    ],
)
def test_a_token_multiplies_the_weights_of_its_experts(saved: Save, net: Any, layers: int):
    found = count_onnx(saved(net))
    # Two of four experts, each of layers of 8 x 16.
    assert found.macs == 3 * 2 * layers * 128
    assert found.params == 4 * layers * 128
    assert (found.output_shape, found.rows[0].detail) == ((3, 8), "2 of 4 experts")


def test_one_expert_is_used_where_nothing_else_is_said(saved: Save):
    assert count_onnx(saved(plain())).macs == 3 * 2 * 128


def test_it_counts_as_our_own_layer_but_for_the_router(saved: Save):
    ours = MixtureOfExperts(WIDTH, GatedFeedForward(WIDTH, INNER, bias=False), experts=EXPERTS, active=2)
    router = TOKENS * WIDTH * EXPERTS
    found = count_onnx(saved(plain("x scores in - out - gate -", k=2)), convention=EVERYTHING)
    expected = count(ours, (TOKENS, WIDTH), convention=EVERYTHING)
    assert found.macs == expected.macs - router
    assert found.inference_flop == expected.inference_flop - 2 * router


def test_biases_of_the_experts_that_are_used_are_work(saved: Save):
    without = count_onnx(saved(plain(k=2)), convention=EVERYTHING)
    biased = count_onnx(saved(plain("x scores in b out c", k=2)), convention=EVERYTHING)
    # 16 and 8 numbers in each of two experts.
    assert biased.inference_flop - without.inference_flop == 3 * 2 * (16 + 8)
    assert biased.params - without.params == 4 * (16 + 8)


@pytest.mark.parametrize(
    ("bits", "attributes"),
    [
        # Two weights to a byte, which is usual.
        ((4, 4), {}),
        ((8, 8), {"expert_weight_bits": 8}),
        ((2, 8), {"expert_weight_bits": 8, "fc1_expert_weight_bits": 2}),
    ],
)
def test_packed_weights_count_one_by_one(saved: Save, bits: tuple[int, int], attributes: dict[str, int]):
    net = experts(
        "QMoE",
        "x scores in s b out t c - - - z",
        packed("in", EXPERTS, INNER, WIDTH * bits[0] // 8),
        weights("s", EXPERTS, INNER),
        weights("b", EXPERTS, INNER),
        packed("out", EXPERTS, WIDTH, INNER * bits[1] // 8),
        weights("t", EXPERTS, WIDTH),
        weights("c", EXPERTS, WIDTH),
        packed("z", EXPERTS, 8),
        k=2,
        **attributes,
    )
    found = count_onnx(saved(net))
    # Two layers of 8 x 16; biases of 16 and 8, but no scales and zero points.
    assert (found.macs, found.params) == (3 * 2 * 256, 4 * (256 + 24))


@pytest.mark.parametrize(
    ("net", "message"),
    [
        (plain(k=5), "attribute 'k' is 5; expected one to 4, the number of experts"),
        (plain(k=0), "attribute 'k' is 0; expected one to 4, the number of experts"),
        (plain(fused=3), "got 4x48x8 and 4x8x16; needs shapes that fit each other"),
        (
            experts("QMoE", "x scores in - - out", packed("in", 4, 16, 4), packed("out", 4, 8, 8), quant_type="fp4"),
            "has weights of the type 'fp4'; expected whole numbers, 'int'",
        ),
        (
            experts("QMoE", "x scores in - - out", packed("in", 4, 16, 4), packed("out", 3, 8, 8)),
            "got 1x3x8 and 3x4 and 3x8x8; needs shapes that fit each other",
        ),
        (
            experts(
                "QMoE", "x scores in - - out", packed("in", 4, 16, 4), packed("out", 4, 8, 8), expert_weight_bits=3
            ),
            "has 256 bytes of weights of 3 bits; expected whole weights",
        ),
    ],
)
def test_what_does_not_fit_is_refused(saved: Save, net: Any, message: str):
    assert f"MoE): {message}" in fault(saved(net))
