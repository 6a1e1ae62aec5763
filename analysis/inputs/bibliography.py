"""Reads references.bib into records shaped like CSL-JSON, with names and accents resolved.

bibtexparser never raises: what it could not read is collected, and here any of it is an error.
Names are split before accents are decoded, because decoding removes the braces that keep a
corporate author in one piece.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Final

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
)

from analysis.errors import InputError
from analysis.inputs.bibtex import (
    MONTHS,
    arxiv_id,
    arxiv_month,
    decoded,
    doi_name,
    is_plain,
    issued,
    resolved,
    web_address,
)
from analysis.inputs.faults import Faults, as_found
from analysis.inputs.files import read_text

# Both parsers log what they cannot read; without a handler that would go to the terminal beside our own message.
for _name in ("bibtexparser", "pylatexenc"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

CSL_TYPES: Final = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "misc": "article",
    "unpublished": "article",
    "online": "webpage",
    "electronic": "webpage",
    "software": "software",
    "dataset": "dataset",
    "techreport": "report",
    "report": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "incollection": "chapter",
    "inbook": "chapter",
    "book": "book",
    "proceedings": "book",
}
REQUIRED: Final = ("author", "title", "date")
# The mark of a work that nothing cites and that is listed all the same.
FURTHER_READING: Final = "further reading"
# The fields whose LaTeX a reader sees as text.
_TEXTS: Final = (
    *("title", "journal", "journaltitle", "booktitle", "howpublished", "volume", "number", "pages"),
    *("publisher", "institution", "organization", "school", "note"),
)
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:.+/-]*")
_FIELD: Final = re.compile(r"[A-Za-z][\w-]*")
# Lines of an entry that concern no reader: since which edition the publication has the work, and that nothing cites it.
_SINCE: Final = re.compile(r"^[ \t]*since[ \t]*=[ \t]*\{([0-9]{4}-[0-9]{2})\},?[ \t]*\n", re.MULTILINE)
_UNCITED: Final = re.compile(rf"^[ \t]*keywords[ \t]*=[ \t]*\{{{FURTHER_READING}\}},?[ \t]*\n", re.MULTILINE)
_URL_COMMAND: Final = re.compile(r"\\url\{([^{}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person with family and given names, or an organisation with `literal` alone."""

    family: str = ""
    given: str = ""
    literal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One work of the bibliography. `issued` is an ISO date of year, month or day precision.

    `since` is the first edition that has the work, empty where all have it; `bibtex` is the entry as written,
    but for that, and for names of @string, which are replaced by their texts. `further_reading` marks a work that
    is listed though nothing cites it.
    """

    key: str
    type: str
    authors: tuple[Author, ...]
    and_others: bool
    title: str
    issued: str
    container: str
    volume: str
    issue: str
    page: str
    publisher: str
    doi: str
    arxiv: str
    url: str
    note: str
    since: str
    bibtex: str
    further_reading: bool = False

    @property
    def arxiv_month(self) -> tuple[int, int] | None:
        """Year and month of the arXiv id; None where there is none."""
        return arxiv_month(self.arxiv) if self.arxiv else None

    def csl(self) -> dict[str, Any]:
        """The record as CSL-JSON, without empty fields."""
        people: list[dict[str, str]] = [
            {"literal": a.literal} if a.literal else {"family": a.family, "given": a.given} for a in self.authors
        ]
        if self.and_others:
            people.append({"literal": "others"})
        record: dict[str, Any] = {
            "id": self.key,
            "type": self.type,
            "author": people,
            "title": self.title,
            "issued": {"date-parts": [[int(part) for part in self.issued.split("-")]]},
            "container-title": self.container,
            "volume": self.volume,
            "issue": self.issue,
            "page": self.page,
            "publisher": self.publisher,
            "DOI": self.doi,
            "archive": "arXiv" if self.arxiv else "",
            "archive_location": self.arxiv,
            "URL": self.url or (f"https://arxiv.org/abs/{self.arxiv}" if self.arxiv else ""),
            "note": self.note,
        }
        return {key: value for key, value in record.items() if value}


def load_bibliography(path: Path) -> dict[str, Reference]:
    """Every work of a .bib file by key. Raises: InputError, InputFaultsError: what cannot be read whole."""
    faults = Faults()
    # No middleware: each of them resolves part of a value and leaves the rest as it is.
    library = parse_string(read_text(path, path.parent), parse_stack=[])
    faults.extend(_unreadable(library, path.name))
    strings = _strings(library, path.name, faults)
    works: dict[str, Reference] = {}
    for entry in library.entries:
        with faults.gathered():
            works[entry.key] = _reference(entry, strings, path.name)
    faults.raise_any()
    return works


def _unreadable(library: Library, file_name: str) -> Iterator[InputError]:
    """What is in the file and in no entry: broken blocks, doubled keys, preambles and text that is no comment."""
    for block in library.failed_blocks:
        yield InputError(_failure(block, file_name))
    for preamble in library.preambles:
        yield InputError(
            f"{file_name}:{_line(preamble)}: found a @preamble; expected an entry, an @string or a % comment"
        )
    for before, after in pairwise((None, *library.blocks)):
        # What follows a block that breaks off is the rest of it.
        if isinstance(after, ImplicitComment) and type(before) is not ParsingFailedBlock:
            yield from islice(_no_comment(after, file_name), 1)
    seen: dict[str, Entry] = {}
    for entry in library.entries:
        first = seen.setdefault(entry.key.casefold(), entry)
        if first is not entry:
            yield InputError(
                f"{file_name}:{_line(entry)}: key '{entry.key}' differs from '{first.key}' on line {_line(first)} "
                "in upper and lower case alone"
            )


def _no_comment(comment: ImplicitComment, file_name: str) -> Iterator[InputError]:
    """The lines between two entries that are no comment."""
    for number, line in enumerate(comment.comment.splitlines(), start=_line(comment)):
        text = line.strip()
        if "@" in text:
            told = "text between entries holds an '@'; expected an entry or a % comment"
            yield InputError(f"{file_name}:{number}: {told}")
        elif text and not text.startswith("%"):
            yield InputError(f"{file_name}:{number}: found {as_found(text)} between entries; expected a % comment")


def _failure(block: ParsingFailedBlock, file_name: str) -> str:
    where = f"{file_name}:{_line(block)}"
    if isinstance(block, DuplicateBlockKeyBlock):
        return f"{where}: duplicate key '{block.key}', also on line {_line(block.previous_block)}"
    if isinstance(block, DuplicateFieldKeyBlock) and isinstance(block.ignore_error_block, Entry):
        fields = block.ignore_error_block.fields
        name = min(block.duplicate_keys)
        lines = " and ".join(str(_line(field)) for field in fields if field.key == name)
        return f"{where}: {block.ignore_error_block.key}: duplicate field '{name}', on lines {lines}"
    reason = " ".join(str(block.error).split())
    return f"{where}: cannot read this entry ({reason or 'a brace, a comma or an equals sign is missing'})"


def _line(block: Any) -> int:
    """The line of a block or a field, counted from one."""
    return (block.start_line or 0) + 1


def _strings(library: Library, file_name: str, faults: Faults) -> dict[str, str]:
    """The texts that the @string blocks of a file define, by lower-case name."""
    strings: dict[str, str] = {}
    for block in library.strings:
        try:
            strings[block.key.lower()] = resolved(str(block.value), strings)
        except ValueError as error:
            faults.add(InputError(f"{file_name}:{_line(block)}: @string {block.key}: {error}"))
    return strings


def _reference(entry: Entry, strings: Mapping[str, str], file_name: str) -> Reference:
    """One entry as a record. Raises: InputFaultsError with every fault of the entry."""
    where = f"{file_name}: {entry.key}"
    if not _KEY.fullmatch(entry.key):
        found = f"key {as_found(entry.key)}" if entry.key else "an entry without a key"
        raise InputError(
            f"{file_name}:{_line(entry)}: found {found}; expected letters, digits and any of _ : . + / - for a key"
        )
    fields = _fields(entry, strings, f"{file_name}:{{line}}: {entry.key}")
    faults = Faults()
    for name in REQUIRED:
        if not fields.get(name) and not (name == "date" and fields.get("year")):
            faults.add(InputError(f"{where}: no '{name}'; expected one"))
    if entry.entry_type.lower() not in CSL_TYPES:
        kinds = ", ".join(CSL_TYPES)
        faults.add(InputError(f"{where}: unknown entry type '{entry.entry_type}'; expected one of {kinds}"))
    read: dict[str, Any] = {}
    for name, value in fields.items():
        with faults.gathered(), _named(f"{where}: {name}" if name in _TEXTS else where):
            read[name] = _READERS.get(name, decoded if name in _TEXTS else str)(value)
    with faults.gathered(), _named(where):
        read["date"] = issued(fields) if fields.get("date") or fields.get("year") else ""
    with faults.gathered():
        read["since"] = _since(fields, entry.raw or "", where)
    with faults.gathered(), _named(f"{where}: author"):
        read["names"] = _authors(fields.get("author", ""))
    faults.raise_any()
    return _record(entry, fields, read, strings)


def _record(entry: Entry, fields: Mapping[str, str], read: Mapping[str, Any], strings: Mapping[str, str]) -> Reference:
    authors, others = read["names"]
    return Reference(
        key=entry.key,
        type=CSL_TYPES[entry.entry_type.lower()],
        authors=authors,
        and_others=others,
        title=read["title"],
        issued=read["date"],
        container=_first(read, "journal", "journaltitle", "booktitle", "howpublished"),
        volume=_first(read, "volume"),
        issue=_first(read, "number"),
        page=_first(read, "pages"),
        publisher=_first(read, "publisher", "institution", "organization", "school"),
        doi=read.get("doi", ""),
        arxiv=read.get("eprint", ""),
        url=read.get("url", ""),
        note=_first(read, "note"),
        since=read["since"],
        bibtex=_as_written(entry, strings),
        further_reading=fields.get("keywords") == FURTHER_READING,
    )


def _fields(entry: Entry, strings: Mapping[str, str], where: str) -> dict[str, str]:
    """The whole values of an entry by lower-case name. Raises: InputFaultsError."""
    faults, fields, lines = Faults(), dict[str, str](), dict[str, int]()
    for field in entry.fields:
        name, place = field.key.lower(), where.format(line=_line(field))
        if not _FIELD.fullmatch(field.key):
            faults.add(InputError(f"{place}: found {as_found(field.key)} before '='; expected the name of a field"))
        elif name in lines:
            faults.add(InputError(f"{place}: duplicate field '{name}', also on line {lines[name]}"))
        with faults.gathered(), _named(f"{place}: {field.key}"):
            fields[name] = resolved(str(field.value), strings)
        lines[name] = _line(field)
    faults.raise_any()
    if "url" not in fields and (command := _URL_COMMAND.fullmatch(fields.get("howpublished", ""))):
        fields["url"] = command[1]
        del fields["howpublished"]
    return fields


@contextmanager
def _named(where: str) -> Iterator[None]:
    """Gives a fault of a value the place at which it was found."""
    try:
        yield
    except ValueError as error:
        raise InputError(f"{where}: {error}") from None


def _address(reader: Callable[[str], str]) -> Callable[[str], str]:
    """A reader of a field that may be empty."""
    return lambda value: reader(value) if value else ""


_READERS: Final = {"url": _address(web_address), "doi": _address(doi_name), "eprint": _address(arxiv_id)}


def _since(fields: Mapping[str, str], raw: str, where: str) -> str:
    since = _SINCE.search(raw)
    if ("since" in fields) != (since is not None):
        raise InputError(f"{where}: since '{fields['since']}'; expected an edition such as {{2026-11}} on its own line")
    return since[1] if since else ""


def _as_written(entry: Entry, strings: Mapping[str, str]) -> str:
    """The entry as written, but for lines that concern no reader and names that only this file defines."""
    raw = _UNCITED.sub("", _SINCE.sub("", entry.raw or ""))
    for field in entry.fields:
        written = str(field.value).strip()
        if not is_plain(written) and not written.isdecimal() and written.lower() not in MONTHS:
            raw = raw.replace(written, f"{{{resolved(written, strings)}}}", 1)
    return raw


def _authors(written: str) -> tuple[tuple[Author, ...], bool]:
    """The authors, and whether there are others."""
    names = split_multiple_persons_names(written) if written else []
    return tuple(_author(name) for name in names if name != "others"), "others" in names


def _author(name: str) -> Author:
    """One author: braces around the whole name keep an organisation in one piece."""
    if name.startswith("{") and name.endswith("}"):
        return Author(literal=decoded(name[1:-1]))
    parts = parse_single_name_into_parts(name, strict=False)
    family = " ".join([*parts.von, *parts.last])
    if not family:
        raise ValueError(f"cannot read the author name {as_found(name)}")
    return Author(family=decoded(family), given=decoded(" ".join([*parts.first, *parts.jr])))


def _first(fields: Mapping[str, str], *names: str) -> str:
    return next((fields[name] for name in names if fields.get(name)), "")
