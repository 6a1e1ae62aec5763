"""Throws hostile texts at every text field of every record, and looks at everything that is made of them."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from matplotlib.figure import Figure
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import get_navigation

from analysis import contract
from analysis.artifacts import Bundle, FolderFiles
from analysis.bundle.csv_tables import plain_data
from analysis.bundle.drawings import house_style
from analysis.bundle.files import write_json
from analysis.bundle.json_documents import documents
from analysis.contract import ChangedNames, ChangedQuantities, ChangedRecord, ChangedRecords, Changes
from analysis.errors import AnalysisError
from analysis.figures.canvas import WIDE
from analysis.figures.labels import Label, place_labels
from analysis.figures.look import typeset
from analysis.figures.saving import svg_of
from analysis.figures.svg_annotations import inline_svg
from analysis.inputs import records, rows
from analysis.inputs.dataset import Dataset
from analysis.inputs.records import Record
from analysis.inputs.sidecars import Sidecar
from analysis.inputs.tables import TABLES as DATA_TABLES
from analysis.inputs.validation import validated
from analysis.model.study import analyse
from analysis.record_text import Holds, markdown_text
from analysis.results.collect import Findings, find
from analysis.results.describe import description
from site_src import hooks
from site_src.citing import cite_this
from site_src.components.faces import HTML
from site_src.components.figure_data import figure_data
from site_src.context import PageContext, Surroundings
from site_src.edition_site import EditionSite
from site_src.outputs import feed, llms_txt, markdown_copies, search_index
from site_src.pages import authored
from site_src.pages.edition import EditionPages
from site_src.pages.generated import _page as page_source
from site_src.pages.generated import generated_pages
from tests.hostile import EVALUATED, REFUSED, hostile_texts, shape_of, words_of
from tests.small_edition import small_edition

ROOT = Path(__file__).resolve().parents[2]
# Texts that name something: what they hold is looked up, so nothing else can be there.
NAMING = {"file", "paper", "unit", "edition", "role"}
TEMPLATES = ("VGG {{ 7*7 }}", "{% for i in x %}", "{# gone #}", "{{ a.b | plain }}")
# All tables but that of all numbers, which holds no more than their pages.
TABLES = """{% for name in bundle.tables if name != "data.quantities" %}
{% call table(name) %}Caption.{% endcall %}

{% endfor %}"""
# No file in UTF-8 holds a lone surrogate.
WRITABLE = tuple(character for character in REFUSED if character != "\ud800")
SVG = "{http://www.w3.org/2000/svg}"


def free_texts(model: type[Record]) -> Iterator[str]:
    """The fields of a kind of record that take any text: those without a pattern, a list or a look-up."""
    for name, info in model.model_fields.items():
        patterns = [item for item in info.metadata if getattr(item, "pattern", None) or hasattr(item, "func")]
        if info.annotation is str and not patterns and name not in NAMING:
            yield name


def attacked(record: Record, before: Callable[[str], str]) -> Record:
    """A record, and all records in it, with a text put before each of its texts; nothing checks it."""
    changed: dict[str, Any] = {}
    for name, value in record:
        if isinstance(value, tuple) and value and isinstance(value[0], Record):
            changed[name] = tuple(attacked(part, before) for part in value)
    for name in free_texts(type(record)):
        # What is printed begins with the number that is compared; an empty text may be one that must be empty.
        begins = name == "printed"
        value = getattr(record, name)
        changed[name] = (f"{value} {before(value)}" if begins else f"{before(value)} {value}") if value else value
    return record.model_copy(update=changed)


def attacked_dataset(dataset: Dataset, texts: Iterator[str]) -> Dataset:
    """All records with texts that attack; the works of the bibliography, too."""

    @cache
    def before(_: str) -> str:
        """Always the same before one text, so that what has one name keeps having one."""
        return next(texts)

    collections = {name: tuple(attacked(r, before) for r in group) for name, group in dataset.collections.items()}
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
        editions=tuple(attacked(edition, before) for edition in dataset.editions),
        sidecars={name: attacked(sidecar, before) for name, sidecar in dataset.sidecars.items()},
    )


def bundle_of(findings: Findings, folder: Path) -> Bundle:
    """The documents of the newest edition; no figures, which a hostile name leaves no room for."""
    for name, content in documents(findings).items():
        write_json(_made(folder / name), content)
    write_json(folder / "figures.json", [])
    write_json(folder / "changes.json", _changes(findings.study.edition.id, documents(findings)))
    for network in ("alexnet", "vgg16"):
        _made(folder / f"networks/{network}.inline.svg").write_text('<svg viewBox="0 0 2 1"></svg>', encoding="utf-8")
    return Bundle(FolderFiles(folder))


def _changes(edition: str, written: Mapping[str, Any]) -> Changes:
    """Changes since an edition that never was, with a record of every label."""
    labels = [claim.statement for claim in written["ledger.json"]] + [s.name for s in written["systems.json"]]
    entries = tuple(ChangedRecord(collection="systems", id="", file="", label=label) for label in labels)
    nothing = ChangedNames(added=(), removed=(), moved=())
    return Changes(
        before="1999-01",
        after=edition,
        quantities=ChangedQuantities(added=(), removed=(), moved=()),
        figures=nothing,
        tables=nothing,
        records=ChangedRecords(added=entries, changed=(), closed=()),
        references=(),
    )


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


@cache
def converter() -> Markdown:
    config = load_config(str(ROOT / "mkdocs.yml"), plugins=[], hooks=[])
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def pages_of(bundle: Bundle) -> EditionPages:
    """The pages that show records: those that are made from records, and authored ones that list them."""
    bundles = {bundle.edition.id: bundle}
    made = generated_pages(bundles)
    chosen = [
        p for p in made if p.startswith("systems/") or p in ("architectures/alexnet.md", "architectures/vgg16.md")
    ]
    text = {page: made[page] for page in [*chosen, "results/constant.md", "results/worked.md"]}
    text["results/tables.md"] = TABLES
    text["results/ledger.md"] = '{{ ledger("originals") }}\n\n{{ ledger("others") }}'
    text["results/ledger-networks.md"] = '{{ ledger("networks") }}'
    text["references.md"] = "{{ references() }}"
    text["data/index.md"] = '{{ template("dictionary.md.j2") }}\n\n{{ calculations() }}'
    text["editions/index.md"] = f'{{{{ changes("{bundle.edition.id}") }}}}'
    titles = {page: authored.title(page, source) for page, source in text.items()}
    pages = EditionPages(Surroundings(address="https://example.org/", bundles=bundles, titles=titles), text, made)
    pages.render()
    return pages


def html_of(pages: EditionPages) -> dict[str, str]:
    """The finished HTML of pages."""
    return {
        page: pages.finished_html(page, converter().reset().convert(rendered.markdown))
        for page, rendered in pages.rendered.items()
    }


@pytest.fixture(scope="module")
def plain(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A bundle of records with a harmless word in all texts."""
    return bundle_of(find(analyse(attacked_dataset(dataset, cycle(["word"])))), tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def attacked_findings(dataset: Dataset) -> Findings:
    """What is found in records with an attack in all texts."""
    return find(analyse(attacked_dataset(dataset, cycle(hostile_texts()))))


@pytest.fixture(scope="module")
def hostile(attacked_findings: Findings, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A bundle of records with an attack in every text."""
    return bundle_of(attacked_findings, tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def plain_pages(plain: Bundle) -> EditionPages:
    """The pages of harmless records."""
    return pages_of(plain)


@pytest.fixture(scope="module")
def hostile_pages(hostile: Bundle) -> EditionPages:
    """The pages of hostile records."""
    return pages_of(hostile)


def heads_of(bundle: Bundle) -> dict[str, str]:
    """What the heads of pages made from records hold for machines: tags, and a script of JSON-LD."""
    site = Surroundings(address="https://example.org/", bundles={bundle.edition.id: bundle})
    made = [
        page for page in generated_pages(site.bundles) if page.startswith(("systems/", "architectures/", "figures/"))
    ]
    contexts = [
        PageContext(page=page, bundle=bundle, site=site, face=HTML, cited=dict.fromkeys(bundle.references, 1))
        for page in made
    ]
    return {context.page: cite_this.head(context) for context in contexts}


def test_metadata_holds_hostile_records_only_as_text(plain: Bundle, hostile: Bundle) -> None:
    expected, found = heads_of(plain), heads_of(hostile)
    assert len(found) > 1
    for page, head in found.items():
        assert shape_of(head) == shape_of(expected[page]), page
        scripts = BeautifulSoup(head, "html.parser").find_all("script")
        assert len(scripts) == 1, page
        json.loads(scripts[0].string or "")


def test_pages_show_hostile_records_only_as_text(
    hostile: Bundle, plain_pages: EditionPages, hostile_pages: EditionPages
) -> None:
    expected, found = html_of(plain_pages), html_of(hostile_pages)
    for page, html in found.items():
        assert shape_of(html) == shape_of(expected[page]), page
        assert EVALUATED not in html, page
    for system in hostile.systems.values():
        words = words_of(found[f"systems/{system.id}.md"])
        assert " ".join(system.name.split()) in words
        assert " ".join(system.note.split()) in words


def themed(title: str, folder: Path) -> str:
    """A page with a title and description made of a text, as the theme writes it: head, menus and all."""
    config = load_config(str(ROOT / "mkdocs.yml"), plugins=[], hooks=[], site_dir=str(folder))
    config.plugins._current_plugin = "test"
    source = page_source(title, f"About {title}", "1")
    surroundings = Surroundings(address="https://example.org/", bundles={"2018-05": small_edition()})
    pages = EditionPages(surroundings, {"systems/alexnet.md": source}, {})
    hooks._UnderWay.site = EditionSite(ROOT, "https://example.org/", pages)
    pages.render()
    files = Files([File.generated(config, "systems/alexnet.md", content=source)])
    config.nav = None
    navigation = get_navigation(files, config)
    page = next(iter(files)).page
    page.read_source(config)
    assert page.title == title
    page.markdown = f"# {markdown_text(title)}\n\ntext"
    page.render(config, files)
    context = get_context(navigation, files, config, page)
    hooks.on_page_context(context, page, config, navigation)
    return config.theme.get_env().get_template("main.html").render(context)


def test_the_theme_shows_hostile_titles_as_text_in_the_head_and_in_menus(tmp_path: Path) -> None:
    title = " ".join(hostile_texts()[::3])
    html = themed(title, tmp_path)
    assert shape_of(html) == shape_of(themed("word", tmp_path))
    assert BeautifulSoup(html, "html.parser").title.get_text().startswith(title)


def test_copies_of_hostile_pages_are_text_when_they_are_read_as_markdown(
    plain_pages: EditionPages, hostile_pages: EditionPages
) -> None:
    for page in ("systems/vgg.md", "data/index.md"):
        copied = [
            markdown_copies.copy(pages.copy(page), {"title": "x"}, ROOT).split("---\n", 2)[2]
            for pages in (hostile_pages, plain_pages)
        ]
        shapes = [shape_of(Markdown(extensions=["tables"]).convert(text)) for text in copied]
        assert shapes[0] == shapes[1], page


def test_feed_guide_and_search_take_hostile_records_as_text(hostile: Bundle) -> None:
    site = Surroundings(address="https://example.org/", bundles={hostile.edition.id: hostile})
    titles = [element.text for element in ET.fromstring(feed.feed(site)).iter("{http://www.w3.org/2005/Atom}title")]
    assert any(title and title.endswith(f": {hostile.edition.title}") for title in titles)
    made = generated_pages(site.bundles)
    fronts = {page: authored.front_matter(source) for page, source in made.items()}
    assert {f"systems/{s.id}.md": s.name for s in hostile.systems.values()}.items() <= {
        page: front["title"] for page, front in fronts.items()
    }.items()
    listed = [
        llms_txt.Listed(folder="systems/x/", title=f["title"], description=f["description"]) for f in fronts.values()
    ]
    guide = llms_txt.guide(listed, home="https://example.org/", edition="2026-11", description="x")
    assert {tag for tag, _ in shape_of(Markdown().convert(guide)).elements} <= {
        "h1", "h2", "p", "ul", "li", "a", "code", "blockquote",
    }  # fmt: skip
    for entry in search_index.record_entries(site, made, ()):
        assert "<" not in json.dumps(entry)


def test_a_figures_table_shows_hostile_names_as_text(hostile: Bundle) -> None:
    site = Surroundings(address="https://example.org/", bundles={hostile.edition.id: hostile})
    context = PageContext(page="figures/x.md", bundle=hostile, site=site, face=HTML)
    rows = [{"verdict": text} for text in hostile_texts()]
    column = contract.FigureColumn(key="verdict", type="string", label="Name", unit="", description="name")
    record = contract.Figure(
        name="compute.x",
        number=1,
        since="2018-05",
        title="Title",
        alt="Alt",
        code="analysis/figures/x.py:1",
        controls=(),
        variants=(),
        png_width=1,
        png_height=1,
        columns=(column,),
        rows=tuple(rows),
        row_ids=tuple(f"row-{i}" for i in range(len(rows))),
        row_quantities=(None,) * len(rows),
        input_hash="",
    )
    html = figure_data(context, record)
    assert {tag for tag, _ in shape_of(html).elements} == {"div", "table", "thead", "tbody", "tr", "th"}


def test_a_drawing_shows_every_hostile_name_as_it_is() -> None:
    texts = [text for text in hostile_texts() if text.isascii()]
    with house_style():
        drawn = Figure(figsize=(8, 4))
        for place, text in enumerate(texts):
            drawn.text(0.01, place / len(texts), text, size=1)
        inline = inline_svg(svg_of(drawn), prefix="x", title=texts[0], description=texts[1])
    root = ET.fromstring(inline)
    assert {"".join(text.itertext()) for text in root.iter(f"{SVG}text")} == set(map(typeset, texts))
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
    with house_style():
        axes = WIDE.figure(3).add_subplot()
        place_labels(axes, [Label(text="$x^2$", x=0.5, y=0.5)], [(0.5, 0.5)])
        assert ">$x^2$<" in svg_of(axes.figure)


def test_a_hostile_record_is_described_in_a_terminal_line_by_line(attacked_findings: Findings) -> None:
    assert EVALUATED not in description(attacked_findings.results, "compute.modern.doubling_time")


def test_csv_rows_hold_hostile_texts_as_they_are(attacked_findings: Findings) -> None:
    rows = next(
        list(resource.rows) for resource in plain_data(attacked_findings) if resource.path == "data/systems.csv"
    )
    assert {row["name"] for row in rows} == {system.name for system in attacked_findings.study.dataset.systems}


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
