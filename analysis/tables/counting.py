"""The tables of the counter: every architecture with its totals, and the ratios of public counters to ours."""

from analysis.counting.catalogue import architectures_at, counted
from analysis.counting.layers.base import spelled_shape
from analysis.figures.phrases import capitalised
from analysis.inputs.tables import PEER_COUNTS
from analysis.numerals import count_in_words
from analysis.results.collect import Findings
from analysis.results.counting import PEERS, peer_ratios
from analysis.tables.registry import Column, Table, table, table_of


@table("counting.architectures", number=14, since="2018-05", title="Operations and parameters of every network")
def architectures(findings: Findings) -> Table:
    """Totals of every network for one example: forward pass and training step."""
    columns = (
        Column(key="architecture", label="Network", kind="architecture"),
        Column(key="example", label="One pass over"),
        Column(key="macs", label="Multiply-adds", kind="number", unit="", digits=4),
        Column(key="params", label="Parameters", kind="number", unit="", digits=4),
        Column(key="training_passes", label="Training step, in forward passes", kind="number", unit="", digits=3),
        Column(key="sources", label="Sources", kind="sources"),
    )
    rows = []
    for architecture in architectures_at(findings.study.edition.id, findings.study.open_edition):
        breakdown = counted(architecture.name)
        rows.append(
            {
                "architecture": architecture.name,
                "example": f"{architecture.example}, {spelled_shape(architecture.input_shape)}",
                "macs": breakdown.macs,
                "params": breakdown.params,
                "training_passes": findings.results.value(f"counting.{architecture.name}.training_passes"),
                "sources": list(architecture.sources),
            }
        )
    return table_of(columns, rows)


@table(
    "counting.peers",
    number=15,
    since="2026-11",
    title=f"{capitalised(count_in_words(len(PEERS)))} public counters over ours",
)
def peers(findings: Findings) -> Table:
    """The ratio of each public counter's multiply-adds to ours, per network."""
    ratios = {counter: peer_ratios(counter, findings.study, findings.results) for counter in PEERS}
    columns = (
        Column(key="architecture", label="Network", kind="architecture"),
        *(Column(key=counter, label=label, kind="number", digits=4) for counter, label in PEERS.items()),
    )
    rows = [
        {
            "architecture": row.id,
            **{counter: ratios[counter].get(row.id) for counter in PEERS},
        }
        for row in findings.study.dataset.rows(PEER_COUNTS)
    ]
    return table_of(columns, rows)
