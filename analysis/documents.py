"""The records of a bundle as plain data: what each of its JSON documents holds."""

from dataclasses import asdict
from typing import Any

from analysis.model.worked import Worked, intermediate_text, intermediate_value
from analysis.results.collect import Findings
from analysis.tables.catalogue import tables_at


def documents(findings: Findings) -> dict[str, Any]:
    """The JSON documents by file name, all but the list of figures."""
    study = findings.study
    return {
        "edition.json": {
            **study.edition.model_dump(mode="json"),
            "editions": [edition.model_dump(mode="json") for edition in study.dataset.editions],
        },
        "results.json": {
            "edition": study.edition.id,
            "quantities": [quantity.record() for quantity in findings.results.quantities.values()],
        },
        "worked.json": [_worked(calculation) for calculation in study.calculations],
        "systems.json": [
            {key: value for key, value in system.model_dump(mode="json").items() if key != "estimates"}
            for system in study.dataset.systems
        ],
        "tables.json": _tables(findings),
        "ledger.json": [
            {**row.claim.model_dump(mode="json"), "ours": row.ours, "ratio": row.ratio} for row in findings.ledger
        ],
        "references.json": [study.dataset.references[key].csl() for key in sorted(study.dataset.references)],
        "dictionary.json": [
            {"file": f"data/{name}.csv", **sidecar.model_dump(mode="json")}
            for name, sidecar in sorted(study.dataset.sidecars.items())
        ],
    }


def _tables(findings: Findings) -> list[dict[str, Any]]:
    records = []
    for entry in tables_at(findings.study.edition.id):
        built = entry.build(findings)
        records.append(
            {
                "name": entry.name,
                "number": entry.number,
                "since": entry.since,
                "title": entry.title,
                "columns": [asdict(column) for column in built.columns],
                "rows": list(built.rows),
            }
        )
    return records


def _worked(calculation: Worked) -> dict[str, Any]:
    return {
        "name": calculation.name,
        "system": calculation.system,
        "system_name": calculation.system_name,
        "id": calculation.id,
        "method": calculation.method,
        "role": calculation.role,
        "where": calculation.where,
        "device": calculation.device,
        "upper_bound": calculation.upper_bound,
        "note": calculation.note,
        "sources": list(calculation.sources),
        "compute_flop": calculation.compute_flop,
        "compute_pfs_days": calculation.compute_pfs_days,
        "text": calculation.text(),
        "latex": calculation.latex(),
        "mathml": calculation.mathml(),
        "factors": [
            {**asdict(term), "sources": list(term.sources), "text": term.text, "base_value": term.base_value}
            for term in calculation.terms
        ],
        "intermediates": [
            {
                "name": intermediate.name,
                "label": intermediate.label,
                "unit": intermediate.unit,
                "value": intermediate_value(intermediate),
                "text": intermediate_text(intermediate),
            }
            for intermediate in calculation.intermediates
        ],
    }
