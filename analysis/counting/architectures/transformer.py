"""Transformers that read a whole text at once: the first, which translates, and BERT, which is only its encoder."""

from analysis.counting.architectures.blocks import feed_forward
from analysis.counting.layers import (
    Activation,
    Attention,
    Branches,
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
    Step,
    Tied,
)
from analysis.counting.registry import architecture

# Source: vaswani2017attention, section 5.1, English to German.
SHARED_VOCABULARY = 37_000
# The vocabulary of the published weights without capitals; the paper says 30,000.
BERT_VOCABULARY = 30_522
BERT_LENGTH = 512
BERT_SEGMENTS = 2

TRANSFORMER_NOTE = (
    "64 tokens of the source and 64 of the target, a common length of a sentence. Both embeddings and the output "
    "share one table, counted once. Attention has no biases here, the feed-forward layers do; the paper leaves it "
    "open for attention. The mask of the decoder saves nothing."
)
BERT_NOTE = (
    "Encoder and pooler with the published vocabulary of 30,522. The heads of pre-training are left out: for each "
    "masked word, about 15 in 100, a layer of the same width and a softmax that reads the embedding, and for each "
    "pair of texts a choice of two."
)


@architecture(
    "transformer_base",
    "Transformer, base",
    group="language",
    example="sentence pair of 64 tokens each",
    input_shape=(64, 64),
    sources=("vaswani2017attention",),
    where="section 3 and table 3",
    note=TRANSFORMER_NOTE,
    since="2026-11",
)
def transformer_base() -> Layer:
    """The model of width 512."""
    return transformer(layers=6, width=512, heads=8, inner=2048)


@architecture(
    "transformer_big",
    "Transformer, big",
    group="language",
    example="sentence pair of 64 tokens each",
    input_shape=(64, 64),
    sources=("vaswani2017attention",),
    where="section 3 and table 3",
    note=TRANSFORMER_NOTE,
    since="2026-11",
)
def transformer_big() -> Layer:
    """The model of width 1,024."""
    return transformer(layers=6, width=1024, heads=16, inner=4096)


@architecture(
    "bert_base",
    "BERT, base",
    group="language",
    example="512 tokens",
    input_shape=(BERT_LENGTH,),
    sources=("devlin2018bert",),
    where="section 3, model architecture",
    note=BERT_NOTE,
    since="2026-11",
)
def bert_base() -> Layer:
    """The model of 110 million parameters."""
    return bert(layers=12, width=768, heads=12)


@architecture(
    "bert_large",
    "BERT, large",
    group="language",
    example="512 tokens",
    input_shape=(BERT_LENGTH,),
    sources=("devlin2018bert",),
    where="section 3, model architecture",
    note=BERT_NOTE,
    since="2026-11",
)
def bert_large() -> Layer:
    """The model that the paper puts at 340 million parameters."""
    return bert(layers=24, width=1024, heads=16)


def transformer(*, layers: int, width: int, heads: int, inner: int) -> Layer:
    """An encoder and a decoder that attends to it, each block normalised after its shortcuts."""
    themselves = ("attention", normalised(Attention(width, heads, bias=False), width))
    encoded = ("attention to the encoder", normalised(Attention(width, heads, cross=True, bias=False), width))
    onward = ("feed-forward", normalised(feed_forward(width, inner, "relu"), width))
    table = Embedding(SHARED_VOCABULARY, width)
    output = Tied(Linear(width, SHARED_VOCABULARY, bias=False), to="the embedding")
    encoder = Stages(
        (
            ("embedding", _with_sinusoids(table)),
            ("blocks", Repeat(Stages((themselves, onward)), layers)),
        )
    )
    decoder = Stages(
        (
            ("embedding", _with_sinusoids(Tied(table, to="the source embedding"))),
            ("blocks", Repeat(Stages((themselves, encoded, onward)), layers)),
            ("output", Sequential((output, Softmax()))),
        )
    )
    return EncoderDecoder(encoder, decoder)


def bert(
    *,
    layers: int,
    width: int,
    heads: int,
    inner: int | None = None,
    vocabulary: int = BERT_VOCABULARY,
    segments: int = BERT_SEGMENTS,
    length: int = BERT_LENGTH,
) -> Layer:
    """Words, segments and positions summed; blocks normalised after their shortcuts; a pooler on the first token."""
    tables = (("words", Embedding(vocabulary, width)), ("segments", Embedding(segments, width)))
    embedding = (Branches(tables, join="add"), Positions(length, width), Norm(width, how="layer"))
    block = Stages(
        (
            ("attention", normalised(Attention(width, heads), width)),
            ("feed-forward", normalised(feed_forward(width, inner or 4 * width, "gelu"), width)),
        )
    )
    return Stages(
        (
            ("embedding", Sequential(embedding)),
            (f"blocks 1 to {layers}", Repeat(block, layers)),
            ("pooler", Sequential((Step(), Linear(width, width), Activation("tanh")))),
        )
    )


def normalised(layer: Layer, width: int) -> Layer:
    """A layer with a shortcut, and the sum normalised."""
    return Sequential((Residual(layer), Norm(width, how="layer")))


def _with_sinusoids(table: Layer) -> Layer:
    # The positions are sines, fixed and added.
    return Sequential((table, Elementwise("add")))
