"""The tables of the specification curves: one row per way to compute each of the two headline trends."""

from analysis.results.collect import Findings
from analysis.results.specifications import Curve, compute_curve, efficiency_curve
from analysis.tables.registry import Column, Table, table, table_of


@table(
    "compute.specifications",
    number=25,
    since="2026-11",
    title="Doubling time of training compute under {compute.modern.specifications.n}",
)
def compute_specifications(findings: Findings) -> Table:
    """Every specification of the modern trend of compute."""
    counted = Column(key="n", label="Systems fitted", kind="number", digits=None)
    months = Column(key="doubling_time", label="Doubling time", kind="number", unit="month")
    return _listed(compute_curve(findings.study), (counted, months), findings)


@table(
    "efficiency.specifications",
    number=26,
    since="2026-11",
    title="Halving time at AlexNet's level under {efficiency.alexnet.specifications.n}",
)
def efficiency_specifications(findings: Findings) -> Table:
    """Every specification of the trend at AlexNet's level."""
    assert findings.study.efficiency is not None
    counted = Column(key="n", label="Runs fitted", kind="number", digits=None)
    months = Column(key="halving_time", label="Halving time", kind="number", unit="month")
    curve = efficiency_curve(findings.study, findings.study.efficiency)
    return _listed(curve, (counted, months), findings)


def _listed(curve: Curve, found: tuple[Column, ...], findings: Findings) -> Table:
    """The specifications of a curve: a column for each choice, then the number of points and the time."""
    columns = (*(Column(key=key, label=label) for key, label in curve.kinds.items()), *found)
    keys = [column.key for column in columns]
    return table_of(
        columns,
        (
            dict(zip(keys, (*each.labels, each.n, each.doubling_time_months), strict=True))
            for each in curve.listed(findings.results)
        ),
    )
