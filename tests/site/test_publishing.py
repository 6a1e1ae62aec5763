"""An edition is published once, whole, from a commit, and never replaced; in a real repository of its own."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.errors import BundleError, BusyError
from site_src.release import build_stamps
from site_src.release.build_stamps import SITE_LOCK
from site_src.release.publish import PublishError, publish, published_sources
from tests.processes import held
from tests.scratch import Scratch, scratch_repository, write_bundles
from tests.sites import ROOT

PAGES = {"index.html": b"<p>Start</p>", "data/rows.csv": b"a,b\r\n1,2\r\n", "figures/größe 1.svg": b"\x00\xff"}
# Without one of them the branch would not be a site.
ABOVE = {"versions.json", "index.html", "robots.txt", ".nojekyll", "_headers", ".htaccess"}


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    """A repository in which three closed editions and the open one are built."""
    repository = scratch_repository(tmp_path, monkeypatch)
    for edition in ("2018-05", "2019-11", "2020-05", "2026-11"):
        repository.build(edition, {**PAGES, "edition.txt": edition.encode()})
    return repository


def refusal(scratch: Scratch, edition: str) -> str:
    """The message with which publishing is refused; nothing may be written then."""
    before = scratch.references()
    with pytest.raises(PublishError) as caught:
        publish(scratch.root, edition)
    assert scratch.references() == before
    assert "\n" not in str(caught.value)
    return str(caught.value)


def publishing(scratch: Scratch, edition: str, **surroundings: str) -> subprocess.Popen[str]:
    """Publishing under way in a process of its own."""
    code = "import sys; from pathlib import Path; from site_src.release.publish import publish; print(publish(Path(sys.argv[1]), sys.argv[2]))"
    return subprocess.Popen(
        [sys.executable, "-c", code, str(scratch.root), edition],
        env={**os.environ, "PYTHONPATH": str(ROOT), **surroundings},
        stdout=subprocess.PIPE,
        text=True,
    )


def versions(scratch: Scratch) -> dict[str, tuple[list[str], str]]:
    """The editions that the branch lists, each with its other names and the commit it was built from."""
    listed = json.loads(scratch.git("show", "gh-pages:versions.json"))
    return {entry["version"]: (entry["aliases"], entry["properties"]["commit"]) for entry in listed}


def test_the_first_edition_makes_the_branch_a_site_and_tags_its_source(scratch: Scratch) -> None:
    source = scratch.git("rev-parse", "HEAD")
    message = publish(scratch.root, "2018-05")
    assert message.splitlines() == [
        f"edition 2018-05: 5 files on gh-pages, commit {source} tagged edition-2018-05",
        "to put it on the web: git push --atomic origin gh-pages edition-2018-05",
    ]
    assert scratch.touched() == {"2018-05", "latest", *ABOVE}
    assert scratch.git("rev-parse", "gh-pages:latest") == scratch.git("rev-parse", "gh-pages:2018-05")
    assert versions(scratch) == {"2018-05": (["latest"], source)}
    assert scratch.git("rev-parse", "edition-2018-05") == source
    assert "https://numbers.openresults.net/some/where/latest/sitemap.xml" in scratch.git("show", "gh-pages:robots.txt")


def test_the_page_for_wrong_addresses_stays_that_of_the_newest_edition(scratch: Scratch) -> None:
    scratch.build("2019-11", {**PAGES, "404.html": b"newer"})
    publish(scratch.root, "2019-11")
    scratch.build("2018-05", {**PAGES, "404.html": b"older"})
    publish(scratch.root, "2018-05")
    assert scratch.git("show", "gh-pages:404.html") == "newer"


def test_a_placeholder_for_an_address_is_refused(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITE_URL")
    scratch.stamp("2018-05", address="https://numbers.example/some/where/")
    assert refusal(scratch, "2018-05") == (
        "SITE_URL or mkdocs.yml: site_url: found the placeholder https://numbers.example/some/where/; "
        "expected a real address, as every page carries it"
    )


def test_an_edition_that_is_not_frozen_is_refused(scratch: Scratch) -> None:
    (scratch.root / "tests" / "golden" / "2018-05.json").unlink()
    scratch.commit()
    scratch.stamp("2018-05")
    assert refusal(scratch, "2018-05") == (
        "tests/golden/2018-05.json: not in the commit; expected the numbers of edition 2018-05, "
        "which `python -m analysis freeze 2018-05` writes"
    )


def test_a_build_of_an_older_commit_is_refused(scratch: Scratch) -> None:
    older, newer = scratch.git("rev-parse", "HEAD"), scratch.commit(**{"data/rows.csv": "1\n"})
    assert refusal(scratch, "2018-05") == (
        f"site/2018-05: built from commit {older}; expected commit {newer}, which is checked out; "
        "run `python -m site_src build --edition 2018-05`"
    )


def test_a_build_of_a_work_tree_with_changes_is_refused(scratch: Scratch) -> None:
    stamp = build_stamps.read(scratch.root, "2018-05")
    assert stamp
    build_stamps.write(scratch.root, "2018-05", replace(stamp, commit=""))
    assert refusal(scratch, "2018-05").startswith("site/2018-05: built from a work tree with changes; expected commit ")


def test_a_build_of_unknown_origin_is_refused(scratch: Scratch) -> None:
    shutil.rmtree(scratch.root / ".cache")
    assert refusal(scratch, "2018-05") == (
        "site/2018-05: found no record of what it was built from; run `python -m site_src build --edition 2018-05`"
    )


def test_a_build_for_another_address_is_refused(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://moved.openresults.net")
    assert refusal(scratch, "2018-05") == (
        "site/2018-05: built for the address https://numbers.openresults.net/some/where/; "
        "expected https://moved.openresults.net/; run `python -m site_src build --edition 2018-05`"
    )


def test_the_list_of_editions_keeps_the_address_under_which_each_was_published(
    scratch: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(scratch.root, "2018-05")
    monkeypatch.setenv("SITE_URL", "https://moved.openresults.net/")
    scratch.stamp("2019-11", address="https://moved.openresults.net/")
    publish(scratch.root, "2019-11")
    assert {edition: source.address for edition, source in published_sources(scratch.root).items()} == {
        "2018-05": "https://numbers.openresults.net/some/where/",
        "2019-11": "https://moved.openresults.net/",
    }


def test_nothing_is_published_while_a_site_is_built(scratch: Scratch) -> None:
    with held(scratch.root / SITE_LOCK) as owner, pytest.raises(BusyError) as caught:
        publish(scratch.root, "2018-05")
    assert f": in use by process {owner}; expected one build at a time" in str(caught.value)


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="needs sha256sum")
def test_a_checkout_of_the_branch_holds_the_files_that_the_manifest_lists(scratch: Scratch, tmp_path: Path) -> None:
    publish(scratch.root, "2018-05")
    scratch.git("clone", "--quiet", "--branch", "gh-pages", str(scratch.root), str(tmp_path / "clone"))
    for folder in ("2018-05", "latest"):
        command = ["sha256sum", "--check", "--strict", "manifest.sha256"]
        run = subprocess.run(command, cwd=tmp_path / "clone" / folder, capture_output=True, text=True, check=False)
        assert run.returncode == 0
        # All files but the manifest itself.
        assert run.stdout.count(": OK\n") == 4


def test_publishing_twice_changes_nothing(scratch: Scratch) -> None:
    publish(scratch.root, "2018-05")
    before = scratch.references()
    message = publish(scratch.root, "2018-05")
    assert message == "edition 2018-05: gh-pages holds the same 5 files already, tagged edition-2018-05"
    assert scratch.references() == before


def test_a_tag_that_is_lost_comes_back_on_the_commit_that_was_published(scratch: Scratch) -> None:
    publish(scratch.root, "2018-05")
    source = scratch.git("rev-parse", "HEAD")
    scratch.git("tag", "--delete", "edition-2018-05")
    scratch.commit()
    publish(scratch.root, "2018-05")
    assert scratch.git("rev-parse", "edition-2018-05") == source


def test_a_published_edition_is_not_replaced_by_a_changed_one(scratch: Scratch) -> None:
    publish(scratch.root, "2018-05")
    scratch.build("2018-05", {"index.html": b"<p>Other</p>", "edition.txt": b"other"})
    assert refusal(scratch, "2018-05") == (
        "site/2018-05/edition.txt: changed since edition 2018-05 was published; "
        "expected the same files, as a published edition is never replaced"
    )


def test_a_published_edition_is_not_replaced_by_one_with_fewer_files(scratch: Scratch) -> None:
    publish(scratch.root, "2018-05")
    (scratch.root / "site" / "2018-05" / "data" / "rows.csv").unlink()
    scratch.build("2018-05", {})
    assert refusal(scratch, "2018-05").startswith("site/2018-05/data/rows.csv: missing since edition 2018-05")


def test_a_published_edition_is_not_replaced_by_one_with_more_files(scratch: Scratch) -> None:
    publish(scratch.root, "2018-05")
    scratch.build("2018-05", {"added.txt": b"more"})
    assert refusal(scratch, "2018-05").startswith("site/2018-05/added.txt: new since edition 2018-05")


def test_a_newer_edition_becomes_latest_and_leaves_the_older_one_alone(scratch: Scratch) -> None:
    publish(scratch.root, "2018-05")
    first, older = scratch.git("rev-parse", "HEAD"), scratch.git("rev-parse", "gh-pages:2018-05")
    (scratch.root / "site" / "2018-05" / "edition.txt").unlink()
    second = scratch.commit()
    scratch.build("2019-11", {"only-here.txt": b""})
    publish(scratch.root, "2019-11")
    # The other files at the root are as they were.
    assert scratch.touched() == {"2019-11", "latest", "versions.json"}
    assert scratch.git("rev-parse", "gh-pages:latest") == scratch.git("rev-parse", "gh-pages:2019-11")
    assert scratch.git("rev-parse", "gh-pages:2018-05") == older
    assert versions(scratch) == {"2019-11": (["latest"], second), "2018-05": ([], first)}
    assert scratch.git("rev-list", "--count", "gh-pages") == "2"


def test_latest_loses_the_files_that_the_newer_edition_does_not_have(scratch: Scratch) -> None:
    scratch.build("2018-05", {"only-in-2018.txt": b""})
    publish(scratch.root, "2018-05")
    assert "latest/only-in-2018.txt" in scratch.tree()
    publish(scratch.root, "2019-11")
    assert "latest/only-in-2018.txt" not in scratch.tree()


def test_an_older_edition_published_later_leaves_latest_alone(scratch: Scratch) -> None:
    publish(scratch.root, "2020-05")
    publish(scratch.root, "2018-05")
    assert scratch.touched() == {"2018-05", "versions.json"}
    assert scratch.git("rev-parse", "gh-pages:latest") == scratch.git("rev-parse", "gh-pages:2020-05")
    assert [(name, aliases) for name, (aliases, _) in versions(scratch).items()] == [
        ("2020-05", ["latest"]),
        ("2018-05", []),
    ]


def test_other_files_of_the_branch_stay(scratch: Scratch) -> None:
    scratch.git("checkout", "--quiet", "--orphan", "gh-pages")
    scratch.git("rm", "-r", "--quiet", "--cached", ".")
    (scratch.root / "CNAME").write_text("numbers.test\n")
    scratch.git("add", "CNAME")
    scratch.git("commit", "--quiet", "--message", "Address")
    scratch.git("checkout", "--quiet", "--force", "main")
    publish(scratch.root, "2018-05")
    assert "CNAME" not in scratch.touched()
    assert scratch.git("show", "gh-pages:CNAME") == "numbers.test"


def test_a_fresh_clone_goes_on_where_others_stopped(scratch: Scratch, tmp_path: Path) -> None:
    publish(scratch.root, "2018-05")
    scratch.git("clone", "--quiet", str(scratch.root), str(tmp_path / "clone"))
    clone = Scratch(tmp_path / "clone")
    clone.git("config", "user.name", "Other editor")
    clone.git("config", "user.email", "other@example.org")
    write_bundles(clone.root / "build")
    clone.build("2019-11", PAGES)
    publish(clone.root, "2019-11")
    assert clone.git("rev-parse", "gh-pages^") == scratch.git("rev-parse", "gh-pages")
    assert list(versions(clone)) == ["2019-11", "2018-05"]


def test_a_run_killed_while_it_writes_leaves_the_branch_as_before_and_another_run_completes_it(
    scratch: Scratch,
) -> None:
    publish(scratch.root, "2018-05")
    before = scratch.references()
    # Noise cannot be compressed, so git is busy with it for a second or more; the kill comes within milliseconds.
    noise = random.Random(0)
    scratch.build("2019-11", {f"noise/{i}.bin": noise.randbytes(2**19) for i in range(64)})
    process = publishing(scratch, "2019-11")
    packs = scratch.root / ".git" / "objects" / "pack"
    while not list(packs.glob("tmp_pack_*")):
        assert process.poll() is None
        time.sleep(0.001)
    process.kill()
    # Ends when git has ended as well, as both write to the same pipe.
    assert process.communicate(timeout=60) == ("", None)
    assert process.returncode < 0
    assert scratch.references() == before
    publish(scratch.root, "2019-11")
    assert scratch.touched() == {"2019-11", "latest", "versions.json"}
    scratch.git("fsck", "--full", "--strict")


def test_the_repository_is_sound_after_all_editions(scratch: Scratch) -> None:
    for edition in ("2019-11", "2018-05", "2020-05"):
        publish(scratch.root, edition)
    assert scratch.git("fsck", "--full", "--strict", "--no-dangling") == ""
    assert scratch.git("status", "--porcelain") == ""
    assert set(scratch.git("ls-tree", "--name-only", "gh-pages").splitlines()) == {
        "2018-05",
        "2019-11",
        "2020-05",
        "latest",
        *ABOVE,
    }


# 1 600 000 000 seconds after 1970 it was 13 September 2020, 12:26:40 in Greenwich.
@pytest.mark.parametrize(
    "surroundings", [{"SOURCE_DATE_EPOCH": "1600000000"}, {"GIT_COMMITTER_DATE": "2020-09-13T12:26:40+00:00"}]
)
def test_the_date_of_the_commit_can_be_set_from_outside(scratch: Scratch, surroundings: dict[str, str]) -> None:
    process = publishing(scratch, "2018-05", **surroundings)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert (
        scratch.git("log", "-1", "--format=%cI %cn <%ce>", "gh-pages")
        == "2020-09-13T12:26:40+00:00 Editor <editor@example.org>"
    )


def test_a_date_that_cannot_be_read_is_refused(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "yesterday")
    assert refusal(scratch, "2018-05") == "invalid timestamp yesterday"


def test_an_unknown_edition_is_refused_with_the_nearest(scratch: Scratch) -> None:
    assert refusal(scratch, "2020-06") == "build: no edition '2020-06'; did you mean '2020-05'?"


@pytest.mark.parametrize("name", ["latest", "2020-5", "../main", "--all", ""])
def test_a_name_that_no_edition_can_have_is_refused(scratch: Scratch, name: str) -> None:
    assert refusal(scratch, name) == f"'{name}' cannot name an edition; expected year and month such as 2020-05"


def test_an_open_edition_is_refused(scratch: Scratch) -> None:
    assert refusal(scratch, "2026-11") == "edition 2026-11 is open; close it in data/editions.toml first"


def test_editions_that_were_never_built_are_refused(scratch: Scratch) -> None:
    shutil.rmtree(scratch.root / "build")
    with pytest.raises(BundleError, match="no build; run `python -m analysis build`"):
        publish(scratch.root, "2018-05")


def test_an_edition_that_is_not_built_is_refused(scratch: Scratch) -> None:
    shutil.rmtree(scratch.root / "site" / "2018-05")
    assert refusal(scratch, "2018-05") == (
        "site/2018-05/manifest.sha256: no such file, so edition 2018-05 is not built; "
        "run `python -m site_src build --edition 2018-05`"
    )


@pytest.mark.parametrize(
    ("path", "content", "fault"),
    [("index.html", b"edited", "changed"), ("index.html", None, "missing"), ("added.txt", b"added", "new")],
)
def test_an_edition_that_was_tampered_with_after_it_was_built_is_refused(
    scratch: Scratch, path: str, content: bytes | None, fault: str
) -> None:
    file = scratch.root / "site" / "2018-05" / path
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    assert refusal(scratch, "2018-05") == (
        f"site/2018-05/{path}: {fault}; expected the files that manifest.sha256 lists; "
        "run `python -m site_src build --edition 2018-05`"
    )


def test_a_manifest_that_is_none_is_refused(scratch: Scratch) -> None:
    (scratch.root / "site" / "2018-05" / "manifest.sha256").write_text("nothing\n")
    assert refusal(scratch, "2018-05").startswith(
        "site/2018-05/manifest.sha256:1: found 'nothing'; expected '<sha256>  <path>'; "
    )


@pytest.mark.parametrize("path", ["mkdocs.yml", "new.txt"])
def test_a_work_tree_with_changes_is_refused(scratch: Scratch, path: str) -> None:
    with (scratch.root / path).open("a") as file:
        file.write("# edited\n")
    assert refusal(scratch, "2018-05") == (
        f"{path}: not committed; expected a clean work tree, as a site comes from a commit"
    )


@pytest.mark.parametrize("key", ["user.name", "user.email"])
def test_a_committer_without_a_name_or_address_is_refused(scratch: Scratch, key: str) -> None:
    scratch.git("config", "--unset", key)
    assert refusal(scratch, "2018-05") == f"git knows no {key} to commit with; set it with `git config {key} ...`"


def test_a_committer_may_be_named_by_the_environment_alone(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch.git("config", "--remove-section", "user")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Robot")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "robot@example.org")
    publish(scratch.root, "2018-05")
    assert scratch.git("log", "-1", "--format=%cn <%ce>", "gh-pages") == "Robot <robot@example.org>"


def test_a_tag_on_another_commit_is_refused_before_anything_is_written(scratch: Scratch) -> None:
    scratch.git("tag", "edition-2018-05")
    tagged, source = scratch.git("rev-parse", "HEAD"), scratch.commit()
    scratch.stamp("2018-05")
    assert refusal(scratch, "2018-05") == f"tag edition-2018-05: found it on commit {tagged}; expected {source}"


def test_a_tag_on_the_source_may_stand_already(scratch: Scratch) -> None:
    scratch.git("tag", "--annotate", "--message", "By hand", "edition-2018-05")
    publish(scratch.root, "2018-05")
    assert scratch.git("cat-file", "-t", "edition-2018-05") == "tag"


def test_a_branch_without_the_source_of_an_edition_is_refused(scratch: Scratch) -> None:
    publish(scratch.root, "2018-05")
    scratch.git("checkout", "--quiet", "gh-pages")
    (scratch.root / "versions.json").write_text("[]\n")
    scratch.git("commit", "--quiet", "--message", "Emptied by hand", "versions.json")
    scratch.git("checkout", "--quiet", "main")
    assert refusal(scratch, "2019-11") == (
        "gh-pages: versions.json: found no commit and address ('2018-05'); expected them for each of 2018-05"
    )


def test_a_folder_that_is_no_repository_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = scratch_repository(tmp_path, monkeypatch)
    scratch.build("2018-05", PAGES)
    shutil.rmtree(scratch.root / ".git")
    with pytest.raises(PublishError, match=r"^git status: fatal: not a git repository"):
        publish(scratch.root, "2018-05")
