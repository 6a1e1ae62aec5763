"""A small git repository with editions to publish, for the tests that write to branches and tags."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.artifacts import HASH_FILE
from analysis.bundle.files import json_text
from site_src.release import build_stamps
from site_src.release.edition_files import manifest
from tests.bundles import edition

# What git must not take from the machine that runs the tests.
SURROUNDINGS = (
    "GIT_COMMITTER_NAME",
    "GIT_COMMITTER_EMAIL",
    "GIT_COMMITTER_DATE",
    "GIT_AUTHOR_DATE",
    "GIT_DIR",
    "SOURCE_DATE_EPOCH",
    "SITE_URL",
)
# Of a kind under which readers could come; the one in the settings is a placeholder.
ADDRESS = "https://numbers.openresults.net/some/where/"
SETTINGS = 'site_name: Example\nsite_url: !ENV [SITE_URL, "https://numbers.example/some/where/"]\nextra:\n  edition: !ENV [EDITION, ""]\n'
# Published ones in any order, and one that is open.
EDITIONS = {"2018-05": True, "2019-11": True, "2020-05": True, "2026-11": False}


@dataclass(frozen=True, slots=True)
class Scratch:
    """A repository in a folder of its own."""

    root: Path

    def git(self, *arguments: str) -> str:
        """What a git command prints, without the last line break."""
        run = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        return run.stdout.rstrip("\n")

    def commit(self, **files: str) -> str:
        """Commits texts by path, or nothing at all; gives the name of the commit."""
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "A change")
        return self.git("rev-parse", "HEAD")

    def build(self, edition: str, files: Mapping[str, bytes]) -> Path:
        """Writes the folder of a built edition with its manifest, as built from the commit that is checked out."""
        folder = self.root / "site" / edition
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        (folder / "manifest.sha256").write_text(manifest(folder))
        self.stamp(edition)
        return folder

    def stamp(self, edition: str, address: str = ADDRESS) -> None:
        """Records what a built edition was built from: the commit that is checked out, and an address."""
        commit, files = self.git("rev-parse", "HEAD"), build_stamps.fingerprint(self.root / "site" / edition)
        build_stamps.write(
            self.root, edition, build_stamps.Stamp(state="any", files=files, address=address, commit=commit)
        )

    def tree(self, revision: str = "gh-pages") -> list[str]:
        """Every path that a branch holds."""
        return self.git("ls-tree", "-r", "--name-only", revision).splitlines()

    def touched(self, revision: str = "gh-pages") -> set[str]:
        """The folders and files at the root that a commit changed."""
        paths = self.git("diff-tree", "--root", "-r", "--name-only", "--no-commit-id", revision).splitlines()
        return {path.split("/")[0] for path in paths}

    def references(self) -> str:
        """Every branch and tag with its commit."""
        return self.git("for-each-ref")


def scratch_repository(root: Path, monkeypatch: pytest.MonkeyPatch, settings: str = SETTINGS) -> Scratch:
    """A repository with a list of editions, none of them built; each closed one is frozen."""
    for name in SURROUNDINGS:
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": str(root),
        "SITE_URL": ADDRESS,
    }.items():
        monkeypatch.setenv(name, value)
    repository = Scratch(root / "repository")
    repository.root.mkdir()
    repository.git("init", "--quiet", "--initial-branch=main")
    repository.git("config", "core.quotePath", "false")
    repository.git("config", "user.name", "Editor")
    repository.git("config", "user.email", "editor@example.org")
    frozen = {f"tests/golden/{edition}.json": "{}" for edition, closed in EDITIONS.items() if closed}
    repository.commit(**{".gitignore": "/build/\n/site/\n/.cache/\n", "mkdocs.yml": settings}, **frozen)
    write_bundles(repository.root / "build")
    return repository


def write_bundles(build: Path) -> None:
    """Writes the bundles of all editions, with what each says of itself and of the others alone."""
    plain = {"evidence": "2018-05-16", "published": "2026-11-28", "title": "A test"}
    listed = [{"id": name, **plain, "closed": closed} for name, closed in EDITIONS.items()]
    for record in listed:
        (build / record["id"]).mkdir(parents=True)
        (build / record["id"] / "edition.json").write_text(json_text(edition(**record, editions=listed)))
    (build / HASH_FILE).write_text("any\n")
