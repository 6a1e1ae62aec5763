"""The multiply-adds of a mixture of experts in one operator of the domain `com.microsoft`, quantised or not.

The router comes before it: its scores are an input. Source: the operator schemas of ONNX Runtime.
"""

from dataclasses import dataclass
from typing import Final

from analysis.counting.layers.base import elements
from analysis.counting.onnx.products import Counted, Product
from analysis.counting.onnx.records import Call

_SCORES: Final = 1
_USUAL_BITS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where among the inputs the weights of the layers are: into the experts, out of them, and into the gate."""

    inward: int
    outward: int
    gate: int
    # Of the biases, how many places after the weights.
    bias: int


MIXTURE: Final = Places(inward=2, outward=4, gate=6, bias=1)
QUANTISED_MIXTURE: Final = Places(inward=2, outward=5, gate=8, bias=2)


def mixture(call: Call) -> Counted:
    """Every token times the weights of the experts that it uses. Raises: CountingError, ShapeError."""
    return _counted(call, MIXTURE, {})


def quantised_mixture(call: Call) -> Counted:
    """The same, of weights packed in bytes. Raises: CountingError, ShapeError."""
    kind = call.word("quant_type")
    if kind not in ("", "int"):
        raise call.error(f"has weights of the type '{kind}'; expected whole numbers, 'int'")
    usual = call.number("expert_weight_bits", _USUAL_BITS)
    layers = {QUANTISED_MIXTURE.inward: 1, QUANTISED_MIXTURE.outward: 2, QUANTISED_MIXTURE.gate: 3}
    bits = {place: call.number(f"fc{layer}_expert_weight_bits", usual) for place, layer in layers.items()}
    return _counted(call, QUANTISED_MIXTURE, bits)


def _counted(call: Call, places: Places, bits: dict[int, int]) -> Counted:
    """A layer without gaps multiplies every weight once per token, however the weights lie in the file."""
    width, experts = call.shape(0)[-1], call.shape(_SCORES, axes=2)[1]
    tokens, active = elements(call.shape(0)[:-1]), call.number("k", 1)
    if not 1 <= active <= experts:
        raise call.error(f"attribute 'k' is {active}; expected one to {experts}, the number of experts")
    found = [place for place in (places.inward, places.gate, places.outward) if call.has(place)]
    held = {place: _weights(call, place, bits.get(place, 0)) for place in found}
    for place in found:
        call.need(call.shape(place)[0] == experts and held[place] % (experts * width) == 0, 0, _SCORES, place)
    routed = tokens * active
    inner = held[places.outward] // experts // width
    call.need(all(held[place] // experts // width in (inner, 2 * inner) for place in found), *found)
    inward = tuple(place for place in found if place != places.outward)
    products = [Product(routed * held[place] // experts, ((0,), (place,))) for place in inward]
    products.append(
        Product(routed * held[places.outward] // experts, ((0, *inward), (places.outward,))),
    )
    gated = len(inward) > 1 or held[places.inward] > held[places.outward]
    work = {
        "softmax": tokens * experts,
        "activation": routed * inner,
        # The gate, then each expert's output by its weight, and their sum.
        "elementwise": routed * (inner * gated + width) + (routed - tokens) * width,
        "bias": sum(
            routed * (width if place == places.outward else held[place] // experts // width)
            for place in found
            if call.has(place + places.bias)
        ),
    }
    return Counted(products=tuple(products), work=work, detail=f"{active} of {experts} experts", held=held)


def _weights(call: Call, place: int, bits: int) -> int:
    """How many weights an input has: one per number, or as many as fit where a weight has so many bits."""
    numbers = elements(call.shape(place, axes=3))
    if not bits:
        return numbers
    weights, rest = divmod(8 * numbers, bits) if bits > 0 else (0, 1)
    if rest:
        raise call.misfit(f"has {numbers} bytes of weights of {bits} bits; expected whole weights")
    return weights
