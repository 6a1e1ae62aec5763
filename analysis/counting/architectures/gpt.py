"""GPT-2 and GPT-3: decoder-only transformers, in all published sizes."""

from collections.abc import Callable
from functools import partial

from analysis.counting.architectures.decoder import Decoder
from analysis.counting.layers import Layer
from analysis.counting.registry import architecture

# Source: radford2019language, section 2.2; GPT-3 reads the same tokens.
VOCABULARY = 50_257
GPT2_LENGTH = 1024
GPT3_LENGTH = 2048

Register = Callable[[Callable[[], Layer]], Callable[[], Layer]]


def _gpt2(name: str, title: str, printed: str) -> Register:
    return architecture(
        name,
        title,
        group="language",
        example="1,024 tokens",
        input_shape=(GPT2_LENGTH,),
        sources=("radford2019language",),
        where="table 2",
        note=f"The paper prints {printed} million parameters; the numbers here are those of the released weights. The "
        "softmax reads the embedding. Heads of 64 as released. Attention is counted in full, nothing saved for the "
        "mask.",
        since="2026-11",
    )


def _gpt3(name: str, title: str, note: str = "") -> Register:
    return architecture(
        name,
        title,
        group="language",
        example="2,048 tokens",
        input_shape=(GPT3_LENGTH,),
        sources=("brown2020language",),
        where="table 2.1",
        note="Attention is counted in full, though every other layer of the paper has a sparse one whose band is "
        f"not given. Vocabulary and tied softmax are taken from GPT-2.{note}",
        since="2026-11",
    )


@_gpt2("gpt2_small", "GPT-2, small", printed="117")
def gpt2_small() -> Layer:
    """The model of width 768."""
    return gpt(layers=12, width=768, heads=12, length=GPT2_LENGTH)


@_gpt2("gpt2_medium", "GPT-2, medium", printed="345")
def gpt2_medium() -> Layer:
    """The model of width 1,024."""
    return gpt(layers=24, width=1024, heads=16, length=GPT2_LENGTH)


@_gpt2("gpt2_large", "GPT-2, large", printed="762")
def gpt2_large() -> Layer:
    """The model of width 1,280."""
    return gpt(layers=36, width=1280, heads=20, length=GPT2_LENGTH)


@_gpt2("gpt2_xl", "GPT-2, XL", printed="1,542")
def gpt2_xl() -> Layer:
    """The model of width 1,600."""
    return gpt(layers=48, width=1600, heads=25, length=GPT2_LENGTH)


@_gpt3("gpt3_small", "GPT-3, small")
def gpt3_small() -> Layer:
    """The model of 125 million parameters."""
    return gpt(layers=12, width=768, heads=12, length=GPT3_LENGTH)


@_gpt3("gpt3_medium", "GPT-3, medium")
def gpt3_medium() -> Layer:
    """The model of 350 million parameters."""
    return gpt(layers=24, width=1024, heads=16, length=GPT3_LENGTH)


@_gpt3("gpt3_large", "GPT-3, large")
def gpt3_large() -> Layer:
    """The model of 760 million parameters."""
    return gpt(layers=24, width=1536, heads=16, length=GPT3_LENGTH)


@_gpt3(
    "gpt3_xl",
    "GPT-3, XL",
    note=" The table prints 24 heads of 128, which do not make its width of 2,048; 16 heads do, and they give the "
    "1,320 million parameters of the paper's appendix D.",
)
def gpt3_xl() -> Layer:
    """The model of 1.3 billion parameters."""
    return gpt(layers=24, width=2048, heads=16, length=GPT3_LENGTH)


@_gpt3("gpt3_2_7b", "GPT-3, 2.7B")
def gpt3_2_7b() -> Layer:
    """The model of 2.7 billion parameters."""
    return gpt(layers=32, width=2560, heads=32, length=GPT3_LENGTH)


@_gpt3("gpt3_6_7b", "GPT-3, 6.7B")
def gpt3_6_7b() -> Layer:
    """The model of 6.7 billion parameters."""
    return gpt(layers=32, width=4096, heads=32, length=GPT3_LENGTH)


@_gpt3(
    "gpt3_13b",
    "GPT-3, 13B",
    note=" The table prints a width of 5,140, which its 40 heads of 128 do not make; 5,120 is what they make, and it "
    "gives the 12,850 million parameters of the paper's appendix D.",
)
def gpt3_13b() -> Layer:
    """The model of 13 billion parameters."""
    return gpt(layers=40, width=5120, heads=40, length=GPT3_LENGTH)


@_gpt3("gpt3_175b", "GPT-3, 175B")
def gpt3_175b() -> Layer:
    """The largest model, the one called GPT-3."""
    return gpt(layers=96, width=12_288, heads=96, length=GPT3_LENGTH)


def gpt(*, layers: int, width: int, heads: int, length: int) -> Layer:
    """Blocks normalised before attention and before the feed-forward layers; the softmax reads the embedding."""
    return gpt_decoder(
        layers=layers, width=width, heads=heads, inner=4 * width, vocabulary=VOCABULARY, positions=length
    ).network()


# What all of them share, whatever their sizes.
gpt_decoder = partial(
    Decoder,
    tied=True,
    rotary=0,
    gated=False,
    activation="gelu",
    norm="layer",
    attention_bias=True,
    output_bias=True,
    feed_forward_bias=True,
)
