"""Operators of the domain `com.microsoft`, as exporters and quantisers write them: what each does.

`microsoft_shapes` says what comes out, which the onnx package does not know. Source: the operator schemas of ONNX
Runtime. Keys are as many as those that are passed, of earlier steps and new; nothing is saved for a mask or a window.
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from analysis.counting.layers.base import Shape, elements
from analysis.counting.onnx.mixtures import mixture, quantised_mixture
from analysis.counting.onnx.products import (
    Counted,
    Product,
    gemm_products,
    matmul_products,
    recurrent_products,
    scored,
)
from analysis.counting.onnx.records import Call

Entry = TypeVar("Entry")
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
    call.need(data[2] == weights[0] and weights[1] % 3 == 0, 0, 1)
    heads = call.number("num_heads", 0)
    if heads < 1 or call.numbers("qkv_hidden_sizes"):
        raise call.error("has no number of heads, or widths of its own; expected queries, keys and values of one width")
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
    """Attention on queries, keys and values that were made before; all may be packed in the first input."""
    name = call.node.op.removeprefix(f"{DOMAIN}::")
    heads = call.number("num_heads", 0)
    key_heads = call.number("kv_num_heads", 0) if name == "GroupQueryAttention" else heads
    if heads < 1 or key_heads < 1 or heads % key_heads:
        raise call.error(f"has {heads} heads of queries and {key_heads} of keys; expected a multiple")
    query, past = call.shape(0, axes=3), _PAST[name]
    packed = not call.has(1)
    key, value = (query, query) if packed else (call.shape(1, axes=3), call.shape(2, axes=3))
    parts = heads + 2 * key_heads if packed else heads
    width = query[2] // parts
    fit = query[2] == width * parts and (packed or key[2] == width * key_heads) and key[:2] == value[:2]
    call.need(fit and (packed or value[2] % key_heads == 0), *((0,) if packed else (0, 1, 2)))
    length = key[1] + (call.shape(past, axes=4)[2] if call.has(past) else 0)
    scores = query[0] * heads * query[1] * length
    widths = width, width if packed else value[2] // key_heads
    keys, values = ((0,), (0,)) if packed else ((1,), (2,))
    products = scored(scores, widths, query=(0,), keys=(*keys, past), values=(*values, past + 1))
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
        "DynamicQuantizeLSTM": _quantised_lstm,
        "DynamicQuantizeMatMul": _matmul_with_bias(4),
        "FusedMatMul": _fused_matmul,
        "GroupQueryAttention": _attention,
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
        "BiasGelu": _on_output("activation", "bias"),
        "DequantizeLinear": _on_output("elementwise"),
        "EmbedLayerNormalization": _embedding,
        "FastGelu": _on_output("activation"),
        "Gelu": _on_output("activation"),
        "QLinearAdd": _on_output("elementwise"),
        "QLinearLeakyRelu": _on_output("activation"),
        "QLinearMul": _on_output("elementwise"),
        "QLinearSigmoid": _on_output("activation"),
        "QLinearSoftmax": _on_output("softmax"),
        "QuantizeLinear": _on_output("elementwise"),
        "QuickGelu": _on_output("activation"),
        "RotaryEmbedding": _on_output("elementwise"),
        "SkipLayerNormalization": _skip_normalisation(4),
        "SkipSimplifiedLayerNormalization": _skip_normalisation(3),
    }
) | {"SimplifiedLayerNormalization": _on_output("normalisation")}
SETTINGS: Final = _of_domain(
    {
        "Attention": frozenset({3, 4, 5, 6}),
        "DequantizeLinear": frozenset({1, 2}),
        "DynamicQuantizeLSTM": frozenset({4, 5, 6, 8, 9, 10, 11}),
        "DynamicQuantizeMatMul": frozenset({2, 3}),
        "GroupQueryAttention": frozenset(range(3, 11)),
        "MatMulIntegerToFloat": frozenset({2, 3, 4, 5}),
        "MatMulNBits": frozenset({2, 3, 4}),
        "MultiHeadAttention": frozenset({4, 5, 6, 7}),
        "QAttention": frozenset(range(3, 9)),
        "QGemm": frozenset({1, 2, 4, 5, 7, 8}),
        "QLinearAdd": frozenset({1, 2, 4, 5, 6, 7}),
        "QLinearLeakyRelu": frozenset({1, 2, 3, 4}),
        "QLinearMul": frozenset({1, 2, 4, 5, 6, 7}),
        "QLinearSigmoid": frozenset({1, 2, 3, 4}),
        "QLinearSoftmax": frozenset({1, 2, 3, 4}),
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
