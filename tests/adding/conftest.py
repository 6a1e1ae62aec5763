"""What an addition to the data must leave alone, every closed edition, and a copy to which code is added."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from analysis.bundle.golden import golden_of
from analysis.bundle.json_documents import documents
from analysis.inputs.dataset import Dataset
from analysis.inputs.load import load_dataset
from analysis.model.study import analyse
from analysis.results.collect import Findings, find
from tests.adding.code_copy import extended_copy, written_by
from tests.editions import CLOSED

# Reads a root to which something was added, and gives the findings of the open edition.
Added = Callable[[Path], Findings]


@pytest.fixture(scope="session")
def closed(findings_by_edition: Mapping[str, Findings]) -> Mapping[str, tuple[Any, Any]]:
    """All that each closed edition says."""
    return {edition: said_by(findings_by_edition[edition]) for edition in CLOSED}


@pytest.fixture(scope="session")
def added(closed: Mapping[str, tuple[Any, Any]]) -> Added:
    """The findings of the open edition with an addition, after a look at what the closed editions then say."""

    def read(root: Path) -> Findings:
        after = load_dataset(root)
        for edition, before in closed.items():
            assert said_by(find(analyse(after, edition))) == before
        return find(analyse(after))

    return read


def said_by(findings: Findings) -> tuple[Any, Any]:
    """All that an edition says."""
    return documents(findings), golden_of(findings)


@pytest.fixture(scope="session")
def extended(tmp_path_factory: pytest.TempPathFactory, dataset: Dataset) -> Path:
    """A copy of the analysis and its inputs with new modules and a new table, all from the open edition on."""
    return extended_copy(tmp_path_factory.mktemp("extended"), dataset.editions[-1].id)


@pytest.fixture(scope="session")
def written(extended: Path) -> dict[str, Any]:
    """What that copy writes by itself."""
    return written_by(extended)
