"""The command line, run in this process and, where imports matter, in another."""

import subprocess
import sys

import pytest

from analysis.__main__ import main
from analysis.input_files import ROOT
from analysis.inputs.dataset import Dataset
from analysis.results.collect import Findings
from tests.editions import FIRST, NEWEST

Capture = pytest.CaptureFixture[str]


def test_check_counts_what_it_found_in_order(capsys: Capture, dataset: Dataset) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == (
        f"data: {len(dataset.systems)} systems, {len(dataset.claims)} claims, "
        f"{len(dataset.references)} references, 4 editions: no fault found\n"
    )


def test_show_prints_a_quantity_and_what_it_is_made_from(capsys: Capture) -> None:
    assert main(["show", "compute.modern.alexnet_to_alphago_zero", "--edition", FIRST]) == 0
    lines = capsys.readouterr().out.splitlines()
    # 1860 / 0.00578754 = 321,380.1...
    assert lines[0] == "compute.modern.alexnet_to_alphago_zero = 321,000×"
    assert "data/systems/alphago-zero.toml" in {line.strip() for line in lines}


def test_show_takes_an_edition(capsys: Capture) -> None:
    counts = []
    for edition in ("2018-05", "2020-05"):
        assert main(["show", "--edition", edition, "compute.period_before_2012.n"]) == 0
        counts.append(capsys.readouterr().out.splitlines()[0].split(" = ")[1].split("\u00a0")[0])
    # The first era entered in November 2019; ten of its eleven systems are dated before 2012.
    assert counts == ["0", "10"]


def test_an_unknown_name_is_one_line_on_standard_error(capsys: Capture) -> None:
    assert main(["show", "compute.modern.doubling_tim", "--edition", FIRST]) == 1
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == (
        "",
        "error: no quantity 'compute.modern.doubling_tim'; did you mean 'compute.modern.doubling_time'?\n",
    )


def test_a_quantity_that_an_edition_does_not_have_is_unknown_to_it(capsys: Capture) -> None:
    assert main(["show", "efficiency.dota.factor", "--edition", "2018-05"]) == 1
    assert capsys.readouterr().err.startswith("error: no quantity 'efficiency.dota.factor'")


def test_an_unknown_edition_is_one_line_on_standard_error(capsys: Capture) -> None:
    assert main(["list", "--edition", "2018-06"]) == 1
    assert capsys.readouterr().err == "error: no edition '2018-06'; did you mean '2018-05'?\n"


def test_list_prints_every_quantity_of_the_newest_edition_on_a_line(capsys: Capture, findings: Findings) -> None:
    assert main(["list"]) == 0
    names = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert names == list(findings.results.quantities)
    # The ledger counts its own claims, last of all.
    assert "claims.originals.agree" in names


@pytest.mark.parametrize("arguments", [[], ["biuld"], ["show"], ["check", "more"]])
def test_a_command_that_is_no_command_is_refused(capsys: Capture, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("usage: python -m analysis")


def test_check_imports_no_drawing() -> None:
    code = (
        "import sys; from analysis.__main__ import main; main(['check']); "
        "print(sorted({'matplotlib', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_package_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "analysis", "show", "nothing.like.it", "--edition", FIRST]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: no quantity 'nothing.like.it'")


def test_an_open_edition_is_not_frozen(capsys: Capture) -> None:
    assert main(["freeze", NEWEST]) == 1
    assert capsys.readouterr().err == (
        f"error: edition {NEWEST} is open; expected one that data/editions.toml calls closed\n"
    )


def test_an_unknown_edition_is_not_frozen(capsys: Capture) -> None:
    assert main(["freeze", "2018-06"]) == 1
    assert capsys.readouterr().err == "error: no edition '2018-06'; did you mean '2018-05'?\n"
