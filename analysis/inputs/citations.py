"""Finds works of the bibliography that no record, network or page cites.

Pages are searched as text: `{{ cite("key") }}` in prose, and keys that notebooks name.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from analysis.counting.catalogue import ARCHITECTURES
from analysis.errors import InputError
from analysis.input_files import is_input
from analysis.inputs.bibtex_entries import FURTHER_READING
from analysis.inputs.dataset import Dataset
from analysis.inputs.faults import Faults
from analysis.inputs.files import read_text
from analysis.inputs.younger_works import named_works

PAGES: Final = (".md", ".py")
_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:.+/-]*")


def check_citations(dataset: Dataset, root: Path) -> None:
    """Raises: InputError, or InputFaultsError, for uncited works that are not marked as further reading."""
    faults = Faults()
    faults.extend(uncited(dataset, root))
    faults.raise_any()


def uncited(dataset: Dataset, root: Path) -> Iterator[InputError]:
    """A fault for each uncited work that is not marked as further reading."""
    cited = _by_records(dataset) | _by_pages(root)
    mark = f"keywords = {{{FURTHER_READING}}}"
    for key, work in dataset.references.items():
        if key not in cited and not work.further_reading:
            yield InputError(
                f"references.bib: {key}: nothing cites it; expected a citation, or '{mark}' on its own line"
            )


def _by_records(dataset: Dataset) -> set[str]:
    return {key for _, keys in named_works(dataset, ARCHITECTURES.values()) for key in keys}


def _by_pages(root: Path) -> set[str]:
    # Any word of a page counts, so a key in a notebook's code is found without parsing it.
    files = (path for path in sorted((root / "docs").rglob("*")) if path.suffix in PAGES)
    pages = (path for path in files if is_input(path.relative_to(root)))
    return {word for page in pages for word in _WORD.findall(read_text(page, root))}
