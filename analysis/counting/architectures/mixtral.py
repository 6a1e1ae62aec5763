"""Mixtral: a decoder in which every token uses two of eight feed-forward layers."""

from analysis.counting.architectures.decoder import Decoder, Experts
from analysis.counting.layers import Layer
from analysis.counting.registry import architecture


@architecture(
    "mixtral_8x7b",
    "Mixtral 8x7B",
    group="language",
    example="4,096 tokens",
    input_shape=(4096,),
    sources=("jiang2024mixtral",),
    where="table 1",
    note="All parameters of the experts count; of their multiply-adds, those of the two that a token uses. The model "
    "takes up to 32,768 tokens and attends to all of them, which is counted in full, nothing saved for the mask.",
    since="2026-11",
)
def mixtral_8x7b() -> Layer:
    """The model of 47 billion parameters, of which a token uses 13."""
    return Decoder(
        layers=32,
        width=4096,
        heads=32,
        key_heads=8,
        inner=14_336,
        vocabulary=32_000,
        experts=Experts(number=8, active=2, inner=14_336),
    ).network()
