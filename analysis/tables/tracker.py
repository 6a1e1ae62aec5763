"""The tables of the tracker: the rate of each benchmark, its rules, and every run."""

from analysis.results.collect import Findings
from analysis.tables.registry import Column, Table, table, table_of


@table("tracker.rates", number=21, since="2026-11", title="How fast each benchmark of the tracker falls")
def rates(findings: Findings) -> Table:
    """Records, factor and halving time per benchmark."""
    columns = (
        Column(key="benchmark", label="Benchmark"),
        Column(key="title", label="Level"),
        Column(key="measure", label="Measures"),
        Column(key="status", label="Status"),
        Column(key="first", label="First record", kind="date"),
        Column(key="last", label="Last record", kind="date"),
        Column(key="n", label="Records", kind="number", digits=None),
        Column(key="factor", label="First over last", kind="number", unit="x"),
        Column(key="halving_time", label="Halving time", kind="number", unit="month"),
        Column(key="low", label="95% interval", kind="from", unit="month", digits=2),
        Column(key="high", label="95% high", kind="to", unit="month", digits=2),
    )
    rows = []
    for tracked in findings.study.tracker:
        halving = tracked.trend.doubling_time_months if tracked.trend else None
        rows.append(
            {
                "benchmark": tracked.id,
                "title": tracked.title,
                "measure": tracked.benchmark.measure,
                "status": tracked.benchmark.status,
                "first": tracked.frontier[0].row.date.isoformat(),
                "last": tracked.frontier[-1].row.date.isoformat(),
                "n": findings.results.value(f"{tracked.prefix}.n"),
                "factor": findings.results.value(f"{tracked.prefix}.factor"),
                "halving_time": halving.value if halving else None,
                "low": halving.low if halving else None,
                "high": halving.high if halving else None,
            }
        )
    return table_of(columns, rows)


@table("tracker.benchmarks", number=22, since="2026-11", title="The rules of each benchmark of the tracker")
def benchmarks(findings: Findings) -> Table:
    """What counts at each benchmark, what its metric mixes, and who keeps the official list."""
    columns = (
        Column(key="benchmark", label="Benchmark"),
        Column(key="target", label="Target"),
        Column(key="metric", label="Metric"),
        Column(key="unit", label="Unit"),
        Column(key="better", label="Better"),
        Column(key="rules", label="Rules"),
        Column(key="data", label="Data"),
        Column(key="hardware", label="Hardware"),
        Column(key="mixes", label="Mixes"),
        Column(key="keeper", label="Official list"),
        Column(key="link", label="Address"),
        Column(key="looked", label="Last looked", kind="date"),
        Column(key="sources", label="Sources", kind="sources"),
    )
    rows = []
    for tracked in findings.study.tracker:
        benchmark = tracked.benchmark
        rows.append(
            {
                "benchmark": tracked.id,
                **{key: getattr(benchmark, key) for key in ("target", "metric", "unit", "better", "rules", "data")},
                "hardware": " or ".join(benchmark.hardware) or "any",
                "mixes": ", ".join(benchmark.mixes),
                "keeper": benchmark.keeper,
                "link": benchmark.link,
                "looked": benchmark.looked.isoformat(),
                "sources": list(findings.study.dataset.sidecars[tracked.table.path].sources),
            }
        )
    return table_of(columns, rows)


@table("tracker.records", number=23, since="2026-11", title="Every run of the tracker")
def records(findings: Findings) -> Table:
    """All runs, newest first within a benchmark."""
    columns = (
        Column(key="benchmark", label="Benchmark"),
        Column(key="run", label="Run"),
        Column(key="name", label="Name"),
        Column(key="date", label="Date", kind="date"),
        Column(key="authors", label="Authors"),
        Column(key="value", label="Value", kind="number", digits=5),
        Column(key="unit", label="Unit"),
        Column(key="record", label="Record"),
        Column(key="change", label="What changed"),
        Column(key="hardware", label="Hardware"),
        Column(key="status", label="Status"),
        Column(key="evidence", label="Evidence"),
        Column(key="builds_on", label="Builds on"),
        Column(key="note", label="Remark"),
        Column(key="sources", label="Sources", kind="sources"),
    )
    rows = []
    for tracked in findings.study.tracker:
        setters = {attempt.record for attempt in tracked.frontier}
        for attempt in reversed(tracked.attempts):
            row, own = attempt.row, attempt.own
            rows.append(
                {
                    "benchmark": tracked.id,
                    "run": row.id,
                    "name": row.name,
                    "date": row.date.isoformat(),
                    "authors": ", ".join(attempt.authors),
                    "value": attempt.value,
                    "unit": tracked.benchmark.unit,
                    "record": "yes" if attempt.record in setters else "no",
                    "change": own.change if own else row.name,
                    "hardware": own.hardware if own else "",
                    "status": own.status if own else "reported",
                    "evidence": own.evidence if own else "",
                    "builds_on": (own.builds_on or "") if own else "",
                    "note": row.note,
                    "sources": list(row.sources),
                }
            )
    return table_of(columns, rows)
