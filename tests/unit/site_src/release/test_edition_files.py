"""The list of the files of an edition, and how two sets of them differ."""

import hashlib
from pathlib import Path

from site_src.release.edition_files import differences, manifest


def test_a_manifest_lists_every_file_but_itself_sorted_by_path(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.txt").write_bytes(b"one")
    (tmp_path / "a.txt").write_bytes(b"two")
    (tmp_path / "manifest.sha256").write_bytes(b"old")
    one, two = hashlib.sha256(b"one").hexdigest(), hashlib.sha256(b"two").hexdigest()
    assert manifest(tmp_path) == f"{two}  a.txt\n{one}  b/x.txt\n"


def test_differences_are_listed_by_path_in_order() -> None:
    expected = {"same": 1, "z": 1, "gone": 1}
    found = {"same": 1, "z": 2, "added": 1}
    assert list(differences(expected, found).items()) == [("added", "new"), ("gone", "missing"), ("z", "changed")]
