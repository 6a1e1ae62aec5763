"""The command `python -m analysis count NETWORK --training-run`: from a network to a run, by both methods."""

import json
import re
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from analysis.counting.command import breakdown_of, is_configuration, passes_of
from analysis.counting.configurations.passes import length_words
from analysis.counting.count import Breakdown
from analysis.counting.layers.base import spelled_shape
from analysis.errors import CountingError
from analysis.inputs.load import load_dataset
from analysis.numerals import numeral
from analysis.training_run.devices import Peak, peak
from analysis.training_run.run import TrainingRun
from analysis.units import FLOP_PER_PFS_DAY, convert, to_base

# The appendix's own share of peak for a GPU, where no other is given.
ASSUMED_UTILISATION: Final = "gpu_utilisation_printed"
# Options of one pass, which a run does not have.
WITHOUT_EFFECT: Final = ("batch", "layers", "training")
DIGITS: Final = 4
# The layer that looks words up, and the operators of ONNX that do.
READS_TEXT: Final = re.compile(r"embed|gather", re.IGNORECASE)
# What a peak rate counts for a multiply-add.
FLOP_AT_PEAK: Final = 2
# Beyond every run and every number of devices; products of more may not be numbers any more.
MOST: Final = 1e60


def lines(options: Namespace) -> Iterator[str]:
    """The output of the command. Raises: AnalysisError for bad options."""
    _check(options)
    title, breakdown, length = _network(options)
    if breakdown and options.devices is not None and breakdown.convention.flop_per_mac != FLOP_AT_PEAK:
        raise CountingError(
            f"--convention: found {breakdown.convention.name}, in which a multiply-add is one operation; expected one "
            "in which it is two with --devices, as in their peak rates"
        )
    listed, utilisation = _devices(options)
    run = TrainingRun(
        flop_per_example=breakdown.training_flop if breakdown else None,
        examples=_examples(options, breakdown),
        peak_flop_per_s=listed.flop_per_s if listed else None,
        devices=options.number_of_devices,
        seconds=None if options.days is None else to_base(options.days, "day"),
        utilisation=utilisation,
    )
    if options.json:
        yield json.dumps(_record(title, run, listed, breakdown), indent=1)
        return
    yield f"Training run{f' of {title}' if title else ''}"
    if length:
        yield f"  length                {length}"
    yield from _operations_lines(run, breakdown)
    yield from _device_time_lines(run, listed, assumed=options.utilisation is None)
    yield from _missing_lines(options, run)


def _check(options: Namespace) -> None:
    """Raises: CountingError for options without effect, and for numbers that make no sense."""
    for name in WITHOUT_EFFECT:
        if getattr(options, name) not in (None, False):
            raise CountingError(f"--{name}: has no effect on a training run; expected it without --training-run")
    for name in ("tokens", "examples", "number_of_devices", "days", "utilisation"):
        value = getattr(options, name)
        if value is not None and not 0 < value <= MOST:
            raise CountingError(f"{_flag(name)}: found {value}; expected a number above zero, of at most {MOST:g}")
    if options.utilisation is not None and options.utilisation > 1:
        raise CountingError(f"--utilisation: found {options.utilisation}; expected a share of peak, from 0 to 1")
    if options.tokens is not None and options.examples is not None:
        raise CountingError("--tokens and --examples: expected one of them")
    if options.precision is not None and options.devices is None:
        raise CountingError("--precision: expected --devices too, whose peak rate it chooses")


def _network(options: Namespace) -> tuple[str, Breakdown | None, str]:
    """The name of the network, its operations, and how long a text of a configuration is."""
    if options.network is None:
        for name in ("tokens", "examples", "input", "length", "convention"):
            if getattr(options, name) is not None:
                raise CountingError(f"--{name}: expected a network to count, such as count llama3_8b --training-run")
        return "", None, ""
    if is_configuration(options.network):
        passes = passes_of(options)
        network, length = passes.network, passes.network.length
        words = "" if length is None else length_words(network, length, given=options.length is not None)
        return f"{network.family} ({options.network})", passes.prefill, words
    return *breakdown_of(options), ""


def _devices(options: Namespace) -> tuple[Peak | None, float | None]:
    """The peak rate of the devices, and the share of it that they deliver, given or assumed."""
    if options.devices is None:
        return None, options.utilisation
    dataset = load_dataset()
    dataset = dataset.at(dataset.editions[-1].id)
    listed = peak(dataset, options.devices, options.precision)
    return listed, options.utilisation or dataset.constant[ASSUMED_UTILISATION].value


def _examples(options: Namespace, breakdown: Breakdown | None) -> float | None:
    """How many examples a run sees; one of text is as many tokens as it is long. Raises: CountingError."""
    examples: float | None = options.examples
    tokens: float | None = options.tokens
    if tokens is None or breakdown is None:
        return examples
    if len(breakdown.input_shape) != 1 or not any(READS_TEXT.search(row.kind) for row in breakdown.rows):
        shape = spelled_shape(breakdown.input_shape)
        raise CountingError(f"--tokens: one example is {shape}, not one text; expected --examples")
    return tokens / breakdown.input_shape[0]


def _operations_lines(run: TrainingRun, breakdown: Breakdown | None) -> Iterator[str]:
    if breakdown is None or run.flop_per_example is None:
        return
    shape = spelled_shape(breakdown.input_shape)
    yield f"  FLOP, training        {run.flop_per_example:,.0f} for each example of {shape}, counted"
    yield f"  convention            {breakdown.convention.name}: {breakdown.convention.summary}"
    if run.operations_flop is not None and run.examples is not None:
        yield f"  examples              {_written(run.examples)}"
        yield f"  method 1, operations  {_compute(run.operations_flop)}"


def _device_time_lines(run: TrainingRun, listed: Peak | None, *, assumed: bool) -> Iterator[str]:
    if listed:
        yield f"  device                {listed.device}, {numeral(listed.flop_per_s)} FLOP/s in {listed.precision}"
    share = "" if run.utilisation is None else f"a utilisation of {numeral(run.utilisation)}"
    if assumed:
        share += ", assumed as in the 2018 appendix"
    if run.peak_flop is not None:
        yield f"  at peak               {_compute(run.peak_flop)}"
    if run.device_time_flop is not None:
        yield f"  method 2, device time {_compute(run.device_time_flop)} at {share}"
    if run.implied_utilisation is not None:
        beyond = ": more than the devices can do" if run.implied_utilisation > 1 else ""
        yield f"  implied utilisation   {_written(run.implied_utilisation)}{beyond}"
    if run.seconds is None and run.seconds_needed is not None:
        days = convert(run.seconds_needed, "second", "day")
        yield f"  days                  {_written(days)} for method 1 at {share}"


def _missing_lines(options: Namespace, run: TrainingRun) -> Iterator[str]:
    """What each method lacks."""
    examples = options.tokens is None and options.examples is None
    first = ["a network"] * (options.network is None) + ["--tokens or --examples"] * examples
    second = [_flag(name) for name in ("devices", "number_of_devices", "days") if getattr(options, name) is None]
    if run.operations_flop is None:
        yield f"  for method 1          give {', '.join(first)}"
    if run.peak_flop is None:
        yield f"  for method 2          give {', '.join(second)}"


def _record(title: str, run: TrainingRun, listed: Peak | None, breakdown: Breakdown | None) -> dict[str, object]:
    """Everything as JSON data; null for what is not known."""
    return {
        "network": title or None,
        "input_shape": list(breakdown.input_shape) if breakdown else None,
        "convention": breakdown.convention.name if breakdown else None,
        "device": listed.device if listed else None,
        "precision": listed.precision if listed else None,
        **asdict(run),
        "operations_flop": run.operations_flop,
        "peak_flop": run.peak_flop,
        "device_time_flop": run.device_time_flop,
        "implied_utilisation": run.implied_utilisation,
        "seconds_needed": run.seconds_needed,
    }


def _compute(flop: float) -> str:
    return f"{_written(flop)} FLOP = {_written(flop / FLOP_PER_PFS_DAY)} pfs-days"


def _written(value: float) -> str:
    return numeral(value, DIGITS)


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"
