"""The decoder that most language models of today share, in its sizes; one module per family gives them."""

from dataclasses import dataclass
from typing import Literal

from analysis.counting.layers import (
    Attention,
    Embedding,
    GatedFeedForward,
    LatentAttention,
    Layer,
    Linear,
    MixtureOfExperts,
    Norm,
    Residual,
    Sequential,
    Softmax,
    Stages,
    Tied,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Experts:
    """What the feed-forward layers of a decoder become: `number` experts of `inner` width, `active` for each token.

    `shared` is the inner width of an expert that every token uses; the first `dense` blocks have none of all this.
    """

    number: int
    active: int
    inner: int
    shared: int | None = None
    dense: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoder:
    """A decoder with rotary positions and gated feed-forward layers, normalised before each of the two.

    `windows` are the reaches of attention, block after block and then from the first again: None is all keys. `cached`
    steps were computed before, so that an input of one token is one step of decoding. `latent` replaces the attention.
    """

    layers: int
    width: int
    heads: int
    vocabulary: int
    inner: int
    key_heads: int | None = None
    head_width: int | None = None
    tied: bool = False
    windows: tuple[int | None, ...] = (None,)
    cached: int = 0
    activation: str = "silu"
    norm: Literal["rms", "layer"] = "rms"
    attention_bias: bool = False
    output_bias: bool = False
    latent: LatentAttention | None = None
    experts: Experts | None = None

    def network(self) -> Layer:
        """Embedding, blocks, and an output that reads the embedding where both are tied."""
        output = Linear(self.width, self.vocabulary, bias=False)
        last = Tied(output, to="the embedding") if self.tied else output
        blocks = tuple(self._block(number) for number in range(self.layers))
        return Stages(
            (
                ("embedding", Embedding(self.vocabulary, self.width)),
                (f"blocks 1 to {self.layers}", Sequential(blocks)),
                ("output", Sequential((self._norm, last, Softmax()))),
            )
        )

    def _block(self, number: int) -> Layer:
        attention = self.latent or self._attention(self.windows[number % len(self.windows)])
        return Stages(
            (
                ("attention", Residual(Sequential((self._norm, attention)))),
                ("feed-forward", Residual(Sequential((self._norm, self._feed_forward(number))))),
            )
        )

    def _attention(self, window: int | None) -> Layer:
        head = self.head_width or self.width // self.heads
        return Attention(
            self.width,
            self.heads,
            key_heads=self.key_heads,
            head_width=head,
            window=window,
            cached=self.cached,
            rotary=head,
            bias=self.attention_bias,
            output_bias=self.output_bias,
        )

    def _feed_forward(self, number: int) -> Layer:
        experts = self.experts
        if experts is None or number < experts.dense:
            return self._gated(self.inner)
        return MixtureOfExperts(
            self.width,
            self._gated(experts.inner),
            experts=experts.number,
            active=experts.active,
            shared=self._gated(experts.shared) if experts.shared else None,
        )

    def _gated(self, inner: int) -> Layer:
        return GatedFeedForward(self.width, inner, activation=self.activation)

    @property
    def _norm(self) -> Layer:
        return Norm(self.width, how=self.norm)
