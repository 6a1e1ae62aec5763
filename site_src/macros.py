"""What a page may call: numbers, citations, figures, tables, calculations, notes and the ledger.

Every function gives Markdown, never a raw address; drawings and formulas are set aside as fragments.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Final, Literal

from jinja2 import Environment

from analysis.artifacts import SIGNIFICANT_DIGITS
from analysis.numerals import grouped, numeral, spelled
from analysis.record_text import markdown_text, with_numbers
from site_src import (
    asides,
    backlinks,
    changed,
    citation,
    citing,
    dating,
    exhibits,
    landing,
    networks,
    numbers,
    pages,
    tracing,
    what_if,
)
from site_src.context import PageContext, ledger_row, page_label
from site_src.errors import PageError, find
from site_src.formatting import METHODS, Number, beside_printed, name_part, one_paragraph, results_page
from site_src.settings import archive_name
from site_src.ways import linked

Caller = Callable[[], str]
ROLES: Final = {"printed": "as printed", "charted": "behind the chart", "counted": "counted here", "variant": "variant"}


class Macros:
    """The functions of one page, bound to what it collects. Every public method is a function of the page."""

    def __init__(self, context: PageContext, environment: Environment) -> None:
        self._context = context
        self._environment = environment
        self._claims = {claim["id"]: claim for claim in context.bundle.ledger}

    def names(self) -> dict[str, Any]:
        """Everything that pages and templates may name, besides the quantities."""
        functions = {name: getattr(self, name) for name in dir(self) if not name.startswith("_") and name != "names"}
        return functions | {
            "bundle": self._context.bundle,
            "as_of": dating.as_of,
            "edition": self._context.bundle.edition,
            "edition_sentence": dating.sentence,
            "publication": dating.publication,
            "topics": pages.topics(self._context.bundle),
            "METHODS": METHODS,
            "ROLES": ROLES,
            "anchor": exhibits.anchor,
            "archive": archive_name(self._context.site.edition),
            "backlinks": backlinks.mark,
            "beside_printed": beside_printed,
            "html": self._context.set_aside,
            "link": self._context.link,
            "linked": partial(linked, self._context),
            "page_label": page_label,
            "page_of": exhibits.page_of,
            "significant_digits": SIGNIFICANT_DIGITS,
            "site": self._context.site,
            "table_anchor": tracing.table_anchor,
            "url": self._context.url,
            "grouped": grouped,
            "numeral": numeral,
            "reference_markdown": citation.reference_markdown,
            "results_page": results_page,
        }

    def cite(self, *keys: str) -> str:
        """The numbers of one or several works."""
        return f'<span class="cites">{" ".join(citation.cite(self._context, key) for key in keys)}</span>'

    def figure(self, name: str, caller: Caller) -> str:
        """A figure with the caption between the tags."""
        return exhibits.figure(self._context, name, caller().strip())

    def table(self, name: str, caller: Caller) -> str:
        """A table with the caption between the tags."""
        return exhibits.table(self._context, name, caller().strip())

    def figref(self, name: str) -> str:
        """A linked "Figure 1"."""
        return exhibits.mark(self._context, "figure", name)

    def tableref(self, name: str) -> str:
        """A linked "Table 1"."""
        return exhibits.mark(self._context, "table", name)

    def quantity(self, name: str) -> Number:
        """A quantity whose name is put together by a template."""
        return Number.of(self._context, find(self._context.bundle.results, name, "quantity"))

    def compute_of(self, system: str) -> Number:
        """The training compute of a charted system."""
        return self.quantity(f"system.{name_part(system)}.compute")

    def printed(self, claim_id: str) -> str:
        """What a published text prints, linked to its row in the ledger."""
        claim = self._claim(claim_id)
        return self.claim_link(claim, markdown_text(claim["printed"]))

    def ours(self, claim_id: str) -> str:
        """Our number for a claim, in the unit of the claim."""
        claim = self._claim(claim_id)
        if claim["ours"] is None:
            raise PageError(f"claim '{claim_id}' is not testable; there is no number of ours")
        return self.claim_link(claim, beside_printed(claim["ours"], claim["unit"]))

    def verdict(self, claim_id: str) -> str:
        """The verdict on a claim."""
        claim = self._claim(claim_id)
        return self.claim_link(claim, claim["verdict"])

    def note(self, letter: str, caller: Caller) -> str:
        """A note at the end of a page, with the way back."""
        place = letter.lower()
        back = f'[↩](#noteref-{place}){{ .back title="Back to the text" }}'
        text = one_paragraph(caller().strip())
        return f'<div class="note" id="note-{place}" markdown>\n\n**{letter}** {text}\u00a0{back}\n\n</div>'

    def noteref(self, letter: str) -> str:
        """The raised letter of a note, with its text as an aside."""
        note, place = f"note-{letter.lower()}", f"noteref-{letter.lower()}"
        link = f'[{letter}](#{note}){{ #{place} .noteref title="Note {letter}" }}'
        return f'<span class="cite"><sup>{link}</sup>{asides.mark(note)}</span>'

    def math(self, latex: str) -> str:
        """A formula."""
        return self._context.set_aside(numbers.mathml(latex))

    def arithmetic(self, name: str) -> str:
        """The formula of a quantity with its inputs filled in, without what it gives."""
        return self.math(self.quantity(name).record["filled"].rpartition(" = ")[0])

    def input_of(self, name: str, symbol: str) -> str:
        """An input of a quantity with its unit, by its symbol in the formula; it leads to the quantity."""
        record = self.quantity(name).record
        inputs = {each["symbol"]: each for each in record["symbols"]}
        found = find(inputs, symbol, f"input of '{name}' with the symbol")
        self._context.numbers[name] = record
        return linked(
            self._context, f"{results_page(name)}#{name}", spelled(found["value"], found["unit"], None), "quantity"
        )

    def rows_of(self, table: str) -> int:
        """How many rows a table has."""
        return len(find(self._context.bundle.tables, table, "table")["rows"])

    def calculated(self, *methods: str) -> int:
        """How many systems have a calculation in print by one of some methods."""
        worked = self._context.bundle.worked.values()
        return len({each["system"] for each in worked if each["role"] == "printed" and each["method"] in methods})

    def calculation(self, system: str, estimate: str) -> str:
        """One worked calculation."""
        name = f"worked.{name_part(system)}.{estimate}"
        return self._calculation(find(self._context.bundle.worked, name, "calculation"))

    def calculations(self) -> str:
        """Every system that has a calculation, by date."""
        groups = pages.calculation_groups(self._context.bundle)
        return self.template("calculations.md.j2", groups=groups, calculation_of=self._calculation)

    def system_page(self, system: str) -> str:
        """Everything about one system."""
        bundle = self._context.bundle
        return self.template(
            "system.md.j2",
            system=find(bundle.systems, system, "system"),
            calculations=pages.calculations_of(bundle, system),
            calculation_of=self._calculation,
        )

    def network_page(self, name: str) -> str:
        """Everything about one network."""
        bundle = self._context.bundle
        network = find(bundle.architectures, name, "network")
        return self.template(
            "network.md.j2",
            network=network,
            compared=pages.claims_of_network(bundle, name),
            drawing=self._context.set_aside(bundle.text(f"networks/{name}.inline.svg")),
            stages=self._context.set_aside(networks.stages_html(network)),
        )

    def quantities(self, topic: str) -> str:
        """Every quantity of a topic."""
        made_into = tracing.dependants(self._context.bundle)
        groups = {
            group: self._context.set_aside(
                "".join(numbers.entry(self._context, record, made_into.get(record["name"], [])) for record in records)
            )
            for group, records in pages.quantity_groups(self._context.bundle, topic).items()
        }
        return self.template("quantities.md.j2", groups=groups)

    def exhibit_page(self, kind: Literal["figure", "table"], name: str) -> str:
        """Everything about one figure or table."""
        return self.template("exhibit.md.j2", **landing.exhibit(self._context, kind, name, self._environment))

    def changes(self, edition: str) -> str:
        """What moved between an edition and the one before it."""
        changes = find(self._context.site.bundles, edition, "edition").changes
        lists = {
            kind: changed.name_list(self._context, changes[side], changes["quantities"][kind])
            for kind, side in (("added", "to"), ("removed", "from"))
        }
        return self.template(
            "changes.md.j2",
            changes=changes,
            moved_table=self._context.set_aside(changed.moved_table(self._context, changes)),
            **{kind: self._context.set_aside(html) for kind, html in lists.items()},
        )

    def cite_page(self) -> str:
        """How to cite the page itself."""
        return citing.block(self._context, find(citing.citables(self._context.site), self._context.page, "citation"))

    def what_if(self) -> str:
        """The panel that fits the trend anew under a reader's own assumptions, and estimates a reader's own run."""
        return self.template("what_if.md.j2", **what_if.panel(self._context))

    def has(self, page: str) -> bool:
        """Whether this edition has a page."""
        return page in self._context.site.pages

    def claim_link(self, claim: dict[str, Any], text: str) -> str:
        """A text linked to the row of a claim."""
        return linked(self._context, ledger_row(claim), text, "claim")

    def ledger(self, name: str) -> str:
        """Every claim of one ledger beside our number."""
        return self.template(
            "ledger.md.j2", groups=pages.ledger_groups(self._context.bundle, name), claims=self._claims
        )

    def younger_note(self, key: str) -> str:
        """What a work that is younger than the evidence is to this edition."""
        return citation.younger_note(self._context.bundle.edition, key)

    def uses_of(self, key: str) -> list[tuple[str, str]]:
        """What names a work as its source: labels and links."""
        uses = pages.uses_of(self._context.bundle, key)
        return [(markdown_text(label), self._context.link(target)) for label, target in uses]

    def rendered(self, text: str) -> str:
        """Text of a data record: what it holds is shown as it is, with a number in place of the name of a quantity."""
        return with_numbers(text, lambda name: str(self.quantity(name)))

    def heading(self) -> str:
        """The title of a page that is made from records, which its source does not hold."""
        return markdown_text(str(self._context.meta["title"]))

    def template(self, name: str, **values: Any) -> str:
        """A template of this package with some values."""
        return self._environment.get_template(name).render(**values).strip()

    def _calculation(self, worked: dict[str, Any]) -> str:
        compared = [claim for claim in self._context.bundle.ledger if claim["compares"] == worked["name"]]
        with citation.one_way_back(self._context):
            return self.template("worked.md.j2", worked=worked, compared=compared)

    def _claim(self, claim_id: str) -> dict[str, Any]:
        return find(self._claims, claim_id, "claim")
