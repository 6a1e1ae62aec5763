"""What the command prints and writes, and when it fails."""

from argparse import Namespace
from pathlib import Path

import pytest

from analysis.contract import Preview
from analysis.difference.command import report
from analysis.errors import GoldenError

NOTHING = Preview(title="Nothing changed since HEAD", sections=(), faults=())


def test_a_preview_is_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "found.json"
    report(NOTHING, Namespace(markdown=False, json=file))
    assert capsys.readouterr().out == "Nothing changed since HEAD\n"
    assert Preview.model_validate_json(file.read_bytes()) == NOTHING


def test_closed_editions_that_would_change_are_an_error_after_all_is_printed_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, found = tmp_path / "found.json", NOTHING.model_copy(update={"faults": ("one", "other")})
    with pytest.raises(GoldenError, match=r"^one\nother$"):
        report(found, Namespace(markdown=True, json=file))
    assert capsys.readouterr().out.startswith("## Nothing changed since HEAD\n")
    assert Preview.model_validate_json(file.read_bytes()) == found
