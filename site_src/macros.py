"""What a page may call: numbers, citations, figures, tables, calculations, notes and the ledger.

Every function gives Markdown, never a raw address; drawings and formulas are set aside as fragments.
"""

import re
from collections.abc import Callable
from html import escape
from typing import Any, Final

from jinja2 import Environment
from latex2mathml.converter import convert as mathml_of

from analysis.errors import did_you_mean
from analysis.numerals import numeral, spelled
from site_src import citation
from site_src.context import FIGURES_PAGE, LEDGER_PAGE, PageContext
from site_src.errors import PageError
from site_src.formatting import Number, unit_label
from site_src.pages import ledger_groups, quantity_groups, topics, uses_of

FUNCTION_NAMES: Final = (
    "cite",
    "figure",
    "figref",
    "table",
    "tableref",
    "printed",
    "ours",
    "verdict",
    "calculation",
    "calculations",
    "note",
    "noteref",
    "math",
    "edition",
)
METHODS: Final = {
    "operations": "counting operations",
    "gpu_time": "GPU time",
    "chart_reading": "reading of the chart",
    "stated": "as stated",
}
ROLES: Final = {"printed": "as printed", "charted": "behind the chart", "variant": "variant"}


class Shown:
    """A number in a page: written out it is a link to its entry among the results."""

    def __init__(self, context: PageContext, number: Number) -> None:
        self.context = context
        self.number = number

    def __str__(self) -> str:
        name = self.number.record["name"]
        if not self.number.linked:
            return self.number.text
        target = f"{self.context.link(results_page(name))}#{name}"
        return f"[{self.number.text}]({target}){{ .quantity }}"

    def having(self, **changes: Any) -> "Shown":
        """The number with other settings."""
        return Shown(self.context, self.number.having(**changes))


def results_page(name: str) -> str:
    """The page that lists a quantity."""
    return f"results/{name.split('.')[0]}.md"


def _number(value: Any) -> Shown:
    if not isinstance(value, Shown):
        raise PageError(f"expected a quantity before the filter, found '{value}'")
    return value


def _bound(value: Any, side: str) -> Shown:
    shown = _number(value)
    bound = shown.number.record[side]
    if bound is None:
        raise PageError(f"'{shown.number.record['name']}' has no bound '{side}'")
    return shown.having(value=bound)


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "digits": lambda value, digits: _number(value).having(digits=digits),
    "bare": lambda value: _number(value).having(bare=True),
    "plain": lambda value: _number(value).having(linked=False),
    "interval": lambda value: _number(value).having(as_interval=True),
    "low": lambda value: _bound(value, "low"),
    "high": lambda value: _bound(value, "high"),
}


def functions(context: PageContext, environment: Environment) -> dict[str, Any]:
    """The functions of one page, bound to what it collects."""
    bundle = context.bundle
    claims = {claim["id"]: claim for claim in bundle.ledger}

    def cite(*keys: str) -> str:
        return f"<span class=\"cites\">{' '.join(_cite(context, key) for key in keys)}</span>"

    def figure(name: str, caller: Callable[[], str]) -> str:
        return _figure(context, name, caller().strip())

    def figref(name: str) -> str:
        _find(bundle.figures, name, "figure")
        return f"@@figure:{name}@@"

    def table(name: str, caller: Callable[[], str]) -> str:
        return _table(context, name, caller().strip())

    def tableref(name: str) -> str:
        _find(bundle.tables, name, "table")
        return f"@@table:{name}@@"

    def claim_link(claim_id: str, text: str) -> str:
        return f"[{text}]({context.link(LEDGER_PAGE)}#{claim_id}){{ .claim }}"

    def printed(claim_id: str) -> str:
        claim = _find(claims, claim_id, "claim")
        return claim_link(claim_id, markdown_text(claim["printed"]))

    def ours(claim_id: str) -> str:
        claim = _find(claims, claim_id, "claim")
        if claim["ours"] is None:
            raise PageError(f"claim '{claim_id}' is not recomputable; there is no number of ours")
        return claim_link(claim_id, beside_printed(claim["ours"], claim["unit"]))

    def verdict(claim_id: str) -> str:
        return claim_link(claim_id, _find(claims, claim_id, "claim")["verdict"])

    def calculation(system: str, estimate: str) -> str:
        name = f"worked.{system.replace('-', '_')}.{estimate}"
        record = _find(bundle.worked, name, "calculation")
        return template("worked.md.j2", worked=record, compared=[c for c in bundle.ledger if c["compares"] == name])

    def calculations() -> str:
        return template("calculations.md.j2", groups=_calculation_groups(context))

    def note(letter: str, caller: Callable[[], str]) -> str:
        text = _indented(caller().strip())
        back = f"[↩](#noteref-{letter.lower()}){{ .back title=\"Back to the text\" }}"
        return f'<div class="note" id="note-{letter.lower()}" markdown>\n\n**{letter}**  {text} {back}\n\n</div>'

    def noteref(letter: str) -> str:
        return f'<sup>[{letter}](#note-{letter.lower()}){{ #noteref-{letter.lower()} .noteref title="Note {letter}" }}</sup>'

    def math(latex: str) -> str:
        return context.set_aside(mathml_of(latex))

    def rendered(text: str) -> str:
        """Text of a data record that may itself name quantities."""
        return environment.from_string(text).render() if "{{" in text else markdown_text(text)

    def template(name: str, **values: Any) -> str:
        return environment.get_template(name).render(**values).strip()

    def quantities(topic: str) -> str:
        return template("quantities.md.j2", groups=quantity_groups(bundle, topic))

    def system_page(system: str) -> str:
        records = [worked for worked in bundle.worked.values() if worked["system"] == system]
        return template(
            "system.md.j2",
            system=_find(bundle.systems, system, "system"),
            calculations=records,
            compared={w["name"]: [c for c in bundle.ledger if c["compares"] == w["name"]] for w in records},
        )

    def ledger() -> str:
        return template("ledger.md.j2", groups=ledger_groups(bundle))

    def uses(key: str) -> list[tuple[str, str]]:
        return [(label, context.link(target)) for label, target in uses_of(bundle, key)]

    def quantity(name: str) -> Shown:
        return Shown(context, Number.of(_find(bundle.results, name, "quantity")))

    return {
        "cite": cite,
        "figure": figure,
        "figref": figref,
        "table": table,
        "tableref": tableref,
        "printed": printed,
        "ours": ours,
        "verdict": verdict,
        "calculation": calculation,
        "calculations": calculations,
        "note": note,
        "noteref": noteref,
        "math": math,
        "mathml": context.set_aside,
        "rendered": rendered,
        "beside_printed": beside_printed,
        "numeral": numeral,
        "unit_label": unit_label,
        "template": template,
        "quantity": quantity,
        "uses_of": uses,
        "quantities": quantities,
        "system_page": system_page,
        "ledger": ledger,
        "topics": topics(bundle),
        "downloads": [path.as_posix() for path in bundle.downloads()],
        "figure_anchor": figure_anchor,
        "table_anchor": table_anchor,
        "reference_markdown": reference_markdown,
        "bundle": bundle,
        "edition": bundle.edition,
        "METHODS": METHODS,
        "ROLES": ROLES,
        "link": context.link,
        "results_page": results_page,
    }


OURS_DIGITS: Final = 4


def beside_printed(value: float, unit_name: str) -> str:
    """Our number beside a printed one: four significant digits, without zeros that say nothing."""
    return spelled(float(f"{value:.{OURS_DIGITS}g}"), unit_name, None)


def finished(context: PageContext, markdown: str) -> str:
    """The rendered page with its references to figures and tables resolved and its bibliography appended."""
    markdown = re.sub(r"@@(figure|table):([a-z0-9_.]+)@@", lambda m: _reference(context, m[1], m[2]), markdown)
    return markdown + _bibliography(context)


def markdown_text(text: str) -> str:
    """Plain text with everything escaped that Markdown or HTML would take for markup."""
    return re.sub(r"([\\`*_{}\[\]|])", r"\\\1", escape(text, quote=False))


def _find(known: dict[str, Any], name: str, kind: str) -> Any:
    if name not in known:
        raise PageError(f"no {kind} '{name}'{did_you_mean(name, known)}")
    return known[name]


def _cite(context: PageContext, key: str) -> str:
    """A raised number with a preview, linked to the list at the end of the page."""
    reference = _find(context.bundle.references, key, "reference")
    number = context.cited.setdefault(key, len(context.cited) + 1)
    places = context.citings.setdefault(key, [])
    anchor = f"cite-{key}-{len(places) + 1}"
    places.append(anchor)
    preview = context.set_aside(
        f'<span class="cite-preview" role="tooltip" id="{anchor}-preview" data-search-exclude>'
        f"{escape(citation.plain_text(reference))}</span>"
    )
    return f'<span class="cite">[\\[{number}\\]](#ref-{key}){{ #{anchor} aria-describedby="{anchor}-preview" }}{preview}</span>'


def _bibliography(context: PageContext) -> str:
    """The cited works in order of number, each with links back to where it is cited."""
    if not context.cited:
        return ""
    lines = ["", "", "## References { #references }", ""]
    for key, number in context.cited.items():
        places = context.citings[key]
        marks = [f"[↩{_raised(i + 1) if len(places) > 1 else ''}](#{place}){{ .back title=\"Back to the text\" }}" for i, place in enumerate(places)]
        lines.append(f'{number}. <span id="ref-{key}"></span>{reference_markdown(context.bundle.references[key])} {" ".join(marks)}')
    return "\n".join(lines) + "\n"


def reference_markdown(reference: dict[str, Any]) -> str:
    """One work as a line of Markdown with its address."""
    text = f"{markdown_text(citation.authors_text(reference))} ({citation.year_text(reference)}). *{markdown_text(reference['title'])}*."
    if place := citation.container_text(reference):
        text += f" {markdown_text(place)}."
    if where := citation.address(reference):
        text += f" <{where}>"
    if note := reference.get("note"):
        text += f" <small>{markdown_text(note[0].upper() + note[1:])}.</small>"
    return text


def _raised(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _figure(context: PageContext, name: str, caption: str) -> str:
    """A figure in both widths with number, caption and downloads."""
    record = _find(context.bundle.figures, name, "figure")
    if name in context.figures:
        raise PageError(f"figure '{name}' stands twice on the page")
    context.figures.add(name)
    drawings = context.set_aside(
        "".join(
            f'<div class="drawing drawing-{width}">{context.bundle.text(f"figures/{name}.{width}.inline.svg")}</div>'
            for width in ("wide", "narrow")
        )
    )
    files = " · ".join(
        f"[{kind.upper()}]({context.link(f'files/figures/{name}.{kind}')}){{ download }}" for kind in ("svg", "png", "csv")
    )
    return (
        f'<figure class="figure" id="{figure_anchor(name)}" data-search-exclude markdown>\n\n{drawings}\n\n'
        f'<figcaption markdown>\n\n**Figure {record["number"]}.** {_indented(caption)}\n\n'
        f"Download: {files}\n{{ .downloads }}\n\n</figcaption>\n\n</figure>"
    )


def figure_anchor(name: str) -> str:
    """The anchor of a figure on every page that shows it."""
    return f"figure-{name.replace('.', '-').replace('_', '-')}"


def table_anchor(name: str) -> str:
    """The anchor of a table on every page that shows it."""
    return f"table-{name.replace('.', '-').replace('_', '-')}"


def _reference(context: PageContext, kind: str, name: str) -> str:
    """A link to a figure or table: on this page where it stands here, else where all of them are listed."""
    here = context.figures if kind == "figure" else context.tables
    record = (context.bundle.figures if kind == "figure" else context.bundle.tables)[name]
    anchor = figure_anchor(name) if kind == "figure" else table_anchor(name)
    page = "" if name in here else context.link(FIGURES_PAGE if kind == "figure" else "results/tables.md")
    return f"[{kind.capitalize()} {record['number']}]({page}#{anchor})"


def _table(context: PageContext, name: str, caption: str) -> str:
    """A table with number, caption and download; numbers stand to the right."""
    record = _find(context.bundle.tables, name, "table")
    if name in context.tables:
        raise PageError(f"table '{name}' stands twice on the page")
    context.tables.add(name)
    columns = record["columns"]
    lines = [
        "| " + " | ".join(_heading(column) for column in columns) + " |",
        "|" + "|".join("--:" if column["kind"] == "number" else ":--" for column in columns) + "|",
    ]
    lines += ["| " + " | ".join(_cell(context, row[column["key"]], column) for column in columns) + " |" for row in record["rows"]]
    download = f"[CSV]({context.link(f'files/tables/{name}.csv')}){{ download }}"
    return (
        f'<div class="data-table" id="{table_anchor(name)}" markdown>\n\n'
        f'**Table {record["number"]}.** {_indented(caption)} Download: {download}\n{{ .table-caption }}\n\n' + "\n".join(lines) + "\n\n</div>"
    )


def _heading(column: dict[str, Any]) -> str:
    unit = unit_label(column["unit"])
    return f"{column['label']} ({unit})" if unit and column["label"] else column["label"] or unit or " "


def _cell(context: PageContext, value: Any, column: dict[str, Any]) -> str:
    if value is None or value == "":
        return "–" if value is None else ""
    if column["kind"] == "number":
        return numeral(value, column["digits"])
    if column["kind"] == "system":
        return f"[{markdown_text(context.bundle.systems[value]['name'])}]({context.link(f'systems/{value}.md')})"
    if column["kind"] == "sources":
        return " ".join(_cite(context, key) for key in value)
    return markdown_text(str(value))


def _calculation_groups(context: PageContext) -> list[dict[str, Any]]:
    """The systems with a calculation, by date, each with its calculations and the claims about them."""
    groups = []
    for system in sorted(context.bundle.systems.values(), key=lambda s: (s["date"], s["id"])):
        records = [w for w in context.bundle.worked.values() if w["system"] == system["id"] and w["method"] in ("operations", "gpu_time")]
        if records:
            compared = {w["name"]: [c for c in context.bundle.ledger if c["compares"] == w["name"]] for w in records}
            groups.append({"system": system, "calculations": records, "compared": compared})
    return groups


def _indented(text: str) -> str:
    """A caption or note as one paragraph: its sentences stand on lines of their own in the source."""
    return " ".join(line.strip() for line in text.splitlines())
