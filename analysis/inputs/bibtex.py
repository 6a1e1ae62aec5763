"""The syntax of a .bib file: values, @string names, months, dates, addresses and LaTeX, read completely or refused.

Every function raises ValueError with what was found and what was expected; `bibliography` adds file, line and key.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexEnvironmentNode,
    LatexMacroNode,
    LatexNode,
    LatexWalker,
    LatexWalkerError,
)
from pylatexenc.latexwalker import get_default_latex_context_db as walker_context

from analysis.inputs.faults import as_found

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# Common spellings besides the three letters and the full name.
_MONTH_ALIASES: Final = {"sept": 9, "june": 6, "july": 7}
_NAME: Final = re.compile(r"[A-Za-z][\w:+./-]*")
_DIGITS: Final = re.compile(r"[0-9]+")
_ISO_DATE: Final = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_MONTH_AND_DAY: Final = re.compile(
    r"(?:(?P<before>[0-9]{1,2})[~ ]+)?(?P<month>[A-Za-z]+)\.?(?:[~ ]+(?P<after>[0-9]{1,2}))?"
)
_URL: Final = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?"
    r"(?:[/?#](?:[A-Za-z0-9\-._~:/?#\[\]@!$&()*+,;=]|%[0-9A-Fa-f]{2})*)?"
)
# Angle brackets occur only in the old SICI form: <2712:TEOIWU>2.0.CO;2.
_DOI: Final = re.compile(
    r"10\.[0-9]{4,9}/(?:[A-Za-z0-9\-._;()/:#+\[\]=,!*~@$&]|<[A-Za-z0-9\-._:+/;]*>[0-9]\.[0-9]\.[A-Z]{2};)+"
)
_ARXIV: Final = re.compile(
    r"(?:(?P<year>[0-9]{2})(?P<month>0[1-9]|1[0-2])\.[0-9]{4,5}"
    r"|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/(?P<old_year>[0-9]{2})(?P<old_month>0[1-9]|1[0-2])[0-9]{3})(?:v[1-9][0-9]*)?"
)
# Text in which no sign means anything to LaTeX, as most names and titles are; to read it as LaTeX takes far longer.
_PLAIN: Final = re.compile(r"(?:[^\W_]|[\s.,:;()/+]|-(?!-))*")
# How reference managers escape the characters of an address.
_ESCAPES: Final = (
    (re.compile(r"\\([_%&#~$])"), r"\1"),
    (re.compile(r"\{\\_\}"), "_"),
    (re.compile(r"\{?\\textasciitilde(?:\{\})?\}?"), "~"),
    (re.compile(r"\{?\\textless(?:\{\})?\}?|\{?\$<\$\}?"), "<"),
    (re.compile(r"\{?\\textgreater(?:\{\})?\}?|\{?\$>\$\}?"), ">"),
)
# Macros for which the converter gives a placeholder or nothing: the text of the work would be lost silently.
_STAND_INS: Final = frozenset(
    (
        *("includegraphics", "ref", "autoref", "cref", "Cref", "eqref", "cite", "citet", "citep", "input", "include"),
        *("today", "title", "author", "date", "maketitle", "footnote", "href", "item", "hspace", "vspace"),
        *("part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph"),
        *("textcolor", "colorbox", "fcolorbox", "exercise", "uebung", "hint", "hints", "hinweis", "hinweise"),
        *("id", "Ident"),
    )
)


def resolved(raw: str, strings: Mapping[str, str]) -> str:
    """The text of a field's value: pieces in braces or quotation marks, digits and names, joined by `#`."""
    text, place, pieces = raw.strip(), 0, []
    while True:
        piece, place = _piece(text, place, strings)
        pieces.append(piece)
        place += len(text[place:]) - len(text[place:].lstrip())
        if place == len(text):
            return "".join(pieces).strip()
        if text[place] != "#":
            swallowed = re.match(r"([A-Za-z][\w-]*)\s*=", text[place:])
            hint = f"; is the comma before '{swallowed[1]}' missing?" if swallowed else ""
            raise ValueError(f"found {as_found(text[place:])} after its value; expected a comma{hint}")
        place += 1 + len(text[place + 1 :]) - len(text[place + 1 :].lstrip())


def is_plain(raw: str) -> bool:
    """Whether a value is a single piece, without names that only this file defines."""
    return raw.strip()[:1] in {"{", '"'} and "#" not in re.sub(r"\\#", "", _after_first_piece(raw.strip()))


def _after_first_piece(text: str) -> str:
    return text[_closing(text, 0) + 1 :]


def _piece(text: str, place: int, strings: Mapping[str, str]) -> tuple[str, int]:
    """One piece of a value and the place after it."""
    if text[place : place + 1] in {"{", '"'}:
        end = _closing(text, place)
        return text[place + 1 : end], end + 1
    if digits := _DIGITS.match(text, place):
        return digits[0], digits.end()
    name = _NAME.match(text, place)
    if not name:
        raise ValueError(f"found {as_found(text[place:])}; expected a text in braces or quotation marks, or a number")
    key = name[0].lower()
    if key not in strings and key not in MONTHS:
        raise ValueError(f"unknown name '{name[0]}'; expected a text in braces, or a name that an @string defines")
    return strings.get(key, key), name.end()


def _closing(text: str, place: int) -> int:
    """The place of the brace or quotation mark that closes the one at `place`."""
    depth, opener = 0, text[place]
    for i in range(place, len(text)):
        if text[i] == "{" and text[i - 1 : i] != "\\":
            depth += 1
        elif text[i] == "}" and text[i - 1 : i] != "\\":
            depth -= 1
            if depth == 0 and opener == "{":
                return i
        elif text[i] == '"' and depth == 0 and opener == '"' and i > place:
            return i
    raise ValueError(f"found {as_found(text[place:])}; expected a closing brace or quotation mark")


def issued(fields: Mapping[str, str]) -> str:
    """The ISO date of an entry: its `date`, or its `year` with its `month` and its `day`."""
    year = fields.get("year", "")
    if year and not re.fullmatch(r"[0-9]{4}", year):
        raise ValueError(f"year {as_found(year)}; expected four digits")
    if written := fields.get("date", ""):
        if not _is_date(written):
            raise ValueError(f"date '{written}'; expected YYYY, YYYY-MM or YYYY-MM-DD")
        if year and written[:4] != year:
            raise ValueError(f"year '{year}' and date '{written}'; expected the same year in both")
        return written
    month, day = _month(fields.get("month", ""))
    day = fields.get("day", "") or day
    composed = year + (f"-{month:02d}" if month else "") + (f"-{int(day):02d}" if day.isdecimal() else day)
    if not _is_date(composed):
        raise ValueError(f"date {as_found(composed)}from year, month and day; expected a calendar day")
    return composed


def _month(written: str) -> tuple[int, str]:
    """The number of a month (0 for none) and the day next to its name: `jan`, `January`, `1`, `01`, `jul~4`."""
    if not written:
        return 0, ""
    if _DIGITS.fullmatch(written) and 1 <= int(written) <= len(MONTHS):
        return int(written), ""
    parts = _MONTH_AND_DAY.fullmatch(written)
    name = parts["month"].lower() if parts else ""
    for number, (short, long) in enumerate(zip(MONTHS, _MONTH_NAMES, strict=True), start=1):
        if parts and (name in {short, long} or _MONTH_ALIASES.get(name) == number):
            return number, parts["before"] or parts["after"] or ""
    raise ValueError(f"month {as_found(written)}; expected one such as jan, January or 1")


def _is_date(text: str) -> bool:
    """Whether a text is a year, a month or a day of the calendar."""
    if not _ISO_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def web_address(written: str) -> str:
    """A URL without the escapes of LaTeX."""
    url = _unescaped(written)
    if not _URL.fullmatch(url):
        raise ValueError(f"url {as_found(written)}; expected an http or https address, with other characters as %XX")
    return url


def doi_name(written: str) -> str:
    """A DOI without the escapes of LaTeX."""
    doi = _unescaped(written)
    if not _DOI.fullmatch(doi):
        raise ValueError(f"doi {as_found(written)}; expected a DOI such as 10.1038/nature14236, without an address")
    return doi


def _unescaped(text: str) -> str:
    for pattern, plain in _ESCAPES:
        text = pattern.sub(plain, text)
    return text


def arxiv_id(written: str) -> str:
    """An arXiv id, in today's form or the one used before 2007."""
    if not _ARXIV.fullmatch(written):
        raise ValueError(f"eprint {as_found(written)}; expected an arXiv id such as 1207.0580")
    return written


def arxiv_month(identifier: str) -> tuple[int, int]:
    """Year and month that an arXiv id starts with; the archive opened in 1991."""
    parts = _ARXIV.fullmatch(identifier)
    assert parts is not None
    year, month = int(parts["year"] or parts["old_year"]), int(parts["month"] or parts["old_month"])
    return (1900 if parts["old_year"] and year >= 91 else 2000) + year, month


@cache
def decoded(text: str) -> str:
    """LaTeX accents and dashes as Unicode, protecting braces dropped."""
    if _PLAIN.fullmatch(text):
        return _on_one_line(text)
    converter, macros = _latex()
    try:
        walker = LatexWalker(text.replace("\\ ", " "), latex_context=macros, tolerant_parsing=False)
        nodes, _, _ = walker.get_latex_nodes()
    except LatexWalkerError as error:
        raise ValueError(f"found {as_found(text)}; cannot read its LaTeX ({str(error).splitlines()[0]})") from None
    for node in nodes:
        _check_node(node)
    try:
        plain = str(converter.nodelist_to_text(nodes))
    except (AttributeError, IndexError, TypeError):
        # The converter assumes that every command has its arguments, and fails in one of these ways where it has not.
        raise ValueError(f"found {as_found(text)}; cannot read its LaTeX (an argument is missing)") from None
    return _on_one_line(plain)


def _on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _check_node(node: LatexNode | None) -> None:
    """Raises: ValueError for a command that cannot be rendered as text."""
    if node is None or isinstance(node, LatexCharsNode):
        return
    if isinstance(node, LatexEnvironmentNode):
        raise ValueError(f"cannot read the LaTeX environment '{node.environmentname}'; expected text")  # noqa: TRY004
    if isinstance(node, LatexMacroNode):
        known = _latex()[0].latex_context.get_macro_spec(node.macroname)
        if known is None or not known.macroname or node.macroname in _STAND_INS:
            raise ValueError(f"cannot read the LaTeX command '\\{node.macroname}'; expected its text")
    for part in (*(getattr(node, "nodelist", None) or ()), *_arguments(node)):
        _check_node(part)


def _arguments(node: LatexNode) -> tuple[Any, ...]:
    arguments = getattr(node, "nodeargd", None)
    return tuple(arguments.argnlist or ()) if arguments is not None else ()


@cache
def _latex() -> tuple[LatexNodes2Text, Any]:
    """The converter and the macros it knows, cached: making them takes longer than decoding all entries."""
    texts = get_default_latex_context_db()
    texts.add_context_category("addresses", macros=[MacroTextSpec("url", "%s")], prepend=True)
    return LatexNodes2Text(latex_context=texts, math_mode="text", keep_comments=True), walker_context()
