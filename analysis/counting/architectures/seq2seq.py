"""Sequence to sequence: one stack of recurrent layers reads a sentence, another writes its translation."""

from analysis.counting.layers import Embedding, EncoderDecoder, Layer, Linear, Recurrent, Sequential, Softmax, Stages
from analysis.counting.registry import architecture


@architecture(
    "seq2seq",
    "Sequence to sequence",
    group="language",
    example="word pair",
    input_shape=(1, 1),
    sources=("sutskever2014sequence",),
    where="section 3.4",
    note="One word of the source and one of the target; a pair of sentences takes the one as often as it has source "
    "words and the other as often as it has target words. Without biases the parameters are the 384 million of the "
    "paper, 240 million of them rows of tables that are looked up and cost no product.",
    since="2018-05",
)
def seq2seq() -> Layer:
    """Four layers of a thousand LSTM cells on either side, and a softmax over 80,000 words."""
    return lstm_translator(source_words=160_000, target_words=80_000, width=1000, layers=4)


def lstm_translator(*, source_words: int, target_words: int, width: int, layers: int) -> Layer:
    """Embedding and LSTM layers of one width on either side; the state of the encoder starts the decoder."""
    recurrent = Recurrent(width, width, layers=layers, bias=False)
    output = Sequential((Linear(width, target_words, bias=False), Softmax()))
    encoder = Stages((("embedding", Embedding(source_words, width)), ("recurrent layers", recurrent)))
    decoder = Stages(
        (("embedding", Embedding(target_words, width)), ("recurrent layers", recurrent), ("output", output))
    )
    return EncoderDecoder(encoder, decoder)
