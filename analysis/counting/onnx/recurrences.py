"""The multiply-adds of the operators that carry a state along a sequence: linear attention and causal convolution.

Source: the operator schemas of ONNX, versions 27 and 28.
"""

from typing import Final

from analysis.counting.layers.base import elements
from analysis.counting.onnx.products import Product
from analysis.counting.onnx.records import Call

# What the state of a linear attention depends on, its update included.
_STATE: Final = (1, 2, 3, 4, 5)


def causal_convolution_products(call: Call) -> tuple[Product, ...]:
    """Output elements times the length of the kernel, each channel alone. Raises: CountingError, ShapeError."""
    data, kernel = call.shape(0, axes=3), call.shape(1, axes=3)
    call.need(kernel[:2] == (data[1], 1), 0, 1)
    return (Product(elements(call.output()) * kernel[2], ((0, 3), (1,))),)


def linear_attention_products(call: Call) -> tuple[Product, ...]:
    """At every step, the state of each head of keys takes in key times value, and each query reads it.

    A delta rule reads it once more, with the key. Decay multiplies element by element, which is no product here.
    Raises: CountingError, ShapeError.
    """
    query, key, value = (call.shape(place, axes=3) for place in range(3))
    heads, key_heads = call.number("q_num_heads", 0), call.number("kv_num_heads", 0)
    fit = heads > 0 and key_heads > 0 and heads % key_heads == 0 and query[:2] == key[:2] == value[:2]
    call.need(fit and key[2] % key_heads == value[2] % key_heads == 0, 0, 1, 2)
    width = key[2] // key_heads
    call.need(query[2] == heads * width, 0, 1)
    state = query[0] * query[1] * width * (value[2] // key_heads)
    products = [
        Product(state * key_heads, ((1,), (2, 5))),
        Product(state * heads, ((0,), _STATE)),
    ]
    if "delta" in call.word("update_rule"):
        products.append(Product(state * key_heads, ((1,), _STATE)))
    return tuple(products)
