"""Works that nothing cites: each is reported by its key, unless it is marked as further reading."""

from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.inputs.citations import check_citations
from analysis.inputs.dataset import Dataset
from analysis.inputs.load import ROOT, load_dataset

UNCITED = "@misc{doe2020work,\n  author = {Doe, Jane},\n  title = {Work},\n  date = {2020},\n}\n"


def with_work(root: Path, entry: str) -> Dataset:
    """The copied data with one more work."""
    with (root / "references.bib").open("a", encoding="utf-8") as file:
        file.write(f"\n{entry}")
    (root / "docs").symlink_to(ROOT / "docs")
    return load_dataset(root)


def test_every_work_of_the_repository_is_cited_or_further_reading(dataset: Dataset) -> None:
    check_citations(dataset, ROOT)


def test_a_work_that_nothing_cites_is_refused(copied_data: Path) -> None:
    with pytest.raises(InputError) as caught:
        check_citations(with_work(copied_data, UNCITED), copied_data)
    assert str(caught.value) == (
        "references.bib: doe2020work: nothing cites it; "
        "expected a citation, or 'keywords = {further reading}' on its own line"
    )


def test_a_work_may_be_further_reading(copied_data: Path) -> None:
    marked = UNCITED.replace("  date", "  keywords = {further reading},\n  date")
    check_citations(with_work(copied_data, marked), copied_data)


def test_the_mark_of_further_reading_is_no_part_of_the_entry(copied_data: Path) -> None:
    marked = UNCITED.replace("  date", "  keywords = {further reading},\n  date")
    assert with_work(copied_data, marked).references["doe2020work"].bibtex == UNCITED.strip()


def test_a_page_cites_a_work(copied_data: Path) -> None:
    dataset = with_work(copied_data, UNCITED)
    (copied_data / "docs").unlink()
    (copied_data / "docs").mkdir()
    works = " ".join(f'{{{{ cite("{key}") }}}}' for key in dataset.references)
    (copied_data / "docs/page.md").write_text(works, encoding="utf-8")
    # The lock of an editor, which leads nowhere.
    (copied_data / "docs/.#page.md").symlink_to("nowhere")
    check_citations(dataset, copied_data)
