"""The examples on the page about counting in Python print what the page says."""

import doctest
import re
from pathlib import Path

import pytest

from analysis.input_files import ROOT

PAGE = ROOT / "docs/methods/counting-in-python.md"


def test_every_example_prints_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other, as a reader would type them, in a folder where they may write."""
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```pycon\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, PAGE.name, str(PAGE), 0)
    printed: list[str] = []
    runner = doctest.DocTestRunner()
    runner.run(examples, out=printed.append)
    assert examples.examples
    assert runner.failures == 0, "".join(printed)
