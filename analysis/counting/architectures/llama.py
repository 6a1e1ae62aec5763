"""LLaMA 3: a decoder whose query heads share keys and values in groups."""

from analysis.counting.architectures.decoder import Decoder
from analysis.counting.layers import Layer
from analysis.counting.registry import architecture

# Source: grattafiori2024llama3, table 3; the vocabulary of 128,000 tokens and 256 special ones as released.
LLAMA3_VOCABULARY = 128_256
NOTE = (
    "The input is the longest text of the first stage of training. Attention is counted in full, nothing saved for the "
    "mask. The paper rounds the vocabulary to 128 thousand; the released weights have 128,256 rows."
)


@architecture(
    "llama3_8b",
    "LLaMA 3, 8B",
    group="language",
    example="8,192 tokens",
    input_shape=(8192,),
    sources=("grattafiori2024llama3",),
    where="table 3",
    note=NOTE,
    since="2026-11",
)
def llama3_8b() -> Layer:
    """The model of 8 billion parameters."""
    return Decoder(layers=32, width=4096, heads=32, key_heads=8, inner=14_336, vocabulary=LLAMA3_VOCABULARY).network()


@architecture(
    "llama3_405b",
    "LLaMA 3, 405B",
    group="language",
    example="8,192 tokens",
    input_shape=(8192,),
    sources=("grattafiori2024llama3",),
    where="table 3",
    note=NOTE,
    since="2026-11",
)
def llama3_405b() -> Layer:
    """The model of 405 billion parameters."""
    return Decoder(
        layers=126, width=16_384, heads=128, key_heads=8, inner=53_248, vocabulary=LLAMA3_VOCABULARY
    ).network()
