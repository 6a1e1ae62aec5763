"""The records of a bundle as plain data: what each of its JSON documents holds."""

from dataclasses import asdict, fields
from typing import Any

from analysis.counting.catalogue import architectures_at, counted
from analysis.counting.folding import Stage, stages
from analysis.counting.registry import Architecture
from analysis.counting.report import layer_record, record, totals
from analysis.inputs.younger import younger_works
from analysis.model.study import Study
from analysis.model.trends import FEWEST_POINTS, t_quantile
from analysis.model.what_if import EXAMPLES, assumes_utilisation, example, published_settings
from analysis.model.worked import Worked, intermediate_text, intermediate_value
from analysis.results.alexnet_level import recounted_name
from analysis.results.collect import Findings
from analysis.results.counting import PEERS
from analysis.tables.catalogue import tables_at
from analysis.units import DAYS_PER_YEAR, FLOP_PER_PFS_DAY, MONTHS_PER_YEAR, ORIGIN


def documents(findings: Findings) -> dict[str, Any]:
    """The JSON documents by file name, all but the list of figures."""
    study = findings.study
    shown = architectures_at(study.edition.id)
    return {
        "edition.json": {
            **study.edition.model_dump(mode="json"),
            "editions": [edition.model_dump(mode="json") for edition in study.dataset.editions],
            "errata": [
                erratum.model_dump(mode="json", exclude={"edition"})
                for erratum in study.dataset.errata_of(study.edition.id)
            ],
            "younger_works": younger_works(study.dataset, shown),
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
        "architectures.json": [_network(architecture, findings) for architecture in shown],
        **{
            f"networks/{architecture.name}.json": {
                "name": architecture.name,
                "title": architecture.title,
                **record(counted(architecture.name)),
            }
            for architecture in shown
        },
        "tables.json": _tables(findings),
        "ledger.json": [row.record() for row in findings.ledger],
        "what_if.json": _what_if(study),
        "references.json": [study.dataset.references[key].csl() for key in sorted(study.dataset.references)],
        "dictionary.json": [
            {"file": f"data/{name}.csv", **sidecar.model_dump(mode="json")}
            for name, sidecar in sorted(study.dataset.sidecars.items())
        ],
    }


def bibliography(findings: Findings) -> str:
    """The works of the edition as BibTeX, in the order of references.bib."""
    return "\n\n".join(reference.bibtex for reference in findings.study.dataset.references.values()) + "\n"


def _network(architecture: Architecture, findings: Findings) -> dict[str, Any]:
    """What a network is, its totals, its stages with their layers folded, and the runs that rest on its count."""
    breakdown = counted(architecture.name)
    study = findings.study
    return {
        **{field.name: getattr(architecture, field.name) for field in fields(architecture) if field.name != "build"},
        "output_shape": breakdown.output_shape,
        **totals(breakdown),
        "stages": [_stage(stage) for stage in stages(breakdown)],
        "worked": [c.name for c in study.calculations if any(t.architecture == architecture.name for t in c.terms)],
        "runs": [
            {"quantity": recounted_name(run), "model": run.model.name}
            for run in (study.efficiency.recounted_runs if study.efficiency else ())
            if run.model.architecture == architecture.name
        ],
        "peers": [
            {"counter": label, "macs": macs, "ratio": macs / breakdown.macs}
            for row in study.dataset.peer_counts
            for counter, label in PEERS.items()
            if row.id == architecture.name and (macs := getattr(row, counter)) is not None
        ],
    }


def _stage(stage: Stage) -> dict[str, Any]:
    return {
        "name": stage.name,
        "macs": stage.macs,
        "params": stage.params,
        "layers": [
            {**layer_record(folded.layer), "path": folded.path, "copies": folded.copies} for folded in stage.folded
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
                "title": entry.title_for(findings),
                "code": entry.code,
                "columns": [asdict(column) for column in built.columns],
                "rows": list(built.rows),
            }
        )
    return records


def _what_if(study: Study) -> dict[str, Any]:
    """What the panel of the compute post starts from: settings, points, constants, and a run for the estimator."""
    points, published = study.era("modern"), published_settings(study)
    return {
        "published": {
            "utilisation": published.utilisation,
            "first_year": published.first_year,
            "error_factor": published.error_factor,
        },
        "last_year": points[-1].date.year,
        "days_per_year": DAYS_PER_YEAR,
        "months_per_year": MONTHS_PER_YEAR,
        "flop_per_pfs_day": FLOP_PER_PFS_DAY,
        "t_quantiles": {n: t_quantile(n) for n in range(FEWEST_POINTS, len(points) + 1)},
        "points": [
            {
                "id": point.slug,
                "name": point.system.name,
                "date": point.date.isoformat(),
                "day": (point.date - ORIGIN).days,
                "domain": point.system.domain,
                "pfs_days": point.pfs_days,
                "assumes_utilisation": assumes_utilisation(point),
            }
            for point in points
        ],
        "devices": [
            {"name": device.name, "peak_tflop_per_s": device.fp32_peak_tflop_per_s} for device in study.dataset.devices
        ],
        "runs": {
            way: [
                {"name": term.name, "value": term.value, "unit": term.unit, "base_value": term.base_value}
                for term in example(study, way).terms
            ]
            for way in EXAMPLES
        },
    }


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
