"""Families with an encoder, of text, images or speech, from their configurations."""

from analysis.counting.architectures.transformer import bert as bert_network
from analysis.counting.architectures.vit import classifier
from analysis.counting.architectures.vit import vit as vit_network
from analysis.counting.architectures.whisper import Half, Whisper
from analysis.counting.configurations.configured import Configured, no_text, text_length
from analysis.counting.configurations.reading import Config
from analysis.counting.layers import Activation, Layer, Linear, Sequential, Step


def bert(config: Config, length: int | None) -> Configured:
    """BERT: the encoder and its pooler."""
    config.expect_architecture("BertModel", "BertForMaskedLM", "BertForPreTraining")
    config.expect("is_decoder", allowed=False)
    config.expect("add_cross_attention", allowed=False)
    config.expect("position_embedding_type", allowed="absolute")
    longest = config.size("max_position_embeddings")
    length = text_length(length, longest)
    network = bert_network(
        layers=config.size("num_hidden_layers"),
        width=config.size("hidden_size"),
        heads=config.size("num_attention_heads"),
        inner=config.size("intermediate_size"),
        vocabulary=config.size("vocab_size"),
        segments=config.size("type_vocab_size"),
        length=longest,
    )
    return Configured(
        family="BERT",
        network=network,
        input_shape=(length,),
        length=length,
        longest=longest,
        tokens=length,
        note="the encoder and its pooler, without the heads of pre-training",
    )


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


def _half(config: Config, name: str) -> Half:
    return Half(
        layers=config.size(f"{name}_layers"),
        heads=config.size(f"{name}_attention_heads"),
        inner=config.size(f"{name}_ffn_dim"),
    )


def _vit_head(config: Config, width: int) -> Layer:
    found = config.expect_architecture("ViTForImageClassification", "ViTModel")
    if found == "ViTModel":
        return Sequential((Step(), Linear(width, config.size("pooler_output_size", width)), Activation("tanh")))
    classes = config.entries("id2label")
    return classifier(width, config.size("num_labels") if classes is None else classes)
