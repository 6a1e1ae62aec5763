"""Reads a configuration: a JSON file in, values by key out, each checked and noted as used.

What no family reads must be known to change nothing; any other key stops the count.
"""

import json
import re
from pathlib import Path
from typing import Any, Final

from analysis.counting.layers.base import whole
from analysis.errors import CountingError, did_you_mean

# More than a hundred times the longest known; a file of weights given by mistake is not read in.
MOST_BYTES: Final = 10_000_000
# More than ten times as many as any published network has: blocks are made one by one.
MOST_BLOCKS: Final = 10_000
# A thousand times the parameters of any model: no size of one is near it.
MOST_OF_ANYTHING: Final = 10**15
# Keys that change no product and no parameter.
WITHOUT_EFFECT: Final = re.compile(
    r"""
    # Tokens, files and what reads them.
    _.+ | \w+_token_id | (begin_)?suppress_tokens | forced_decoder_ids | tokenizer_class | transformers_version
    | (torch_)?dtype | quantization_config | id2label | label2id | finetuning_task | task_specific_params | problem_type
    | num_labels | prefix | transformers\.js_config | unsloth_\w+
    # How weights are started and trained, and how text is made.
    | \w*dropout\w* | \w+_pdrop | \w+_layerdrop | mask_(time|feature)_\w+ | apply_spec_augment | init_std
    | initializer_(range|factor) | router_(aux_loss_coef|jitter_noise) | gradient_checkpointing | do_sample
    | (min|max)_length | max_sequence_length | early_stopping | num_(beams|beam_groups|return_sequences)
    | (diversity|repetition|length|exponential_decay_length)_penalty | temperature | top_[kp] | typical_p
    | (encoder_)?no_repeat_ngram_size | bad_words_ids | remove_invalid_values | return_dict(_in_generate)?
    | output_(attentions|hidden_states|past|router_logits|scores) | use_cache | cache_implementation
    | chunk_size_feed_forward | torchscript | use_bfloat16 | tf_legacy_loss
    | pretraining_tp | reorder_and_upcast_attn | median_filter_width | directionality
    # Functions and factors of single numbers.
    | hidden_act(ivation)? | activation_function | pooler_act | (rms|layer)_norm_eps(ilon)? | rope_(theta|scaling)
    | rope_(parameters|local_base_freq|interleaved) | rotary_emb_base | use_mrope
    | (attn|final)_logit_softcapping | query_pre_attn_scalar
    | norm_topk_prob | scale_(attn_weights|attn_by_inverse_layer_idx|embedding)
    # What the classes of these families pass over.
    | is_(decoder|llama_config) | cross_attention_hidden_size | n_special | predict_special_tokens
    # Heads of classes that are not counted, and the tie of a softmax that is no part of a network.
    | summary_\w+ | pooler_(fc_size|num_attention_heads|num_fc_layers|size_per_head|type) | classifier_proj_size
    | use_weighted_layer_sum | encoder_stride | n_ctx | tie_word_embeddings
    """,
    re.VERBOSE,
)


class Config:
    """The values of a configuration. Reading a key notes it, so that one that nothing has read is found at the end."""

    def __init__(self, path: Path, values: dict[str, Any]) -> None:
        self.path = path
        self.values = values
        self.read: set[str] = set()

    def states(self, key: str) -> bool:
        """Whether the file gives a value, which null is not."""
        return self._value(key) is not None

    def size(self, key: str, default: int | None = None) -> int:
        """A whole number above zero; without a default the file must give it. Raises: CountingError."""
        found = self.optional_size(key)
        if found is not None:
            return found
        if default is None:
            raise self.fault(f"no '{key}', on which the count depends; expected a whole number above zero")
        return default

    def blocks(self, key: str) -> int:
        """A number of blocks. Raises: CountingError."""
        found = self.size(key)
        if found > MOST_BLOCKS:
            raise self._misfit(key, f"at most {MOST_BLOCKS:,}")
        return found

    def optional_size(self, key: str) -> int | None:
        """A whole number above zero, or None where it is missing or null. Raises: CountingError."""
        found = self._value(key)
        if found is None:
            return None
        if not whole(found, 1):
            raise self._misfit(key, "a whole number above zero")
        if found > MOST_OF_ANYTHING:
            raise self._misfit(key, f"at most {MOST_OF_ANYTHING:,}")
        return int(found)

    def whole_number(self, key: str, default: int | None = None) -> int:
        """A whole number from zero up; without a default the file must give it. Raises: CountingError."""
        found = self._value(key)
        if found is None and default is not None:
            return default
        if not whole(found, 0):
            raise self._misfit(key, "a whole number from zero up")
        return int(found)

    def stated_size(self, key: str) -> int | None:
        """A whole number above zero, or a null that the file must state. Raises: CountingError."""
        if key not in self.values:
            raise self.fault(f"no '{key}', on which the count depends; expected a whole number above zero or null")
        return self.optional_size(key)

    def share(self, key: str) -> float:
        """A number from zero to one, which the file must give. Raises: CountingError."""
        found = self._value(key)
        if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= 1:
            raise self._misfit(key, "a number from 0 to 1")
        return float(found)

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false. Raises: CountingError."""
        found = self._value(key)
        if found is None:
            return default
        if not isinstance(found, bool):
            raise self._misfit(key, "true or false")
        return found

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A list of words, or None where it is missing or null. Raises: CountingError."""
        found = self._value(key)
        if found is None:
            return None
        if not (isinstance(found, list) and all(isinstance(text, str) for text in found)):
            raise self._misfit(key, "a list of words")
        return tuple(found)

    def within(self, key: str) -> "Config":
        """The table under a key, as a configuration of its own. Raises: CountingError."""
        found = self._value(key)
        if not isinstance(found, dict):
            raise self._misfit(key, "a table")
        return Config(self.path, found)

    def entries(self, key: str) -> int | None:
        """How many entries a table such as `id2label` has, or None where it is missing. Raises: CountingError."""
        found = self._value(key)
        if found is not None and not (isinstance(found, dict) and found):
            raise self._misfit(key, "a table")
        return len(found) if found is not None else None

    def expect(self, key: str, *, allowed: object) -> None:
        """Refuses every other value of a key; one that is missing or null passes. Raises: CountingError."""
        found = self._value(key)
        # Not by ==: 1 equals True to Python.
        if found is not None and _shown(found) != _shown(allowed):
            raise self._misfit(key, f"{_shown(allowed)}, as others are not counted")

    def expect_multiple(self, key: str, of: str) -> None:
        """Refuses a size that does not divide into equal parts. Raises: CountingError."""
        if (size := self.size(key)) % (parts := self.size(of)):
            raise self.fault(f"'{key}' is {size}; expected a multiple of '{of}', {parts}")

    def expect_architecture(self, *names: str) -> str | None:
        """The class that the file is for, which must be one of those named. Raises: CountingError."""
        found = self.texts("architectures")
        if found is None:
            return None
        if len(found) != 1 or found[0] not in names:
            raise self._misfit("architectures", f"{' or '.join(names)}, as other heads are not counted")
        return found[0]

    def check_all_read(self) -> None:
        """Raises: CountingError for a key that may change the count and that nothing has read."""
        for key in self.values:
            if key not in self.read and not WITHOUT_EFFECT.fullmatch(key):
                near = did_you_mean(key, sorted(self.read))
                raise self.fault(f"unknown key '{name_shown(key)}', which may change the count{near}")

    def fault(self, message: str) -> CountingError:
        """An error that names the file."""
        return CountingError(f"{self.path}: {message}")

    def _value(self, key: str) -> Any:
        self.read.add(key)
        return self.values.get(key)

    def _misfit(self, key: str, expected: str) -> CountingError:
        return self.fault(f"'{key}' is {_shown(self.values.get(key))}; expected {expected}")


def load_config(path: Path) -> Config:
    """The configuration in a file. Raises: CountingError where there is no JSON object, or one that repeats a key."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CountingError(f"{path}: more than {MOST_BYTES:,} bytes; expected a configuration such as config.json")
        text = path.read_text(encoding="utf-8-sig")
        values = json.loads(text, object_pairs_hook=_once)
    except OSError as error:
        raise CountingError(f"{path}: {error.strerror}; expected a configuration such as config.json") from None
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:100]
        raise CountingError(f"{path}: {reason}; expected a configuration in JSON") from None
    if not isinstance(values, dict):
        raise CountingError(
            f"{path}: holds a {type(values).__name__}; expected a JSON object with the key 'model_type'"
        )
    return Config(path, values)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key in values:
            raise ValueError(f"two keys '{key[:60]}'")
        values[key] = value
    return values


def name_shown(name: str) -> str:
    """A name from a file on one line, cut where it is long."""
    return json.dumps(name, ensure_ascii=False)[1:-1][:60]


def _shown(value: object) -> str:
    """A value as JSON, cut where it is long."""
    return json.dumps(value)[:60]
