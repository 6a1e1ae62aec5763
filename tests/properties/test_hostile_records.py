"""Throws hostile texts at every text field of every record, and looks at what the analysis makes of them.

What pages make of them is tested under tests/unit/site_src.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import cycle
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from matplotlib import style
from matplotlib.figure import Figure

from analysis.bundle.build import STYLE_FILE
from analysis.bundle.csv_tables import plain_data
from analysis.errors import AnalysisError
from analysis.figures.canvas import WIDE
from analysis.figures.labels import Label, place_labels
from analysis.figures.svg_annotations import inline_svg, svg_of
from analysis.inputs import records, rows
from analysis.inputs.dataset import Dataset
from analysis.inputs.records import Record
from analysis.inputs.sidecars import Sidecar
from analysis.inputs.tables import TABLES as DATA_TABLES
from analysis.inputs.validation import validated
from analysis.model.study import analyse
from analysis.record_text import Holds
from analysis.results.collect import find
from analysis.results.describe import description
from tests.hostile import EVALUATED, REFUSED, hostile_texts

# Texts that name something: what they hold is looked up, so nothing else can stand there.
NAMING = {"file", "paper", "unit", "edition", "role"}
TEMPLATES = ("VGG {{ 7*7 }}", "{% for i in x %}", "{# gone #}", "{{ a.b | plain }}")
# No file in UTF-8 holds a lone surrogate.
WRITABLE = tuple(character for character in REFUSED if character != "\ud800")
SVG = "{http://www.w3.org/2000/svg}"


def free_texts(model: type[Record]) -> Iterator[str]:
    """The fields of a kind of record that take any text: those without a pattern, a list or a look-up."""
    for name, info in model.model_fields.items():
        patterns = [item for item in info.metadata if getattr(item, "pattern", None) or hasattr(item, "func")]
        if info.annotation is str and not patterns and name not in NAMING:
            yield name


def attacked(record: Record, texts: Iterator[str]) -> Record:
    """A record, and all records in it, with a text put before each of its texts; nothing checks it."""
    changed: dict[str, Any] = {}
    for name, value in record:
        if isinstance(value, tuple) and value and isinstance(value[0], Record):
            changed[name] = tuple(attacked(part, texts) for part in value)
    for name in free_texts(type(record)):
        # What is printed begins with the number that is compared; an empty text may be one that must be empty.
        before = name == "printed"
        value = getattr(record, name)
        changed[name] = (f"{value} {next(texts)}" if before else f"{next(texts)} {value}") if value else value
    return record.model_copy(update=changed)


def attacked_dataset(dataset: Dataset, texts: Iterator[str]) -> Dataset:
    """All records with texts that attack; the works of the bibliography, too."""
    collections = {name: tuple(attacked(r, texts) for r in group) for name, group in dataset.collections.items()}
    references = {
        key: replace(
            work,
            **{name: f"{next(texts)} {getattr(work, name)}" for name in ("title", "container", "publisher", "note")},
            authors=tuple(
                replace(
                    a,
                    **{
                        name: f"{next(texts)} {getattr(a, name)}"
                        for name in ("family", "given", "literal")
                        if getattr(a, name)
                    },
                )
                for a in work.authors
            ),
        )
        for key, work in dataset.references.items()
    }
    tables = {table.name: collections.pop(table.name) for table in DATA_TABLES}
    return replace(
        dataset,
        **collections,
        tables=tables,
        references=references,
        editions=tuple(attacked(edition, texts) for edition in dataset.editions),
        sidecars={name: attacked(sidecar, texts) for name, sidecar in dataset.sidecars.items()},
    )


def test_a_drawing_shows_every_hostile_name_as_it_is() -> None:
    texts = [text for text in hostile_texts() if text.isascii()]
    with style.context(str(STYLE_FILE)):
        drawn = Figure(figsize=(8, 4))
        for place, text in enumerate(texts):
            drawn.text(0.01, place / len(texts), text, size=1)
        inline = inline_svg(svg_of(drawn), prefix="x", title=texts[0], description=texts[1])
    root = ET.fromstring(inline)
    assert {"".join(text.itertext()) for text in root.iter(f"{SVG}text")} == set(texts)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg",
        "g",
        "text",
        "title",
        "desc",
        "defs",
        "path",
    }


def test_a_label_with_dollar_signs_is_no_formula() -> None:
    with style.context(str(STYLE_FILE)):
        axes = WIDE.figure(3).add_subplot()
        place_labels(axes, [Label(text="$x^2$", x=0.5, y=0.5)], [(0.5, 0.5)])
        assert ">$x^2$<" in svg_of(axes.figure)


def test_a_hostile_record_is_described_in_a_terminal_line_by_line(dataset: Dataset) -> None:
    results = find(analyse(attacked_dataset(dataset, cycle(hostile_texts())))).results
    assert EVALUATED not in description(results, "compute.modern.doubling_time")


def test_csv_rows_hold_hostile_texts_as_they_are(dataset: Dataset) -> None:
    findings = find(analyse(attacked_dataset(dataset, cycle(hostile_texts()))))
    rows = next(list(resource.rows) for resource in plain_data(findings) if resource.path == "data/systems.csv")
    assert {row["name"] for row in rows} == {system.name for system in findings.study.dataset.systems}


def _examples(dataset: Dataset) -> Iterator[Record]:
    """One record of every kind that is read from a file, and of those within it."""
    seen: set[type[Record]] = set()
    groups = [*dataset.collections.values(), dataset.editions, tuple(dataset.sidecars.values())]
    erratum = records.Erratum(edition="2018-05", date=date(2027, 1, 3), text="corrected")
    stack: list[Record] = [record for group in groups for record in group] + [erratum]
    while stack:
        record = stack.pop()
        stack += [part for _, value in record if isinstance(value, tuple) for part in value if isinstance(part, Record)]
        if type(record) not in seen:
            seen.add(type(record))
            yield record


def test_every_text_field_of_every_record_refuses_what_is_not_plain_text(dataset: Dataset) -> None:
    examples = list(_examples(dataset))
    known = (*vars(records).values(), *vars(rows).values())
    kinds = {kind for kind in known if isinstance(kind, type) and issubclass(kind, Record)}
    assert {type(record) for record in examples} >= kinds - {Record, records.Dated, records.Rounding}
    assert Sidecar in {type(record) for record in examples}
    for record in examples:
        for name, info in type(record).model_fields.items():
            if not isinstance(value := getattr(record, name), str) and info.annotation is not str:
                continue
            holds = next((item for item in info.metadata if isinstance(item, Holds)), Holds())
            for text in (*TEMPLATES, *WRITABLE, *([] if holds.lines else ["\n"])):
                with pytest.raises(AnalysisError) as caught:
                    validated(type(record), {**dict(record), name: f"{value}{text}"}, "data/x.toml")
                assert str(caught.value).startswith(f"data/x.toml: {name}: ")
