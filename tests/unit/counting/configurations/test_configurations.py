"""Networks from configurations: their published parameters, the step that adds a token, and what is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.__main__ import main
from analysis.counting.configurations.passes import Passes, counted_passes
from analysis.errors import CountingError

Counted = Callable[..., Passes]
LLAMA = {
    "model_type": "llama",
    "architectures": ["LlamaForCausalLM"],
    "hidden_size": 4096,
    "intermediate_size": 14336,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "vocab_size": 128256,
    "max_position_embeddings": 8192,
    "torch_dtype": "bfloat16",
}
MISTRAL = LLAMA | {
    "model_type": "mistral",
    "architectures": ["MistralForCausalLM"],
    "vocab_size": 32000,
    "sliding_window": 4096,
    "max_position_embeddings": 32768,
}
MIXTRAL = MISTRAL | {
    "model_type": "mixtral",
    "architectures": ["MixtralForCausalLM"],
    "sliding_window": None,
    "num_local_experts": 8,
    "num_experts_per_tok": 2,
}
QWEN2 = {
    "model_type": "qwen2",
    "hidden_size": 3584,
    "intermediate_size": 18944,
    "num_hidden_layers": 28,
    "num_attention_heads": 28,
    "num_key_value_heads": 4,
    "vocab_size": 152064,
    "use_sliding_window": False,
    "sliding_window": 131072,
    "max_window_layers": 28,
}
QWEN3 = {
    "model_type": "qwen3",
    "hidden_size": 4096,
    "intermediate_size": 12288,
    "num_hidden_layers": 36,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "head_dim": 128,
    "vocab_size": 151936,
    "use_sliding_window": False,
    "sliding_window": None,
    "max_window_layers": 36,
}
QWEN3_MOE = QWEN3 | {
    "model_type": "qwen3_moe",
    "hidden_size": 2048,
    "num_hidden_layers": 48,
    "num_key_value_heads": 4,
    "max_window_layers": 48,
    "moe_intermediate_size": 768,
    "num_experts": 128,
    "num_experts_per_tok": 8,
    "decoder_sparse_step": 1,
    "mlp_only_layers": [],
}
GEMMA = {
    "model_type": "gemma",
    "hidden_size": 2048,
    "intermediate_size": 16384,
    "num_hidden_layers": 18,
    "num_attention_heads": 8,
    "num_key_value_heads": 1,
    "head_dim": 256,
    "vocab_size": 256000,
}
GEMMA2 = GEMMA | {
    "model_type": "gemma2",
    "hidden_size": 3584,
    "intermediate_size": 14336,
    "num_hidden_layers": 42,
    "num_attention_heads": 16,
    "num_key_value_heads": 8,
    "sliding_window": 4096,
    "final_logit_softcapping": 30.0,
}
GEMMA3 = GEMMA | {
    "model_type": "gemma3_text",
    "hidden_size": 1152,
    "intermediate_size": 6912,
    "num_hidden_layers": 26,
    "num_attention_heads": 4,
    "vocab_size": 262144,
    "sliding_window": 512,
    "sliding_window_pattern": 6,
}
GPT2 = {
    "model_type": "gpt2",
    "n_embd": 768,
    "n_head": 12,
    "n_layer": 12,
    "n_positions": 1024,
    "vocab_size": 50257,
    "activation_function": "gelu_new",
}
NEOX = {
    "model_type": "gpt_neox",
    "hidden_size": 6144,
    "intermediate_size": 24576,
    "num_hidden_layers": 44,
    "num_attention_heads": 64,
    "vocab_size": 50432,
    "rotary_pct": 0.25,
    "use_parallel_residual": True,
    "max_position_embeddings": 2048,
}
BERT = {
    "model_type": "bert",
    "architectures": ["BertForMaskedLM"],
    "hidden_size": 768,
    "intermediate_size": 3072,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "vocab_size": 30522,
    "type_vocab_size": 2,
    "max_position_embeddings": 512,
    "position_embedding_type": "absolute",
}
ROBERTA = BERT | {
    "model_type": "roberta",
    "architectures": ["RobertaForMaskedLM"],
    "vocab_size": 50265,
    "type_vocab_size": 1,
    "max_position_embeddings": 514,
    "pad_token_id": 1,
}
VIT = {
    "model_type": "vit",
    "architectures": ["ViTForImageClassification"],
    "hidden_size": 768,
    "intermediate_size": 3072,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "image_size": 224,
    "patch_size": 16,
    "num_channels": 3,
    "num_labels": 1000,
}
WHISPER = {
    "model_type": "whisper",
    "d_model": 768,
    "encoder_layers": 12,
    "encoder_attention_heads": 12,
    "encoder_ffn_dim": 3072,
    "decoder_layers": 12,
    "decoder_attention_heads": 12,
    "decoder_ffn_dim": 3072,
    "num_hidden_layers": 12,
    "num_mel_bins": 80,
    "max_source_positions": 1500,
    "max_target_positions": 448,
    "vocab_size": 51865,
    "is_encoder_decoder": True,
}
# One block of width 8: two heads of 4, keys for one; a feed-forward layer of 16; 10 tokens.
SMALL = LLAMA | {
    "hidden_size": 8,
    "intermediate_size": 16,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "num_key_value_heads": 1,
    "vocab_size": 10,
}


def without(values: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != key}


@pytest.fixture
def counted(tmp_path: Path) -> Counted:
    """Writes a configuration and counts it."""

    def passes(values: dict[str, Any], length: int | None = None) -> Passes:
        path = tmp_path / "config.json"
        path.write_text(json.dumps(values), encoding="utf-8")
        return counted_passes(path, length)

    return passes


# Totals of the weights that were released. Those of Whisper include the fixed positions of the encoder.
@pytest.mark.parametrize(
    ("values", "params"),
    [
        pytest.param(LLAMA, 8_030_261_248, id="Llama 3 8B"),
        pytest.param(MISTRAL, 7_241_732_096, id="Mistral 7B"),
        pytest.param(MIXTRAL, 46_702_792_704, id="Mixtral 8x7B"),
        pytest.param(QWEN2, 7_615_616_512, id="Qwen2 7B"),
        pytest.param(QWEN3, 8_190_735_360, id="Qwen3 8B"),
        pytest.param(QWEN3_MOE, 30_532_122_624, id="Qwen3 30B-A3B"),
        pytest.param(GEMMA, 2_506_172_416, id="Gemma 2B"),
        pytest.param(GEMMA2, 9_241_705_984, id="Gemma 2 9B"),
        pytest.param(GEMMA3, 999_885_952, id="Gemma 3 1B"),
        pytest.param(GPT2, 124_439_808, id="GPT-2"),
        pytest.param(NEOX, 20_554_567_680, id="GPT-NeoX 20B"),
        pytest.param(BERT, 109_482_240, id="BERT base"),
        pytest.param(ROBERTA, 124_645_632, id="RoBERTa base"),
        pytest.param(VIT, 86_567_656, id="ViT-B/16"),
        pytest.param(WHISPER, 241_734_912 - 1500 * 768, id="Whisper small"),
    ],
)
def test_parameters_are_those_of_the_released_weights(counted: Counted, values: dict[str, Any], params: int) -> None:
    assert counted(values).prefill.params == params


# As files have them: of older and newer versions of the library, of training programs and of copies of a model.
@pytest.mark.parametrize(
    ("values", "further"),
    [
        (
            MISTRAL,
            {"attention_bias": False, "rope_theta": 1e4, "quantization_config": {"bits": 4}, "unsloth_fixed": True},
        ),
        (MIXTRAL, {"output_router_logits": False, "router_aux_loss_coef": 0.02, "router_jitter_noise": 0.0}),
        (LLAMA, {"rope_interleaved": False, "is_llama_config": True, "transformers.js_config": {"dtype": "q4"}}),
        (LLAMA, {"torchscript": False, "pruned_heads": {}, "temperature": 1.0, "top_k": 50, "is_decoder": False}),
        (LLAMA, {"max_sequence_length": 2048, "rope_scaling": {"type": "yarn", "factor": 4.0}}),
        (QWEN2, {"use_mrope": False, "layer_types": ["full_attention"] * 28}),
        (without(QWEN3_MOE, "max_window_layers"), {"norm_topk_prob": True}),
        (without(QWEN3_MOE, "num_experts"), {"num_local_experts": 128}),
        (QWEN3_MOE, {"num_local_experts": None}),
        (NEOX, {"rope_parameters": None}),
        (GEMMA2, {"sliding_window_size": 4096, "cache_implementation": "hybrid"}),
        (GEMMA3, {"use_bidirectional_attention": False, "query_pre_attn_scalar": 256}),
        (GPT2, {"n_special": 0, "predict_special_tokens": True, "summary_type": "cls_index"}),
        (NEOX, {"partial_rotary_factor": 0.25}),
        (without(NEOX, "rotary_pct"), {"partial_rotary_factor": 0.25}),
        (without(NEOX, "rotary_pct"), {"rope_parameters": {"partial_rotary_factor": 0.25, "rope_type": "default"}}),
        (VIT, {"pooler_output_size": 768, "pooler_act": "tanh", "encoder_stride": 16}),
    ],
)
def test_keys_that_change_nothing_are_accepted(
    counted: Counted, values: dict[str, Any], further: dict[str, Any]
) -> None:
    plain = {QWEN3_MOE["model_type"]: QWEN3_MOE, NEOX["model_type"]: NEOX}.get(values["model_type"], values)
    assert counted(values | further).prefill == counted(plain).prefill


def test_a_classifier_of_images_that_names_no_classes_has_two(counted: Counted) -> None:
    two = counted(without(VIT, "num_labels")).prefill
    assert two.params == counted(VIT).prefill.params - 998 * (768 + 1)


def test_a_token_is_decoded_with_a_cache(counted: Counted) -> None:
    passes = counted(SMALL, 5)
    # Queries 8x8, keys and values 8x4 each, output 8x8; three layers of 8x16; the vocabulary, 8x10.
    weights = 64 + 32 + 32 + 64 + 3 * 128 + 80
    # Two heads of 4 score and mix every key.
    assert passes.prefill.macs == 5 * weights + 5 * 5 * 16
    assert passes.decode is not None
    assert passes.decode.macs == weights + 5 * 16
    # A table of 10 x 8 and three norms of 8 besides.
    assert passes.training_flop_by_parameters == 6 * (weights + 80 + 24) * 5


def test_a_decoder_of_speech_meets_what_the_encoder_gave_without_computing_it_again(counted: Counted) -> None:
    passes = counted(WHISPER, 10)
    assert passes.decode is not None
    # A block: four layers of 768x768 to itself, two to the encoder; ten keys and 1,500; two layers of 768x3072.
    block = 6 * 768 * 768 + (10 + 1500) * 2 * 768 + 2 * 768 * 3072
    assert passes.decode.macs == 12 * block + 768 * 51865


@pytest.mark.parametrize(
    ("values", "reach"),
    [
        (MISTRAL, [4096] * 32),
        (GEMMA2, [4096, 5000] * 21),
        (GEMMA3, ([512] * 5 + [5000]) * 4 + [512] * 2),
        (GEMMA3 | {"layer_types": None}, ([512] * 5 + [5000]) * 4 + [512] * 2),
        (QWEN2 | {"use_sliding_window": True, "sliding_window": 64, "max_window_layers": 27}, [5000] * 27 + [64]),
        (SMALL | {"num_hidden_layers": 1}, [5000]),
        (
            GEMMA3 | {"num_hidden_layers": 2, "layer_types": ["full_attention", "sliding_attention"]},
            [5000, 512],
        ),
    ],
)
def test_windows_are_where_the_family_puts_them(counted: Counted, values: dict[str, Any], reach: list[int]) -> None:
    rows = [row for row in counted(values, 5000).prefill.rows if row.kind == "attention_products"]
    assert [int(row.detail.split(", ")[1].split()[0]) for row in rows] == reach


def test_only_the_experts_that_a_token_uses_are_in_the_rule(counted: Counted) -> None:
    passes = counted(MIXTRAL)
    # Published as 12.9 billion where the model was announced, and as 13 billion in the paper (jiang2024mixtral).
    assert round(passes.network.used_params / 1e9, 1) == 12.9
    assert passes.training_flop_by_parameters == 6 * passes.network.used_params * 4096


def test_the_command_prints_both_passes_and_the_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "config.json"
    path.write_text(json.dumps(SMALL), encoding="utf-8")
    assert main(["count", str(path), "--length", "5"]) == 0
    text = capsys.readouterr().out
    assert "FLOP, decode      1,472 for one token after 4 in a cache" in text
    assert "22,800 by 6ND" in text
    assert main(["count", str(path), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["input"], record["decode"]["macs"]) == ([4096], 656 + 4096 * 16)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (LLAMA | {"model_type": "lama"}, "unknown family 'lama'; did you mean 'llama'?; expected one of bert, gemma"),
        (without(LLAMA, "model_type"), "no 'model_type'; expected the name of a family, such as llama"),
        (without(LLAMA, "vocab_size"), "no 'vocab_size', on which the count depends; expected a whole number"),
        (without(MISTRAL, "sliding_window"), "no 'sliding_window', on which the count depends; expected a whole"),
        (without(QWEN3, "head_dim"), "no 'head_dim', on which the count depends"),
        *(
            (without(family, "num_key_value_heads"), "no 'num_key_value_heads', on which the count depends")
            for family in (MISTRAL, MIXTRAL, QWEN2, QWEN3, QWEN3_MOE, GEMMA, GEMMA2, GEMMA3)
        ),
        (NEOX | {"num_key_value_heads": 2}, "unknown key 'num_key_value_heads', which may change the count"),
        (NEOX | {"head_dim": 64}, "unknown key 'head_dim', which may change the count"),
        (LLAMA | {"model_type": "lla\nma"}, r"unknown family 'lla\nma'"),
        (LLAMA | {"foo\nbar": 1}, r"unknown key 'foo\nbar'"),
        (LLAMA | {"vocab_size": 10**400}, "'vocab_size' is 1"),
        (LLAMA | {"head_size": 64}, "unknown key 'head_size', which may change the count; did you mean"),
        (LLAMA | {"hidden_size": 4096.0}, "'hidden_size' is 4096.0; expected a whole number above zero"),
        (LLAMA | {"hidden_size": True}, "'hidden_size' is true; expected a whole number above zero"),
        (LLAMA | {"attention_bias": 1}, "'attention_bias' is 1; expected true or false"),
        (LLAMA | {"num_hidden_layers": 10**12}, "'num_hidden_layers' is 1000000000000; expected at most 10,000"),
        (
            NEOX | {"num_attention_heads": 7},
            "'hidden_size' is 6144; expected a multiple of 'num_attention_heads', 7",
        ),
        (GPT2 | {"n_head": 7}, "'n_embd' is 768; expected a multiple of 'n_head', 7"),
        (LLAMA | {"num_key_value_heads": 5}, "attention: 'heads' is 32; expected a multiple of 'key_heads', 5"),
        (
            LLAMA | {"architectures": ["LlamaForSequenceClassification"]},
            "'architectures' is [\"LlamaForSequenceClassification\"]; expected LlamaForCausalLM, as other heads",
        ),
        (BERT | {"position_embedding_type": "relative_key"}, "'position_embedding_type' is \"relative_key\"; expected"),
        (QWEN3_MOE | {"decoder_sparse_step": 2}, "'decoder_sparse_step' is 2; expected 1, as others are not counted"),
        (GEMMA2 | {"layer_types": ["full_attention"]}, "'layer_types' has 1 entries; expected 42, one for each layer"),
        (LLAMA | {"pruned_heads": {"1": [0, 2]}}, "'pruned_heads' is {\"1\": [0, 2]}; expected {}, as others"),
        (MISTRAL | {"attention_bias": True}, "'attention_bias' is true; expected false, as others are not counted"),
        (QWEN2 | {"attention_bias": False}, "'attention_bias' is false; expected true, as others are not counted"),
        (GEMMA2 | {"sliding_window_size": 2048}, "'sliding_window_size' is 2048; expected 4096, as others are not"),
        (GEMMA3 | {"use_bidirectional_attention": True}, "'use_bidirectional_attention' is true; expected false, as"),
        (QWEN3_MOE | {"num_local_experts": 64}, "'num_experts' is 128; expected 64, as others are not counted"),
        (QWEN3_MOE | {"use_sliding_window": True}, "'use_sliding_window' is true; expected false, as others are"),
        (NEOX | {"partial_rotary_factor": 0.5}, "'partial_rotary_factor' is 0.5; expected 0.25, as others are not"),
        (without(NEOX, "rotary_pct") | {"rope_parameters": 1}, "'rope_parameters' is 1; expected a table"),
        (ROBERTA | {"pad_token_id": 0}, "'pad_token_id' is 0; expected 1, as others are not counted"),
        (NEOX | {"rotary_pct": 2}, "'rotary_pct' is 2; expected a number from 0 to 1"),
    ],
)
def test_what_may_change_the_count_is_refused(counted: Counted, values: dict[str, Any], message: str) -> None:
    with pytest.raises(CountingError) as caught:
        counted(values)
    assert f"config.json: {message}" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "holds a list; expected a JSON object with the key 'model_type'"),
        ("{", "expected a configuration in JSON"),
        ("[" * 100_000, "expected a configuration in JSON"),
        ('{"vocab_size": 1, "vocab_size": 2}', "two keys 'vocab_size'"),
        ("\udcff", "expected a configuration in JSON"),
    ],
)
def test_a_file_that_is_no_configuration_is_refused_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "config.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(CountingError, match=message):
        counted_passes(path)


@pytest.mark.parametrize(
    ("values", "length", "message"),
    [
        (VIT, 5, "--length is given, but this network reads no text"),
        (ROBERTA, 513, "--length is 513; expected at most 512, the longest text it takes"),
        (GPT2, 1025, "positions got 1025x768; needs at most 1024 steps of 768"),
    ],
)
def test_a_length_that_does_not_fit_is_refused(
    counted: Counted, values: dict[str, Any], length: int, message: str
) -> None:
    with pytest.raises(CountingError, match=message):
        counted(values, length)
