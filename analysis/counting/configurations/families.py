"""The families of configurations by their `model_type`."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from analysis.counting.configurations import decoders, encoders
from analysis.counting.configurations.configured import Configured
from analysis.counting.configurations.reading import Config, load_config, name_shown
from analysis.errors import ShapeError, did_you_mean

FAMILIES: Final[Mapping[str, Callable[[Config, int | None], Configured]]] = MappingProxyType(
    {
        "bert": encoders.bert,
        "gemma": decoders.gemma,
        "gemma2": decoders.gemma2,
        "gemma3_text": decoders.gemma3,
        "gpt2": decoders.gpt2,
        "gpt_neox": decoders.gpt_neox,
        "llama": decoders.llama,
        "mistral": decoders.mistral,
        "mixtral": decoders.mixtral,
        "qwen2": decoders.qwen2,
        "qwen3": decoders.qwen3,
        "qwen3_moe": decoders.qwen3_moe,
        "roberta": encoders.roberta,
        "vit": encoders.vit,
        "whisper": encoders.whisper,
        "xlm-roberta": encoders.roberta,
    }
)


def configured(path: Path, length: int | None) -> Configured:
    """The network of a configuration at a length of text, or at a usual one. Raises: CountingError."""
    config = load_config(path)
    config.read.add("model_type")
    name = config.values.get("model_type")
    if not isinstance(name, str):
        raise config.fault("no 'model_type'; expected the name of a family, such as llama")
    if name not in FAMILIES:
        raise config.fault(
            f"unknown family '{name_shown(name)}'{did_you_mean(name, FAMILIES)}; expected one of {', '.join(FAMILIES)}"
        )
    config.expect("is_encoder_decoder", allowed=name == "whisper")
    config.expect("add_cross_attention", allowed=False)
    config.expect("tie_encoder_decoder", allowed=False)
    config.expect("pruned_heads", allowed={})
    try:
        found = FAMILIES[name](config, length)
    except ShapeError as error:
        raise config.fault(str(error)) from None
    config.check_all_read()
    return found
