"""The site as it is served while people write: what an edit shows, in the earliest edition, which has the fewest pages."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.processes import wait_for, written_site
from tests.sites import Site

SURROUNDINGS = {"EDITION": "2018-05", "SOURCE_DATE_EPOCH": "0"}
POST = "docs/posts/2018-05-16-ai-and-compute.md"
PAGE, FOLDER = "docs/references.md", "references"
POST_FOLDER = "posts/2018-05-16-ai-and-compute"
RELOADING = re.compile(rb"<script>\nvar livereload = .*?</script>", re.DOTALL)
FAULT = "The site cannot be built"


@dataclass(frozen=True, slots=True)
class Served:
    """A copy of the repository, the address that serves it, and what its server prints."""

    root: Path
    address: str
    printed: Path

    def file(self, name: str) -> bytes:
        """A file, in a page without the script that reloads it."""
        try:
            with urlopen(f"{self.address}{quote(name)}") as answer:
                return RELOADING.sub(b"", answer.read())
        except (HTTPError, ConnectionError):
            return b""

    def page(self, folder: str) -> bytes:
        """The page in a folder."""
        return self.file(f"{folder}/" if folder else "")

    def shows(self, folder: str, text: str) -> None:
        """Returns once a page has a text."""
        wait_for(lambda: text.encode() in self.page(folder))

    @contextmanager
    def edited(self, file: str, old: str, new: str) -> Iterator[None]:
        """A file with its first such text replaced for as long as the block runs."""
        path = self.root / file
        before = path.read_text(encoding="utf-8")
        assert old in before
        path.write_text(before.replace(old, new, 1), encoding="utf-8")
        try:
            yield
        finally:
            path.write_text(before, encoding="utf-8")


@pytest.fixture(scope="module")
def served(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site while it is served."""
    printed = tmp_path_factory.mktemp("served") / "printed"
    with written_site(site.root, printed, **SURROUNDINGS) as address:
        yield Served(site.root, address, printed)


def test_an_edit_shows_on_its_page_and_on_those_that_list_it_as_a_build_makes_them(
    served: Served, tmp_path: Path
) -> None:
    # The post cites a work that it did not; the references list the post with that work.
    before = served.page(FOLDER)
    with served.edited(POST, "\n## ", "\nEdited words {{ cite('moore1965cramming') }}.\n\n## "):
        # The page itself comes first.
        served.shows(POST_FOLDER, "Edited words")
        wait_for(lambda: served.page(FOLDER) != before)
        built = tmp_path / "built"
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(built)]
        known = {**SURROUNDINGS, "PYTHONPATH": str(served.root), "SITE_URL": served.address}
        subprocess.run(command, cwd=served.root, env={**os.environ, **known}, check=True)
        # Downloads are copies of the bundle. The sitemap is compressed under the name of its folder.
        written = {path.relative_to(built).as_posix(): path for path in built.rglob("*") if path.is_file()}
        names = [name for name in written if not name.startswith("files/") and not name.endswith(".gz")]
        assert [name for name in names if served.file(name) != written[name].read_bytes()] == []


def test_a_broken_page_shows_its_fault_until_the_next_edit(served: Served) -> None:
    with served.edited(PAGE, "{{ references() }}", "{{ no.such.number }}"):
        served.shows("", FAULT)
        assert b"docs/references.md:" in served.page(FOLDER)
        assert "docs/references.md:" in served.printed.read_text()
        # What the script in a page asks.
        assert served.file("livereload/0/1").isdigit()
    served.shows(FOLDER, 'class="reference')
    assert FAULT.encode() not in served.page(POST_FOLDER)


def test_broken_data_are_announced_and_show_their_fault_until_they_are_repaired(served: Served) -> None:
    with served.edited("data/systems/alexnet.toml", "name = ", "nam = "):
        served.shows("", FAULT)
        assert b"data/systems/alexnet.toml" in served.page("")
        assert "analysis: data or code changed" in served.printed.read_text()
    wait_for(lambda: FAULT.encode() not in served.page(""))
