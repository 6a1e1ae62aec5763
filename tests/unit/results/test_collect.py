"""All quantities of all editions: each has sources and inputs that exist, and the promised names are there."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

import pytest

from analysis.inputs.dataset import Dataset
from analysis.inputs.records import LedgerName
from analysis.model.study import Study, analyse
from analysis.results.collect import Findings, collect, find
from analysis.results.quantity import Quantity
from analysis.tables.catalogue import tables_at
from analysis.units import UNITS
from tests.records import record_exists

# What pages, notebooks and the site rely on by name.
PROMISED = (
    "compute.modern.doubling_time",
    "compute.modern.growth_per_year",
    "compute.modern.alexnet_to_alphago_zero",
    "compute.modern.moore_over_span",
    "compute.modern.record_setters.doubling_time",
    "compute.first.doubling_time",
    "compute.vision.doubling_time",
    "compute.games.doubling_time",
    "efficiency.alexnet.factor",
    "efficiency.alexnet.doubling_time",
    "efficiency.alexnet.moore_over_span",
    "efficiency.resnet50.factor",
    "efficiency.translation.seq2seq_factor",
    "efficiency.translation.gnmt_factor",
    "efficiency.go.factor",
    "efficiency.dota.factor",
    "efficiency.inference.shufflenet_factor",
)


@pytest.fixture
def every_quantity(findings_by_edition: Mapping[str, Findings]) -> list[Quantity]:
    """The quantities of all editions."""
    return [q for findings in findings_by_edition.values() for q in findings.results.quantities.values()]


@pytest.mark.parametrize("name", PROMISED)
def test_a_promised_name_is_there(findings: Findings, name: str) -> None:
    assert findings.results[name].name == name


def test_every_calculation_is_a_quantity_of_its_system_and_method(findings: Findings) -> None:
    expected = {
        f"worked.{system.id.replace('-', '_')}.{estimate.id}"
        for system in findings.study.dataset.systems
        for estimate in system.estimates
    }
    assert expected - set(findings.results.quantities) == set()


def test_every_charted_system_is_a_quantity(findings: Findings) -> None:
    expected = {f"system.{point.slug.replace('-', '_')}.compute" for point in findings.study.points}
    assert expected - set(findings.results.quantities) == set()


def test_every_constant_is_a_quantity(findings: Findings) -> None:
    expected = {f"constant.{constant.id}.value" for constant in findings.study.dataset.constants}
    assert expected - set(findings.results.quantities) == set()


def test_every_source_is_in_the_bibliography(every_quantity: list[Quantity], findings: Findings) -> None:
    known = findings.study.dataset.references
    assert [(q.name, key) for q in every_quantity for key in q.sources if key not in known] == []


def test_every_input_is_a_quantity_or_a_record(findings_by_edition: Mapping[str, Findings]) -> None:
    assert [
        (edition, q.name, name)
        for edition, found in findings_by_edition.items()
        for q in found.results.quantities.values()
        for name in q.inputs
        if name not in found.results.quantities and not record_exists(name)
    ] == []


@pytest.mark.parametrize("file", ["data/efficiency/games.csv", "data/assumptions.toml", "data/periods.toml"])
def test_a_record_is_missing_where_its_file_has_no_such_id(file: str) -> None:
    assert record_exists(file)
    assert not record_exists(f"{file}#no-such-id")


def test_every_input_was_made_before_what_is_made_from_it(findings: Findings) -> None:
    # So no quantity is made, however indirectly, from itself.
    place = {name: i for i, name in enumerate(findings.results.quantities)}
    assert [
        (q.name, name)
        for q in findings.results.quantities.values()
        for name in q.inputs
        if name in place and place[name] >= place[q.name]
    ] == []


def test_a_row_is_named_wherever_a_table_is_read(every_quantity: list[Quantity]) -> None:
    tables = ("data/efficiency/", "data/counting/", "data/assumptions", "data/observations", "data/periods")
    assert [
        (q.name, one) for q in every_quantity for one in q.inputs if one.startswith(tables) and "#" not in one
    ] == []


def test_every_value_is_finite(every_quantity: list[Quantity]) -> None:
    assert [q.name for q in every_quantity if not math.isfinite(q.value)] == []


def test_every_unit_is_known(every_quantity: list[Quantity]) -> None:
    assert [q.name for q in every_quantity if q.unit not in UNITS] == []


def test_every_value_is_within_its_interval(every_quantity: list[Quantity]) -> None:
    assert [
        q.name
        for q in every_quantity
        if (q.low is not None and q.low > q.value) or (q.high is not None and q.high < q.value)
    ] == []


def test_every_quantity_with_a_bound_says_what_kind_of_interval_it_is(every_quantity: list[Quantity]) -> None:
    assert [q.name for q in every_quantity if (q.low or q.high) is not None and not q.interval] == []


def test_every_quantity_says_what_it_is(every_quantity: list[Quantity]) -> None:
    assert [q.name for q in every_quantity if not q.summary.endswith(".")] == []


def test_a_quantity_keeps_its_value_in_later_editions(findings_by_edition: Mapping[str, Findings]) -> None:
    # Every edition so far has added data and changed none: only the counts of the ledger grow, and that of the systems
    # before 2012, which is zero before the first era is added.
    counts = ("claims.", "compute.period_before_2012.n")
    editions = list(findings_by_edition)
    last = findings_by_edition[editions[-1]].results.quantities
    assert [
        (edition, name)
        for edition in editions[:-1]
        for name, q in findings_by_edition[edition].results.quantities.items()
        if not name.startswith(counts) and last[name].value != q.value
    ] == []


def test_an_edition_without_the_efficiency_data_has_no_quantity_of_them(
    findings_by_edition: Mapping[str, Findings],
) -> None:
    early = findings_by_edition["2019-11"].results.quantities
    assert [name for name in early if name.startswith(("efficiency.", "context."))] == []


def test_the_counts_of_the_verdicts_add_up_to_all_results(findings: Findings) -> None:
    for name in get_args(LedgerName):
        values = [
            findings.results.value(f"claims.{name}.{verdict}")
            for verdict in ("agree", "consistent", "differ", "inferred", "not_testable")
        ]
        assert sum(values) == findings.results.value(f"claims.{name}.results")


def test_every_statement_is_in_one_ledger(findings: Findings) -> None:
    names = get_args(LedgerName)
    assert sum(findings.results.value(f"claims.{name}.statements") for name in names) == len(findings.ledger)


def test_only_distinct_results_are_counted(findings: Findings) -> None:
    claims = [row.claim for row in findings.ledger if row.claim.ledger == "originals"]
    distinct = [claim for claim in claims if claim.kind == "result" and not claim.repeats]
    assert findings.results.value("claims.originals.results") == len(distinct) < len(claims)


def test_what_agrees_only_by_an_inferred_input_is_counted_apart(findings: Findings) -> None:
    # The chart plots AlexNet at 0.00579; only the utilisation of 0.333, inferred from the chart, gives that.
    (row,) = [row for row in findings.ledger if row.claim.id == "compute-2018.chart.alexnet"]
    assert (row.verdict, row.inferred) == ("agrees", ("share of peak that a GPU delivers, behind the chart",))
    originals = [row for row in findings.ledger if row.claim.ledger == "originals" and not row.claim.repeats]
    decided = [row for row in originals if row.inferred and row.claim.kind == "result" and row.verdict != "differs"]
    assert findings.results.value("claims.originals.inferred") == len(decided)


def test_collecting_twice_gives_the_same_quantities(study: Study) -> None:
    assert collect(study) == collect(study)


def test_the_statements_are_counted_publication_by_publication(findings: Findings) -> None:
    count = findings.results["claims.originals.statements"]
    listed = [claim for claim in findings.study.dataset.claims if claim.ledger == "originals"]
    assert count.inputs == tuple(dict.fromkeys(claim.file for claim in listed))
    for symbol in count.symbols:
        assert symbol.number == sum((claim.file,) == symbol.records for claim in listed)


def with_own_system(dataset: Dataset) -> Dataset:
    """The dataset with VGG once more, far larger, in the listing of systems that OpenAI did not chart."""
    vgg = next(system for system in dataset.systems if system.id == "vgg")
    huge = {"id": "huge", "file": "data/systems/huge.toml", "name": "Huge", "listing": "own", "error_factor": None}
    own = vgg.model_copy(update={**huge, "since": dataset.editions[-1].id})
    return replace(dataset, systems=(*dataset.systems, own))


def test_a_system_of_ones_own_moves_no_number(dataset: Dataset, findings: Findings) -> None:
    found = find(analyse(with_own_system(dataset)))
    added = set(found.results.quantities) - set(findings.results.quantities)
    assert added == {name for name in added if name.startswith("worked.huge.")}
    assert {name: found.results.value(name) for name in findings.results.quantities} == {
        name: quantity.value for name, quantity in findings.results.quantities.items()
    }


def test_a_system_of_ones_own_is_in_no_table_or_figure_of_charted_ones(dataset: Dataset, findings: Findings) -> None:
    found = find(analyse(with_own_system(dataset)))
    edition = findings.study.edition.id
    for entry in tables_at(edition):
        if entry.name.startswith(("compute.", "ledger.")):
            assert entry.build(found).rows == entry.build(findings).rows


def test_a_claim_is_compared_at_the_edition_of_its_text(dataset: Dataset, findings: Findings) -> None:
    # AlphaGo Zero read again in the last edition, at half: what the post of 2018 says is not measured by it.
    last = dataset.editions[-1].id
    system = next(system for system in dataset.systems if system.id == "alphago-zero")
    reading = system.estimates[0]
    half = reading.model_copy(update={"factors": (reading.factors[0].model_copy(update={"value": 930.0}),)})
    later = system.model_copy(update={"since": last, "estimates": (half, *system.estimates[1:])})
    others = tuple(other for other in dataset.systems if other is not system)
    moved = replace(dataset, systems=(*others, system.model_copy(update={"until": last}), later))
    found = find(analyse(moved))
    assert found.results.value("system.alphago_zero.compute") == 930
    before = {row.claim.id: row.ours for row in findings.ledger if row.claim.since < last}
    assert {row.claim.id: row.ours for row in found.ledger if row.claim.since < last} == before
