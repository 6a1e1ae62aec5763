"""Operators beyond the first standard: of ONNX Runtime, of quantisers, and the newest ones."""

from collections.abc import Sequence
from typing import Any

import pytest
from onnx import TensorProto, helper

from analysis.counting.onnx.reader import count_onnx

from .models import Save, model, node, value, weights, whole


def runtime(op: str, inputs: str, output: str = "a", **attributes: Any) -> Any:
    made = node(op, inputs, output, **attributes)
    made.domain = "com.microsoft"
    return made


def bits(name: str, *shape: int, kind: int = TensorProto.UINT8) -> Any:
    """A tensor of zeros of a quantised type."""
    width = {TensorProto.UINT8: 1, TensorProto.INT8: 1, TensorProto.INT16: 2, TensorProto.INT32: 4}[kind]
    total = width
    for size in shape:
        total *= size
    return helper.make_tensor(name, kind, shape, bytes(total), raw=True)


def with_state(made: Any) -> Any:
    """A node that also gives the state after the last step."""
    made.output.append("state")
    return made


PAST = {"past": (1, 2, 4, 8), "past2": (1, 2, 4, 8)}
# What a node multiplies, its constants, the other inputs, and how many multiply-adds and parameters there are.
CASES: dict[str, tuple[Any, Sequence[Any], dict[str, Sequence[int]], int, int]] = {
    # 3 rows of 5 from 8 each, the weights turned.
    "FusedMatMul": (runtime("FusedMatMul", "x w", transB=1), [weights("w", 5, 8)], {}, 3 * 5 * 8, 40),
    # 8 x 32 weights of 4 bits, two in a number: 32 columns of one block of 16, half full.
    "MatMulNBits": (
        runtime("MatMulNBits", "x w s", K=8, N=32, bits=4, block_size=16),
        [bits("w", 32, 1, 8), weights("s", 32)],
        {},
        3 * 8 * 32,
        8 * 32,
    ),
    # 4 heads of queries and 2 of keys, 2 wide: 3 queries with 4 + 3 keys, twice.
    "GroupQueryAttention": (
        runtime("GroupQueryAttention", "x k v past past2", num_heads=4, kv_num_heads=2),
        [],
        {"k": (1, 3, 4), "v": (1, 3, 4), "past": (1, 2, 4, 2), "past2": (1, 2, 4, 2)},
        2 * 4 * 3 * 7 * 2,
        0,
    ),
    # The 8 numbers are 2 heads of queries and one each of keys and values, 2 wide.
    "GroupQueryAttention, packed": (
        runtime("GroupQueryAttention", "x", num_heads=2, kv_num_heads=1),
        [],
        {},
        2 * 2 * 3 * 3 * 2,
        0,
    ),
    # 3 queries with 6 keys, 2 heads of 4.
    "MultiHeadAttention": (
        runtime("MultiHeadAttention", "x k v", num_heads=2),
        [],
        {"k": (1, 6, 8), "v": (1, 6, 8)},
        2 * 2 * 3 * 6 * 4,
        0,
    ),
    # 3 x 8 x 24, then 2 heads of 4: 3 with 3, twice.
    "QAttention": (
        runtime("QAttention", "x w b s s", num_heads=2),
        [bits("w", 8, 24), weights("b", 24), weights("s")],
        {},
        3 * 8 * 24 + 2 * 2 * 9 * 4,
        8 * 24 + 24,
    ),
    # Any norm of a sum multiplies nothing; scale, shift and bias are trained.
    "SkipLayerNormalization": (
        runtime("SkipLayerNormalization", "x x scale shift bias"),
        [weights("scale", 8), weights("shift", 8), weights("bias", 8)],
        {},
        0,
        24,
    ),
    # A sequence of one, a batch of 3: 6 units from 8 and 6, both ways.
    "DynamicQuantizeLSTM": (
        runtime("DynamicQuantizeLSTM", "x w r b - - - - s z s z", hidden_size=6, direction="bidirectional"),
        [bits("w", 2, 8, 24), bits("r", 2, 6, 24), weights("b", 2, 48), weights("s", 2), bits("z", 2)],
        {},
        3 * 2 * 24 * (8 + 6),
        2 * 24 * (8 + 6 + 2),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_operator_of_onnx_runtime_counts_and_has_a_shape(saved: Save, name: str):
    made, constants, others, macs, params = CASES[name]
    net = model(
        made,
        # Which needs the shape of what it gets.
        node("Softmax", "a", "y"),
        x=[1, 3, 8],
        constants=constants,
        more=[value(other, shape) for other, shape in others.items()],
    )
    found = count_onnx(saved(net))
    assert (found.macs, found.params) == (macs, params)


def test_whole_numbers_are_parameters_where_a_quantiser_puts_weights(saved: Save):
    # A product with 16-bit weights and a bias of 32 bits, and a quantised product.
    net = model(
        node("DequantizeLinear", "w s", "v"),
        node("DequantizeLinear", "b s", "c"),
        node("Gemm", "x v c", "a"),
        node("QuantizeLinear", "a s z", "q"),
        runtime("QGemm", "q s z w2 s z b2 s z", "y"),
        x=[3, 8],
        constants=[
            *(bits("w", 8, 5, kind=TensorProto.INT16), bits("b", 5, kind=TensorProto.INT32), weights("s"), bits("z")),
            *(bits("w2", 5, 2), bits("b2", 2, kind=TensorProto.INT32)),
        ],
    )
    found = count_onnx(saved(net))
    assert (found.macs, found.params) == (3 * 8 * 5 + 3 * 5 * 2, 45 + 12)


def test_weights_of_one_number_are_parameters_where_their_shape_is_constant(saved: Save):
    net = model(
        node("ConstantOfShape", "to", "w"),
        node("MatMul", "x w", "a"),
        # Zeros into which others are written or that are added, and a matrix as large as the input.
        node("ConstantOfShape", "to", "zeros"),
        node("Add", "a zeros", "b"),
        node("ScatterND", "zeros places rows", "v"),
        node("MatMul", "b v", "c"),
        node("Shape", "x", "size"),
        node("ConstantOfShape", "size", "like"),
        node("MatMul", "c like", "y"),
        x=[8, 8],
        constants=[
            whole("to", 8, 8),
            helper.make_tensor("places", TensorProto.INT64, [1, 1], [0]),
            weights("rows", 1, 8),
        ],
    )
    found = count_onnx(saved(net))
    assert (found.macs, found.params) == (3 * 512, 64 + 8)


def test_a_deformable_convolution_counts_as_a_plain_one(saved: Save):
    net = model(
        node("DeformConv", "x w offset", "y", pads=[1, 1, 1, 1]),
        x=[1, 4, 5, 5],
        constants=[weights("w", 8, 4, 3, 3)],
        more=[value("offset", [1, 18, 5, 5])],
    )
    # 8 x 25 numbers from 4 x 9 each.
    assert count_onnx(saved(net)).macs == 7200


@pytest.mark.parametrize(
    ("rule", "inputs", "macs"),
    [
        # 5 steps; 2 heads of keys, 3 x 4 numbers of state each, written once and read by 4 heads of queries.
        ("linear", "x k v", 5 * 12 * (2 + 4)),
        # Read with the key too.
        ("gated_delta", "x k v - g b", 5 * 12 * (2 + 4 + 2)),
    ],
)
def test_linear_attention_writes_and_reads_its_state_at_every_step(saved: Save, rule: str, inputs: str, macs: int):
    net = model(
        with_state(node("LinearAttention", inputs, "y", q_num_heads=4, kv_num_heads=2, update_rule=rule)),
        x=[1, 5, 12],
        more=[value("k", [1, 5, 6]), value("v", [1, 5, 8]), value("g", [1, 5, 2]), value("b", [1, 5, 2])],
        version=27,
    )
    found = count_onnx(saved(net))
    assert (found.macs, found.output_shape) == (macs, (5, 16))


def test_a_causal_convolution_sees_each_channel_alone(saved: Save):
    net = model(
        with_state(node("CausalConvWithState", "x w b", "y")),
        x=[1, 6, 10],
        constants=[weights("w", 6, 1, 4), weights("b", 6)],
        version=27,
    )
    found = count_onnx(saved(net))
    # 6 x 10 numbers from 4 each.
    assert (found.macs, found.params) == (240, 30)


def test_newest_activations_and_norms_multiply_nothing(saved: Save):
    net = model(
        node("RMSNormalization", "x scale", "n"),
        node("MatMul", "n w", "g"),
        node("SwiGLU", "g g", "y"),
        x=[3, 8],
        constants=[weights("scale", 8), weights("w", 8, 5)],
        version=28,
    )
    found = count_onnx(saved(net))
    assert [(row.kind, row.macs, row.params) for row in found.rows] == [
        ("RMSNormalization", 0, 8),
        ("MatMul", 120, 40),
        ("SwiGLU", 0, 0),
    ]


def test_attention_with_a_past_sees_all_keys(saved: Save):
    net = model(
        node("Attention", "x k v - past past2", "y"),
        x=[1, 2, 3, 8],
        more=[value(name, [1, 2, 3, 8]) for name in ("k", "v")] + [value(name, shape) for name, shape in PAST.items()],
        version=24,
    )
    # 2 heads of 3 queries with 4 + 3 keys, 8 wide, twice.
    assert count_onnx(saved(net)).macs == 2 * 2 * 3 * 7 * 8
