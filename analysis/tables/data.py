"""The tables of the data page: devices, assumptions, all quantities and the whole ledger, for reading and download."""

from analysis.inputs.tables import DEVICES
from analysis.results.collect import Findings
from analysis.tables.registry import Column, Table, table, table_of


@table("data.devices", number=9, since="2018-05", title="Processors and their listed single-precision peaks")
def devices(findings: Findings) -> Table:
    """Every processor that a calculation uses."""
    columns = (
        Column(key="device", label="Device"),
        Column(key="released", label="Released", kind="date"),
        Column(key="peak", label="Listed peak", kind="number", unit="TFLOP/s", digits=None),
        Column(key="cores", label="Cores", kind="number", digits=None),
        Column(key="base_clock_mhz", label="Base clock, MHz", kind="number", digits=None),
        Column(key="boost_clock_mhz", label="Boost clock, MHz", kind="number", digits=None),
        Column(key="sources", label="Sources", kind="sources"),
    )
    rows = [
        {
            "device": device.name,
            "released": device.released.isoformat(),
            "peak": device.fp32_peak_tflop_per_s,
            "cores": device.cores,
            "base_clock_mhz": device.base_clock_mhz,
            "boost_clock_mhz": device.boost_clock_mhz,
            "sources": list(device.sources),
        }
        for device in findings.study.dataset.rows(DEVICES)
    ]
    return table_of(columns, rows)


@table("data.constants", number=10, since="2018-05", title="Assumptions and single observations")
def constants(findings: Findings) -> Table:
    """Every constant with its unit, source and remark."""
    columns = (
        Column(key="label", label="What"),
        Column(key="value", label="Value", kind="number", digits=None),
        Column(key="unit", label="Unit"),
        Column(key="kind", label="Kind"),
        Column(key="note", label="Remark"),
        Column(key="sources", label="Sources", kind="sources"),
    )
    rows = [
        {
            "label": constant.label[0].upper() + constant.label[1:],
            "value": constant.value,
            "unit": constant.unit if constant.unit != "1" else "",
            "kind": "assumed" if constant.assumed else "stated",
            "note": constant.note,
            "sources": list(constant.sources),
        }
        for constant in findings.study.dataset.constants
    ]
    return table_of(columns, rows)


@table("data.quantities", number=11, since="2018-05", title="Every named quantity")
def quantities(findings: Findings) -> Table:
    """Name, value, unit and interval of all quantities."""
    columns = (
        Column(key="name", label="Name"),
        Column(key="value", label="Value", kind="number", digits=6),
        Column(key="unit", label="Unit"),
        Column(key="low", label="Low", kind="number", digits=6),
        Column(key="high", label="High", kind="number", digits=6),
        Column(key="summary", label="Meaning"),
    )
    rows = [
        {key: getattr(quantity, key) for key in ("name", "value", "unit", "low", "high", "summary")}
        for quantity in findings.results.quantities.values()
    ]
    return table_of(columns, rows)


@table("data.ledger", number=12, since="2018-05", title="Published statements against recomputed values")
def ledger(findings: Findings) -> Table:
    """Every claim with our number, the ratio and the verdict."""
    columns = (
        Column(key="id", label="Claim"),
        Column(key="kind", label="Kind"),
        Column(key="repeats", label="Repeats"),
        Column(key="where", label="Where"),
        Column(key="printed", label="Printed"),
        Column(key="value", label="Printed value", kind="number", digits=None),
        Column(key="ours", label="Ours", kind="number", digits=4),
        Column(key="unit", label="Unit"),
        Column(key="low", label="Ours, lowest", kind="number", digits=4),
        Column(key="high", label="Ours, highest", kind="number", digits=4),
        Column(key="ratio", label="Printed over ours", kind="number", digits=3),
        Column(key="verdict", label="Verdict"),
        Column(key="inferred", label="Decided by"),
        Column(key="compares", label="Compared with"),
        Column(key="sources", label="Sources", kind="sources"),
    )
    rows = [
        {
            **{column.key: getattr(record, column.key) for column in columns},
            "repeats": record.repeats or "",
            "compares": record.compares or "",
            # One cell, which pages print as a sentence; a list would be read as keys of works.
            "inferred": "; ".join(record.inferred),
        }
        for record in (row.record() for row in findings.ledger)
    ]
    return table_of(columns, rows)
