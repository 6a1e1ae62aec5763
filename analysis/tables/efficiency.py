"""The tables of the efficiency post: the AlexNet level, the gains across tasks, the retrained networks."""

from analysis.figures.tasks import TASKS
from analysis.inputs.tables import REIMPLEMENTATIONS
from analysis.model.efficiency import gain
from analysis.results.alexnet_level import recounted_name, run_name
from analysis.results.collect import Findings
from analysis.tables.registry import Column, Table, table, table_of
from analysis.units import convert


@table(
    "efficiency.alexnet_level",
    number=6,
    since="2020-05",
    title="{efficiency.alexnet_all_points.n:Words} networks trained to AlexNet's accuracy",
)
def alexnet_level(findings: Findings) -> Table:
    """Epochs, multiply-adds, the product and what the paper's table prints for it."""
    columns = (
        Column(key="model", label="Network"),
        Column(key="date", label="Date", kind="date"),
        Column(key="epochs", label="Epochs", kind="number", digits=None),
        Column(key="gmacs", label="Per image", kind="number", unit="GMAC", digits=None),
        Column(key="petaflop", label="Ours", kind="number", unit="PF", digits=4),
        Column(key="printed_petaflop", label="Printed", kind="number", unit="PF", digits=None),
        Column(key="tfs_days", label="Ours", kind="number", unit="tfs-day", digits=3),
        Column(key="gain", label="Gain over AlexNet", kind="number", unit="x", digits=3),
        Column(key="frontier", label="Record"),
        Column(key="sources", label="Sources", kind="sources"),
    )
    assert findings.study.efficiency is not None
    runs = findings.study.efficiency.runs
    rows = [
        {
            "model": run.model.name,
            "date": run.model.date.isoformat(),
            "epochs": run.model.epochs,
            "gmacs": run.model.gmacs_per_image,
            "petaflop": convert(run.compute_flop, "FLOP", "PF"),
            "printed_petaflop": run.model.printed_petaflop,
            "tfs_days": findings.results.value(run_name(run)),
            "gain": gain(runs[0].compute_tfs_days, run.compute_tfs_days),
            "frontier": "yes" if run.on_frontier else "",
            "sources": list(run.model.sources),
        }
        for run in runs
    ]
    return table_of(columns, rows)


@table("efficiency.across_tasks", number=7, since="2020-05", title="Gains at a fixed level across tasks")
def across_tasks(findings: Findings) -> Table:
    """Factor, months between the systems and halving time of each task."""
    columns = (
        Column(key="task", label="Task and level"),
        Column(key="factor", label="Less compute by", kind="number", unit="x"),
        Column(key="halving_time", label="Halving time", kind="number", unit="month"),
        Column(key="basis", label="Halving time from"),
    )
    rows = [
        {
            "task": label,
            "factor": findings.results.value(factor),
            "halving_time": findings.results.value(time),
            "basis": "trend of the record runs" if findings.results[time].low is not None else "two points",
        }
        for label, factor, time in TASKS
    ]
    return table_of(columns, rows)


@table("efficiency.reimplementations", number=8, since="2020-05", title="Accuracy of the retrained networks")
def reimplementations(findings: Findings) -> Table:
    """What the paper measured, what the reference code reaches, what the original paper reports."""
    columns = (
        Column(key="model", label="Network"),
        Column(key="metric", label="Accuracy"),
        Column(key="measured", label="Measured", kind="number", unit="percent", digits=None),
        Column(key="reference_code", label="Reference code", kind="number", unit="percent", digits=None),
        Column(key="original_paper", label="Original paper", kind="number", unit="percent", digits=None),
    )
    rows = [
        {
            "model": row.name,
            "metric": row.metric,
            "measured": row.measured_percent,
            "reference_code": row.reference_code_percent,
            "original_paper": row.original_paper_percent,
        }
        for row in findings.study.dataset.rows(REIMPLEMENTATIONS)
    ]
    return table_of(columns, rows)


@table(
    "efficiency.recounted",
    number=13,
    since="2020-05",
    title="The {efficiency.alexnet_all_points.n:words} networks counted exactly",
)
def recounted(findings: Findings) -> Table:
    """The paper's multiply-adds next to exact ones, and the compute of each run with either."""
    columns = (
        Column(key="model", label="Network"),
        Column(key="architecture", label="Counted as", kind="architecture"),
        Column(key="printed_gmacs", label="Paper", kind="number", unit="GMAC", digits=None),
        Column(key="counted_gmacs", label="Counted", kind="number", unit="GMAC", digits=4),
        Column(key="ratio", label="Paper over counted", kind="number", digits=3),
        Column(key="tfs_days", label="Run", kind="number", unit="tfs-day", digits=3),
        Column(key="gain", label="Gain over AlexNet", kind="number", unit="x", digits=3),
        Column(key="frontier", label="Record"),
    )
    assert findings.study.efficiency is not None
    runs = findings.study.efficiency.recounted_runs
    rows = [
        {
            "model": run.model.name,
            "architecture": run.model.architecture,
            "printed_gmacs": run.model.gmacs_per_image,
            "counted_gmacs": convert(run.macs, "MAC", "GMAC"),
            "ratio": convert(run.model.gmacs_per_image, "GMAC", "MAC") / run.macs,
            "tfs_days": findings.results.value(recounted_name(run)),
            "gain": gain(runs[0].compute_tfs_days, run.compute_tfs_days),
            "frontier": "yes" if run.on_frontier else "",
        }
        for run in runs
    ]
    return table_of(columns, rows)
