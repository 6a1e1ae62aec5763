"""The passes of a configured network, counted: over its whole input, and for one token after a cache."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.counting.configurations.configured import Configured
from analysis.counting.configurations.families import configured
from analysis.counting.convention import PRODUCTS, Convention
from analysis.counting.count import Breakdown, count
from analysis.counting.report import record, summary_lines, training_lines
from analysis.errors import CountingError, ShapeError
from analysis.numerals import grouped, numeral, of_count


@dataclass(frozen=True, slots=True, kw_only=True)
class Passes:
    """A configured network, the breakdown of its whole input, and that of one token after a cache if it writes text."""

    network: Configured
    prefill: Breakdown
    decode: Breakdown | None

    @property
    def flop_per_parameter_and_token(self) -> int:
        """The 6 of 6ND: one multiply-add in each of three passes. Source: kaplan2020scaling, section 2.1."""
        return self.prefill.convention.flop_per_mac * self.prefill.convention.passes

    @property
    def training_flop_by_parameters(self) -> int | None:
        """FLOP of a training step by 6ND, where that applies."""
        if self.network.tokens is None:
            return None
        tokens = self.prefill.batch * self.network.tokens
        return self.flop_per_parameter_and_token * self.network.used_params * tokens


def counted_passes(
    path: Path, length: int | None = None, *, batch: int = 1, convention: Convention = PRODUCTS
) -> Passes:
    """The passes of the network in a configuration. Raises: CountingError."""
    network = configured(path, length)
    try:
        prefill = count(network.network, network.input_shape, batch=batch, convention=convention)
        one = network.decoding
        decode = count(one, (1,), batch=batch, convention=convention) if one else None
    except ShapeError as error:
        raise CountingError(f"{path}: {error}") from None
    return Passes(network=network, prefill=prefill, decode=decode)


def passes_record(title: str, passes: Passes) -> dict[str, Any]:
    """The record of the whole input, with the other pass and 6ND, as JSON data; None for what there is not."""
    decode = passes.decode and {"macs": passes.decode.macs, "inference_flop": passes.decode.inference_flop}
    return {
        "network": title,
        "family": passes.network.family,
        "used_params": passes.network.used_params,
        "training_flop_by_parameters": passes.training_flop_by_parameters,
        "decode": decode,
        **record(passes.prefill),
    }


def passes_lines(title: str, passes: Passes, *, length_given: bool) -> Iterator[str]:
    """The summary of the whole input, then one token after a cache, a training step, and the same by 6ND."""
    network = passes.network
    note = f", {network.note}" if network.note else ""
    yield from summary_lines(f"{network.family} ({title}){note}", passes.prefill)
    if network.length is not None:
        yield f"  length            {length_words(network, network.length, given=length_given)}"
    if passes.decode:
        cached = grouped((network.length or 1) - 1)
        yield f"  FLOP, decode      {passes.decode.inference_flop:,.0f} for one token after {cached} in a cache"
    yield from training_lines(passes.prefill)
    by_parameters = passes.training_flop_by_parameters
    if by_parameters is not None and network.tokens is not None:
        ratio = numeral(by_parameters / passes.prefill.training_flop, 3)
        used = grouped(network.used_params)
        yield (
            f"                    {grouped(by_parameters)} by {passes.flop_per_parameter_and_token}ND, {ratio} of the "
            f"counted; a token uses N = {used} parameters"
        )


def length_words(network: Configured, length: int, *, given: bool) -> str:
    """The length of a text, and why it is that long where it is not given."""
    why = "the longest it takes" if length == network.longest else "a usual length in training"
    return f"{grouped(length)} {of_count('token', length)}{'' if given else f' ({why}; --length takes another)'}"
