"""Families of decoders, from their configurations.

A key that a file leaves out has the default of the family's class in the library `transformers`, where that is a fixed
rule; a default that is only the size of one model counts as missing.
"""

from dataclasses import replace
from typing import Any

from analysis.counting.architectures.decoder import Decoder, Experts
from analysis.counting.architectures.gpt import gpt_decoder
from analysis.counting.configurations.configured import Configured, text_length
from analysis.counting.configurations.reading import Config, name_shown

FULL, SLIDING = "full_attention", "sliding_attention"


def llama(config: Config, length: int | None) -> Configured:
    """Llama, in all versions that read only text."""
    config.expect_architecture("LlamaForCausalLM")
    bias = config.flag("attention_bias", default=False)
    decoder = Decoder(
        **_sizes(config),
        key_heads=config.optional_size("num_key_value_heads"),
        head_width=config.optional_size("head_dim"),
        inner=config.size("intermediate_size"),
        attention_bias=bias,
        output_bias=bias,
        feed_forward_bias=config.flag("mlp_bias", default=False),
        tied=config.flag("tie_word_embeddings", default=False),
    )
    return _text(config, "Llama", decoder, length)


def mistral(config: Config, length: int | None) -> Configured:
    """Mistral, whose first version attends to a window."""
    config.expect_architecture("MistralForCausalLM")
    _expect_biases(config, attention=False)
    decoder = Decoder(
        **_grouped_sizes(config),
        inner=config.size("intermediate_size"),
        windows=_windows(config, (config.stated_size("sliding_window"),)),
        tied=config.flag("tie_word_embeddings", default=False),
    )
    return _text(config, "Mistral", decoder, length)


def mixtral(config: Config, length: int | None) -> Configured:
    """Mixtral, in which every token uses some of the experts."""
    config.expect_architecture("MixtralForCausalLM")
    _expect_biases(config, attention=False)
    inner = config.size("intermediate_size")
    decoder = Decoder(
        **_grouped_sizes(config),
        inner=inner,
        experts=Experts(
            number=config.size("num_local_experts"), active=config.size("num_experts_per_tok"), inner=inner
        ),
        windows=_windows(config, (config.optional_size("sliding_window"),)),
        tied=config.flag("tie_word_embeddings", default=False),
    )
    return _text(config, "Mixtral", decoder, length)


def qwen2(config: Config, length: int | None) -> Configured:
    """Qwen2 and 2.5, with biases for queries, keys and values."""
    config.expect_architecture("Qwen2ForCausalLM")
    _expect_biases(config, attention=True)
    decoder = Decoder(
        **_grouped_sizes(config),
        inner=config.size("intermediate_size"),
        attention_bias=True,
        windows=_late_windows(config),
        tied=config.flag("tie_word_embeddings", default=False),
    )
    return _text(config, "Qwen2", decoder, length)


def qwen3(config: Config, length: int | None) -> Configured:
    """Qwen3, whose heads of queries and keys are normalised."""
    config.expect_architecture("Qwen3ForCausalLM")
    return _text(config, "Qwen3", _qwen3(config, config.size("intermediate_size"), None), length)


def qwen3_moe(config: Config, length: int | None) -> Configured:
    """Qwen3 with experts in every block."""
    config.expect_architecture("Qwen3MoeForCausalLM")
    config.expect("decoder_sparse_step", allowed=1)
    config.expect("mlp_only_layers", allowed=[])
    # Which blocks would have windows differs between libraries.
    config.expect("use_sliding_window", allowed=False)
    # The width of blocks without experts, of which there are none.
    config.optional_size("intermediate_size")
    inner = config.size("moe_intermediate_size")
    # New files have another name for the number of experts.
    number = config.size("num_local_experts" if config.states("num_local_experts") else "num_experts")
    config.expect("num_experts", allowed=number)
    experts = Experts(number=number, active=config.size("num_experts_per_tok"), inner=inner)
    return _text(config, "Qwen3, mixture of experts", _qwen3(config, inner, experts), length)


def gemma(config: Config, length: int | None) -> Configured:
    """Gemma, the first version."""
    config.expect_architecture("GemmaForCausalLM")
    return _text(config, "Gemma", _gemma(config), length)


def gemma2(config: Config, length: int | None) -> Configured:
    """Gemma 2, with norms on both sides and a window in every other block, the first one included."""
    config.expect_architecture("Gemma2ForCausalLM")
    window = config.size("sliding_window")
    # Another name for the same in old files.
    config.expect("sliding_window_size", allowed=window)
    windows = _windows(config, (window, None))
    return _text(config, "Gemma 2", replace(_gemma(config), norms_after=True, windows=windows), length)


def gemma3(config: Config, length: int | None) -> Configured:
    """Gemma 3 without images: a window in all blocks but every n-th, and heads normalised."""
    config.expect_architecture("Gemma3ForCausalLM")
    window = config.size("sliding_window")
    # Old files state the period n, new ones the kind of each block, and some state both.
    config.optional_size("sliding_window_pattern")
    usual = () if config.states("layer_types") else (window,) * (config.blocks("sliding_window_pattern") - 1)
    windows = _windows(config, (*usual, None))
    decoder = replace(_gemma(config), norms_after=True, head_norm=True, windows=windows)
    return _text(config, "Gemma 3", decoder, length)


def gpt2(config: Config, length: int | None) -> Configured:
    """GPT-2, with learned positions."""
    config.expect_architecture("GPT2LMHeadModel")
    width = config.size("n_embd")
    config.expect_multiple("n_embd", "n_head")
    positions = config.size("n_positions")
    decoder = gpt_decoder(
        layers=config.blocks("n_layer"),
        width=width,
        heads=config.size("n_head"),
        inner=config.size("n_inner", 4 * width),
        vocabulary=config.size("vocab_size"),
        positions=positions,
        tied=config.flag("tie_word_embeddings", default=True),
    )
    return _text(config, "GPT-2", decoder, length, longest=positions)


def gpt_neox(config: Config, length: int | None) -> Configured:
    """GPT-NeoX and Pythia: blocks in parallel, a part of each head turned."""
    config.expect_architecture("GPTNeoXForCausalLM")
    sizes = _sizes(config)
    config.expect_multiple("hidden_size", "num_attention_heads")
    head = sizes["width"] // sizes["heads"]
    bias = config.flag("attention_bias", default=True)
    decoder = Decoder(
        **sizes,
        inner=config.size("intermediate_size"),
        rotary=int(head * _turned_share(config)),
        gated=False,
        activation="gelu",
        parallel=config.flag("use_parallel_residual", default=True),
        norm="layer",
        attention_bias=bias,
        output_bias=bias,
        feed_forward_bias=True,
        tied=config.flag("tie_word_embeddings", default=False),
    )
    return _text(config, "GPT-NeoX", decoder, length)


def _turned_share(config: Config) -> float:
    """The part of each head that GPT-NeoX turns, under each of the names that versions of its files have for it."""
    also = "partial_rotary_factor"
    if config.states("rotary_pct"):
        share = config.share("rotary_pct")
        config.expect(also, allowed=config.values["rotary_pct"])
        return share
    return (config.within("rope_parameters") if config.states("rope_parameters") else config).share(also)


def _sizes(config: Config) -> dict[str, Any]:
    """The sizes that all but GPT-2 call by one name."""
    return {
        "layers": config.blocks("num_hidden_layers"),
        "width": config.size("hidden_size"),
        "heads": config.size("num_attention_heads"),
        "vocabulary": config.size("vocab_size"),
    }


def _grouped_sizes(config: Config) -> dict[str, Any]:
    """The same of a family whose class has a number of its own of keys; with null they are as many as queries."""
    return {
        **_sizes(config),
        "key_heads": config.stated_size("num_key_value_heads"),
        "head_width": config.optional_size("head_dim"),
    }


def _expect_biases(config: Config, *, attention: bool) -> None:
    """Refuses other biases than the class has, which reads none of these keys."""
    config.expect("attention_bias", allowed=attention)
    config.expect("mlp_bias", allowed=False)


def _qwen3(config: Config, inner: int, experts: Experts | None) -> Decoder:
    # Its class has a default that does not follow from the other sizes.
    config.size("head_dim")
    bias = config.flag("attention_bias", default=False)
    return Decoder(
        **_grouped_sizes(config),
        inner=inner,
        experts=experts,
        head_norm=True,
        attention_bias=bias,
        output_bias=bias,
        windows=_late_windows(config),
        tied=config.flag("tie_word_embeddings", default=False),
    )


def _gemma(config: Config) -> Decoder:
    config.size("head_dim")
    # With true, a window reaches to both sides of a token.
    config.expect("use_bidirectional_attention", allowed=False)
    bias = config.flag("attention_bias", default=False)
    return Decoder(
        **_grouped_sizes(config),
        inner=config.size("intermediate_size"),
        activation="gelu",
        attention_bias=bias,
        output_bias=bias,
        tied=config.flag("tie_word_embeddings", default=True),
    )


def _late_windows(config: Config) -> tuple[int | None, ...]:
    """The windows of Qwen: in the blocks after the first `max_window_layers`, if they are used at all."""
    # Stated in files that do not use them, too.
    config.optional_size("sliding_window")
    used = config.flag("use_sliding_window", default=False)
    first = config.whole_number("max_window_layers", None if used else 0)
    if not used:
        return _windows(config, (None,))
    layers, window = config.blocks("num_hidden_layers"), config.size("sliding_window")
    return _windows(config, tuple(None if number < first else window for number in range(layers)))


def _windows(config: Config, usual: tuple[int | None, ...]) -> tuple[int | None, ...]:
    """The reach of each block by `layer_types`, where the file lists them, else as usual in the family."""
    kinds = config.texts("layer_types")
    if kinds is None:
        return usual
    layers = config.blocks("num_hidden_layers")
    if len(kinds) != layers:
        raise config.fault(f"'layer_types' has {len(kinds)} entries; expected {layers}, one for each layer")
    if other := sorted(set(kinds) - {FULL, SLIDING}):
        raise config.fault(f"'layer_types' holds '{name_shown(other[0])}'; expected {FULL} or {SLIDING}")
    window = config.size("sliding_window") if SLIDING in kinds else None
    return tuple(window if kind == SLIDING else None for kind in kinds)


def _text(
    config: Config, family: str, decoder: Decoder, given: int | None, *, longest: int | None = None
) -> Configured:
    longest = longest or config.optional_size("max_position_embeddings")
    length = text_length(given, longest)
    return Configured(
        family=family,
        network=decoder.network(),
        input_shape=(length,),
        length=length,
        longest=longest,
        decoding=replace(decoder, cached=length - 1).network(),
        tokens=length,
    )
