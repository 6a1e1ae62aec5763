"""Whisper: a transformer that hears half a minute of speech and writes down what was said."""

from functools import partial

from analysis.counting.architectures.blocks import feed_forward
from analysis.counting.layers import (
    Activation,
    Attention,
    Conv1d,
    Elementwise,
    Embedding,
    EncoderDecoder,
    Layer,
    Linear,
    Norm,
    Positions,
    Repeat,
    Residual,
    Sequential,
    Softmax,
    Stages,
    Tied,
    Tokens,
)
from analysis.counting.registry import architecture

# Source: radford2022robust, section 2.2: 80 bands every 10 milliseconds of 30 seconds.
BANDS = 80
FRAMES = 3000
# Of the released multilingual weights.
VOCABULARY = 51_865
LENGTH = 448

_whisper = partial(
    architecture,
    group="speech",
    example="30 seconds of speech and a text of 448 tokens",
    input_shape=(BANDS, FRAMES, LENGTH),
    sources=("radford2022robust",),
    where="section 2.2 and table 1",
    note="The text has the longest length that the decoder takes. The encoder's positions are fixed sines and no "
    "parameters. Keys have no biases, as released. Attention is counted in full, nothing saved for the mask.",
    since="2026-11",
)


@_whisper("whisper_small", "Whisper, small")
def whisper_small() -> Layer:
    """The model of 244 million parameters."""
    return whisper(layers=12, width=768, heads=12)


@_whisper("whisper_large", "Whisper, large")
def whisper_large() -> Layer:
    """The model of 1,550 million parameters."""
    return whisper(layers=32, width=1280, heads=20)


def whisper(*, layers: int, width: int, heads: int) -> Layer:
    """An encoder behind two convolutions, and a decoder whose output reads its embedding."""
    themselves = ("attention", _normalised(Attention(width, heads, key_bias=False), width))
    heard = ("attention to the encoder", _normalised(Attention(width, heads, key_bias=False, cross=True), width))
    onward = ("feed-forward", _normalised(feed_forward(width, 4 * width, "gelu"), width))
    sound = (
        Conv1d(BANDS, width, kernel=3, padding=1),
        Activation("gelu"),
        Conv1d(width, width, kernel=3, stride=2, padding=1),
        Activation("gelu"),
        Tokens(),
        # The positions are sines, fixed and added.
        Elementwise("add"),
    )
    last = Norm(width, how="layer")
    encoder = Stages(
        (
            ("sound", Sequential(sound)),
            ("blocks", Repeat(Stages((themselves, onward)), layers)),
            ("norm", last),
        )
    )
    output = Tied(Linear(width, VOCABULARY, bias=False), to="the embedding")
    decoder = Stages(
        (
            ("embedding", Sequential((Embedding(VOCABULARY, width), Positions(LENGTH, width)))),
            ("blocks", Repeat(Stages((themselves, heard, onward)), layers)),
            ("output", Sequential((last, output, Softmax()))),
        )
    )
    return EncoderDecoder(encoder, decoder)


def _normalised(layer: Layer, width: int) -> Layer:
    return Residual(Sequential((Norm(width, how="layer"), layer)))
