"""Gemma: a decoder with wide heads and feed-forward layers, whose output reads the embedding."""

from functools import partial

from analysis.counting.architectures.decoder import Decoder
from analysis.counting.layers import Layer
from analysis.counting.registry import architecture

# Source: gemma2024open, table 1; the feed-forward width there is that of gate and product together.
VOCABULARY = 256_128

_gemma = partial(
    architecture,
    group="language",
    example="8,192 tokens",
    input_shape=(8192,),
    sources=("gemma2024open",),
    where="tables 1 and 2",
    note="The vocabulary is that of the paper; the released weights have 256,000 rows. Attention is counted in full, "
    "nothing saved for the mask.",
    since="2026-11",
)


@_gemma("gemma_2b", "Gemma, 2B")
def gemma_2b() -> Layer:
    """The smaller model, whose heads share one head of keys and values."""
    return Decoder(
        layers=18,
        width=2048,
        heads=8,
        key_heads=1,
        head_width=256,
        inner=16_384,
        vocabulary=VOCABULARY,
        tied=True,
        activation="gelu",
    ).network()


@_gemma("gemma_7b", "Gemma, 7B")
def gemma_7b() -> Layer:
    """The larger model, with keys and values for each head."""
    return Decoder(
        layers=28,
        width=3072,
        heads=16,
        head_width=256,
        inner=24_576,
        vocabulary=VOCABULARY,
        tied=True,
        activation="gelu",
    ).network()
