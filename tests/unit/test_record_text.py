import csv
import io
import json
from functools import cache
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from markdown import Markdown
from mkdocs.config import load_config

from analysis.bundle.files import write_csv
from analysis.record_text import (
    Holds,
    copied_line,
    fault_in,
    markdown_text,
    numbers_named_in,
    quoted,
    script_json,
    terminal_text,
    with_numbers,
)
from tests.hostile import REFUSED, hostile_texts, shape_of, words_of

ROOT = Path(__file__).resolve().parents[2]
# Every place of a page in which a template puts text of a record.
PLACES = (
    "{}",
    "# {}",
    "### {} {{ #anchor }}",
    "- {}",
    "[{}](page.md) after",
    "<small>{}</small>",
    "before {} after",
    '<div class="box" markdown>\n\n**{}** more\n{{ .title }}\n\n</div>',
    "| A | B |\n|:--|--:|\n| {} | cell |",
    '<p class="uses" markdown="span">{}</p>',
)


@cache
def converter() -> Markdown:
    """Markdown with the extensions that pages are converted with."""
    config = load_config(str(ROOT / "mkdocs.yml"), plugins=[], hooks=[])
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def html_of(markdown: str) -> str:
    return converter().reset().convert(markdown)


@pytest.mark.parametrize("place", PLACES)
def test_markdown_shows_every_hostile_text_as_it_is_and_makes_nothing_of_it(place: str) -> None:
    plain = shape_of(html_of(place.format("word")))
    for text in hostile_texts():
        html = html_of(place.format(markdown_text(text)))
        assert shape_of(html) == plain, text
        assert " ".join(text.split()) in words_of(html), text


def test_a_heading_injected_by_line_breaks_stays_in_its_cell() -> None:
    text = markdown_text("VGG\n\n# Injected heading\n\n- item | x")
    soup = BeautifulSoup(html_of(f"| A | B |\n|:--|--:|\n| {text} | cell |"), "html.parser")
    assert [cell.get_text() for cell in soup.find_all("td")] == ["VGG # Injected heading - item | x", "cell"]


@pytest.mark.parametrize("character", REFUSED, ids=ascii)
def test_a_character_that_is_not_printed_is_refused_and_named(character: str) -> None:
    fault = fault_in(f"VGG{character}16", Holds(lines=True))
    assert f"U+{ord(character[0]):04X}" in fault


def test_a_line_break_is_accepted_in_remarks_alone() -> None:
    assert fault_in("one\ntwo", Holds(lines=True)) == ""
    assert fault_in("one\ntwo") == "expected one line without U+000A (line break)"


@pytest.mark.parametrize("text", ["שלום", "naïve – “quoted” 10\u00a0%", "模型", "a { b } c", "100% {x}"])
def test_printable_text_of_any_script_is_accepted(text: str) -> None:
    assert fault_in(text) == ""


def test_letters_from_right_to_left_are_isolated() -> None:
    assert markdown_text("שלום 1") == "<bdi>שלום 1</bdi>"


@pytest.mark.parametrize("text", ["VGG {{ 7*7 }}", "{% for x in y %}", "{# gone #}", "{{a.b}}", "{{ a.b | plain }}", "{{ a.b() }}", "{{ a }}", "{{ a.B }}", "{{ a.b\n}}"])  # fmt: skip
def test_a_template_is_refused_even_where_numbers_may_be_named(text: str) -> None:
    assert "expected" in fault_in(text, Holds(lines=True, numbers=True))


def test_a_number_may_be_named_in_the_one_form_where_numbers_may_be_named() -> None:
    text = "It gives {{ compute.modern.doubling_time }}, not {{ a.b_2.c }}."
    assert fault_in(text, Holds(numbers=True)) == ""
    assert numbers_named_in(text) == ["compute.modern.doubling_time", "a.b_2.c"]
    assert fault_in(text) == "expected text without '{{'"


def test_names_of_numbers_are_replaced_and_all_else_is_escaped() -> None:
    assert with_numbers("*{{ a.b }}* {{ 7*7 }}", lambda name: f"[{name}]") == (
        "&#42;[a.b]&#42; &#123;&#123; 7&#42;7 &#125;&#125;"
    )


def test_a_copy_read_as_markdown_shows_every_hostile_text_as_it_is() -> None:
    plain = shape_of(Markdown().convert("- [word](x.md): word"))
    for text in hostile_texts():
        shown = copied_line(text)
        html = Markdown().convert(f"- [{shown}](x.md): {shown}")
        assert shape_of(html) == plain, text


def test_json_in_a_script_gives_back_every_text_and_ends_no_script() -> None:
    for text in hostile_texts():
        written = script_json({"name": text})
        assert "<" not in written
        assert json.loads(written) == {"name": text}


def test_a_quoted_value_of_yaml_gives_back_every_text() -> None:
    for text in (*hostile_texts(), 'a\n---\nb: "c"'):
        assert yaml.safe_load(f"title: {quoted(text)}\n") == {"title": text}


@pytest.mark.parametrize("character", [c for c in REFUSED if c != "\ud800"], ids=ascii)
def test_a_terminal_gets_no_control_character_and_json_stays_json(character: str) -> None:
    shown = terminal_text(json.dumps({"name": f"a{character}b"}, ensure_ascii=False))
    assert shown.isprintable()
    assert json.loads(shown) == {"name": f"a{character}b"}


def test_a_csv_file_gives_every_hostile_text_to_a_spreadsheet_as_text(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ["name"], [{"name": text} for text in hostile_texts()])
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8"))))[1:]
    assert [row[0].removeprefix("'") for row in rows] == [text.removeprefix("'") for text in hostile_texts()]
    assert not [row[0] for row in rows if row[0].startswith(("=", "+", "-", "@"))]
