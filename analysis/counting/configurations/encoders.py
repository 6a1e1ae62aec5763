"""Families with an encoder, of text, images or speech, from their configurations."""

from typing import Final

from analysis.counting.architectures.transformer import bert as bert_network
from analysis.counting.architectures.vit import classifier
from analysis.counting.architectures.vit import vit as vit_network
from analysis.counting.architectures.whisper import Half, Whisper
from analysis.counting.configurations.configured import Configured, no_text, text_length
from analysis.counting.configurations.reading import Config
from analysis.counting.layers import Activation, Layer, Linear, Sequential, Step

# RoBERTa counts positions from the number of its padding token, 1, onwards, and so leaves two rows unused.
UNUSED_POSITIONS: Final = 2


def bert(config: Config, length: int | None) -> Configured:
    """BERT: the encoder and its pooler."""
    config.expect_architecture("BertModel", "BertForMaskedLM", "BertForPreTraining")
    return _encoder(config, "BERT", length, unused=0)


def roberta(config: Config, length: int | None) -> Configured:
    """RoBERTa, in one language or many: BERT with a longer table of positions."""
    config.expect_architecture("RobertaModel", "RobertaForMaskedLM", "XLMRobertaModel", "XLMRobertaForMaskedLM")
    config.expect("pad_token_id", allowed=UNUSED_POSITIONS - 1)
    return _encoder(config, "RoBERTa", length, unused=UNUSED_POSITIONS)


def vit(config: Config, length: int | None) -> Configured:
    """A vision transformer with the head of its class: one of classification, or a pooler."""
    no_text(config, length)
    pixels, patch = config.size("image_size"), config.size("patch_size")
    channels, width = config.size("num_channels"), config.size("hidden_size")
    network = vit_network(
        width=width,
        depth=config.size("num_hidden_layers"),
        heads=config.size("num_attention_heads"),
        patch=patch,
        pixels=pixels,
        channels=channels,
        inner=config.size("intermediate_size"),
        bias=config.flag("qkv_bias", default=True),
        head=_vit_head(config, width),
    )
    return Configured(
        family="ViT",
        network=network,
        input_shape=(channels, pixels, pixels),
        length=None,
        longest=None,
        tokens=(pixels // patch) ** 2 + 1,
    )


def whisper(config: Config, length: int | None) -> Configured:
    """Whisper: the encoder of half a minute of speech and the decoder of a text."""
    config.expect_architecture("WhisperForConditionalGeneration")
    # Another name for the layers of the encoder.
    config.expect("num_hidden_layers", allowed=config.size("encoder_layers"))
    config.expect("tie_word_embeddings", allowed=True)
    heard, longest = config.size("max_source_positions"), config.size("max_target_positions")
    length = text_length(length, longest)
    network = Whisper(
        width=config.size("d_model"),
        encoder=_half(config, "encoder"),
        decoder=_half(config, "decoder"),
        bands=config.size("num_mel_bins"),
        vocabulary=config.size("vocab_size"),
        length=longest,
    )
    return Configured(
        family="Whisper",
        network=network.network(),
        # The second convolution halves the number of frames.
        input_shape=(network.bands, 2 * heard, length),
        length=length,
        longest=longest,
        decoding=network.decoding(cached=length - 1, heard=heard),
        note="the positions of the encoder are fixed and no parameters",
    )


def _encoder(config: Config, family: str, given: int | None, *, unused: int) -> Configured:
    """The encoder and its pooler; the table of positions has so many rows that no text uses."""
    config.expect("is_decoder", allowed=False)
    config.expect("position_embedding_type", allowed="absolute")
    positions = config.size("max_position_embeddings")
    longest = positions - unused
    length = text_length(given, longest)
    if length > longest:
        raise config.fault(f"--length is {length}; expected at most {longest}, the longest text it takes")
    network = bert_network(
        layers=config.size("num_hidden_layers"),
        width=config.size("hidden_size"),
        heads=config.size("num_attention_heads"),
        inner=config.size("intermediate_size"),
        vocabulary=config.size("vocab_size"),
        segments=config.size("type_vocab_size"),
        length=positions,
    )
    return Configured(
        family=family,
        network=network,
        input_shape=(length,),
        length=length,
        longest=longest,
        tokens=length,
        note="the encoder and its pooler, without the heads of pre-training",
    )


def _half(config: Config, name: str) -> Half:
    return Half(
        layers=config.size(f"{name}_layers"),
        heads=config.size(f"{name}_attention_heads"),
        inner=config.size(f"{name}_ffn_dim"),
    )


def _vit_head(config: Config, width: int) -> Layer:
    found = config.expect_architecture("ViTForImageClassification", "ViTModel")
    # Stated in files for either class.
    pooled = config.size("pooler_output_size", width)
    if found == "ViTModel":
        return Sequential((Step(), Linear(width, pooled), Activation("tanh")))
    classes = config.entries("id2label")
    # A file that states neither has two classes.
    return classifier(width, config.size("num_labels", 2) if classes is None else classes)
