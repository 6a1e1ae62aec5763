"""The SVG for a page: unique ids, no style, one line, a title and a description."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from analysis.artifacts import Bundle, open_bundle
from analysis.bundle.drawings import house_style
from analysis.figures.canvas import CANVASES, WIDE, Content
from analysis.figures.catalogue import figures_at
from analysis.figures.look import BLUE, FONT_FAMILY, SVG, typeset
from analysis.figures.registry import FigureEntry
from analysis.figures.saving import svg_of
from analysis.figures.svg_annotations import inline_svg
from analysis.figures.svg_parts import row_id
from analysis.results.collect import Findings
from site_src.components.figure import MOST_ROWS
from tests.editions import NEWEST

Contents = Mapping[str, Content]
NAMES = [entry.name for entry in figures_at(NEWEST)]
EVERY_NAME = pytest.mark.parametrize("name", NAMES)
# The drawing in which points outside the running top ten are drawn together.
CLUSTERED = ("compute.field", "narrow")
TITLE, DESCRIPTION = "A <title> & more", 'A "description" of it'

MARKS = {"point.alexnet": {"class": "point", "tabindex": "0", "title": "AlexNet, 1 June 2012"}}
PLAIN = f"""<?xml version="1.0" encoding="utf-8"?>
<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" width="10pt" height="10pt" viewBox="0 0 10 10">
 <metadata>made by a machine</metadata>
 <defs>
  <style type="text/css">*{{stroke-linejoin: round}}</style><path id="m" d="M 0 0.123456 "/><path id="unused"/>
  <clipPath id="clip"><rect x="0" y="0" width="5" height="5"/></clipPath>
 </defs>
 <g id="axes"><path id="p" d="M 0 0
L 9.123456 9 " style="fill: {BLUE}; stroke: #123456" clip-path="url(#clip)"/></g>

 <g id="point.alexnet"><g clip-path="url(#clip)"><use xlink:href="#m" x="4" y="4"/></g></g>
 <text style="font: bold 12px 'DejaVu Sans'; text-anchor: middle">AlexNet</text>
</svg>
"""


@pytest.fixture(scope="module")
def bundle(built: Path) -> Bundle:
    """The newest edition as it is built."""
    return open_bundle(NEWEST, built / "build")


@pytest.fixture(scope="module")
def inline(bundle: Bundle) -> Mapping[tuple[str, str], str]:
    """Every figure in both widths as inlined in a page."""
    return {
        (name, canvas.name): bundle.text(f"figures/{name}.{canvas.name}.inline.svg")
        for name in NAMES
        for canvas in CANVASES
    }


def test_every_figure_says_what_it_measures(inline: Mapping[tuple[str, str], str]) -> None:
    assert [place for place, svg in inline.items() if not re.match(r'<svg\b[^>]* data-measure="[^"]', svg)] == []


def found(root: ET.Element, tag: str) -> list[ET.Element]:
    """The elements of a kind outside the definitions, and the clips within them."""
    defined = {element for holder in root.iter(f"{{{SVG}}}defs") for element in holder if tag != "clipPath"}
    return [element for element in root.iter(f"{{{SVG}}}{tag}") if element not in defined]


def plain(prefix: str = "pre") -> ET.Element:
    """The small drawing above, as inlined in a page, parsed again."""
    return ET.fromstring(inline_svg(PLAIN, prefix=prefix, title=TITLE, description=DESCRIPTION, marks=MARKS))


def test_no_two_drawings_of_the_site_share_an_id(inline: Mapping[tuple[str, str], str]) -> None:
    ids = Counter(found for text in inline.values() for found in re.findall(r'\bid="([^"]*)"', text))
    assert [found for found, times in ids.items() if times > 1] == []


@EVERY_NAME
def test_every_id_has_the_prefix_of_its_drawing(inline: Mapping[tuple[str, str], str], name: str) -> None:
    prefix = f"{name.replace('.', '-').replace('_', '-')}-narrow-"
    ids = re.findall(r'\bid="([^"]*)"', inline[name, "narrow"])
    assert ids
    assert [found for found in ids if not found.startswith(prefix)] == []


@EVERY_NAME
def test_every_reference_finds_its_id(inline: Mapping[tuple[str, str], str], name: str) -> None:
    text = inline[name, "wide"]
    ids = set(re.findall(r'\bid="([^"]*)"', text))
    targets = set(re.findall(r'href="#([^"]+)"', text)) | set(re.findall(r"url\(#([^)]+)\)", text))
    assert targets
    assert targets - ids == set()


@EVERY_NAME
def test_a_drawing_holds_no_style(inline: Mapping[tuple[str, str], str], name: str) -> None:
    # A strict content policy forbids both the element and the attribute.
    assert re.search(r"<style|\sstyle=", inline[name, "wide"]) is None


@EVERY_NAME
def test_a_drawing_is_on_one_line(inline: Mapping[tuple[str, str], str], name: str) -> None:
    # A blank line would end the HTML block of the page.
    assert "\n" not in inline[name, "wide"]


@EVERY_NAME
def test_a_drawing_asks_for_nothing_from_elsewhere(inline: Mapping[tuple[str, str], str], name: str) -> None:
    # The name of the SVG namespace is all that looks like an address.
    assert set(re.findall(r'https?://[^"\s<)]*', inline[name, "wide"])) == {SVG}


@EVERY_NAME
def test_a_drawing_is_named_for_those_who_do_not_see_it(
    contents: Contents, bundle: Bundle, inline: Mapping[tuple[str, str], str], name: str
) -> None:
    root = ET.fromstring(inline[name, "wide"])
    title, description = root[0], root[1]
    # A picture hides what it holds from readers' tools; a group does not.
    assert root.get("role") == ("group" if contents[name].words else "img")
    assert (title.tag, title.text) == (f"{{{SVG}}}title", typeset(bundle.figures[name].title))
    assert (description.tag, description.text) == (f"{{{SVG}}}desc", typeset(bundle.figures[name].alt))
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


@EVERY_NAME
def test_a_drawing_fills_the_width_it_is_given(inline: Mapping[tuple[str, str], str], name: str) -> None:
    root = ET.fromstring(inline[name, "wide"])
    assert (root.get("width"), root.get("height")) == (None, None)
    assert root.get("viewBox")


@EVERY_NAME
def test_a_known_colour_is_one_of_the_theme(inline: Mapping[tuple[str, str], str], name: str) -> None:
    # Each of our colours is left as the fallback of its variable alone.
    bare = re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', inline[name, "wide"])
    assert [colour for colour in bare if colour in {BLUE, "#1f2328", "#5b6470", "#8a929c", "#dfe3e8"}] == []


def test_a_declaration_of_style_becomes_an_attribute() -> None:
    (path,) = found(plain(), "path")
    assert (path.get("fill"), path.get("stroke")) == ("var(--figure-blue)", "#123456")


def test_a_font_is_said_once_and_what_differs_from_it_where_it_does() -> None:
    root = plain()
    (text,) = found(root, "text")
    assert (text.get("font-size"), text.get("font-weight"), text.get("text-anchor")) == ("12", "bold", "middle")
    assert text.get("font-family") is None
    assert root.get("font-family") is None
    assert root.get("font-size") == "10"


def test_words_are_text_whatever_signs_they_hold() -> None:
    assert [part.text for part in plain()[:2]] == [TITLE, DESCRIPTION]


def test_ids_and_what_points_at_them_are_prefixed_alike() -> None:
    root = plain("here")
    (path,), (use,), (clip,) = (found(root, tag) for tag in ("path", "use", "clipPath"))
    assert (path.get("id"), use.get("href")) == (None, "#here-m")
    assert (path.get("clip-path"), clip.get("id")) == ("url(#here-clip)", "here-clip")


def test_what_the_drawing_program_says_of_itself_is_dropped() -> None:
    assert "made by a machine" not in ET.tostring(plain(), encoding="unicode")


@EVERY_NAME
def test_the_file_for_download_has_no_date(bundle: Bundle, name: str) -> None:
    text = bundle.text(f"figures/{name}.svg")
    assert "<dc:date>" not in text
    assert set(re.findall('font-family: [^;"]*', text)) == {f"font-family: {FONT_FAMILY}"}


@pytest.mark.parametrize("name", ["compute.modern_trend", "compute.by_domain"])
def test_a_figure_drawn_again_has_the_same_bytes(findings: Findings, name: str) -> None:
    entry: FigureEntry = next(entry for entry in figures_at(NEWEST) if entry.name == name)
    with house_style():
        first, second = (svg_of(entry.draw(entry.shows(findings), WIDE).figure) for _ in range(2))
    assert first == second


def test_a_part_with_a_meaning_is_marked_and_read_out() -> None:
    (point,) = (group for group in plain().iter(f"{{{SVG}}}g") if group.get("class") == "point")
    assert dict(point.attrib) == {"class": "point", "tabindex": "0"}
    assert [(child.tag.removeprefix(f"{{{SVG}}}"), child.text) for child in point] == [
        ("title", "AlexNet, 1 June 2012"),
        ("use", None),
    ]


def test_all_else_is_hidden_from_readers_tools() -> None:
    root = plain()
    outer = {child.get("aria-hidden") or child.get("class") or child.tag.removeprefix(f"{{{SVG}}}") for child in root}
    assert outer == {"title", "desc", "defs", "true", "point"}


def test_a_drawing_is_rounded_and_holds_no_definition_and_no_clip_that_is_not_used() -> None:
    root = plain()
    # The line leaves the rectangle from 0 to 5 that clips it, the point at 4, 4 does not.
    assert [path.get("d") for path in found(root, "path")] == ["M0 0L9.1 9"]
    assert {element.get("id") for element in root.iter() if element.get("id")} == {
        "pre-title",
        "pre-desc",
        "pre-m",
        "pre-clip",
    }
    assert [element.tag.rpartition("}")[2] for element in root.iter() if element.get("clip-path")] == ["path"]


@pytest.mark.parametrize("width", ["wide", "narrow"])
@EVERY_NAME
def test_every_row_is_a_point_that_can_be_reached_and_read_out(
    contents: Contents, inline: Mapping[tuple[str, str], str], name: str, width: str
) -> None:
    content = contents[name]
    points = [group for group in ET.fromstring(inline[name, width]).iter() if group.get("class") == "point"]
    rows = content.rows if (name, width) != CLUSTERED else [row for row in content.rows if row["top_ten"]]
    if content.words:
        assert {point.get("data-row") for point in points} == {row_id(row, content.key) for row in rows}
    else:
        assert {int(point.get("data-place", "")) for point in points} == {content.rows.index(row) for row in rows}
        assert not any(point.get("tabindex") or point.find(f"{{{SVG}}}title") is not None for point in points)
        return
    # One stop of the Tab key a drawing; the arrow keys do the rest.
    assert sorted(point.get("tabindex", "") for point in points) == ["-1"] * (len(points) - 1) + ["0"]
    assert all(point.get("role") == "img" and point[0].tag == f"{{{SVG}}}title" and point[0].text for point in points)


def test_points_are_named_by_their_rows_only_where_the_page_leaves_the_rows_to_a_page_of_their_own(
    contents: Contents,
) -> None:
    by_rows = {name for name, content in contents.items() if not content.words}
    assert by_rows == {name for name, content in contents.items() if len(content.rows) > MOST_ROWS}


def test_points_too_close_to_point_at_are_drawn_together_and_can_be_chosen_like_others(
    contents: Contents, inline: Mapping[tuple[str, str], str]
) -> None:
    parts, rows = list(ET.fromstring(inline[CLUSTERED]).iter()), contents[CLUSTERED[0]].rows
    clusters = [part for part in parts if part.get("class") == "cluster"]
    drawn = [sum(1 for _ in cluster.iter(f"{{{SVG}}}use")) for cluster in clusters]
    assert sum(drawn) == sum(not row["top_ten"] for row in rows)
    # biology, confident, open: counted in the rows.
    chosen = {"data-domain": "biology", "data-confidence": "confident", "data-open": "yes", "data-top": "false"}
    alike = [count for part, count in zip(clusters, drawn, strict=True) if chosen.items() <= part.attrib.items()]
    assert alike == [
        sum(
            (row["domain"], row["confidence"], row["open_weights"], row["top_ten"])
            == ("biology", "confident", "yes", False)
            for row in rows
        )
    ]


def test_parts_can_be_selected_by_domain_frontier_and_era(inline: Mapping[tuple[str, str], str]) -> None:
    eras = ET.fromstring(inline["compute.two_eras", "wide"])
    assert {(group.get("class"), group.get("data-era")) for group in eras.iter() if group.get("data-era")} == {
        (kind, era) for kind in ("fit", "interval") for era in ("first", "modern")
    }
    chosen = [group for group in eras.iter() if group.get("data-domain") == "games"]
    assert {group.get("class") for group in chosen} == {"point", "label", "error-bar optional"}
    level = ET.fromstring(inline["efficiency.alexnet_level", "wide"])
    points = [group.get("data-frontier") for group in level.iter() if group.get("class") == "point"]
    assert (points.count("true"), points.count("false")) == (6, 10)
