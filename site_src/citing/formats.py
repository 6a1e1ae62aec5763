"""A citation as what reference managers read: BibTeX, RIS and CSL-JSON, and as a sentence to paste."""

import json
from typing import Final

import rispy
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from site_src.citing.citable import SITE_NAME, Citable, Citation, as_family_name, citation, named
from site_src.formatting import full_stop

BIBTEX_TYPES: Final = {"webpage": "misc", "report": "techreport", "graphic": "misc", "dataset": "misc"}
RIS_TYPES: Final = {"webpage": "ELEC", "report": "RPRT", "graphic": "FIGURE", "dataset": "DATA"}
MEDIA_TYPES: Final = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
    "txt": "text/plain",
}
# Braces are spelled out: one that opens and never closes, even behind a backslash, is the end of a BibTeX file.
_LATEX: Final = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_"}
    | {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        "<": r"{\textless}",
        ">": r"{\textgreater}",
        "|": r"{\textbar}",
    }
)


def files(citable: Citable) -> dict[str, str]:
    """The text of every citation file by its ending."""
    item = citation(citable)
    return {"txt": text(citable) + "\n", "bib": bibtex(item), "ris": ris(item), "json": csl_json(item)}


def text(citable: Citable) -> str:
    """The citation as a sentence that names the edition and the recomputed works, and ends in the address."""
    item = citation(citable)
    title = f"{citable.full_title}{full_stop(citable.full_title)}"
    edition = f"{citable.edition} ({citable.as_of})"
    place = f"Edition {edition}" if citable.kind == "site" else f"{SITE_NAME}, edition {edition}"
    # Works of the same authors and year are named alike.
    originals = list(dict.fromkeys(named(work) for work in citable.originals))
    after = f", after {_series(originals)}" if originals else ""
    return f"{item.author} ({_year(item)}). {title} {place}{after}. {item.url}"


def bibtex(item: Citation) -> str:
    """The citation as one BibTeX entry in UTF-8; author and title are braced, so that both stay as they are."""
    fields = {
        "author": f"{{{_latex(item.author)}}}",
        "title": f"{{{_latex(item.title)}}}",
        "year": _year(item),
        "date": item.issued,
        "institution": _latex(item.publisher),
        "number": item.number,
        "howpublished": _latex(item.container_title),
        "version": item.version,
        "url": item.url,
        "abstract": _latex(item.abstract),
        "keywords": _latex(", ".join(item.keywords)),
        "language": item.language,
        "copyright": item.license,
        "note": _latex(item.note),
    }
    entry = Entry(BIBTEX_TYPES[item.type], item.id, [Field(key, value) for key, value in fields.items() if value])
    return write_string(Library([entry]))


def ris(item: Citation) -> str:
    """The citation as RIS."""
    fields = {
        "type_of_reference": RIS_TYPES[item.type],
        "id": item.id,
        "authors": [as_family_name(item.author)],
        "title": item.title,
        "secondary_title": item.container_title,
        "publisher": item.publisher,
        "edition": item.version,
        "year": _year(item),
        "date": item.issued.replace("-", "/"),
        "urls": [item.url],
        "abstract": item.abstract,
        "keywords": list(item.keywords),
        "language": item.language,
        "notes": [note for note in (item.note, f"Licence: {item.license}") if note],
    }
    record: str = rispy.dumps([{key: value for key, value in fields.items() if value}])
    # rispy numbers its records, on a line that is no part of the format.
    return record.removeprefix("1.\n")


def csl_json(item: Citation) -> str:
    """The citation in a list of its own, as reference managers expect it, without empty fields."""
    fields = {
        "id": item.id,
        "type": item.type,
        "author": [{"literal": item.author}],
        "title": item.title,
        "container-title": item.container_title,
        "publisher": item.publisher,
        "number": item.number,
        "version": item.version,
        "issued": {"date-parts": [[int(part) for part in item.issued.split("-")]]},
        "URL": item.url,
        "abstract": item.abstract,
        "keyword": ", ".join(item.keywords),
        "language": item.language,
        "license": item.license,
        "note": item.note,
    }
    record = {key: value for key, value in fields.items() if value}
    return json.dumps([record], ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _year(item: Citation) -> str:
    return item.issued[:4]


def _latex(text: str) -> str:
    """Plain text as LaTeX that means the same."""
    return text.translate(_LATEX)


def _series(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
