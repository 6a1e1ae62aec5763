"""What a configuration says: the network over a whole input, and the step that adds one token to a cache."""

from dataclasses import dataclass
from typing import Final

from analysis.counting.configurations.reading import Config
from analysis.counting.layers import Layer, Shape
from analysis.counting.layers.mixture import used_params

# A usual length of the texts that language models are trained on; most models take longer ones.
DEFAULT_LENGTH: Final = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """A network by its configuration, at one length.

    `decoding` computes one token after `cached` others. `length_used` is a text's, None where there is none; `tokens`
    are those for the rule of 6ND, None where it does not apply, because parts of the network see different lengths.
    """

    family: str
    network: Layer
    input_shape: Shape
    length: int | None
    longest: int | None
    decoding: Layer | None = None
    tokens: int | None = None
    note: str = ""

    @property
    def used_params(self) -> int:
        """The parameters that one token uses, the N of 6ND."""
        return used_params(self.network)


def text_length(given: int | None, longest: int | None) -> int:
    """The length of a text: the one given, or a usual one that the model takes."""
    return given or min(DEFAULT_LENGTH, longest or DEFAULT_LENGTH)


def no_text(config: Config, length: int | None) -> None:
    """Raises: CountingError where a length of text is given to a network that reads none."""
    if length is not None:
        raise config.fault("--length is given, but this network reads no text")
