"""Reads references.bib into works by key, and reports everything in the file that belongs to no work.

bibtexparser never raises: it collects what it could not read, and here any of that is an error.
"""

import logging
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
)

from analysis.errors import InputError
from analysis.inputs.bibtex import resolved
from analysis.inputs.bibtex_entries import line_of, reference_of
from analysis.inputs.faults import Faults, as_found
from analysis.inputs.files import read_text
from analysis.inputs.references import Reference

# Both parsers log what they cannot read; without a handler that would print it next to our own message.
for _name in ("bibtexparser", "pylatexenc"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def load_bibliography(path: Path) -> dict[str, Reference]:
    """Every work of a .bib file by key. Raises: InputError, or InputFaultsError for several faults."""
    return dict(_works(read_text(path, path.parent), path.name))


@lru_cache(maxsize=2)
def _works(text: str, file_name: str) -> dict[str, Reference]:
    faults = Faults()
    # No middleware: each of them resolves only part of a value.
    library = parse_string(text, parse_stack=[])
    faults.extend(_unreadable(library, file_name))
    strings = _strings(library, file_name, faults)
    works: dict[str, Reference] = {}
    for entry in library.entries:
        with faults.gathered():
            works[entry.key] = reference_of(entry, strings, file_name)
    faults.raise_any()
    return works


def _unreadable(library: Library, file_name: str) -> Iterator[InputError]:
    """A fault for everything outside a valid entry: broken blocks, duplicate keys, preambles, stray text."""
    for block in library.failed_blocks:
        yield InputError(_failure(block, file_name))
    for preamble in library.preambles:
        yield InputError(
            f"{file_name}:{line_of(preamble)}: found a @preamble; expected an entry, an @string or a % comment"
        )
    for before, after in pairwise((None, *library.blocks)):
        # Text after a block that breaks off is the rest of that block, which has been reported.
        if isinstance(after, ImplicitComment) and type(before) is not ParsingFailedBlock:
            yield from islice(_stray_text(after, file_name), 1)
    seen: dict[str, Entry] = {}
    for entry in library.entries:
        first = seen.setdefault(entry.key.casefold(), entry)
        if first is not entry:
            yield InputError(
                f"{file_name}:{line_of(entry)}: key '{entry.key}' differs from '{first.key}' on line {line_of(first)} "
                "only in case"
            )


def _stray_text(comment: ImplicitComment, file_name: str) -> Iterator[InputError]:
    """A fault for each line between two entries that is not a comment."""
    for number, line in enumerate(comment.comment.splitlines(), start=line_of(comment)):
        text = line.strip()
        if "@" in text:
            yield InputError(
                f"{file_name}:{number}: text between entries contains '@'; expected an entry or a % comment"
            )
        elif text and not text.startswith("%"):
            yield InputError(f"{file_name}:{number}: found {as_found(text)} between entries; expected a % comment")


def _failure(block: ParsingFailedBlock, file_name: str) -> str:
    where = f"{file_name}:{line_of(block)}"
    if isinstance(block, DuplicateBlockKeyBlock):
        return f"{where}: duplicate key '{block.key}', also on line {line_of(block.previous_block)}"
    if isinstance(block, DuplicateFieldKeyBlock) and isinstance(block.ignore_error_block, Entry):
        fields = block.ignore_error_block.fields
        name = min(block.duplicate_keys)
        lines = " and ".join(str(line_of(field)) for field in fields if field.key == name)
        return f"{where}: {block.ignore_error_block.key}: duplicate field '{name}', on lines {lines}"
    reason = " ".join(str(block.error).split())
    return f"{where}: cannot read this entry ({reason or 'a brace, a comma or an equals sign is missing'})"


def _strings(library: Library, file_name: str, faults: Faults) -> dict[str, str]:
    """The texts that the @string blocks of a file define, by lower-case name."""
    strings: dict[str, str] = {}
    # In file order: an @string may use the ones above it.
    for block in library.strings:
        try:
            strings[block.key.lower()] = resolved(str(block.value), strings)
        except ValueError as error:
            faults.add(InputError(f"{file_name}:{line_of(block)}: @string {block.key}: {error}"))
    return strings
