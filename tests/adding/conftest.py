"""What an addition to the data must leave alone: the documents and numbers of every closed edition."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from analysis.bundle.golden import golden_of
from analysis.bundle.json_documents import documents
from analysis.inputs.dataset import Dataset
from analysis.inputs.load import load_dataset
from analysis.model.study import analyse
from analysis.results.collect import Findings, find

# Reads a root to which something was added, and gives the findings of the open edition.
Added = Callable[[Path], Findings]


@pytest.fixture
def added(dataset: Dataset, findings_by_edition: Mapping[str, Findings]) -> Added:
    """The findings of the open edition with an addition, after a look at what the closed editions then say."""

    def read(root: Path) -> Findings:
        after = load_dataset(root)
        for edition in dataset.editions[:-1]:
            before, now = findings_by_edition[edition.id], find(analyse(after, edition.id))
            assert documents(now) == documents(before)
            assert golden_of(now) == golden_of(before)
        return find(analyse(after))

    return read
