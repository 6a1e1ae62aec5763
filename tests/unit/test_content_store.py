"""The store of what was made from given content: nothing but a sound entry of the key asked for is ever taken."""

import shutil
from pathlib import Path

import pytest

from analysis.content_store import ContentStore, key_of

KEY, OTHER = key_of("a drawing"), key_of("another drawing")
FILES = {"a.svg": b"<svg/>" * 100, "b.png": bytes(range(256))}


@pytest.fixture
def store(tmp_path: Path) -> ContentStore:
    """A store with one entry."""
    made = ContentStore(tmp_path / "store")
    made.put(KEY, FILES)
    return made


def entry(store: ContentStore) -> Path:
    """The file of the entry."""
    (path,) = store.folder.iterdir()
    return path


def test_an_entry_is_read_as_it_was_written(store: ContentStore) -> None:
    assert store.get(KEY) == FILES


def test_there_is_no_entry_of_another_key_and_none_without_a_folder(store: ContentStore, tmp_path: Path) -> None:
    assert store.get(OTHER) is None
    assert ContentStore(tmp_path / "elsewhere").get(KEY) is None


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_entry_is_not_taken(store: ContentStore, share: float) -> None:
    content = entry(store).read_bytes()
    entry(store).write_bytes(content[: int(share * len(content))])
    assert store.get(KEY) is None


def test_an_entry_with_any_altered_byte_is_not_taken(store: ContentStore) -> None:
    content = entry(store).read_bytes()
    # The names of the files are at the end, outside of the checksums of a zip file.
    for place in (*range(0, len(content), 17), *range(len(content) - 200, len(content))):
        entry(store).write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert store.get(KEY) is None


def test_an_entry_of_another_key_is_not_taken(store: ContentStore) -> None:
    shutil.copy(entry(store), store.folder / entry(store).name.replace(KEY, OTHER))
    assert store.get(OTHER) is None


@pytest.mark.parametrize("content", [b"", b"no entry", b"PK\x05\x06" + b"\0" * 18])
def test_a_foreign_file_is_not_taken(store: ContentStore, content: bytes) -> None:
    entry(store).write_bytes(content)
    assert store.get(KEY) is None


def test_a_foreign_folder_is_not_taken_and_gives_way(store: ContentStore) -> None:
    place = entry(store)
    place.unlink()
    (place / "folder").mkdir(parents=True)
    assert store.get(KEY) is None
    store.put(KEY, FILES)
    assert store.get(KEY) == FILES


def test_a_damaged_entry_is_replaced_by_a_sound_one(store: ContentStore) -> None:
    entry(store).write_bytes(b"no entry")
    store.put(KEY, FILES)
    assert store.get(KEY) == FILES


def test_what_is_not_kept_is_removed_with_what_a_stopped_writer_left(store: ContentStore) -> None:
    store.put(OTHER, FILES)
    (store.folder / f"{KEY}.1.partial").write_bytes(b"half")
    (store.folder / "foreign").mkdir()
    store.keep([OTHER])
    assert store.get(KEY) is None
    assert store.get(OTHER) == FILES
    assert len(list(store.folder.iterdir())) == 1


def test_a_fault_while_writing_leaves_nothing(store: ContentStore) -> None:
    with pytest.raises(TypeError):
        store.put(OTHER, {"a.svg": None})  # type: ignore[dict-item]
    assert store.get(OTHER) is None
    assert [path.stem for path in store.folder.iterdir()] == [KEY]


def test_the_parts_of_a_key_are_kept_apart() -> None:
    assert key_of("ab", "c") != key_of("a", "bc")
    assert key_of("a", "b") != key_of("b", "a")
