"""Operators beyond the first standard: of ONNX Runtime, of quantisers, and the newest ones."""

from collections.abc import Sequence
from typing import Any

import pytest
from onnx import TensorProto, helper

from analysis.counting.onnx.reader import count_onnx

from .models import Save, fault, model, node, value, weights, whole


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
    # Queries, keys and values of 2 heads side by side: 3 with 3, 4 wide.
    "MultiHeadAttention, packed keys": (
        runtime("MultiHeadAttention", "x kv", num_heads=2),
        [],
        {"kv": (1, 6, 2, 2, 4)},
        2 * 2 * 3 * 6 * 4,
        0,
    ),
    # Heads before positions.
    "MultiHeadAttention, keys of a cache": (
        runtime("MultiHeadAttention", "x k v", num_heads=2),
        [],
        {"k": (1, 2, 6, 4), "v": (1, 2, 6, 3)},
        2 * 3 * 6 * (4 + 3),
        0,
    ),
    # Each of 3 x 5 from 8; the scales are no weights.
    "FusedGemm": (
        runtime("FusedGemm", "flat w b", activation="Relu"),
        [weights("w", 8, 5), weights("b", 5)],
        {"flat": (3, 8)},
        120,
        45,
    ),
    # 32 columns of 8 each, in blocks.
    "MatMulBnb4": (
        runtime("MatMulBnb4", "x w s", K=8, N=32, block_size=16, quant_type=0),
        [bits("w", 128), weights("s", 16)],
        {},
        3 * 8 * 32,
        8 * 32,
    ),
    # 10 rows of 32 numbers, two of them in one of the file, as their 2 scales show.
    "GatherBlockQuantized": (
        runtime("GatherBlockQuantized", "table x s", block_size=16),
        [bits("table", 10, 16), weights("s", 10, 2)],
        {},
        0,
        320,
    ),
    # 4 x 5 x 5 numbers, from 2 x 3 x 3 each.
    "FusedConv": (
        runtime("FusedConv", "image w b - ", pads=[1, 1, 1, 1], activation="Relu"),
        [weights("w", 4, 2, 3, 3), weights("b", 4)],
        {"image": (1, 2, 5, 5)},
        100 * 18,
        76,
    ),
    # Linear attention with 2 heads of a state of 4 x 4: written and read at each of 3 steps.
    "LinearAttention": (
        runtime("LinearAttention", "x x x", q_num_heads=2, kv_num_heads=2, update_rule="linear"),
        [],
        {},
        3 * 2 * 16 * 2,
        0,
    ),
    # 3 channels at 8 steps, from 4 each.
    "CausalConvWithState": (
        runtime("CausalConvWithState", "x w b", activation="silu"),
        [weights("w", 3, 1, 4), weights("b", 3)],
        {},
        96,
        15,
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


@pytest.mark.parametrize(
    ("made", "shape", "rows"),
    [
        # What a quantiser writes around products: three rows each become six, two groups of three, or one.
        (runtime("QLinearConcat", "s z x s z x s z", axis=1), [1, 3, 8], 6),
        (runtime("QLinearReduceMean", "x s z s z", axes=[1], keepdims=0), [2, 3, 8], 2),
        (runtime("QLinearWhere", "yes x s z x s z s z"), [1, 3, 8], 3),
        (runtime("BiasAdd", "x eight x"), [1, 3, 8], 3),
        (runtime("BiasSplitGelu", "x sixteen"), [1, 3, 16], 3),
        (runtime("GroupNorm", "x eight eight", groups=2), [1, 3, 3, 8], 9),
        # 8 columns of every window of 2, and of all 6.
        (runtime("QLinearAveragePool", "x s z s z", kernel_shape=[2, 1], strides=[2, 1]), [1, 4, 6, 8], 12),
        (runtime("QLinearGlobalAveragePool", "wide s z s z"), [1, 4, 6, 8], 4),
    ],
    ids=lambda made: getattr(made, "op_type", None),
)
def test_what_a_quantiser_writes_around_products_multiplies_nothing(
    saved: Save, made: Any, shape: Sequence[int], rows: int
):
    width = 1 if "Global" in made.op_type else 8
    net = model(
        made,
        node("MatMul", "a w", "y"),
        x=shape,
        constants=[
            *(weights("s", 1), bits("z", 1), weights("w", width, 5), weights("eight", 8), weights("sixteen", 16)),
            helper.make_tensor("yes", TensorProto.BOOL, [1], [True]),
        ],
        more=[value("wide", [1, 4, 6, 8])],
    )
    found = count_onnx(saved(net))
    scales = {"BiasAdd": 8, "BiasSplitGelu": 16, "GroupNorm": 8}.get(made.op_type, 0)
    assert (found.macs, found.params) == (rows * width * 5, width * 5 + scales)


def test_a_quantised_pool_with_channels_last_is_refused(saved: Save):
    net = model(
        runtime("QLinearGlobalAveragePool", "x s z s z", "y", channels_last=1),
        x=[1, 6, 6, 8],
        constants=[weights("s", 1), bits("z", 1)],
    )
    assert "has its channels last, which is not counted" in fault(saved(net))


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


@pytest.mark.parametrize(
    ("equation", "left", "right", "shape", "macs"),
    [
        # What `...` means on the right is missing on the left, in part or in full.
        ("...ij,...jk->...ik", [1, 2, 5, 8], [2, 8, 3], (2, 5, 3), 2 * 5 * 8 * 3),
        ("b...d,...de->b...e", [1, 5, 8], [8, 3], (5, 3), 5 * 8 * 3),
    ],
)
def test_an_ellipsis_may_stand_for_more_axes_of_one_factor(
    saved: Save, equation: str, left: list[int], right: list[int], shape: tuple[int, ...], macs: int
):
    net = model(node("Einsum", "x k", "y", equation=equation), x=left, more=[value("k", right)])
    found = count_onnx(saved(net))
    assert (found.macs, found.output_shape) == (macs, shape)
