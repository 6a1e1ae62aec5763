"""The pages that are made from records, and what moved on each between two states of an edition.

A generated page goes by its path below docs/, where it has no file; an authored page that lists records goes by its
file. The site composes these paths too; a test holds the two together.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from analysis.bundle.changes import changes_between
from analysis.bundle.state import Rows, State
from analysis.contract import ChangedNames, Changes
from analysis.difference.causes import leaf
from analysis.figures.svg_parts import slug

# Topics with a page for each group of their quantities.
DIVIDED: Final = frozenset({"compute", "counting", "efficiency"})
# Authored pages that list records.
MODELS: Final = "data/models.csv"
MODELS_PAGE: Final = "docs/models/index.md"
REFERENCES_PAGE: Final = "docs/references.md"
TRACKER_PAGE: Final = "docs/tracker/index.md"
LEDGER: Final = "data.ledger"
LEDGER_PAGES: Final = {"later": "docs/results/ledger-later.md", "networks": "docs/results/ledger-networks.md"}
LEDGER_PAGE: Final = "docs/results/ledger.md"
# What the first page of the tracker says of each benchmark.
RATES: Final = frozenset({"n", "factor", "halving_time"})


def moved_on_pages(before: State, after: State) -> dict[str, list[str]]:
    """What moved on each page: quantities, then figures and tables, statements, records and works."""
    changes = changes_between(before, after)
    pages: dict[str, dict[str, None]] = {}
    for page, name in chain(
        _quantities(before, after, changes),
        _exhibits(changes),
        _statements(before, after),
        _records(changes),
    ):
        pages.setdefault(page, {})[name] = None
    return {page: list(names) for page, names in pages.items()}


def _quantities(before: State, after: State, changes: Changes) -> Iterator[tuple[str, str]]:
    """Each page that states a quantity: the list of its topic, what it is about, and the changes of the edition."""
    subjects = {**_subjects(before), **_subjects(after)}
    quantities = changes.quantities
    for name in (*(moved.name for moved in quantities.moved), *quantities.added, *quantities.removed):
        topic, group, *rest = name.split(".")
        yield f"results/{topic}/{group}.md" if topic in DIVIDED else f"results/{topic}.md", name
        if page := subjects.get(f"{topic}.{group}"):
            yield page, name
        if topic == "tracker" and rest[-1] in RATES:
            yield TRACKER_PAGE, name
        yield f"editions/{after.edition}.md", name


def _subjects(state: State) -> dict[str, str]:
    """The page of each network, system and benchmark by the first two parts of the names of its quantities."""
    networks = (name.split(".")[1] for name in state.quantities if name.endswith(".macs"))
    systems = {key.replace("-", "_"): f"systems/{key}.md" for key in state.records.get("systems", ())}
    return {
        **{f"counting.{network}": f"architectures/{network}.md" for network in networks},
        **{f"{topic}.{part}": page for topic in ("system", "worked") for part, page in systems.items()},
        **{figure: page for figure in state.figures if (page := _benchmark_page(figure))},
    }


def _benchmark_page(figure: str) -> str:
    """The page of the benchmark that a figure of the tracker shows; nothing for other figures."""
    topic, _, benchmark = figure.partition(".")
    return f"tracker/{slug(benchmark)}.md" if topic == "tracker" else ""


def _exhibits(changes: Changes) -> Iterator[tuple[str, str]]:
    """Each page that shows a figure or a table: its own, the one that shows all, and that of a benchmark."""
    for name in _all(changes.figures):
        yield f"figures/{slug(name)}.md", name
        yield "results/figures.md", name
        if page := _benchmark_page(name):
            yield page, name
    for name in _all(changes.tables):
        yield f"tables/{slug(name)}.md", name
        yield "results/tables.md", name


def _all(names: ChangedNames) -> Iterable[str]:
    return (*names.moved, *names.added, *names.removed)


def _statements(before: State, after: State) -> Iterator[tuple[str, str]]:
    """The ledger of each statement whose row differs."""
    old, new = (_by_id(state.tables.get(LEDGER, [])) for state in (before, after))
    for claim in {**old, **new}:
        if old.get(claim) != new.get(claim):
            records = (after if claim in new else before).records["claims"]
            yield LEDGER_PAGES.get(json.loads(records[claim].content)["ledger"], LEDGER_PAGE), claim


def _by_id(rows: Rows) -> dict[str, dict[str, object]]:
    return {row["id"]: row for row in rows}


def _records(changes: Changes) -> Iterator[tuple[str, str]]:
    """The pages that show records themselves: those of systems and benchmarks, the models, the references."""
    for record in (*changes.records.added, *changes.records.changed, *changes.records.closed):
        folder, _, file = record.file.removeprefix("data/").rpartition("/")
        name = leaf(record.id, record.file)
        if record.file == MODELS:
            yield MODELS_PAGE, name
        elif folder == "systems":
            yield f"systems/{record.id}.md", name
        elif folder == "records":
            yield f"tracker/{file.removesuffix('.csv')}.md", name
    for key in changes.references:
        yield REFERENCES_PAGE, key
