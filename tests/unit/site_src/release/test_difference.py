"""The page of what the work tree changes, over an analysis that only says what it is asked to."""

from pathlib import Path

import pytest

from site_src.errors import BuildError
from site_src.release.difference import PAGE, write_preview

# Writes the file that it is given, prints the commit, and ends as the data say.
ANALYSIS = """
import sys
from pathlib import Path
file, _, commit = sys.argv[3:]
print(f"compared with {commit}")
fault = Path("fault").read_text()
if fault != "no commit":
    row = '["<b>&", "new"]'
    sections = '[{"title": "Records", "columns": ["Record", "What"], "rows": [%s]}]' % row
    Path(file).write_text('{"title": "Changed", "sections": %s, "faults": ["%s"]}' % (sections, fault))
sys.exit(f"error: {fault}" if fault else 0)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "analysis").mkdir()
    (tmp_path / "analysis/__main__.py").write_text(ANALYSIS, encoding="utf-8")
    return tmp_path


def test_what_changed_is_printed_and_is_a_page(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "fault").write_text("", encoding="utf-8")
    write_preview(root, "main")
    assert capsys.readouterr().out == f"compared with main\npage: {root / PAGE}\n"
    page = (root / PAGE).read_text(encoding="utf-8")
    assert "<h1>Changed</h1>" in page
    assert "<tr><td>&lt;b&gt;&amp;</td><td>new</td></tr>" in page


def test_a_closed_edition_that_would_change_is_on_the_page_and_an_error(root: Path) -> None:
    (root / "fault").write_text("edition 2018-05 is closed", encoding="utf-8")
    with pytest.raises(BuildError, match=r"^edition 2018-05 is closed$"):
        write_preview(root, "main")
    assert "<li>edition 2018-05 is closed</li>" in (root / PAGE).read_text(encoding="utf-8")


def test_without_a_comparison_there_is_no_page(root: Path) -> None:
    (root / "fault").write_text("no commit", encoding="utf-8")
    with pytest.raises(BuildError, match=r"^no commit$"):
        write_preview(root, "main")
    assert not (root / PAGE).exists()
