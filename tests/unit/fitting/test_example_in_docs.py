"""The example on the page about fitting prints what the page says."""

import re
import shlex
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.input_files import ROOT

PAGE = ROOT / "docs/methods/fitting-your-own-numbers.md"


def test_the_example_prints_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table, command, printed = re.findall(
        r"```csv\n(.*?)```.*?```console\n\$ python -m analysis (.*?)\n(.*?)```",
        PAGE.read_text(encoding="utf-8"),
        re.DOTALL,
    )[0]
    monkeypatch.chdir(tmp_path)
    arguments = shlex.split(command)
    Path(arguments[1]).write_text(table, encoding="utf-8")
    assert main(arguments) == 0
    assert capsys.readouterr().out == printed
