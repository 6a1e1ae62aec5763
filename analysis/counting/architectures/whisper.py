"""Whisper: a transformer that hears half a minute of speech and writes down what was said."""

from dataclasses import dataclass
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
    return _released(layers=12, width=768, heads=12).network()


@_whisper("whisper_large", "Whisper, large")
def whisper_large() -> Layer:
    """The model of 1,550 million parameters."""
    return _released(layers=32, width=1280, heads=20).network()


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """The sizes of the blocks of one half, encoder or decoder."""

    layers: int
    heads: int
    inner: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Whisper:
    """An encoder behind two convolutions, and a decoder whose output reads its embedding."""

    width: int
    encoder: Half
    decoder: Half
    bands: int
    vocabulary: int
    length: int

    def network(self) -> Layer:
        """Both halves: the first pass over a text, after the encoder has heard the speech."""
        heard = Attention(self.width, self.decoder.heads, key_bias=False, cross=True)
        return EncoderDecoder(self._encoder(), self._decoder(heard, cached=0))

    def decoding(self, *, cached: int, heard: int) -> Layer:
        """The decoder for one more token; keys and values of the tokens and of the `heard` steps were kept."""
        kept = Attention(self.width, self.decoder.heads, key_bias=False, cross=True, cached=heard)
        return self._decoder(kept, cached=cached)

    def _encoder(self) -> Layer:
        sound = (
            Conv1d(self.bands, self.width, kernel=3, padding=1),
            Activation("gelu"),
            Conv1d(self.width, self.width, kernel=3, stride=2, padding=1),
            Activation("gelu"),
            Tokens(),
            # The positions are sines, fixed and added.
            Elementwise("add"),
        )
        block = Stages((self._itself(self.encoder), self._onward(self.encoder)))
        return Stages(
            (
                ("sound", Sequential(sound)),
                ("blocks", Repeat(block, self.encoder.layers)),
                ("norm", Norm(self.width, how="layer")),
            )
        )

    def _decoder(self, heard: Layer, *, cached: int) -> Layer:
        block = (
            self._itself(self.decoder, cached),
            ("attention to the encoder", self._normalised(heard)),
            self._onward(self.decoder),
        )
        table, places = Embedding(self.vocabulary, self.width), Positions(self.length, self.width)
        output = Tied(Linear(self.width, self.vocabulary, bias=False), to="the embedding")
        return Stages(
            (
                ("embedding", Sequential((table, places))),
                ("blocks", Repeat(Stages(block), self.decoder.layers)),
                ("output", Sequential((Norm(self.width, how="layer"), output, Softmax()))),
            )
        )

    def _itself(self, half: Half, cached: int = 0) -> tuple[str, Layer]:
        return "attention", self._normalised(Attention(self.width, half.heads, key_bias=False, cached=cached))

    def _onward(self, half: Half) -> tuple[str, Layer]:
        return "feed-forward", self._normalised(feed_forward(self.width, half.inner, "gelu"))

    def _normalised(self, layer: Layer) -> Layer:
        return Residual(Sequential((Norm(self.width, how="layer"), layer)))


def _released(*, layers: int, width: int, heads: int) -> Whisper:
    half = Half(layers=layers, heads=heads, inner=4 * width)
    return Whisper(width=width, encoder=half, decoder=half, bands=BANDS, vocabulary=VOCABULARY, length=LENGTH)
