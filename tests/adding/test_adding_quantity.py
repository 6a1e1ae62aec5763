"""Adding a quantity: one statement in `analysis/results`, and its entry, its page and its name in pages follow."""

from collections.abc import Iterator, Mapping

import pytest

from analysis.bundle.golden import golden_of
from analysis.bundle.json_documents import documents
from analysis.inputs.dataset import Dataset
from analysis.model.study import Study, analyse
from analysis.results import context
from analysis.results.collect import Findings, find
from analysis.results.quantity import Quantity, Results

OLD, NEW = "compute.modern.doubling_time_days", "later.modern.doubling_time_days"


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch, dataset: Dataset) -> Mapping[str, Findings]:
    """The findings of every edition with two quantities more from the open one on: in an old and in a new topic."""
    known, opened = context.quantities, dataset.editions[-1].id

    def quantities(study: Study, results: Results) -> Iterator[Quantity]:
        yield from known(study, results)
        if study.edition.id >= opened:
            for name in (OLD, NEW):
                yield results.compute(
                    name,
                    lambda months: months * 30.0,
                    {"T": "compute.modern.doubling_time"},
                    unit="day",
                    summary="Doubling time in days.",
                    formula=r"30\,T",
                )

    monkeypatch.setattr(context, "quantities", quantities)
    return {edition.id: find(analyse(dataset, edition.id)) for edition in dataset.editions}


def test_a_quantity_is_one_statement_in_an_old_and_in_a_new_topic(added: Mapping[str, Findings]) -> None:
    newest = added[list(added)[-1]]
    written = {quantity.name: quantity for quantity in documents(newest)["results.json"].quantities}
    assert written[OLD].value == written[NEW].value == 30 * newest.results.value("compute.modern.doubling_time")
    assert written["compute.modern.doubling_time"].used_by[-2:] == (OLD, NEW)
    assert {OLD, NEW} <= {quantity.name for quantity in newest.results.quantities.values()}


def test_a_quantity_of_the_open_edition_leaves_the_closed_ones_alone(
    added: Mapping[str, Findings], findings_by_edition: Mapping[str, Findings]
) -> None:
    for edition in list(added)[:-1]:
        assert golden_of(added[edition]) == golden_of(findings_by_edition[edition])
