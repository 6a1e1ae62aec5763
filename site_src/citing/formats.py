"""A CSL-JSON record as what reference managers read: BibTeX, RIS, CSL-JSON itself, and a sentence to paste."""

import json
from typing import Any, Final

import rispy
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from site_src.citing.citable import SITE_NAME, Citable, as_family_name, csl, named

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
    item = csl(citable)
    return {"txt": text(citable) + "\n", "bib": bibtex(item), "ris": ris(item), "json": csl_json(item)}


def text(citable: Citable) -> str:
    """The citation as a sentence that names the edition and the recomputed works, and ends in the address."""
    item = csl(citable)
    author, year = item["author"][0]["literal"], item["issued"]["date-parts"][0][0]
    title = citable.full_title if citable.full_title.endswith(("?", "!", ".")) else f"{citable.full_title}."
    edition = f"{citable.edition} ({citable.as_of})"
    place = f"Edition {edition}" if citable.kind == "site" else f"{SITE_NAME}, edition {edition}"
    after = f", after {_series([named(work) for work in citable.originals])}" if citable.originals else ""
    return f"{author} ({year}). {title} {place}{after}. {item['URL']}"


def bibtex(item: dict[str, Any]) -> str:
    """The record as one BibTeX entry in UTF-8; author and title are braced, so that both stay as they are."""
    fields = {
        "author": f"{{{_latex(item['author'][0]['literal'])}}}",
        "title": f"{{{_latex(item['title'])}}}",
        "year": _date(item)[:4],
        "date": _date(item),
        "institution": _latex(item.get("publisher", "")),
        "number": item.get("number", ""),
        "howpublished": _latex(item.get("container-title", "")),
        "version": item["version"],
        "url": item["URL"],
        "abstract": _latex(item.get("abstract", "")),
        "keywords": _latex(item.get("keyword", "")),
        "language": item["language"],
        "copyright": item["license"],
        "note": _latex(item.get("note", "")),
    }
    entry = Entry(BIBTEX_TYPES[item["type"]], item["id"], [Field(key, value) for key, value in fields.items() if value])
    return write_string(Library([entry]))


def ris(item: dict[str, Any]) -> str:
    """The record as RIS."""
    fields = {
        "type_of_reference": RIS_TYPES[item["type"]],
        "id": item["id"],
        "authors": [as_family_name(item["author"][0]["literal"])],
        "title": item["title"],
        "secondary_title": item.get("container-title", ""),
        "publisher": item.get("publisher", ""),
        "edition": item["version"],
        "year": _date(item)[:4],
        "date": _date(item).replace("-", "/"),
        "urls": [item["URL"]],
        "abstract": item.get("abstract", ""),
        "keywords": [word for word in item.get("keyword", "").split(", ") if word],
        "language": item["language"],
        "notes": [note for note in (item.get("note"), f"Licence: {item['license']}") if note],
    }
    record: str = rispy.dumps([{key: value for key, value in fields.items() if value}])
    # rispy numbers its records, on a line that is no part of the format.
    return record.removeprefix("1.\n")


def csl_json(item: dict[str, Any]) -> str:
    """The record in a list of its own, as reference managers expect it."""
    return json.dumps([item], ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _date(item: dict[str, Any]) -> str:
    year, month, day = item["issued"]["date-parts"][0]
    return f"{year}-{month:02}-{day:02}"


def _latex(text: str) -> str:
    """Plain text as LaTeX that means the same."""
    return text.translate(_LATEX)


def _series(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
