"""Drawings are made once: from the store where the same was drawn before, on all cores else, and never an old one."""

import signal
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.bundle.drawing_jobs import DRAWING_CODE, Files, Job, drawer
from analysis.bundle.drawings import jobs_of
from analysis.content_store import ContentStore
from analysis.errors import ProcessError
from analysis.figures.catalogue import figures_at
from analysis.input_files import ROOT
from analysis.results.collect import Findings
from tests.editions import CLOSED, NEWEST
from tests.jobs import ended, noted, refused
from tests.processes import python, wait_for

# A build that draws for a minute in two workers, after it has printed the numbers of its processes.
ENDLESS = """
import sys
from analysis.bundle.drawing_jobs import Job, drawer
from analysis.content_store import ContentStore
from analysis.errors import ProcessError
from pathlib import Path
from tests.jobs import slow
with drawer(ContentStore(Path(sys.argv[1]) / "store"), module=slow.__module__) as drawers:
    drawers.begin([Job(slow, (name, sys.argv[1])) for name in "ab"])()
"""


def drawn(jobs: Sequence[Job], store: ContentStore) -> list[Files]:
    """The files of some jobs, in order."""
    with drawer(store, module=noted.__module__) as drawers:
        return drawers.begin(jobs)()


def notes(folder: Path) -> list[str]:
    """What was drawn."""
    return sorted((folder / "notes").read_text().split())


def test_each_is_drawn_once_and_given_to_all_that_ask_in_order(tmp_path: Path) -> None:
    jobs = [Job(noted, (name, str(tmp_path))) for name in ("b", "a", "b")]
    files = drawn(jobs, ContentStore(tmp_path / "store"))
    assert [list(each) for each in files] == [["b.svg"], ["a.svg"], ["b.svg"]]
    assert notes(tmp_path) == ["a", "b"]


def test_what_two_ask_for_is_drawn_once(tmp_path: Path) -> None:
    first, second, third = (Job(noted, (name, str(tmp_path))) for name in "abc")
    with drawer(ContentStore(tmp_path / "store"), module=noted.__module__) as drawers:
        one, other = drawers.begin([first, second]), drawers.begin([second, third])
        assert [one(), other()] == [[{"a.svg": b"a"}, {"b.svg": b"b"}], [{"b.svg": b"b"}, {"c.svg": b"c"}]]
    assert notes(tmp_path) == ["a", "b", "c"]


def test_only_what_is_new_is_drawn(tmp_path: Path) -> None:
    first, second, third = (Job(noted, (name, str(tmp_path))) for name in "abc")
    store = ContentStore(tmp_path / "store")
    drawn([first, second], store)
    assert drawn([second, third], store) == [{"b.svg": b"b"}, {"c.svg": b"c"}]
    assert notes(tmp_path) == ["a", "b", "c"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_drawing_that_fails_fails_the_build_with_its_own_error(tmp_path: Path, count: int) -> None:
    with pytest.raises(LookupError, match="no room for a label"):
        drawn([Job(refused, (str(place),)) for place in range(count)], ContentStore(tmp_path / "store"))


def test_a_worker_that_is_ended_from_outside_is_reported_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(
        ProcessError, match=r"^a process of this command was ended from outside; is there enough memory\?$"
    ):
        drawn([Job(ended, (name,)) for name in "ab"], ContentStore(tmp_path / "store"))


def test_the_workers_of_a_build_that_is_killed_end_with_it(tmp_path: Path) -> None:
    build = python(ENDLESS, str(tmp_path))
    workers = [tmp_path / name for name in "ab"]
    wait_for(lambda: all(worker.is_file() and worker.read_text() for worker in workers))
    build.send_signal(signal.SIGKILL)
    build.communicate()
    wait_for(lambda: not any(runs(int(worker.read_text())) for worker in workers))


def runs(process: int) -> bool:
    """Whether a process is there and not merely waiting to be collected."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def keys(findings: Findings) -> dict[str, str]:
    """The key of every drawing of an edition, by what it is called."""
    return {f"{job.arguments[0]} {getattr(job.arguments[1], 'name', '')}".strip(): job.key for job in jobs_of(findings)}


def test_every_figure_is_drawn_in_both_widths_and_each_topic_has_a_card(findings: Findings) -> None:
    figures = {f"{entry.name} {width}" for entry in figures_at(NEWEST) for width in ("wide", "narrow")}
    assert set(keys(findings)) == figures | {"compute", "compute-to-2026", "efficiency", "efficiency-to-2026"}


def test_a_content_says_all_it_holds(findings: Findings) -> None:
    # An address in memory would make a drawing a new one on every run.
    for entry in figures_at(NEWEST):
        assert " at 0x" not in repr(entry.shows(findings))
        assert "..." not in repr(entry.shows(findings))


def test_a_drawing_that_is_the_same_in_two_editions_has_one_key(findings_by_edition: Mapping[str, Findings]) -> None:
    first, last = (keys(findings_by_edition[edition]) for edition in (CLOSED[0], NEWEST))
    assert first["compute.modern_trend narrow"] == last["compute.modern_trend narrow"]
    assert first["compute.by_domain narrow"] != last["compute.by_domain narrow"]
    # Files for download, which come from the wide drawing, name their edition.
    assert first["compute.modern_trend wide"] != last["compute.modern_trend wide"]


def test_a_changed_value_gives_a_new_key_to_the_drawings_that_show_it_alone(findings: Findings) -> None:
    ledger = tuple(replace(row, ratio=row.ratio and row.ratio * 1.5) for row in findings.ledger)
    before, after = keys(findings), keys(replace(findings, ledger=ledger))
    assert {name for name, key in after.items() if before[name] != key} == {
        "ledger.worked_ratios wide",
        "ledger.worked_ratios narrow",
    }


def test_the_code_that_draws_covers_what_the_modules_of_the_figures_import() -> None:
    covered = {path.relative_to(ROOT).as_posix() for path in DRAWING_CODE}
    assert {"analysis/figures/house.mplstyle", "analysis/figures/labels.py", "analysis/numerals.py"} <= covered
    assert {"analysis/model/trends.py", "analysis/bundle/drawings.py"} <= covered
