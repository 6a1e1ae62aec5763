"""Mamba: selective state spaces in place of attention and feed-forward layers."""

from functools import partial

from analysis.counting.layers import Embedding, Layer, Linear, Mamba, Norm, Repeat, Residual, Sequential, Stages, Tied
from analysis.counting.registry import architecture

# That of GPT-NeoX, rounded up to a multiple of eight as in the released weights.
VOCABULARY = 50_280

_mamba = partial(
    architecture,
    group="language",
    example="2,048 tokens",
    input_shape=(2048,),
    sources=("gu2023mamba",),
    where="section 3.4 and table 3, with depth and width as in the released weights",
    note="Of the scan, the product that adds a step to the state and the one that reads it count; what happens to the "
    "state itself is work element by element. The output reads the embedding.",
    since="2026-11",
)


@_mamba("mamba_130m", "Mamba, 130M")
def mamba_130m() -> Layer:
    """The smallest published model."""
    return mamba(layers=24, width=768)


@_mamba("mamba_2_8b", "Mamba, 2.8B")
def mamba_2_8b() -> Layer:
    """The largest published model."""
    return mamba(layers=64, width=2560)


def mamba(*, layers: int, width: int) -> Layer:
    """Blocks with a shortcut, normalised before."""
    norm = Norm(width, how="rms")
    output = Tied(Linear(width, VOCABULARY, bias=False), to="the embedding")
    return Stages(
        (
            ("embedding", Embedding(VOCABULARY, width)),
            (f"blocks 1 to {layers}", Repeat(Residual(Sequential((norm, Mamba(width)))), layers)),
            ("output", Sequential((norm, output))),
        )
    )
