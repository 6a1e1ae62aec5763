"""The tables of the specification curves: one row per way to compute each of the two headline trends."""

from analysis.results.collect import Findings
from analysis.results.specifications import Curve, compute_curve, efficiency_curve
from analysis.tables.registry import Column, Table, table, table_of

ESTIMATOR = Column(key="estimator", label="Estimator")


@table(
    "compute.specifications",
    number=25,
    since="2026-11",
    title="Doubling time of training compute under {compute.modern.specifications.n}",
)
def compute_specifications(findings: Findings) -> Table:
    """Every specification of the modern trend of compute."""
    choices = (
        Column(key="systems", label="Systems"),
        Column(key="years", label="Years"),
        Column(key="dates", label="Dates"),
        Column(key="estimate", label="Estimate"),
        ESTIMATOR,
    )
    counted = Column(key="n", label="Systems fitted", kind="number", digits=None)
    months = Column(key="doubling_time", label="Doubling time", kind="number", unit="month")
    return _listed(compute_curve(findings.study), (*choices, counted, months), findings)


@table(
    "efficiency.specifications",
    number=26,
    since="2026-11",
    title="Halving time at AlexNet's level under {efficiency.alexnet.specifications.n}",
)
def efficiency_specifications(findings: Findings) -> Table:
    """Every specification of the trend at AlexNet's level."""
    assert findings.study.efficiency is not None
    choices = (
        Column(key="runs", label="Runs"),
        Column(key="dates", label="Dates"),
        Column(key="count", label="Multiply-adds"),
        Column(key="epochs", label="AlexNet"),
        ESTIMATOR,
    )
    counted = Column(key="n", label="Runs fitted", kind="number", digits=None)
    months = Column(key="halving_time", label="Halving time", kind="number", unit="month")
    curve = efficiency_curve(findings.study, findings.study.efficiency)
    return _listed(curve, (*choices, counted, months), findings)


def _listed(curve: Curve, columns: tuple[Column, ...], findings: Findings) -> Table:
    """The specifications of a curve; the columns are its choices, the number of points and the time."""
    keys = [column.key for column in columns]
    return table_of(
        columns,
        (
            dict(zip(keys, (*each.labels, each.n, each.doubling_time_months), strict=True))
            for each in curve.listed(findings.results)
        ),
    )
