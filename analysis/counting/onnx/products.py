"""The multiply-adds of the operators of the ONNX standard, and the inputs whose products they are.

Shapes are those of the file, batch axis included; so are the counts. Source: the operator schemas of ONNX.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from analysis.counting.layers.base import Shape, elements, spelled_shape
from analysis.counting.onnx.records import Call

# Place of the first input of a recurrent operator, of its weights, and of the weights of its state.
_INPUT, _WEIGHTS, _STATE_WEIGHTS = 0, 1, 2
# Places of the keys and values of earlier steps in an attention.
_PAST_KEYS: Final = 4


@dataclass(frozen=True, slots=True)
class Product:
    """Multiply-adds of two factors; each factor is the positions of the inputs that it depends on."""

    macs: int
    factors: tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What one node does for one run: its products, its other work in elements by kind, and a few words.

    `held` says how many weights an input holds, by place, where several are packed in one number of the file.
    """

    products: tuple[Product, ...] = ()
    work: Mapping[str, int] = field(default_factory=dict)
    detail: str = ""
    held: Mapping[int, int] = field(default_factory=dict)


def convolution_products(call: Call, *, weights: int = 1, moved_by: tuple[int, ...] = ()) -> tuple[Product, ...]:
    """Output elements times the inputs that each is made from, which other inputs may move and scale.

    Raises: CountingError, ShapeError.
    """
    data = call.shape(0)
    kernel = call.shape(weights, axes=len(data))
    call.need(len(data) > 2 and data[1] == kernel[1] * call.number("group", 1), 0, weights)
    output = call.output()
    call.need(len(output) == len(data) and output[1] == kernel[0], 0, weights)
    _need_kernel(call, kernel)
    return (Product(elements(output) * elements(kernel[1:]), ((0, *moved_by), (weights,))),)


def transposed_convolution_products(call: Call) -> tuple[Product, ...]:
    """Input elements times the outputs that each is spread to, padding included. Raises: CountingError, ShapeError."""
    data = call.shape(0)
    kernel = call.shape(1, axes=len(data))
    call.need(len(data) > 2 and data[1] == kernel[0], 0, 1)
    call.output()
    _need_kernel(call, kernel)
    return (Product(elements(data) * elements(kernel[1:]), ((0,), (1,))),)


def _need_kernel(call: Call, weights: Shape) -> None:
    """Raises: ShapeError where the kernel that a node states, from which its output follows, is not its weights'."""
    stated = call.numbers("kernel_shape")
    if stated not in ((), weights[2:]):
        raise call.misfit(f"attribute 'kernel_shape' is {spelled_shape(stated)}; weights are {spelled_shape(weights)}")


def gemm_products(call: Call, *, second: int = 1) -> tuple[Product, ...]:
    """Rows times columns times what is summed over. Raises: CountingError, ShapeError."""
    first, weights = call.shape(0, axes=2), call.shape(second, axes=2)
    rows, inner = reversed(first) if call.number("transA", 0) else first
    other, columns = reversed(weights) if call.number("transB", 0) else weights
    call.need(inner == other, 0, second)
    return (Product(rows * inner * columns, ((0,), (second,))),)


def matmul_products(call: Call, *, second: int = 1) -> tuple[Product, ...]:
    """Output elements times what is summed over, whatever the leading axes. Raises: CountingError, ShapeError."""
    left, right = call.shape(0), call.shape(second)
    call.need(bool(left and right) and left[-1] == right[-2:][0], 0, second)
    return (Product(elements(call.output()) * left[-1], ((0,), (second,))),)


def einsum_products(call: Call) -> tuple[tuple[Product, ...], int]:
    """Products of an Einsum of one or two inputs, and elements of it where it multiplies element by element.

    The standard does not say in which order more inputs are multiplied: the package's reference sums the products of
    all at once, others go from left to right or look for the cheapest pairs, and each order has another count.
    Raises: CountingError for more inputs, for a diagonal and for a sum within one input.
    """
    terms, result = _equation(call)
    sizes: dict[str, int] = {}
    for place, term in enumerate(terms):
        for label, size in zip(term, call.shape(place, axes=len(term)), strict=True):
            known = sizes.setdefault(label, size)
            # Only the axes that `...` stands for are stretched.
            call.need(known == size or (label in _REST and 1 in (known, size)), *range(len(terms)))
            sizes[label] = max(known, size)
    if len(terms) == 1:
        return (), 0
    total = elements(tuple(sizes.values()))
    first, second = map(set, terms)
    if set(result) == first | second and (first <= second or second <= first):
        return (), total
    return (Product(total, ((0,), (1,))),), 0


# Labels of the axes that `...` stands for, the last one first: no letters that an equation may have.
_REST: Final = "0123456789"


def _equation(call: Call) -> tuple[list[str], str]:
    """The labels of each input and of the output. Raises: CountingError where it is not one of those counted."""
    equation = call.word("equation").replace(" ", "")
    left, arrow, result = equation.partition("->")
    written = left.split(",")
    refusal = call.error(f"'{equation}' is not counted; expected a product of two inputs such as bij,bjk->bik")
    if len(written) != len(call.node.inputs):
        raise refusal
    if len(written) > 2:
        raise call.error(
            f"'{equation}' multiplies {len(written)} inputs in an order that the standard leaves open, and the count "
            "depends on it; expected an Einsum for each two"
        )
    terms = [_spelled(term, len(call.shape(place))) for place, term in enumerate(written)]
    labels = "".join(terms)
    rest = max((_labels_of_rest(term) for term in terms), key=len)
    if not arrow:
        result = "..." + "".join(sorted(label for label in set(labels) - set(_REST) if labels.count(label) == 1))
    result = result.replace("...", rest, 1)
    plain = all(term.isalnum() and len(set(term)) == len(term) for term in terms) and set(result) <= set(labels)
    once = any(labels.count(label) == 1 and label not in result for label in labels)
    if not plain or once or not set(rest) <= set(result):
        raise refusal
    return terms, result


def _spelled(term: str, axes: int) -> str:
    """A term with a label for each axis that `...` stands for."""
    number = axes - len(term.replace("...", "", 1))
    return term.replace("...", _REST[: max(number, 0)][::-1], 1)


def _labels_of_rest(term: str) -> str:
    return "".join(label for label in term if label in _REST)


def attention_products(call: Call) -> tuple[tuple[Product, ...], int]:
    """Scores of all queries with all keys, the values mixed by them, and how many scores there are.

    Nothing is saved for a causal mask. Raises: CountingError, ShapeError.
    """
    queries, keys, values = (call.shape(place) for place in range(3))
    call.need(len(queries) == len(keys) == len(values) and len(queries) in (3, 4), 0, 1, 2)
    query_heads, key_heads = _heads(call, queries, "q_num_heads"), _heads(call, keys, "kv_num_heads")
    value_heads = _heads(call, values, "kv_num_heads")
    call.need(query_heads % key_heads == 0 and key_heads == value_heads, 0, 1, 2)
    call.need(_width(queries, query_heads) == _width(keys, key_heads) and keys[-2] == values[-2], 0, 1, 2)
    length = keys[-2] + (call.shape(_PAST_KEYS, axes=4)[2] if call.has(_PAST_KEYS) else 0)
    scores = queries[0] * query_heads * queries[-2] * length
    widths = _width(keys, key_heads), _width(values, value_heads)
    return scored(scores, widths, query=(0,), keys=(1, 4), values=(2, 5)), scores


def scored(
    scores: int, widths: tuple[int, int], *, query: tuple[int, ...], keys: tuple[int, ...], values: tuple[int, ...]
) -> tuple[Product, ...]:
    """Products of queries with keys and of scores with values; the widths are those of keys and values."""
    return (Product(scores * widths[0], (query, keys)), Product(scores * widths[1], ((*query, *keys), values)))


def _heads(call: Call, shape: Shape, name: str) -> int:
    """How many heads there are: an axis of four, an attribute where the heads lie along the last of three."""
    heads = shape[1] if len(shape) == 4 else call.number(name, 0)
    if heads < 1 or (len(shape) == 3 and shape[-1] % heads):
        raise call.error(f"attribute '{name}' is {heads}; expected a number that divides {shape[-1]}")
    return heads


def _width(shape: Shape, heads: int) -> int:
    """How wide each head is."""
    return shape[-1] if len(shape) == 4 else shape[-1] // heads


def recurrent_products(call: Call, gates: int, *, units_last: bool = False) -> tuple[tuple[Product, ...], int]:
    """Products with the input and with the state, and how many numbers all states hold.

    `units_last` is the order of quantised weights.
    The state before the first step counts like any other. Raises: CountingError, ShapeError.
    """
    data = call.shape(_INPUT, axes=3)
    weights, state_weights = call.shape(_WEIGHTS, axes=3), call.shape(_STATE_WEIGHTS, axes=3)
    if units_last:
        weights, state_weights = (((one[0], one[2], one[1])) for one in (weights, state_weights))
    call.need(weights[2] == data[2] and weights[0] in (1, 2), _INPUT, _WEIGHTS)
    hidden = state_weights[2]
    call.need(weights[:2] == state_weights[:2] and state_weights[1] == gates * hidden, _WEIGHTS, _STATE_WEIGHTS)
    steps = data[0] * data[1]
    products = (
        Product(steps * elements(weights), ((_INPUT,), (_WEIGHTS,))),
        Product(steps * elements(state_weights), ((_INPUT, _WEIGHTS, _STATE_WEIGHTS), (_STATE_WEIGHTS,))),
    )
    return products, steps * weights[0] * hidden
