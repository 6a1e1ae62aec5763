"""What every browser that the site is made for can read: WebKit drops a whole declaration that it cannot."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_src.theme.bundle import FOLDER

STYLES = sorted((FOLDER / "styles").glob("*.css"))
SCRIPTS = sorted((FOLDER / "scripts").glob("*.js"))
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARATION = re.compile(r"([-\w]+):\s*([^;{}]+?)\s*(?=[;}])")
# The shorthand with anything but a line is new in WebKit; the longhands are old.
_LINES = re.compile(r"(none|underline|overline|line-through|inherit)( !important)?")
# Properties that WebKit prefixed until Safari 17 or later, with the first Safari without the prefix: both are written.
PREFIXED = {"hyphens": "17", "user-select": "none yet", "backdrop-filter": "18", "box-decoration-break": "none yet"}


def declarations(style: str) -> Iterator[tuple[str, str]]:
    """The names and values of a style sheet."""
    for found in _DECLARATION.finditer(_COMMENT.sub("", style)):
        yield found[1], found[2]


def faults(style: str) -> list[str]:
    """Declarations that some WebKit drops."""
    declared = list(declarations(style))
    return [
        f"{name}: {value}"
        for name, value in declared
        if (name == "text-decoration" and not _LINES.fullmatch(value))
        or (name in PREFIXED and (f"-webkit-{name}", value) not in declared)
    ]


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_a_style_sheet_holds_nothing_that_webkit_drops(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("style", "count"),
    [
        ("a { text-decoration: underline; }", 0),
        ("a { text-decoration: underline dotted 1px; }", 1),
        ("a { color: red; text-decoration: underline wavy }", 1),
        ("a { text-decoration-line: underline; text-decoration-style: dotted; }", 0),
        ("p { hyphens: auto; }", 1),
        ("p { -webkit-hyphens: auto; hyphens: auto; }", 0),
    ],
)
def test_the_guard_finds_what_webkit_drops_and_lets_the_rest_pass(style: str, count: int) -> None:
    assert len(faults(style)) == count


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_asks_before_it_uses_what_safari_16_lacks(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lacking = {
        # Safari 17.4: `isSeen` replaces it there.
        ".checkVisibility(": path.stem != "seen",
        # No Safari.
        "requestIdleCallback": "if (window.requestIdleCallback) {" not in text,
        # Safari 18 and 26.
        "startViewTransition": True,
        # Safari 17: a script that opens popovers asks whether there are any.
        ".showPopover(": "HTMLElement.prototype.showPopover) return" not in text,
        # Safari 16.4: one such expression stops the whole file.
        "(?<=": True,
        "(?<!": True,
    }
    assert [name for name, forbidden in lacking.items() if forbidden and name in text] == []


def test_what_a_popover_would_hide_is_hidden_where_there_are_none() -> None:
    style = "".join(path.read_text(encoding="utf-8") for path in STYLES)
    assert "@supports not selector(:popover-open)" in style
