"""The decoder that most language models of today share, in its sizes; one module per family gives them."""

from dataclasses import dataclass
from typing import Literal

from analysis.counting.architectures.blocks import feed_forward
from analysis.counting.layers import (
    Attention,
    Branches,
    Embedding,
    GatedFeedForward,
    LatentAttention,
    Layer,
    Linear,
    MixtureOfExperts,
    Norm,
    Positions,
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
    """A decoder whose attention and feed-forward layers are normalised before; all else is a choice.

    `windows` are the reaches of attention, block after block and then from the first again: None is all keys. `cached`
    steps were computed before, so that an input of one token is one step of decoding. `latent` replaces the attention.
    `rotary` numbers of each head are turned by their position, None is all; `positions` is the length of a learned
    table of positions. `parallel` blocks add attention and feed-forward layers to the same input. `norms_after` are
    those between the two and their shortcuts, in addition to those before.
    """

    layers: int
    width: int
    heads: int
    vocabulary: int
    inner: int
    key_heads: int | None = None
    head_width: int | None = None
    tied: bool = False
    positions: int | None = None
    rotary: int | None = None
    windows: tuple[int | None, ...] = (None,)
    cached: int = 0
    gated: bool = True
    activation: str = "silu"
    parallel: bool = False
    norm: Literal["rms", "layer"] = "rms"
    norms_after: bool = False
    head_norm: bool = False
    attention_bias: bool = False
    output_bias: bool = False
    feed_forward_bias: bool = False
    latent: LatentAttention | None = None
    experts: Experts | None = None

    def network(self) -> Layer:
        """Embedding, blocks, and an output that reads the embedding where both are tied."""
        table = Embedding(self.vocabulary, self.width)
        placed = Sequential((table, Positions(self.positions, self.width))) if self.positions else table
        output = Linear(self.width, self.vocabulary, bias=False)
        last = Tied(output, to="the embedding") if self.tied else output
        blocks = tuple(self._block(number) for number in range(self.layers))
        return Stages(
            (
                ("embedding", placed),
                (f"blocks 1 to {self.layers}", Sequential(blocks)),
                ("output", Sequential((self._norm, last, Softmax()))),
            )
        )

    def _block(self, number: int) -> Layer:
        parts = (
            ("attention", self._normalised(self.latent or self._attention(self.windows[number % len(self.windows)]))),
            ("feed-forward", self._normalised(self._feed_forward(number))),
        )
        if self.parallel:
            return Residual(Branches(parts, join="add"))
        return Stages(tuple((name, Residual(part)) for name, part in parts))

    def _normalised(self, layer: Layer) -> Layer:
        return Sequential((self._norm, layer, self._norm) if self.norms_after else (self._norm, layer))

    def _attention(self, window: int | None) -> Layer:
        head = self.head_width or self.width // self.heads
        return Attention(
            self.width,
            self.heads,
            key_heads=self.key_heads,
            head_width=head,
            window=window,
            cached=self.cached,
            rotary=head if self.rotary is None else self.rotary,
            head_norm=self.head_norm,
            bias=self.attention_bias,
            output_bias=self.output_bias,
        )

    def _feed_forward(self, number: int) -> Layer:
        experts = self.experts
        if experts is None or number < experts.dense:
            return self._wide(self.inner)
        return MixtureOfExperts(
            self.width,
            self._wide(experts.inner),
            experts=experts.number,
            active=experts.active,
            shared=self._wide(experts.shared) if experts.shared else None,
        )

    def _wide(self, inner: int) -> Layer:
        if self.gated:
            return GatedFeedForward(self.width, inner, activation=self.activation, bias=self.feed_forward_bias)
        return feed_forward(self.width, inner, self.activation, bias=self.feed_forward_bias)

    @property
    def _norm(self) -> Layer:
        return Norm(self.width, how=self.norm)
