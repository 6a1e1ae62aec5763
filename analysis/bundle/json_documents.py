"""Builds the records of a bundle: takes the findings of an edition, returns the content of each JSON document."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from functools import cache

from analysis import contract
from analysis.counting.catalogue import architectures_at, counted
from analysis.counting.folding import stages
from analysis.counting.registry import Architecture
from analysis.counting.report import layer_record, record
from analysis.inputs.tables import DEVICES, PEER_COUNTS
from analysis.inputs.younger_works import younger_works
from analysis.model.least_squares import t_quantile
from analysis.model.study import Point, Study
from analysis.model.trends import FEWEST_POINTS
from analysis.model.what_if import EXAMPLES, assumes_utilisation, example, published_settings
from analysis.model.worked import Worked, intermediate_text, intermediate_value
from analysis.results.alexnet_level import recounted_name
from analysis.results.collect import Findings
from analysis.results.counting import PEERS
from analysis.results.lineage import lineages
from analysis.tables.catalogue import tables_at
from analysis.tables.registry import TableEntry
from analysis.units import DAYS_PER_YEAR, FLOP_PER_PFS_DAY, MONTHS_PER_YEAR, ORIGIN


def documents(findings: Findings) -> dict[str, contract.Content]:
    """The JSON documents by file name, all but the list of figures; tables have no hash before they are written."""
    study = findings.study
    shown = architectures_at(study.edition.id, study.open_edition)
    return {
        "edition.json": _edition(study, shown),
        "results.json": _results(findings),
        "worked.json": tuple(_worked(calculation) for calculation in study.calculations),
        "systems.json": tuple(
            contract.System.of(system.model_dump(mode="json", exclude={"estimates"}))
            for system in study.dataset.systems
        ),
        "architectures.json": tuple(_network(architecture, findings) for architecture in shown),
        **{f"networks/{architecture.name}.json": _count(architecture) for architecture in shown},
        "tables.json": table_records(findings),
        **{f"tracker/{each.benchmark}.json": each for each in _benchmarks(findings)},
        "ledger.json": tuple(row.record() for row in findings.ledger),
        "what_if.json": _what_if(study),
        "references.json": tuple(study.dataset.references[key].csl() for key in sorted(study.dataset.references)),
        "dictionary.json": tuple(
            contract.DictionaryTable.of(
                {"file": f"data/{name}.csv", **sidecar.model_dump(mode="json", exclude={"benchmark"})}
            )
            for name, sidecar in sorted(study.dataset.sidecars.items())
        ),
    }


def bibliography(findings: Findings) -> str:
    """The works of the edition as BibTeX, in the order of references.bib."""
    return "\n\n".join(reference.bibtex for reference in findings.study.dataset.references.values()) + "\n"


# Cached, as both the documents and the CSV files are written from them.
@cache
def table_records(findings: Findings) -> tuple[contract.Table, ...]:
    """The tables of the edition; `input_hash` is empty until their rows are written."""
    return tuple(_table(entry, findings) for entry in tables_at(findings.study.edition.id))


def _benchmarks(findings: Findings) -> Iterator[contract.BenchmarkRuns]:
    """The benchmarks of the tracker, each from its rows of the three tables."""
    rows = {table.name: table.rows for table in table_records(findings)}
    for tracked in findings.study.tracker:
        (rate,), (rules,), runs = (
            tuple(row for row in rows[f"tracker.{table}"] if row["benchmark"] == tracked.id)
            for table in ("rates", "benchmarks", "records")
        )
        yield contract.BenchmarkRuns(benchmark=tracked.id, rate=rate, rules=rules, runs=runs)


def _table(entry: TableEntry, findings: Findings) -> contract.Table:
    built = entry.build(findings)
    return contract.Table(
        name=entry.name,
        number=entry.number,
        since=entry.since,
        title=entry.title_for(findings),
        code=entry.code,
        columns=tuple(contract.Column(**asdict(column)) for column in built.columns),
        rows=built.rows,
        input_hash="",
    )


def _edition(study: Study, shown: Iterable[Architecture]) -> contract.Edition:
    return contract.Edition.of(
        {
            **study.edition.model_dump(mode="json"),
            "editions": [edition.model_dump(mode="json") for edition in study.dataset.editions],
            "errata": [
                erratum.model_dump(mode="json", exclude={"edition"})
                for erratum in study.dataset.errata_of(study.edition.id)
            ],
            "younger_works": younger_works(study.dataset, shown),
        }
    )


def _results(findings: Findings) -> contract.Results:
    known = lineages(findings.results)
    return contract.Results(
        edition=findings.study.edition.id,
        quantities=tuple(
            quantity.record(rests_on=known[name].rests_on, used_by=known[name].used_by)
            for name, quantity in findings.results.quantities.items()
        ),
    )


# Cached over editions: counting reads no data.
@cache
def _count(architecture: Architecture) -> contract.NetworkCount:
    """A network layer by layer; it is the same in every edition."""
    breakdown = counted(architecture.name)
    return contract.NetworkCount.of({"name": architecture.name, "title": architecture.title, **record(breakdown)})


def _network(architecture: Architecture, findings: Findings) -> contract.Network:
    """What a network is, its totals, its stages with their layers folded, and the runs that rest on its count."""
    study, breakdown = findings.study, counted(architecture.name)
    plain = {field.name: getattr(architecture, field.name) for field in fields(architecture) if field.name != "build"}
    return contract.Network(
        **plain,
        macs=breakdown.macs,
        params=breakdown.params,
        inference_flop=breakdown.inference_flop,
        training_flop=breakdown.training_flop,
        training_flop_by_rule=breakdown.training_flop_by_rule,
        output_shape=breakdown.output_shape,
        stages=_stages(architecture.name),
        worked=tuple(c.name for c in study.calculations if any(t.architecture == architecture.name for t in c.terms)),
        runs=tuple(
            contract.Run(quantity=recounted_name(run), model=run.model.name)
            for run in (study.efficiency.recounted_runs if study.efficiency else ())
            if run.model.architecture == architecture.name
        ),
        peers=tuple(
            contract.Peer(counter=label, macs=macs, ratio=macs / breakdown.macs)
            for row in study.dataset.rows(PEER_COUNTS)
            for counter, label in PEERS.items()
            if row.id == architecture.name and (macs := getattr(row, counter)) is not None
        ),
    )


@cache
def _stages(network: str) -> tuple[contract.Stage, ...]:
    """The stages of a network; they are the same in every edition."""
    breakdown = counted(network)
    return tuple(
        contract.Stage(
            name=stage.name,
            macs=stage.macs,
            share=stage.macs / breakdown.macs,
            params=stage.params,
            layers=tuple(
                contract.Layer.of({**layer_record(folded.layer), "path": folded.path, "copies": folded.copies})
                for folded in stage.folded
            ),
        )
        for stage in stages(breakdown)
    )


def _what_if(study: Study) -> contract.WhatIf:
    """What the panel of the compute post starts from: settings, points, constants, and a run for the estimator."""
    points, published = study.era("modern"), published_settings(study)
    return contract.WhatIf(
        published=contract.PublishedSettings(
            utilisation=published.utilisation,
            first_year=published.first_year,
            error_factor=published.error_factor,
        ),
        last_year=points[-1].date.year,
        days_per_year=DAYS_PER_YEAR,
        months_per_year=MONTHS_PER_YEAR,
        flop_per_pfs_day=FLOP_PER_PFS_DAY,
        # JavaScript has no Student t; the panel looks the quantile up by the number of points.
        t_quantiles={n: t_quantile(n) for n in range(FEWEST_POINTS, len(points) + 1)},
        points=tuple(_what_if_point(point) for point in points),
        devices=tuple(
            contract.WhatIfDevice(name=device.name, peak_tflop_per_s=device.fp32_peak_tflop_per_s)
            for device in study.dataset.rows(DEVICES)
        ),
        runs={
            way: tuple(
                contract.WhatIfFactor(name=term.name, value=term.value, unit=term.unit, base_value=term.base_value)
                for term in example(study, way).terms
            )
            for way in EXAMPLES
        },
    )


def _what_if_point(point: Point) -> contract.WhatIfPoint:
    return contract.WhatIfPoint(
        id=point.slug,
        name=point.system.name,
        date=point.date.isoformat(),
        day=(point.date - ORIGIN).days,
        domain=point.system.domain,
        pfs_days=point.pfs_days,
        assumes_utilisation=assumes_utilisation(point),
    )


def _worked(calculation: Worked) -> contract.Calculation:
    return contract.Calculation(
        name=calculation.name,
        system=calculation.system,
        system_name=calculation.system_name,
        id=calculation.id,
        method=calculation.method,
        role=calculation.role,
        where=calculation.where,
        device=calculation.device,
        upper_bound=calculation.upper_bound,
        note=calculation.note,
        sources=calculation.sources,
        compute_flop=calculation.compute_flop,
        compute_pfs_days=calculation.compute_pfs_days,
        text=calculation.text(),
        latex=calculation.latex(),
        parts=calculation.parts(),
        factors=tuple(
            contract.Factor(**asdict(term), text=term.text, base_value=term.base_value) for term in calculation.terms
        ),
        intermediates=tuple(
            contract.Intermediate(
                name=intermediate.name,
                label=intermediate.label,
                unit=intermediate.unit,
                value=intermediate_value(intermediate),
                text=intermediate_text(intermediate),
            )
            for intermediate in calculation.intermediates
        ),
    )
