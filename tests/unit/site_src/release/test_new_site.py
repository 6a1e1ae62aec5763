"""Building one edition keeps the others, also where an earlier build was killed while it put its site in place."""

from pathlib import Path

import pytest

from analysis.folder_swap import recover
from site_src.release.new_site import keep_others

KNOWN = ("2018-05", "2019-11", "2020-05")


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A new site with one edition."""
    (tmp_path / "fresh" / "2020-05").mkdir(parents=True)
    (tmp_path / "fresh" / "2020-05" / "page").write_text("new")
    return tmp_path / "fresh"


def site(root: Path, name: str, *editions: str) -> Path:
    """An old site under some name."""
    for edition in editions:
        (root / name / edition).mkdir(parents=True)
        (root / name / edition / "page").write_text("old")
    (root / name / "latest").mkdir(parents=True)
    return root / "site"


def pages(folder: Path) -> dict[str, str]:
    return {path.parent.name: path.read_text() for path in sorted(folder.rglob("page"))}


def test_editions_that_are_not_built_now_are_kept(tmp_path: Path, fresh: Path) -> None:
    assert keep_others(site(tmp_path, "site", *KNOWN), fresh, KNOWN) == []
    assert pages(fresh) == {"2018-05": "old", "2019-11": "old", "2020-05": "new"}


@pytest.mark.parametrize("name", [".site.old", ".site.ready"])
def test_editions_of_a_site_whose_swap_was_killed_are_kept(tmp_path: Path, fresh: Path, name: str) -> None:
    target = site(tmp_path, name, *KNOWN)
    recover(target)
    assert keep_others(target, fresh, KNOWN) == []
    assert pages(fresh) == {"2018-05": "old", "2019-11": "old", "2020-05": "new"}


def test_an_edition_that_data_no_longer_list_is_kept(tmp_path: Path, fresh: Path) -> None:
    keep_others(site(tmp_path, "site", "2017-01"), fresh, KNOWN)
    assert pages(fresh) == {"2017-01": "old", "2020-05": "new"}


def test_editions_that_are_nowhere_are_named(tmp_path: Path, fresh: Path) -> None:
    assert keep_others(site(tmp_path, "site", "2018-05"), fresh, KNOWN) == ["2019-11"]
    assert keep_others(tmp_path / "none", tmp_path / "empty", KNOWN) == [*KNOWN]


def test_what_is_no_edition_is_made_anew(tmp_path: Path, fresh: Path) -> None:
    keep_others(site(tmp_path, "site"), fresh, KNOWN)
    assert not (fresh / "latest").exists()
