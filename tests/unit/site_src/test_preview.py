"""What is served while people write: the analysis in the background, and faults in place of pages."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_src.preview import FAULT_PAGE, Analysis, show_fault, with_fault
from tests.processes import wait_for

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

# Ends well if the data say so, else with a message; notes its runs.
ANALYSIS = """
import sys
from pathlib import Path
with Path("runs").open("a") as runs:
    runs.write("a run\\n")
if Path("references.bib").read_text() != "good":
    sys.exit("error: references.bib: found nothing good")
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose analysis only reads one file."""
    (tmp_path / "analysis").mkdir()
    (tmp_path / "analysis" / "__main__.py").write_text(ANALYSIS, encoding="utf-8")
    return tmp_path


def ended(root: Path) -> str:
    """The fault with which a new analysis in the background ends."""
    analysis = Analysis(root)
    analysis.again.unlink()
    analysis.keep_up()
    # It would begin once more if it did not know that it runs, or what it has tried.
    analysis.keep_up()
    wait_for(analysis.again.is_file)
    analysis.keep_up()
    assert (root / "runs").read_text() == "a run\n"
    return analysis.fault


def test_new_data_are_analysed_once_and_announced(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (root / "references.bib").write_text("good", encoding="utf-8")
    assert ended(root) == ""
    assert "analysis: data or code changed" in capfd.readouterr().out


def test_the_fault_of_an_analysis_is_kept_and_printed(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (root / "references.bib").write_text("bad", encoding="utf-8")
    assert ended(root) == "references.bib: found nothing good"
    assert capfd.readouterr().err == "references.bib: found nothing good\n"


def path_only(environ: "WSGIEnvironment", _start: "StartResponse") -> Iterable[bytes]:
    """Answers with the path that it is asked for."""
    return [environ["PATH_INFO"].encode()]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/a/", f"/{FAULT_PAGE}"),
        ("/404.html", f"/{FAULT_PAGE}"),
        ("/a.css", "/a.css"),
        ("/reload/1", "/reload/1"),
    ],
)
def test_a_fault_takes_the_place_of_every_page_while_it_lasts(tmp_path: Path, asked: str, answered: str) -> None:
    served = with_fault(path_only, tmp_path, home="/", apart="/reload/")
    show_fault(tmp_path, "docs/a.md:1: <b>")
    assert "docs/a.md:1: &lt;b&gt;" in (tmp_path / FAULT_PAGE).read_text()
    assert list(served({"PATH_INFO": asked}, None)) == [answered.encode()]  # type: ignore[arg-type]
    show_fault(tmp_path, "")
    assert list(served({"PATH_INFO": asked}, None)) == [asked.encode()]  # type: ignore[arg-type]
