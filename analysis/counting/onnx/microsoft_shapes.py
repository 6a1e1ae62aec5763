"""The shapes that the operators of `microsoft` give, from those that they get.

An operator that is not listed gives the shape of its first input. A shape that is not known makes none.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from analysis.counting.layers.base import Shape
from analysis.counting.onnx.microsoft import DOMAIN, turned

Given = Sequence[Shape | None]
Outputs = tuple[Shape | None, ...]
Rule = Callable[[Given, Mapping[str, int]], Outputs]


def microsoft_shapes(op: str, given: Given, numbers: Mapping[str, int]) -> Outputs:
    """The shapes of the outputs of an operator; `numbers` are its attributes, none of `given` absent or not known."""
    return _SHAPES.get(op, _like_first)(given, numbers)


def _like_first(given: Given, _numbers: Mapping[str, int]) -> Outputs:
    return (given[0],)


def _skip(given: Given, _numbers: Mapping[str, int]) -> Outputs:
    return given[0], None, None, given[0]


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
        query, key, value = given[0], given[1], given[2]
        heads = numbers.get("num_heads", 0)
        key_heads = numbers.get("kv_num_heads", heads)
        fit = query is not None and len(query) == 3 and (key is None) == (value is None)
        if not fit or query is None or min(heads, key_heads) < 1 or (key is not None and len(key) != 3):
            return (None,)
        width = query[2] // (heads if key else heads + 2 * key_heads)
        value_width = value[2] // key_heads if value else width
        past = given[past_at]
        length = (key or query)[1] + (past[2] if past and len(past) == 4 else 0)
        present = [(query[0], key_heads, length, size) for size in (width, value_width)]
        return (*query[:2], heads * value_width), *present

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
        "DynamicQuantizeLSTM": _lstm,
        "DynamicQuantizeMatMul": _matmul(1),
        "EmbedLayerNormalization": _embedding,
        "FusedMatMul": _matmul(1),
        "GroupQueryAttention": _attention(3),
        "MatMulIntegerToFloat": _matmul(1),
        "MatMulNBits": _packed_matmul,
        "MultiHeadAttention": _attention(6),
        "QAttention": _joint_attention,
        "QGemm": _matmul(3),
        "QLinearAdd": _elementwise(3),
        "QLinearMul": _elementwise(3),
        "SkipLayerNormalization": _skip,
        "SkipSimplifiedLayerNormalization": _skip,
    }.items()
}
