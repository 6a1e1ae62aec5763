"""The tables of the compute post: systems, trends, periods, peak rates, modest results."""

from analysis.inputs.tables import DEVICES
from analysis.model.study import Point
from analysis.results.collect import Findings
from analysis.tables.registry import Column, Table, table, table_of

SYSTEM = Column(key="system", label="System", kind="system")
COMPUTE = Column(key="pfs_days", label="Compute", kind="number", unit="pfs-day")


@table("compute.systems", number=4, since="2018-05", title="Training compute of every charted system")
def systems(findings: Findings) -> Table:
    """Every point of the chart, by date."""
    columns = (
        SYSTEM,
        Column(key="date", label="Date", kind="date"),
        Column(key="era", label="Era"),
        Column(key="domain", label="Domain"),
        COMPUTE,
        Column(key="flop", label="Compute", kind="number", unit="FLOP"),
        Column(key="error_factor", label="Error, each way", kind="number", unit="x", digits=2),
        Column(key="method", label="Known by"),
        Column(key="sources", label="Sources", kind="sources"),
    )
    return table_of(columns, (_system_row(point) for point in findings.study.points))


def _system_row(point: Point) -> dict[str, object]:
    return {
        "system": point.slug,
        # Cut to what is known: the day of the record may be a convention.
        "date": point.date.isoformat()[: {"year": 4, "month": 7, "day": 10}[point.system.date_precision]],
        "era": point.system.era,
        "domain": point.system.domain,
        "pfs_days": point.pfs_days,
        "flop": point.compute_flop,
        "error_factor": point.error_factor,
        "method": {
            "operations": "counting operations",
            "gpu_time": "GPU time",
            "chart_reading": "reading of the chart",
        }[point.calculation.method],
        "sources": list(point.calculation.sources),
    }


@table("compute.trends", number=2, since="2018-05", title="Doubling time of training compute for each choice of points")
def trends(findings: Findings) -> Table:
    """Every fitted trend of compute, with both intervals."""
    columns = (
        Column(key="points", label="Points"),
        Column(key="n", label="Number", kind="number", digits=None),
        Column(key="doubling_time", label="Doubling time", kind="number", unit="month"),
        Column(key="low", label="95% interval", kind="from", unit="month", digits=2),
        Column(key="high", label="95% high", kind="to", unit="month", digits=2),
        Column(key="bootstrap_low", label="Bootstrap interval", kind="from", unit="month", digits=2),
        Column(key="bootstrap_high", label="Bootstrap high", kind="to", unit="month", digits=2),
        Column(key="growth_per_year", label="Growth per year", kind="number", unit="x"),
        Column(key="r_squared", label="R²", kind="number", digits=2),
    )
    rows = []
    for name, scope in findings.study.scopes.items():
        trend = findings.study.trends[name]
        exact, resampled = trend.doubling_time_months, trend.doubling_time_bootstrap_months
        rows.append(
            {
                "points": scope.label[0].upper() + scope.label[1:],
                "n": trend.n,
                "doubling_time": exact.value,
                "low": exact.low,
                "high": exact.high,
                "bootstrap_low": resampled.low,
                "bootstrap_high": resampled.high,
                "growth_per_year": trend.growth_per_year.value,
                "r_squared": trend.r_squared,
            }
        )
    return table_of(columns, rows)


@table("compute.periods", number=1, since="2018-05", title="The periods into which the post divides the years")
def periods(findings: Findings) -> Table:
    """The printed ranges of each period next to the charted runs in it."""
    columns = (
        Column(key="period", label="Years"),
        Column(key="n", label="Charted runs", kind="number", digits=None),
        Column(key="smallest", label="Smallest", kind="number", unit="pfs-day", digits=3),
        Column(key="largest", label="Largest", kind="number", unit="pfs-day", digits=3),
        Column(key="printed_low", label="Printed range", kind="from", unit="pfs-day", digits=None),
        Column(key="printed_high", label="Printed range, end", kind="to", unit="pfs-day", digits=None),
        Column(key="within", label="Share within", kind="number", digits=2),
    )
    rows = []
    for view in findings.study.periods:
        period, prefix = view.period, f"compute.period_{view.period.id}"
        rows.append(
            {
                "period": period.label,
                "n": len(view.points),
                "smallest": findings.results.get(f"{prefix}.smallest"),
                "largest": findings.results.get(f"{prefix}.largest"),
                "printed_low": period.pfs_days_low,
                "printed_high": period.pfs_days_high,
                "within": findings.results.get(f"{prefix}.within_compute_range"),
            }
        )
    return table_of(columns, rows)


@table(
    "compute.peak_rates",
    number=3,
    since="2018-05",
    title="Peak rates used in the calculations, next to the listed ones",
)
def peak_rates(findings: Findings) -> Table:
    """The rate that each GPU-time calculation uses for its device, and the listed rate of the device."""
    devices = {device.id: device for device in findings.study.dataset.rows(DEVICES)}
    columns = (
        SYSTEM,
        Column(key="calculation", label="Calculation"),
        Column(key="device", label="Device"),
        Column(key="used", label="Rate used", kind="number", unit="TFLOP/s", digits=None),
        Column(key="listed", label="Listed peak", kind="number", unit="TFLOP/s", digits=None),
        Column(key="ratio", label="Used over listed", kind="number", digits=3),
    )
    own = {system.id for system in findings.study.dataset.systems if system.listing == "own"}
    rows = []
    for calculation in findings.study.calculations:
        peak = calculation.term("peak_rate")
        if peak is None or calculation.system in own:
            continue
        device = devices[calculation.device]
        rows.append(
            {
                "system": calculation.system,
                "calculation": {"printed": "as printed", "charted": "as charted", "variant": "variant"}[
                    calculation.role
                ],
                "device": device.name,
                "used": peak.value,
                "listed": device.fp32_peak_tflop_per_s,
                "ratio": peak.value / device.fp32_peak_tflop_per_s,
            }
        )
    return table_of(columns, rows)


@table("compute.modest", number=5, since="2018-05", title="Results that took a modest amount of compute")
def modest(findings: Findings) -> Table:
    """The list of modest results at the end of the appendix; it is used in no trend."""
    columns = (
        SYSTEM,
        Column(key="date", label="Date", kind="date"),
        Column(key="bound", label=""),
        COMPUTE,
        Column(key="sources", label="Paper", kind="sources"),
    )
    used = {(c.system, c.id): c for c in findings.study.calculations}
    chosen = sorted((s for s in findings.study.dataset.systems if s.listing == "modest"), key=lambda s: (s.date, s.id))
    rows = [
        {
            "system": system.id,
            "date": system.date.isoformat()[:7],
            "bound": "at most" if used[system.id, system.used].upper_bound else "",
            "pfs_days": used[system.id, system.used].compute_pfs_days,
            "sources": [system.paper],
        }
        for system in chosen
    ]
    return table_of(columns, rows)
