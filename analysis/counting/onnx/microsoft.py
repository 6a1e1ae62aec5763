"""Operators of the domain `com.microsoft`, as exporters and quantisers write them: what each does.

`microsoft_shapes` says what comes out, which the onnx package does not know. Source: the operator schemas of ONNX
Runtime. Keys are as many as those that are passed, of earlier steps and new; nothing is saved for a mask or a window.
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from analysis.counting.layers.base import Shape, elements, spelled_shape
from analysis.counting.onnx import recurrences
from analysis.counting.onnx.microsoft_heads import heads_of
from analysis.counting.onnx.mixtures import mixture, quantised_mixture
from analysis.counting.onnx.products import (
    Counted,
    Product,
    convolution_products,
    gemm_products,
    matmul_products,
    recurrent_products,
    scored,
)
from analysis.counting.onnx.records import Call

Entry = TypeVar("Entry")
# Far more than a quantiser joins: each comes with its scale and zero point.
_MOST_JOINED: Final = 1024
DOMAIN: Final = "com.microsoft"
# The place of the keys and values of earlier steps, by operator.
_PAST: Final = {"Attention": 4, "GroupQueryAttention": 3, "MultiHeadAttention": 6, "QAttention": 8}


def _fused_matmul(call: Call) -> Counted:
    if call.number("transBatchA", 0) or call.number("transBatchB", 0):
        raise call.error("moves the batch axis of a factor, which is not counted; expected a product of matrices")
    left, right = (turned(call.shape(place), call.number(name, 0)) for place, name in ((0, "transA"), (1, "transB")))
    call.need(bool(left and right) and left[-1] == right[-2:][0], 0, 1)
    return Counted(products=(Product(elements(call.output()) * left[-1], ((0,), (1,))),))


def turned(shape: Shape, transposed: int) -> Shape:
    """A shape with its last two axes exchanged."""
    return (*shape[:-2], shape[-1], shape[-2]) if transposed and len(shape) > 1 else shape


def _matmul_with_bias(bias: int) -> "Rule":
    return lambda call: Counted(products=matmul_products(call), work=_bias(call, bias))


def _quantised_gemm(call: Call) -> Counted:
    return Counted(products=gemm_products(call, second=3), work=_bias(call, 6))


def _packed_matmul(call: Call) -> Counted:
    inner, columns = call.number("K", 0), call.number("N", 0)
    call.need(call.shape(0)[-1:] == (inner,), 0)
    products = (Product(elements(call.output()) * inner, ((0,), (1,))),)
    return Counted(products=products, work=_bias(call, 5), held={1: inner * columns})


def _joint_attention(call: Call) -> Counted:
    """One product for queries, keys and values, then attention."""
    data, weights = call.shape(0, axes=3), call.shape(1, axes=2)
    heads = call.number("num_heads", 0)
    if heads < 1 or len(set(call.numbers("qkv_hidden_sizes"))) > 1:
        raise call.error("has no number of heads, or widths of its own; expected queries, keys and values of one width")
    call.need(data[2] == weights[0] and weights[1] % 3 == 0, 0, 1)
    past = _PAST[call.node.op.removeprefix(f"{DOMAIN}::")]
    length = data[1] + (call.shape(past, axes=5)[3] if call.has(past) else 0)
    positions = data[0] * data[1]
    scores, width = positions * heads * length, weights[1] // 3 // heads
    own = (0, 1, past)
    products = scored(scores, (width, width), query=(0, 1), keys=own, values=own)
    first = Product(positions * elements(weights), ((0,), (1,)))
    bias = {"bias": positions * weights[1]} if call.has(2) else {}
    return Counted(products=(first, *products), work={"softmax": scores} | bias)


def _attention(call: Call) -> Counted:
    """Attention on queries, keys and values that were made before, apart or packed."""
    name = call.node.op.removeprefix(f"{DOMAIN}::")
    heads = call.number("num_heads", 0)
    key_heads = call.number("kv_num_heads", 0) if name == "GroupQueryAttention" else heads
    if heads < 1 or key_heads < 1 or heads % key_heads:
        raise call.error(f"has {heads} heads of queries and {key_heads} of keys; expected a multiple")
    places = [place for place in range(3) if call.has(place)]
    key, value = (call.shape(place) if call.has(place) else None for place in (1, 2))
    found = heads_of(call.shape(0), key, value, heads=heads, key_heads=key_heads)
    if found is None:
        shapes = " and ".join(spelled_shape(call.shape(place)) for place in places)
        raise call.misfit(f"got {shapes}; needs shapes that fit each other and {heads} heads")
    past = _PAST[name]
    length = found.keys + (call.shape(past, axes=4)[2] if call.has(past) else 0)
    scores = found.batch * heads * found.queries * length
    # Packed ones lie in the input before.
    keys, values = min(1, places[-1]), places[-1]
    widths = found.width, found.value_width
    products = scored(scores, widths, query=(0,), keys=(keys, past), values=(values, past + 1))
    return Counted(products=products, work={"softmax": scores})


def _quantised_lstm(call: Call) -> Counted:
    products, states = recurrent_products(call, 4, units_last=True)
    work = {"activation": 4 * states, "elementwise": 3 * states}
    return Counted(products=products, work=work | ({"bias": 8 * states} if call.has(3) else {}))


def _skip_normalisation(bias: int) -> "Rule":
    """A sum of two branches, with a bias, that is normalised."""

    def counted(call: Call) -> Counted:
        size = elements(call.output())
        return Counted(work={"elementwise": size, "normalisation": size} | _bias(call, bias))

    return counted


def _embedding(call: Call) -> Counted:
    """Rows looked up in tables, summed and normalised."""
    size = elements(call.output())
    return Counted(work={"lookup": size, "elementwise": size, "normalisation": size})


def _fused_convolution(call: Call) -> Counted:
    """A convolution, the addition of another branch, and an activation."""
    size = elements(call.output())
    work = {"elementwise": size} if call.has(3) else {}
    return Counted(products=convolution_products(call), work=work | _bias(call, 2) | _activation(call, size))


def _fused_gemm(call: Call) -> Counted:
    return Counted(products=gemm_products(call), work=_bias(call, 2) | _activation(call, elements(call.output())))


def _activation(call: Call, size: int) -> dict[str, int]:
    return {"activation": size} if call.word("activation") not in ("", "none") else {}


def _causal_convolution(call: Call) -> Counted:
    if any(call.number(name, 0) for name in ("channels_last", "input_channels", "input_channel_offset")):
        raise call.error("sees some channels, or has them last, which is not counted; expected a plain one")
    work = _bias(call, 2) | _activation(call, elements(call.output()))
    return Counted(products=recurrences.causal_convolution_products(call), work=work)


def _linear_attention(call: Call) -> Counted:
    return Counted(products=recurrences.linear_attention_products(call))


def _quantised_pool(call: Call) -> Counted:
    """A pool of windows, or of all numbers of a channel."""
    if call.number("channels_last", 0):
        raise call.error("has its channels last, which is not counted; expected them before the other axes")
    windows = call.numbers("kernel_shape")
    seen = elements(call.output()) * elements(windows) if windows else elements(call.shape(0))
    return Counted(work={"pooling": seen})


def _packed_lookup(call: Call) -> Counted:
    """Rows of a table of which several numbers may be packed in one."""
    output = call.output()
    rows = elements(call.shape(0)[:-1])
    return Counted(work={"lookup": elements(output), "elementwise": elements(output)}, held={0: rows * output[-1]})


def _nothing(_call: Call) -> Counted:
    return Counted()


def _on_output(*kinds: str) -> "Rule":
    return lambda call: Counted(work=dict.fromkeys(kinds, elements(call.output())))


def _bias(call: Call, place: int) -> dict[str, int]:
    return {"bias": elements(call.output())} if call.has(place) else {}


def _of_domain(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    return {f"{DOMAIN}::{name}": entry for name, entry in entries.items()}


Rule = Callable[[Call], Counted]
PRODUCTS: Final[Mapping[str, Rule]] = _of_domain(
    {
        "Attention": _joint_attention,
        "CausalConvWithState": _causal_convolution,
        "DynamicQuantizeLSTM": _quantised_lstm,
        "DynamicQuantizeMatMul": _matmul_with_bias(4),
        "FusedConv": _fused_convolution,
        "FusedGemm": _fused_gemm,
        "FusedMatMul": _fused_matmul,
        "GroupQueryAttention": _attention,
        "LinearAttention": _linear_attention,
        "MatMulBnb4": _packed_matmul,
        "MatMulIntegerToFloat": _matmul_with_bias(6),
        "MatMulNBits": _packed_matmul,
        "MoE": mixture,
        "MultiHeadAttention": _attention,
        "QAttention": _joint_attention,
        "QGemm": _quantised_gemm,
        "QMoE": quantised_mixture,
    }
)
OTHERS: Final[Mapping[str, Rule]] = _of_domain(
    {
        "BiasAdd": _on_output("bias", "elementwise"),
        "BiasGelu": _on_output("activation", "bias"),
        "BiasSplitGelu": _on_output("activation", "bias", "elementwise"),
        "DequantizeLinear": _on_output("elementwise"),
        "EmbedLayerNormalization": _embedding,
        "FastGelu": _on_output("activation"),
        "GatherBlockQuantized": _packed_lookup,
        "Gelu": _on_output("activation"),
        "GroupNorm": _on_output("normalisation"),
        "QEmbedLayerNormalization": _embedding,
        "QLinearAdd": _on_output("elementwise"),
        "QLinearAveragePool": _quantised_pool,
        "QLinearConcat": _nothing,
        "QLinearGlobalAveragePool": _quantised_pool,
        "QLinearLeakyRelu": _on_output("activation"),
        "QLinearMul": _on_output("elementwise"),
        "QLinearReduceMean": lambda call: Counted(work={"pooling": elements(call.shape(0))}),
        "QLinearSigmoid": _on_output("activation"),
        "QLinearSoftmax": _on_output("softmax"),
        "QLinearWhere": _nothing,
        "QuantizeLinear": _on_output("elementwise"),
        "QuickGelu": _on_output("activation"),
        "RotaryEmbedding": _on_output("elementwise"),
        "SkipGroupNorm": _skip_normalisation(4),
        "SkipLayerNormalization": _skip_normalisation(4),
        "SkipSimplifiedLayerNormalization": _skip_normalisation(3),
    }
) | {"SimplifiedLayerNormalization": _on_output("normalisation")}
SETTINGS: Final = _of_domain(
    {
        "Attention": frozenset({3, 4, 5, 6}),
        "CausalConvWithState": frozenset({3}),
        "DequantizeLinear": frozenset({1, 2}),
        "DynamicQuantizeLSTM": frozenset({4, 5, 6, 8, 9, 10, 11}),
        "DynamicQuantizeMatMul": frozenset({2, 3}),
        "GatherBlockQuantized": frozenset({1, 2, 3}),
        "GroupQueryAttention": frozenset(range(3, 11)),
        "LinearAttention": frozenset({3}),
        "MatMulBnb4": frozenset({2}),
        "MatMulIntegerToFloat": frozenset({2, 3, 4, 5}),
        "MatMulNBits": frozenset({2, 3, 4}),
        "MultiHeadAttention": frozenset({4, 5, 6, 7}),
        "QAttention": frozenset(range(3, 9)),
        "QGemm": frozenset({1, 2, 4, 5, 7, 8}),
        "QEmbedLayerNormalization": frozenset({0, 1, 7, *range(8, 18)}),
        "QLinearAdd": frozenset({1, 2, 4, 5, 6, 7}),
        "QLinearAveragePool": frozenset({1, 2, 3, 4}),
        "QLinearConcat": frozenset(place for place in range(3 * _MOST_JOINED) if place % 3 != 2),
        "QLinearGlobalAveragePool": frozenset({1, 2, 3, 4}),
        "QLinearLeakyRelu": frozenset({1, 2, 3, 4}),
        "QLinearMul": frozenset({1, 2, 4, 5, 6, 7}),
        "QLinearReduceMean": frozenset({1, 2, 3, 4}),
        "QLinearSigmoid": frozenset({1, 2, 3, 4}),
        "QLinearSoftmax": frozenset({1, 2, 3, 4}),
        "QLinearWhere": frozenset({2, 3, 5, 6, 7, 8}),
        # Scales and zero points; the fifteenth input is made of the scores.
        "QMoE": frozenset({3, 6, 9, 11, 12, 13, *range(15, 21)}),
        "QuantizeLinear": frozenset({1, 2}),
        "RotaryEmbedding": frozenset({1, 2, 3}),
    }
)
QUANTISED: Final = _of_domain(
    {
        "DequantizeLinear": frozenset({0}),
        "QAttention": frozenset({1, 2}),
        "QGemm": frozenset({3, 6}),
        "QMoE": frozenset({2, 5, 8}),
    }
)
