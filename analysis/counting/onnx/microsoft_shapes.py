"""The shapes that the operators of `microsoft` give, from those that they get.

An operator that is not listed gives the shape of its first input. A shape that is not known makes none.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

from analysis.counting.layers.base import Shape
from analysis.counting.onnx.microsoft import DOMAIN, turned
from analysis.counting.onnx.microsoft_heads import heads_of

Given = Sequence[Shape | None]
Outputs = tuple[Shape | None, ...]
Rule = Callable[[Given, Mapping[str, int]], Outputs]


def microsoft_shapes(op: str, given: Given, numbers: Mapping[str, int]) -> Outputs:
    """The shapes of the outputs of an operator; `numbers` are its attributes, none of `given` absent or not known."""
    return _SHAPES.get(op, _like_first)(given, numbers)


# Operators that give the shapes of one of the standard: its name, its version, and which inputs it takes of theirs.
_ALIKE: Final[Mapping[str, tuple[str, int, Callable[[Any], Any]]]] = {
    "CausalConvWithState": ("CausalConvWithState", 27, itemgetter(slice(4))),
    "FusedConv": ("Conv", 11, itemgetter(slice(3))),
    "FusedGemm": ("Gemm", 13, itemgetter(slice(3))),
    "LinearAttention": ("LinearAttention", 27, itemgetter(slice(6))),
    "QLinearAveragePool": ("AveragePool", 11, itemgetter(slice(1))),
    "QLinearConcat": ("Concat", 13, itemgetter(slice(2, None, 3))),
    "QLinearGlobalAveragePool": ("GlobalAveragePool", 1, itemgetter(slice(1))),
    "QLinearReduceMean": ("ReduceMean", 13, itemgetter(slice(1))),
    "QLinearWhere": ("Where", 9, itemgetter(0, 1, 4)),
}
# The places of several inputs, up to the last of them.
_LEAST_INPUTS: Final = {"QLinearWhere": 5}


def standard_alike(onnx: Any, node: Any) -> tuple[Any, int] | None:
    """The node of the standard that gives the same shapes and the version of its operator, where there is one."""
    if node.op_type not in _ALIKE or len(node.input) < _LEAST_INPUTS.get(node.op_type, 1):
        return None
    op, version, taken = _ALIKE[node.op_type]
    schema = onnx.defs.get_schema(op, version, "")
    # The standard requires some outputs that a file may leave out here.
    outputs = [name or f"{node.name}/{place}" for place, name in enumerate(node.output[: schema.max_output])]
    outputs += [f"{node.name}/{place}" for place in range(len(outputs), schema.min_output)]
    alike = onnx.helper.make_node(op, list(taken(node.input)), outputs, name=node.name)
    alike.attribute.extend(attribute for attribute in node.attribute if attribute.name in schema.attributes)
    return alike, version


def _like_first(given: Given, _numbers: Mapping[str, int]) -> Outputs:
    return (given[0],)


def _skip(sums: int) -> Rule:
    """Of an output like the first input, and of the sums at a place among the outputs."""
    return lambda given, _numbers: (given[0], *(None,) * (sums - 1), given[0])


def _half(given: Given, _numbers: Mapping[str, int]) -> Outputs:
    return (None if given[0] is None else (*given[0][:-1], given[0][-1] // 2),)


def _packed_lookup(given: Given, numbers: Mapping[str, int]) -> Outputs:
    """Rows of a table, whose scales say how many numbers are packed in each of its own."""
    table, places, scales = given[:3]
    if table is None or places is None or scales is None or len(table) != 2 or numbers.get("gather_axis", 0):
        return (None,)
    block, bits = numbers.get("block_size", 128), numbers.get("bits", 4)
    widths = {width for width in (table[1], table[1] * 8 // bits) if -(-width // block) == scales[-1]}
    return ((*places, *widths) if len(widths) == 1 else None,)


def _matmul(second: int) -> Rule:
    def shapes(given: Given, numbers: Mapping[str, int]) -> Outputs:
        left, right = given[0], given[second]
        if left is None or right is None or min(len(left), len(right)) < 2:
            return (None,)
        left, right = turned(left, numbers.get("transA", 0)), turned(right, numbers.get("transB", 0))
        return ((*_stretched(left[:-2], right[:-2]), left[-2], right[-1]),)

    return shapes


def _elementwise(second: int) -> Rule:
    def shapes(given: Given, _numbers: Mapping[str, int]) -> Outputs:
        one, other = given[0], given[second]
        return (None if one is None or other is None else _stretched(one, other),)

    return shapes


def _stretched(one: Shape, other: Shape) -> Shape:
    """The axes of two shapes, where an axis of length one is as long as the other's."""
    axes = max(len(one), len(other))
    pairs = zip((1,) * (axes - len(one)) + one, (1,) * (axes - len(other)) + other, strict=True)
    return tuple(second if first == 1 else first for first, second in pairs)


def _packed_matmul(given: Given, numbers: Mapping[str, int]) -> Outputs:
    return (None if given[0] is None else (*given[0][:-1], numbers.get("N", 0)),)


def _joint_attention(given: Given, _numbers: Mapping[str, int]) -> Outputs:
    data, weights = given[0], given[1]
    return (None if data is None or weights is None else (*data[:-1], weights[-1] // 3),)


def _attention(past_at: int) -> Rule:
    """Of what was attended to, and of all keys and values so far."""

    def shapes(given: Given, numbers: Mapping[str, int]) -> Outputs:
        query, key, value = given[:3]
        heads = numbers.get("num_heads", 0)
        key_heads = numbers.get("kv_num_heads", heads)
        found = None if query is None else heads_of(query, key, value, heads=heads, key_heads=key_heads)
        if found is None:
            return (None,)
        past = given[past_at]
        length = found.keys + (past[2] if past and len(past) == 4 else 0)
        present = [(found.batch, key_heads, length, width) for width in (found.width, found.value_width)]
        return (found.batch, found.queries, heads * found.value_width), *present

    return shapes


def _lstm(given: Given, _numbers: Mapping[str, int]) -> Outputs:
    data, weights = given[0], given[2]
    if data is None or weights is None or len(data) != 3 or len(weights) != 3:
        return (None,)
    last = (weights[0], data[1], weights[1])
    return (data[0], *last), last, last


def _embedding(given: Given, _numbers: Mapping[str, int]) -> Outputs:
    places, table = given[0], given[2]
    return (None if places is None or table is None else (*places, table[-1]),)


_SHAPES: Final[Mapping[str, Rule]] = {
    f"{DOMAIN}::{name}": rule
    for name, rule in {
        "Attention": _joint_attention,
        "BiasSplitGelu": _half,
        "DynamicQuantizeLSTM": _lstm,
        "DynamicQuantizeMatMul": _matmul(1),
        "EmbedLayerNormalization": _embedding,
        "FusedMatMul": _matmul(1),
        "GatherBlockQuantized": _packed_lookup,
        "GroupQueryAttention": _attention(3),
        "MatMulBnb4": _packed_matmul,
        "MatMulIntegerToFloat": _matmul(1),
        "MatMulNBits": _packed_matmul,
        "MultiHeadAttention": _attention(6),
        "QAttention": _joint_attention,
        "QEmbedLayerNormalization": _embedding,
        "QGemm": _matmul(3),
        "QLinearAdd": _elementwise(3),
        "QLinearMul": _elementwise(3),
        "SkipGroupNorm": _skip(1),
        "SkipLayerNormalization": _skip(3),
        "SkipSimplifiedLayerNormalization": _skip(3),
    }.items()
}
