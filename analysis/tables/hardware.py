"""The table of accelerators, for reading, for download, and for the estimate of a reader's own run."""

from analysis.inputs.tables import ACCELERATORS
from analysis.results.collect import Findings
from analysis.results.hardware import best_flop_per_s
from analysis.tables.registry import Column, Table, table, table_of
from analysis.units import convert


@table("data.accelerators", number=24, since="2026-11", title="Accelerators and their listed peak rates")
def accelerators(findings: Findings) -> Table:
    """Every accelerator of the table of machine-learning hardware, newest first; those without a date come last."""
    columns = (
        Column(key="name", label="Accelerator"),
        Column(key="released", label="Released", kind="date"),
        Column(key="fp32", label="32-bit peak", kind="number", unit="TFLOP/s"),
        Column(key="best", label="Best 32-bit or 16-bit peak", kind="number", unit="TFLOP/s"),
        Column(key="price", label="Price at release", kind="number", unit="dollar", digits=None),
        Column(key="power_w", label="Power, W", kind="number", digits=None),
    )
    rows = [
        {
            "name": chip.name,
            "released": chip.released.isoformat() if chip.released else None,
            "fp32": _tflop_per_s(chip.fp32_flop_per_s),
            "best": _tflop_per_s(best_flop_per_s(chip)),
            "price": chip.release_price_usd,
            "power_w": chip.tdp_w,
        }
        for chip in findings.study.dataset.rows(ACCELERATORS)
    ]
    return table_of(columns, sorted(rows, key=lambda row: str(row["released"] or ""), reverse=True))


def _tflop_per_s(rate: float | None) -> float | None:
    return None if rate is None else convert(rate, "FLOP/s", "TFLOP/s")
