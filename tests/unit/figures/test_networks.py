"""The drawing of a network: every stage is named, and its bar, diamond and numbers are its shares."""

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from matplotlib.ft2font import FT2Font

from analysis.counting.catalogue import ARCHITECTURES, counted
from analysis.counting.count import LayerCount
from analysis.counting.folding import Stage, opened, stages
from analysis.figures.look import BLUE, ORANGE, SVG, THEME
from analysis.figures.networks import LONGEST_LABEL, described, inline_network_svg, network_svg
from analysis.figures.typefaces import FACES, face
from analysis.input_files import ROOT

TITLE, DESCRIPTION = "Where <b> & c go", 'A "description" of it'
EVERY_NETWORK = pytest.mark.parametrize("name", ARCHITECTURES)
# Lengths are written to a tenth of a point.
ROUNDING = 0.11
NUMBER = r"-?\d+(?:\.\d)?"


def stage(name: str, macs: int, params: int) -> Stage:
    layer = LayerCount(
        path=name,
        kind="dense",
        detail="",
        input_shape=(1,),
        output_shape=(1,),
        macs=macs,
        training_macs=3 * macs,
        params=params,
        other_flop=0,
    )
    return Stage(name=name, layers=(layer,))


# Shares of 50, 25 and 25% of the multiply-adds, and of 0, 0.2 and 99.8% of the parameters.
STAGES = (stage("stem", 200, 0), stage("body", 100, 2), stage("head", 100, 998))


def parsed(parts: Sequence[Stage]) -> ET.Element:
    return ET.fromstring(network_svg(parts, title=TITLE, description=DESCRIPTION))


def inlined(parts: Sequence[Stage]) -> str:
    return inline_network_svg(parts, prefix="network-a", title=TITLE, description=DESCRIPTION)


def within(root: ET.Element, tag: str, fill: str = "") -> list[ET.Element]:
    """The elements of a kind in groups of a colour, or in any."""
    groups = [group for group in root.iter(f"{{{SVG}}}g") if not fill or group.get("fill") == fill]
    return [element for group in groups for element in group if element.tag == f"{{{SVG}}}{tag}"]


def texts(root: ET.Element) -> dict[str, list[ET.Element]]:
    found: dict[str, list[ET.Element]] = {}
    for element in within(root, "text"):
        found.setdefault(element.text or "", []).append(element)
    return found


def number(element: ET.Element, attribute: str) -> float:
    return float(element.get(attribute, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Where the horizontal axis has 0 and 100%."""

    start: float
    end: float

    def share(self, x: float) -> float:
        return 100 * (x - self.start) / (self.end - self.start)

    @property
    def rounding(self) -> float:
        """The rounding of a length, in %."""
        return 100 * ROUNDING / (self.end - self.start)


def axis_of(root: ET.Element) -> Axis:
    """The axis by its numbers, which are the lowest of their words."""
    places = {word: max(found, key=lambda each: number(each, "y")) for word, found in texts(root).items()}
    return Axis(start=number(places["0"], "x"), end=number(places["100"], "x"))


def bar_shares(root: ET.Element, axis: Axis) -> list[float]:
    bars = [bar for bar in within(root, "rect", BLUE) if number(bar, "x") == axis.start]
    return [axis.share(number(bar, "x") + number(bar, "width")) for bar in bars]


def diamond_shares(root: ET.Element, axis: Axis) -> list[float]:
    """Those below the heads, which have the first."""
    tops = [re.match(rf"M({NUMBER}) ", path.get("d", "")) for path in within(root, "path", ORANGE)[1:]]
    return [axis.share(float(top[1])) for top in tops if top]


@cache
def sans() -> FT2Font:
    """The sans of all figures at 10 points."""
    font = FT2Font(face(FACES[0]))
    font.set_size(10, 720)
    return font


@cache
def width_of(words: str) -> float:
    """The width of words in the sans of all figures at 10 points."""
    font = sans()
    font.set_text(words, 0)
    return float(font.get_width_height()[0]) / 64 / 10


@EVERY_NETWORK
def test_the_bars_are_the_shares_of_the_multiply_adds(name: str) -> None:
    parts = opened(stages(counted(name)))
    root = parsed(parts)
    axis = axis_of(root)
    whole = sum(part.macs for part in parts)
    assert bar_shares(root, axis) == pytest.approx([100 * part.macs / whole for part in parts], abs=2 * axis.rounding)


@EVERY_NETWORK
def test_the_diamonds_are_at_the_shares_of_the_parameters(name: str) -> None:
    parts = opened(stages(counted(name)))
    root = parsed(parts)
    axis = axis_of(root)
    whole = sum(part.params for part in parts)
    expected = [100 * part.params / whole for part in parts]
    assert diamond_shares(root, axis) == pytest.approx(expected, abs=2 * axis.rounding)


def test_the_shares_of_a_small_network_are_drawn() -> None:
    root = parsed(STAGES)
    axis = axis_of(root)
    assert bar_shares(root, axis) == pytest.approx([50, 25, 25], abs=2 * axis.rounding)
    assert diamond_shares(root, axis) == pytest.approx([0, 0.2, 99.8], abs=2 * axis.rounding)


def test_the_shares_of_a_stage_are_printed_in_its_row() -> None:
    found = within(parsed(STAGES), "text")
    rows = {name: [word.text for word in found if word.get("y") == row.get("y")] for name, row in named(found).items()}
    # Almost none is distinguished from none.
    assert rows == {"stem": ["stem", "50", "0"], "body": ["body", "25", "<1"], "head": ["head", "25", "100"]}


def named(found: Sequence[ET.Element]) -> dict[str, ET.Element]:
    names = {part.name for part in STAGES}
    return {word.text: word for word in found if word.text in names}


@EVERY_NETWORK
def test_every_stage_is_named_in_its_row(name: str) -> None:
    parts = opened(stages(counted(name)))
    root = parsed(parts)
    heights = [number(bar, "y") + number(bar, "height") / 2 for bar in within(root, "rect", BLUE)[1:]]
    found = texts(root)
    for part, height in zip(parts, heights, strict=True):
        label = part.name if len(part.name) <= LONGEST_LABEL else f"{part.name[: LONGEST_LABEL - 1]}…"
        assert any(0 < number(word, "y") - height < 5 for word in found[label])


@EVERY_NETWORK
def test_every_word_is_within_the_drawing_and_no_two_of_a_line_touch(name: str) -> None:
    root = parsed(opened(stages(counted(name))))
    lines: dict[float, list[tuple[float, float]]] = {}
    for group in root.iter(f"{{{SVG}}}g"):
        for word in (child for child in group if child.tag == f"{{{SVG}}}text"):
            width = width_of(word.text or "")
            start = number(word, "x") - {"end": width, "middle": width / 2}.get(group.get("text-anchor", ""), 0)
            lines.setdefault(number(word, "y"), []).append((start, start + width))
    ends = [(min(line)[0], max(end for _, end in line)) for line in lines.values()]
    assert min(start for start, _ in ends) >= 0
    assert max(end for _, end in ends) <= float(root.get("viewBox", "").split()[2])
    gaps = [later[0] - earlier[1] for line in map(sorted, lines.values()) for earlier, later in pairwise(line)]
    assert min(gaps) > 1


def test_a_drawing_made_again_has_the_same_bytes() -> None:
    first, second = ((inlined(STAGES), network_svg(STAGES, title=TITLE, description=DESCRIPTION)) for _ in range(2))
    assert first == second


def test_no_plotting_library_is_loaded_to_draw_a_network() -> None:
    code = "import sys, analysis.figures.networks; print(sorted({'matplotlib', 'numpy'} & set(sys.modules)))"
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert made.stdout == "[]\n"


def test_a_drawing_of_a_page_is_on_one_line_with_no_style() -> None:
    text = inlined(STAGES)
    assert re.search(r"\n|<style|\sstyle=|<\?xml", text) is None


def test_a_drawing_of_a_page_takes_its_colours_from_the_theme() -> None:
    text = inlined(STAGES)
    assert "#" not in text
    assert set(re.findall(r"var\(--figure-(\w+)\)", text)) <= set(THEME.values())


def test_a_file_has_plain_colours_and_its_own_size() -> None:
    text = network_svg(STAGES, title=TITLE, description=DESCRIPTION)
    assert text.startswith("<?xml")
    assert "var(" not in text
    assert (ET.fromstring(text).get("width"), ET.fromstring(text).get("height")) == ("266.4pt", "138pt")


def test_a_drawing_of_a_page_fills_the_width_it_is_given() -> None:
    root = ET.fromstring(inlined(STAGES))
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == (None, None, "0 0 266.4 138")


def test_a_drawing_is_named_for_those_who_do_not_see_it() -> None:
    root = ET.fromstring(inlined(STAGES))
    assert [(part.tag, part.text) for part in root[:2]] == [(f"{{{SVG}}}title", TITLE), (f"{{{SVG}}}desc", DESCRIPTION)]
    assert root.get("aria-labelledby") == "network-a-title network-a-desc"
    assert [part.get("id") for part in root[:2]] == ["network-a-title", "network-a-desc"]
    assert [part.get("aria-hidden") for part in root[2:]] == ["true"]


def test_a_description_names_the_busiest_and_the_heaviest_stage() -> None:
    assert described("Net", STAGES) == (
        "Bars for the 3 stages of Net: most multiply-adds are in stem, 50%, and most parameters in head, 100%."
    )
