"""What the counter finds for every architecture: multiply-adds, parameters, and FLOP of a training step."""

from collections.abc import Iterator

from analysis.counting.catalogue import architecture_named, architectures_at, counted
from analysis.counting.registry import Architecture
from analysis.model.study import Study
from analysis.results.quantity import Quantity, Results, merged

PEERS_TABLE = "data/counting/peers.csv"
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
CONVENTION = "constant.flop_per_multiply_add.value"


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """Four a network, for one pass over one example at its usual input; then how public counters compare."""
    for architecture in architectures_at(study.edition.id):
        yield from _of_network(architecture, results)
    for counter in PEERS:
        yield from _of_peer(counter, study, results)


def macs_name(architecture: str) -> str:
    """The quantity that holds the multiply-adds of a network."""
    return f"counting.{architecture}.macs"


def _of_network(architecture: Architecture, results: Results) -> Iterator[Quantity]:
    breakdown = counted(architecture.name)
    what = f"{architecture.title}, per {architecture.example}"
    prefix = f"counting.{architecture.name}"

    def quantity(thing: str, value: float, unit: str, summary: str, formula: str, digits: int | None) -> Quantity:
        return results.derive(
            f"{prefix}.{thing}",
            value,
            unit=unit,
            summary=summary,
            formula=formula,
            inputs=(CONVENTION,) if unit == "FLOP" else (),
            records=(architecture.code,),
            sources=architecture.sources,
            digits=digits,
        )

    yield quantity(
        "macs",
        breakdown.macs,
        "MAC",
        f"Multiply-adds of a forward pass through {what}.",
        r"M = \sum_{\text{layers}} m_i",
        4,
    )
    yield quantity(
        "params",
        breakdown.params,
        "parameter",
        f"Trainable parameters of {architecture.title}.",
        r"\sum_{\text{layers}} w_i",
        4,
    )
    yield quantity(
        "training_flop",
        breakdown.training_flop,
        "FLOP",
        f"Operations of a training step of {what}, forward and backward, counted exactly.",
        r"2 \sum_{\text{layers}} (1 + 1 + g_i)\,m_i",
        4,
    )
    yield quantity(
        "training_passes",
        breakdown.training_flop / breakdown.inference_flop,
        "pass",
        f"How many forward passes a training step of {architecture.title} makes exactly, where the rule says three.",
        r"\frac{C_{\mathrm{step}}}{2 M}",
        4,
    )


def peer_ratios(counter: str, study: Study, results: Results) -> dict[str, float]:
    """By network, what a public counter reports over what is counted here; networks on which it fails are left out."""
    reported = {row.id: getattr(row, counter) for row in study.dataset.peer_counts}
    return {name: macs / results.value(macs_name(name)) for name, macs in reported.items() if macs is not None}


def _of_peer(counter: str, study: Study, results: Results) -> Iterator[Quantity]:
    """The lowest and the highest ratio of a public counter to ours, and on how many networks it agrees exactly."""
    ratios = peer_ratios(counter, study, results)
    if not ratios:
        return
    inputs = tuple(macs_name(name) for name in ratios)
    sources = merged(row.sources for row in study.dataset.peer_counts)
    for thing, pick in (("lowest", min), ("highest", max)):
        name = pick(ratios, key=lambda network: ratios[network])
        yield results.derive(
            f"counting.peers.{counter}_{thing}",
            ratios[name],
            unit="1",
            summary=f"The {thing} count of {PEERS[counter]} over ours, on {architecture_named(name).title}.",
            formula=rf"\{pick.__name__} \frac{{M_{{\text{{{PEERS[counter]}}}}}}}{{M}}",
            inputs=inputs,
            records=(PEERS_TABLE,),
            sources=sources,
            digits=4,
        )
    equal = sum(ratio == 1 for ratio in ratios.values())
    yield results.derive(
        f"counting.peers.{counter}_equal",
        float(equal),
        unit="network",
        summary=f"Networks on which {PEERS[counter]} reports exactly our count, of {len(ratios)} that it can count.",
        formula="n",
        inputs=inputs,
        records=(PEERS_TABLE,),
        sources=sources,
        digits=None,
    )
