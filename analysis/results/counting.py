"""The counts of every architecture: multiply-adds, parameters, and FLOP of a training step."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import eq, sub, truediv

from analysis.counting.catalogue import architecture_named, architectures_at, counted, params_used_by
from analysis.counting.folding import stages
from analysis.counting.registry import Architecture
from analysis.inputs.tables import PEER_COUNTS
from analysis.model.study import Study
from analysis.results.constants import constant_name
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Inputs, Observed, Series, Step

PEERS_TABLE = PEER_COUNTS.file
# The columns of the table of public counters, with their names in words.
PEERS = {
    "fvcore": "fvcore",
    "thop": "THOP",
    "ptflops_hooks": "ptflops (hooks)",
    "ptflops_aten": "ptflops (tensors)",
    "torchinfo": "torchinfo",
    "torchprofile": "torchprofile",
    "calflops": "calflops",
}
CONVENTION = constant_name("flop_per_multiply_add")
# A formula with more terms cannot be read; such a network is summed over its layers.
MOST_STAGES = 8
# What is summed over stages or layers, in words.
WORDS = {
    "macs": "multiply-adds of a forward pass through",
    "params": "trainable parameters of",
    "training_macs": "multiply-adds, forward and for the gradients of weights and inputs, through",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A sum over the parts of a network: its formula and the inputs behind the symbols."""

    inputs: Inputs
    formula: str


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """The counts of every network, for one example at its usual input; then the comparison with public counters."""
    for architecture in architectures_at(study.edition.id, study.open_edition):
        yield from _of_network(architecture, results)
    for counter in PEERS:
        yield from _of_peer(counter, study, results)


def macs_name(architecture: str) -> str:
    """The quantity that holds the multiply-adds of a network."""
    return f"counting.{architecture}.macs"


def _of_network(architecture: Architecture, results: Results) -> Iterator[Quantity]:
    prefix, what = f"counting.{architecture.name}", f"{architecture.title}, per {architecture.example}"
    macs, params, steps = (
        _parts(architecture, letter, thing, unit)
        for letter, thing, unit in (("M", "macs", "MAC"), ("W", "params", "parameter"), ("T", "training_macs", "MAC"))
    )
    yield results.compute(
        f"{prefix}.macs",
        _total,
        macs.inputs,
        unit="MAC",
        summary=f"Multiply-adds of a forward pass through {what}.",
        formula=macs.formula,
        digits=4,
    )
    yield results.compute(
        f"{prefix}.params",
        _total,
        params.inputs,
        unit="parameter",
        summary=f"Trainable parameters of {architecture.title}.",
        formula=params.formula,
        digits=4,
    )
    yield from _used_params(architecture, results)
    yield from _training_step(architecture, steps, results)


def _used_params(architecture: Architecture, results: Results) -> Iterator[Quantity]:
    """The parameters that a token uses, of a network with a mixture of experts."""
    params = f"counting.{architecture.name}.params"
    idle = int(results.value(params)) - params_used_by(architecture.name)
    if not idle:
        return
    unused = Observed(
        value=idle,
        unit="parameter",
        label="parameters of the experts that a token does not use",
        record=architecture.code,
        sources=architecture.sources,
    )
    yield results.compute(
        f"counting.{architecture.name}.used_params",
        sub,
        {"W": params, r"W_{\mathrm{idle}}": unused},
        unit="parameter",
        summary=f"Parameters of {architecture.title} that one token uses.",
        formula=r"W - W_{\mathrm{idle}}",
        digits=4,
    )


def _training_step(architecture: Architecture, steps: Parts, results: Results) -> Iterator[Quantity]:
    """The operations of a training step, and their ratio to a forward pass."""
    prefix = f"counting.{architecture.name}"
    yield results.compute(
        f"{prefix}.training_flop",
        lambda flop_per_mac, *parts: int(flop_per_mac) * _total(*parts),
        {"o": CONVENTION, **steps.inputs},
        unit="FLOP",
        summary=(
            f"Operations of a training step of {architecture.title}, per {architecture.example}, forward and backward, "
            "counted exactly."
        ),
        formula=rf"o\,({steps.formula})",
        digits=4,
    )
    yield results.compute(
        f"{prefix}.training_passes",
        lambda step, flop_per_mac, forward: step / (flop_per_mac * forward),
        {r"C_{\mathrm{step}}": f"{prefix}.training_flop", "o": CONVENTION, "M": macs_name(architecture.name)},
        unit="pass",
        summary=(
            f"How many forward passes a training step of {architecture.title} makes exactly, where the rule says three."
        ),
        formula=r"\frac{C_{\mathrm{step}}}{o\,M}",
        digits=4,
    )


@cache
def _parts(architecture: Architecture, letter: str, thing: str, unit: str) -> Parts:
    """A count of every stage that has one, each behind its symbol; of every layer where there are too many stages."""
    breakdown = counted(architecture.name)
    totals = [(sum(getattr(row, thing) for row in stage.layers), stage.name) for stage in stages(breakdown)]
    of_stages = [(count, name) for count, name in totals if count]

    def part(value: int, where: str) -> Observed:
        label = f"{WORDS[thing]} {where}"
        return Observed(value=value, unit=unit, label=label, record=architecture.code, sources=architecture.sources)

    if len(of_stages) <= MOST_STAGES:
        inputs = {f"{letter}_{i}": part(*counted_stage) for i, counted_stage in enumerate(of_stages, start=1)}
        return Parts(inputs=inputs, formula=" + ".join(inputs))
    layers = tuple(part(count, row.path) for row in breakdown.rows if (count := getattr(row, thing)))
    series = Series(members=layers, unit=unit, label=f"{WORDS[thing]} the {len(layers)} layers that have any")
    return Parts(inputs={f"{letter}_i": series}, formula=rf"\sum_{{\text{{layers}}}} {letter}_i")


def _total(*parts: int | tuple[int, ...]) -> int:
    """The sum of stages, or of a series of layers."""
    return sum(sum(part) if isinstance(part, tuple) else part for part in parts)


def peer_ratios(counter: str, study: Study, results: Results) -> dict[str, float]:
    """By network, what a public counter reports over what is counted here; networks on which it fails are left out."""
    reported = {row.id: getattr(row, counter) for row in study.dataset.rows(PEER_COUNTS)}
    return {name: macs / results.value(macs_name(name)) for name, macs in reported.items() if macs is not None}


def _reported(counter: str, study: Study) -> Series:
    """The counts of a public counter, without the networks on which it fails."""
    who = PEERS[counter]
    members = tuple(
        Observed(
            value=macs,
            unit="MAC",
            label=f"multiply-adds of {row.id} by {who}",
            record=f"{PEERS_TABLE}#{row.id}",
            sources=row.sources,
        )
        for row in study.dataset.rows(PEER_COUNTS)
        if (macs := getattr(row, counter)) is not None
    )
    return Series(members=members, unit="MAC", label=f"multiply-adds as {who} reports them")


def _of_peer(counter: str, study: Study, results: Results) -> Iterator[Quantity]:
    """The lowest and the highest ratio of a public counter to ours, and on how many networks it agrees exactly."""
    ratios = peer_ratios(counter, study, results)
    # Editions before the comparison have no rows of public counters.
    if not ratios:
        return
    who = PEERS[counter]
    ours = Series(members=tuple(macs_name(name) for name in ratios), unit="MAC", label="multiply-adds as counted here")
    theirs = _reported(counter, study)
    for thing, pick in (("lowest", min), ("highest", max)):
        name = pick(ratios, key=lambda network: ratios[network])
        yield results.compute(
            f"counting.peers.{counter}_{thing}",
            lambda counts, reported, pick=pick: pick(map(truediv, reported, counts)),
            {"M_i": ours, "R_i": theirs},
            unit="1",
            summary=f"The {thing} count of {who} over ours, on {architecture_named(name).title}.",
            formula=rf"\{pick.__name__}_i \frac{{R_i}}{{M_i}}",
            digits=4,
        )
    equal = Step(
        law=lambda counts, reported: float(sum(map(eq, reported, counts))),
        inputs={"M_i": ours, "R_i": theirs},
        unit="network",
        label=f"number of networks on which {who} reports our count",
    )
    yield results.compute(
        f"counting.peers.{counter}_equal",
        lambda count: count,
        {"n": equal},
        unit="network",
        summary=f"Networks on which {who} reports exactly our count, of {len(ratios)} that it can count.",
        formula="n",
        digits=None,
    )
