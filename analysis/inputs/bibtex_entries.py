"""Turns one entry of references.bib into a record, with names and accents resolved.

Names are split before accents are decoded, because decoding removes the braces that keep a
corporate author in one piece.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import Entry

from analysis.errors import InputError
from analysis.inputs.bibtex import MONTHS, arxiv_id, decoded, doi_name, is_plain, issued, resolved, web_address
from analysis.inputs.faults import Faults, as_found
from analysis.inputs.references import CSL_TYPES, Author, Reference

REQUIRED: Final = ("author", "title", "date")
# Keyword of a work that is listed although nothing cites it.
FURTHER_READING: Final = "further reading"
# Fields that are shown to readers, so their LaTeX becomes text.
_TEXTS: Final = (
    *("title", "journal", "journaltitle", "booktitle", "howpublished", "volume", "number", "pages"),
    *("publisher", "institution", "organization", "school", "note"),
)
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:.+/-]*")
_FIELD: Final = re.compile(r"[A-Za-z][\w-]*")
# Lines for our own bookkeeping, left out of the BibTeX that readers copy: the first edition with the work, and the
# further-reading mark.
_SINCE: Final = re.compile(r"^[ \t]*since[ \t]*=[ \t]*\{([0-9]{4}-[0-9]{2})\},?[ \t]*\n", re.MULTILINE)
_UNCITED: Final = re.compile(rf"^[ \t]*keywords[ \t]*=[ \t]*\{{{FURTHER_READING}\}},?[ \t]*\n", re.MULTILINE)
_URL_COMMAND: Final = re.compile(r"\\url\{([^{}]*)\}")


def reference_of(entry: Entry, strings: Mapping[str, str], file_name: str) -> Reference:
    """One entry as a record. Raises: InputFaultsError with every fault of the entry."""
    where = f"{file_name}: {entry.key}"
    if not _KEY.fullmatch(entry.key):
        found = f"key {as_found(entry.key)}" if entry.key else "an entry without a key"
        raise InputError(
            f"{file_name}:{line_of(entry)}: found {found}; expected letters, digits and any of _ : . + / - for a key"
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
        name, place = field.key.lower(), where.format(line=line_of(field))
        if not _FIELD.fullmatch(field.key):
            faults.add(InputError(f"{place}: found {as_found(field.key)} before '='; expected the name of a field"))
        elif name in lines:
            faults.add(InputError(f"{place}: duplicate field '{name}', also on line {lines[name]}"))
        with faults.gathered(), _named(f"{place}: {field.key}"):
            fields[name] = resolved(str(field.value), strings)
        lines[name] = line_of(field)
    faults.raise_any()
    if "url" not in fields and (command := _URL_COMMAND.fullmatch(fields.get("howpublished", ""))):
        fields["url"] = command[1]
        del fields["howpublished"]
    return fields


@contextmanager
def _named(where: str) -> Iterator[None]:
    """Adds the place to the message of a fault."""
    try:
        yield
    except ValueError as error:
        raise InputError(f"{where}: {error}") from None


def _optional(reader: Callable[[str], str]) -> Callable[[str], str]:
    """A reader that also accepts an empty field."""
    return lambda value: reader(value) if value else ""


_READERS: Final = {"url": _optional(web_address), "doi": _optional(doi_name), "eprint": _optional(arxiv_id)}


def _since(fields: Mapping[str, str], raw: str, where: str) -> str:
    # Searched in the raw entry, as the whole line has to be removed from the copy for readers.
    since = _SINCE.search(raw)
    if ("since" in fields) != (since is not None):
        raise InputError(f"{where}: since '{fields['since']}'; expected an edition such as {{2026-11}} on its own line")
    return since[1] if since else ""


def _as_written(entry: Entry, strings: Mapping[str, str]) -> str:
    """The entry as written, without our bookkeeping lines and with @string names replaced by their texts."""
    raw = _UNCITED.sub("", _SINCE.sub("", entry.raw or ""))
    for field in entry.fields:
        written = str(field.value).strip()
        if not is_plain(written) and not written.isdecimal() and written.lower() not in MONTHS:
            raw = raw.replace(written, f"{{{resolved(written, strings)}}}", 1)
    return raw


def _authors(written: str) -> tuple[tuple[Author, ...], bool]:
    """The named authors, and whether the entry adds "and others"."""
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


def line_of(block: Any) -> int:
    """The line of a block or a field, counting from 1."""
    return (block.start_line or 0) + 1
