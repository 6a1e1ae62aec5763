"""A copy of the analysis and its inputs to which code and a table of data are added, and what it writes by itself."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from analysis.input_files import ROOT
from tests.conftest import copy_of_inputs

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
# Put at the end of the declarations: the class of the rows, and the table among the others.
DECLARATION = '''

class Price(Dated):
    """What an hour of a processor costs."""

    id: Slug
    device: Slug
    price: Positive
    sources: Sources


PRICES: Final = DataTable(name="prices", path="costs/prices", row=Price, keys={"device": (DEVICES.resource, "id")})
'''
ROWS = "id,device,price,sources,since,until\ngtx-580-hour,gtx-580,0.25,amodei2018ai,{since},\n"
SIDECAR = """
title = "Prices of processors"
description = "What an hour costs."
sources = ["amodei2018ai"]
licence = "CC BY 4.0"
since = "{since}"
columns = [
  {{ name = "id", unit = "", description = "identifier" }},
  {{ name = "device", unit = "", description = "processor" }},
  {{ name = "price", unit = "dollar", description = "price of an hour" }},
  {{ name = "sources", unit = "", description = "keys of references.bib" }},
  {{ name = "since", unit = "", description = "first edition" }},
  {{ name = "until", unit = "", description = "edition from which the row no longer holds" }},
]
"""
# A benchmark of the tracker, which is no code.
BENCHMARK = """id,name,date,authors,value,hardware,change,record,status,evidence,builds_on,sources,note,since,until
first,First run,2026-05-01,First Author,120,,the baseline,,reported,https://example.org/1,,amodei2018ai,,{since},
"""
BENCHMARK_SIDECAR = """
title = "A later level"
description = "Made up."
sources = ["amodei2018ai"]
licence = "CC BY 4.0"
since = "{since}"

[benchmark]
figure = 900
target = "a loss of 3"
measure = "wall-clock time"
metric = "training time"
unit = "minute"
better = "lower"
rules = "Any run counts."
data = "free"
hardware = []
mixes = ["everything"]
keeper = "nobody"
link = "https://example.org/"
looked = 2026-05-01
status = "open"
"""
# Every document of every edition, and of the open one the last figure and the CSV files under data/ with their package.
WRITING = """
import json, sys
from pathlib import Path
from analysis.bundle.csv_tables import plain_data
from analysis.bundle.datapackage import data_package
from analysis.bundle.drawings import jobs_of
from analysis.bundle.files import rounded, write_csv
from analysis.bundle.json_documents import documents
from analysis.figures.catalogue import figures_at
from analysis.figures.columns import columns_of
from analysis.inputs.load import load_dataset
from analysis.model.study import analyse
from analysis.results.collect import find

dataset = load_dataset()
found = {edition.id: find(analyse(dataset, edition.id)) for edition in dataset.editions}
newest = list(found.values())[-1]
written = {"documents": {edition: documents(findings) for edition, findings in found.items()}}

rows = {entry.name: entry.shows(newest).rows for entry in figures_at(newest.study.edition.id)[-1:]}
written["figures"] = {edition: [entry.name for entry in figures_at(edition)] for edition in found}
written["rows"] = rows
written["drawn"] = sorted(name for job in jobs_of(newest)[-2:] for name in job())
written["columns"] = {name: columns_of(name, made[0]) for name, made in rows.items()}

folder = Path("bundle")
resources = list(plain_data(newest))
for resource in resources:
    (folder / resource.path).parent.mkdir(parents=True, exist_ok=True)
    write_csv(folder / resource.path, resource.columns, resource.rows)
written["package"] = data_package(newest, resources, folder)

json.dump(rounded(written), sys.stdout)
"""


def extended_copy(root: Path, since: str) -> Path:
    """Copies the analysis and its inputs to a folder, and adds to both, all from one edition on."""
    copy_of_inputs(root)
    shutil.copytree(ROOT / "analysis", root / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
    for path, text in MODULES.items():
        (root / path).write_text(text.format(since=since).lstrip(), encoding="utf-8")
    declare_table(root / "analysis/inputs/tables.py")
    (root / "data/costs").mkdir()
    files = {
        "costs/prices.csv": ROWS,
        "costs/prices.toml": SIDECAR,
        "records/later-level.csv": BENCHMARK,
        "records/later-level.toml": BENCHMARK_SIDECAR,
    }
    for name, content in files.items():
        (root / "data" / name).write_text(content.format(since=since), encoding="utf-8")
    return root


def declare_table(path: Path) -> None:
    """Adds the declaration of the table to the module of all of them."""
    before, declared, after = path.read_text(encoding="utf-8").partition("\nTABLES")
    after = after.replace("    DEVICES,\n", "    DEVICES,\n    PRICES,\n")
    text = f"{before.rstrip()}\n{DECLARATION}{declared}{after}"
    path.write_text(
        text.replace("import Dated, Device\n", "import Dated, Device, Positive, Slug, Sources\n"), encoding="utf-8"
    )


def run_python(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python in a copy, with the copy's own packages."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


def written_by(root: Path) -> dict[str, Any]:
    """What a copy writes."""
    run = run_python(root, "-c", WRITING)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)  # type: ignore[no-any-return]
