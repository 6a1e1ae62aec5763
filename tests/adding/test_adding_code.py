"""Adding a network, a figure and a table, on a copy of the analysis: functions of a new module, listed nowhere."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from analysis.bundle.files import rounded
from analysis.bundle.json_documents import documents
from analysis.inputs.dataset import Dataset
from analysis.results.collect import Findings
from tests.adding.code_copy import code_copy, written_by

# New modules by path, so that none that is there already is edited.
MODULES = {
    "analysis/counting/architectures/later.py": '''
"""A network of one layer."""

from analysis.counting.layers import Layer, Linear, Sequential
from analysis.counting.registry import architecture


@architecture("later_net", "Later network", group="vision", input_shape=(8,), sources=("lecun1998gradient",),
              where="made up", since="{since}")
def later_net() -> Layer:
    return Sequential((Linear(8, 4),))
''',
    "analysis/figures/later.py": '''
"""A figure of a new topic."""

from analysis.figures.canvas import Canvas, Content, Drawing
from analysis.figures.registry import figure
from analysis.results.collect import Findings


def one_point(findings: Findings) -> Content:
    return Content(rows=({{"id": "one", "factor": 2.0}},))


@figure("later.points", number=901, since="{since}", title="A point", alt="One point.", shows=one_point)
def points(shown: Content, canvas: Canvas) -> Drawing:
    drawn = canvas.figure(3)
    drawn.add_subplot().plot([1.0], [row["factor"] for row in shown.rows], "o")
    return Drawing(figure=drawn, content=shown)
''',
    "analysis/tables/later.py": '''
"""A table of a new topic."""

from analysis.results.collect import Findings
from analysis.tables.registry import Column, Table, table, table_of


@table("later.names", number=901, since="{since}", title="Names")
def names(findings: Findings) -> Table:
    return table_of((Column(key="name", label="Name"),), [{{"name": "one"}}])
''',
}
# The rows and columns of the figures of the open edition that are last in the catalogue.
FIGURES = """
from analysis.bundle.drawings import jobs_of
from analysis.figures.catalogue import figures_at
from analysis.figures.columns import columns_of

rows = {entry.name: entry.shows(newest).rows for entry in figures_at(newest.study.edition.id)[-1:]}
written["figures"] = {edition: [entry.name for entry in figures_at(edition)] for edition in found}
written["rows"] = rows
written["drawn"] = sorted(name for job in jobs_of(newest)[-2:] for name in job())
written["columns"] = {name: columns_of(name, made[0]) for name, made in rows.items()}
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, dataset: Dataset) -> dict[str, Any]:
    """What a copy of the analysis with the new modules writes."""
    root = code_copy(tmp_path_factory.mktemp("code"))
    for path, text in MODULES.items():
        (root / path).write_text(text.format(since=dataset.editions[-1].id).lstrip(), encoding="utf-8")
    return written_by(root, FIGURES)


@pytest.fixture
def newest(written: dict[str, Any]) -> dict[str, Any]:
    """The documents of the open edition."""
    return list(written["documents"].values())[-1]  # type: ignore[no-any-return]


def test_a_network_is_one_function(newest: dict[str, Any], findings: Findings) -> None:
    network = next(network for network in newest["architectures.json"] if network["name"] == "later_net")
    # 8 x 4 = 32
    assert network["macs"] == 32
    assert "networks/later_net.json" in newest
    assert "counting.later_net.macs" in {quantity["name"] for quantity in newest["results.json"]["quantities"]}
    assert len(newest["architectures.json"]) == len(documents(findings)["architectures.json"]) + 1


def test_a_figure_of_a_new_topic_is_what_it_shows_and_how_it_is_drawn(written: dict[str, Any]) -> None:
    assert written["rows"] == {"later.points": [{"id": "one", "factor": 2.0}]}
    assert [column["key"] for column in written["columns"]["later.points"]] == ["id", "factor"]
    forms = ["narrow.inline.svg", "pdf", "png", "svg", "wide.inline.svg"]
    assert written["drawn"] == [f"figures/later.points.{form}" for form in forms]
    assert ["later.points" in names for names in written["figures"].values()] == [False, False, False, True]


def test_a_table_of_a_new_topic_is_one_function(newest: dict[str, Any]) -> None:
    table = next(table for table in newest["tables.json"] if table["name"] == "later.names")
    assert table["rows"] == [{"name": "one"}]


def test_new_code_of_the_open_edition_changes_no_closed_one(
    written: dict[str, Any], dataset: Dataset, findings_by_edition: Mapping[str, Findings]
) -> None:
    for edition in dataset.editions[:-1]:
        before = json.loads(json.dumps(rounded(documents(findings_by_edition[edition.id]))))
        assert written["documents"][edition.id] == before
