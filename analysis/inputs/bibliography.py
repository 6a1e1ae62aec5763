"""Reads references.bib into records shaped like CSL-JSON, with names and accents resolved.

bibtexparser never raises: what it could not read is collected, and here any of it is an error.
Names are split before accents are decoded, because decoding removes the braces that keep a
corporate author in one piece.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import DuplicateBlockKeyBlock, Entry, ImplicitComment
from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalker, get_default_latex_context_db

from analysis.errors import InputError
from analysis.inputs.files import read_text

CSL_TYPES = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "misc": "article",
    "online": "webpage",
    "software": "software",
    "dataset": "dataset",
    "techreport": "report",
    "incollection": "chapter",
    "book": "book",
}
REQUIRED = ("author", "title", "date")
_ISO_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
# The line of an entry that says since which edition the publication has the work; it concerns no reader.
_SINCE = re.compile(r"^[ \t]*since[ \t]*=[ \t]*\{([0-9]{4}-[0-9]{2})\},?[ \t]*\n", re.MULTILINE)
_ARXIV = re.compile(r"[0-9]{2}(0[1-9]|1[0-2])\.[0-9]{4,5}")


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
    but for that.
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
    """Every work of a .bib file by key. Raises: InputError on anything that cannot be read whole."""
    library = parse_string(read_text(path, path.parent))
    for block in library.failed_blocks:
        if isinstance(block, DuplicateBlockKeyBlock):
            raise InputError(f"{path.name}: duplicate key '{block.key}'")
        line = (block.start_line or 0) + 1
        reason = str(block.error) or "a brace, a comma or an equals sign is missing"
        raise InputError(f"{path.name}:{line}: cannot read this entry ({reason})")
    for comment in library.comments:
        # What the parser cannot take for an entry it keeps as a remark, without a word.
        if isinstance(comment, ImplicitComment) and "@" in comment.comment:
            line = (comment.start_line or 0) + 1
            raise InputError(f"{path.name}:{line}: text between entries holds an '@'; expected an entry or a % comment")
    return {entry.key: _reference(entry, path.name) for entry in library.entries}


def _reference(entry: Entry, file_name: str) -> Reference:
    where = f"{file_name}: {entry.key}"
    fields = {field.key.lower(): str(field.value).strip() for field in entry.fields}
    for name in REQUIRED:
        if not fields.get(name):
            raise InputError(f"{where}: no '{name}'; expected one")
    if entry.entry_type.lower() not in CSL_TYPES:
        raise InputError(f"{where}: unknown entry type '{entry.entry_type}'; expected one of {', '.join(CSL_TYPES)}")
    if not _is_date(fields["date"]):
        raise InputError(f"{where}: date '{fields['date']}'; expected YYYY, YYYY-MM or YYYY-MM-DD")
    if "eprint" in fields and not _ARXIV.fullmatch(fields["eprint"]):
        raise InputError(f"{where}: eprint '{fields['eprint']}'; expected an arXiv id such as 1207.0580")
    raw = entry.raw or ""
    since = _SINCE.search(raw)
    if ("since" in fields) != (since is not None):
        raise InputError(f"{where}: since '{fields['since']}'; expected an edition such as {{2026-11}} on its own line")
    names = split_multiple_persons_names(fields["author"])
    text = {name: _decoded(value) for name, value in fields.items()}
    return Reference(
        key=entry.key,
        type=CSL_TYPES[entry.entry_type.lower()],
        authors=tuple(_author(name, where) for name in names if name != "others"),
        and_others="others" in names,
        title=text["title"],
        issued=fields["date"],
        container=_first(text, "journal", "journaltitle", "booktitle", "howpublished"),
        volume=_first(text, "volume"),
        issue=_first(text, "number"),
        page=_first(text, "pages"),
        publisher=_first(text, "publisher", "institution", "organization"),
        doi=fields.get("doi", ""),
        arxiv=fields.get("eprint", ""),
        url=fields.get("url", ""),
        note=_first(text, "note"),
        since=since[1] if since else "",
        bibtex=_SINCE.sub("", raw),
    )


def _is_date(text: str) -> bool:
    """Whether a text is a year, a month or a day of the calendar."""
    if not _ISO_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def _author(name: str, where: str) -> Author:
    """One author: braces around the whole name keep an organisation in one piece."""
    if name.startswith("{") and name.endswith("}"):
        return Author(literal=_decoded(name[1:-1]))
    parts = parse_single_name_into_parts(name, strict=False)
    family = " ".join([*parts.von, *parts.last])
    if not family:
        raise InputError(f"{where}: cannot read the author name '{name}'")
    return Author(family=_decoded(family), given=_decoded(" ".join([*parts.first, *parts.jr])))


def _first(fields: dict[str, str], *names: str) -> str:
    return next((fields[name] for name in names if fields.get(name)), "")


def _decoded(text: str) -> str:
    """LaTeX accents and dashes as Unicode, protecting braces dropped."""
    converter, macros = _latex()
    nodes, _, _ = LatexWalker(text.replace("\\ ", " "), latex_context=macros).get_latex_nodes()
    plain = str(converter.nodelist_to_text(nodes))
    return re.sub(r"\s+", " ", plain).strip()


@cache
def _latex() -> tuple[LatexNodes2Text, Any]:
    """The converter and the macros it knows: they take longer to make than all entries to decode."""
    return LatexNodes2Text(math_mode="verbatim", keep_comments=True), get_default_latex_context_db()
