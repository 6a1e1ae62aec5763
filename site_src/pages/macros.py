"""What a page may call: numbers, citations, figures, tables, calculations, notes and the ledger.

Every function gives a part of the page in the face in which it is rendered: Markdown with finished blocks in it for the
site, Markdown alone for the copy.
"""

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any, Final

from jinja2 import Environment
from markupsafe import Markup

from analysis.artifacts import SIGNIFICANT_DIGITS
from analysis.contract import Claim, Figure, Table
from analysis.numerals import grouped, numeral, spelled
from site_src import addresses, edition_dates, tracker
from site_src.citing import cite_this
from site_src.components import (
    backlinks,
    calculation,
    exhibit_links,
    figure,
    helpers,
    models_table,
    number_card,
    table,
    verdict_bar,
    what_if_panel,
)
from site_src.components.citation import cites, reference_text
from site_src.components.edition_links import linked
from site_src.components.formula import formula, in_a_line
from site_src.components.number import Number
from site_src.context import PageContext
from site_src.errors import PageError, find
from site_src.formatting import beside_printed, counted_as, large_count, one_paragraph, unit_label
from site_src.pages import exhibit_page, quantity_lists, queries
from site_src.site_config import archive_name

Caller = Callable[[], str]
_PUBLIC: Final = "names", "bind"


class Macros:
    """The functions of one page, bound to what it collects. Every public method is a function of the page."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self._environment = Environment(autoescape=False)  # noqa: S701 - until `bind`
        self._names: dict[str, Any] = {}

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {claim.id: claim for claim in self._context.bundle.ledger}

    def bind(self, environment: Environment, names: dict[str, Any]) -> None:
        """Takes the environment and the names of the page, with which parts of it are rendered."""
        self._environment, self._names = environment, names

    def names(self) -> dict[str, Any]:
        """Everything that pages and their parts may name, besides the quantities."""
        context = self._context
        functions = {
            name: getattr(self, name) for name in dir(self) if not name.startswith("_") and name not in _PUBLIC
        }
        return functions | {
            "archive": addresses.archive(archive_name(context.site.edition)),
            "as_of": edition_dates.as_of,
            "anchor": addresses.exhibit_anchor,
            "beside_printed": beside_printed,
            "bundle": context.bundle,
            "calculation_of": self._calculation_of,
            "cite": self.cites,
            "edition": context.bundle.edition,
            "edition_sentence": edition_dates.sentence,
            "group_title": partial(queries.group_title, context.bundle),
            "grouped": grouped,
            "is_copy": context.is_copy,
            "large_count": large_count,
            "link": context.link,
            "linked": partial(linked, context),
            "link_away": context.face.inline.link,
            "part": addresses.name_part,
            "numeral": numeral,
            "publication": edition_dates.publication,
            "benchmark_page_of": addresses.benchmark_page,
            "quantity_link": partial(helpers.quantity_link, context),
            "quantity_row": addresses.quantity_row,
            "reference_link": partial(helpers.reference_link, context),
            "rendered": partial(helpers.rendered, context),
            "claim_link": partial(helpers.claim_link, context),
            "quantity": self.quantity,
            "significant_digits": SIGNIFICANT_DIGITS,
            "site": context.site,
            "system_row": addresses.system_page,
            "table_anchor": addresses.data_table_anchor,
            "unit_label": unit_label,
            "verdict_of": context.face.inline.verdict,
        }

    def block(self, component: str, **values: Any) -> str:
        """A component as a block of the page."""
        return self._context.block(self._context.component(component, **values))

    def cites(self, *keys: str) -> Markup:
        """The numbers of one or several works."""
        return cites(self._context, *keys)

    def figure(self, name: str, *, one_scale: bool = False, caller: Caller) -> str:
        """A figure with the caption between the tags; with `one_scale`, where the page shows the other one as well."""
        return _block_of_call(figure.figure(self._context, name, caller().strip(), one_scale=one_scale))

    def still_figure(self, name: str, caller: Caller) -> str:
        """A figure without choices and data, with the caption between the tags."""
        return _block_of_call(figure.still_figure(self._context, name, caller().strip()))

    def table(self, name: str, caller: Caller) -> str:
        """A table with the caption between the tags."""
        return _block_of_call(table.table(self._context, name, caller().strip()))

    def figref(self, name: str) -> Markup:
        """A linked "Figure 1"."""
        return exhibit_links.reference(self._context, "figure", name)

    def tableref(self, name: str) -> Markup:
        """A linked "Table 1"."""
        return exhibit_links.reference(self._context, "table", name)

    def quantity(self, name: str) -> Number:
        """A quantity whose name is put together by a template."""
        return helpers.quantity(self._context, name)

    def compute_of(self, system: str) -> Number:
        """The training compute of a charted system."""
        return self.quantity(f"system.{addresses.name_part(system)}.compute")

    def printed(self, claim_id: str) -> Markup:
        """What a published text prints, linked to its row in the ledger."""
        claim = self._claim(claim_id)
        return helpers.claim_link(self._context, claim, claim.printed)

    def ours(self, claim_id: str) -> Markup:
        """Our number for a claim, in the unit of the claim."""
        claim = self._claim(claim_id)
        if claim.ours is None:
            raise PageError(f"claim '{claim_id}' is not testable; there is no number of ours")
        return helpers.claim_link(self._context, claim, beside_printed(claim.ours, claim.unit))

    def verdict(self, claim_id: str) -> Markup:
        """The verdict on a claim."""
        claim = self._claim(claim_id)
        return helpers.claim_link(self._context, claim, claim.verdict)

    def note(self, letter: str, caller: Caller) -> str:
        """A note at the end of a page, with the way back."""
        text = Markup(one_paragraph(caller().strip()))  # noqa: S704 - Markdown of the page
        return _block_of_call(self._context.component("note", letter=letter, place=letter.lower(), text=text))

    def noteref(self, letter: str) -> Markup:
        """The raised letter of a note, which opens in the margin."""
        raised: Markup = self._context.face.inline.noteref(letter, letter.lower())
        return raised

    def math(self, latex: str) -> str:
        """A formula; on the site its mark comes after what the search reads of it.

        The mark is a comment, and a line that begins with one is no Markdown.
        """
        shown = self._context.block(formula(self._context, latex))
        face = self._context.face
        return shown if self._context.is_copy else f"{face.inline.searched(face.text(in_a_line(latex)))}{shown}"

    def arithmetic(self, name: str) -> str:
        """The formula of a quantity with its inputs filled in, without what it gives."""
        return self.math(self.quantity(name).record.filled.rpartition(" = ")[0])

    def input_of(self, name: str, symbol: str) -> Markup:
        """An input of a quantity with its unit, by its symbol in the formula; it leads to the quantity."""
        record = self.quantity(name).record
        found = find({each.symbol: each for each in record.symbols}, symbol, f"input of '{name}' with the symbol")
        if found.value is None:
            raise PageError(f"the input {symbol} of '{name}' is a series; expected one number")
        self._context.numbers[name] = record
        text = spelled(found.value, found.unit, None)
        return linked(self._context, addresses.quantity_row(name), text, "quantity")

    def rows_of(self, table: str) -> int:
        """How many rows a table has."""
        return len(find(self._context.bundle.tables, table, "table").rows)

    def calculated(self, *methods: str) -> int:
        """How many systems have a calculation in print by one of some methods."""
        worked = self._context.bundle.worked.values()
        return len({each.system for each in worked if each.role == "printed" and each.method in methods})

    def calculation(self, system: str, estimate: str) -> str:
        """One worked calculation."""
        name = f"worked.{addresses.name_part(system)}.{estimate}"
        return self._calculation_of(find(self._context.bundle.worked, name, "calculation"))

    def calculations(self) -> str:
        """Every system that has a calculation, by date."""
        return self.template("calculations.md.j2", groups=queries.calculation_groups(self._context.bundle))

    def system_page(self, system: str) -> str:
        """Everything about one system."""
        bundle = self._context.bundle
        record = find(bundle.systems, system, "system")
        return self.template("system.md.j2", system=record, calculations=queries.calculations_of(bundle, system))

    def network_page(self, name: str) -> str:
        """Everything about one network."""
        bundle = self._context.bundle
        network = find(bundle.architectures, name, "network")
        drawing = figure.drawing(bundle.text(f"networks/{name}.inline.svg"), "")
        compared = queries.claims_of_network(bundle, name)
        return self.template("network.md.j2", network=network, compared=compared, drawing=drawing)

    def benchmark_page(self, name: str) -> str:
        """Everything about one benchmark of the tracker."""
        bundle = self._context.bundle
        known = {each["benchmark"]: each for each in tracker.benchmarks(bundle)}
        benchmark = find(known, name, "benchmark")
        return self.template("benchmark.md.j2", benchmark=benchmark, runs=tracker.runs_of(bundle, name))

    def rates(self, *measures: str) -> str:
        """The rates of the benchmarks that measure one of some things."""
        shown = [each for each in tracker.benchmarks(self._context.bundle) if each["measure"] in measures]
        return self.template("rates.md.j2", benchmarks=shown)

    def quantities(self, topic: str, group: str = "") -> str:
        """The entry of every quantity of a topic, or of one of its groups."""
        context = self._context
        listed = queries.quantity_groups(context.bundle, topic)
        groups = {
            each: context.block(
                Markup("\n\n" if context.is_copy else "").join(number_card.entry(context, one) for one in records)  # noqa: S704
            )
            for each, records in listed.items()
            if group in ("", each)
        }
        headed = len(groups) > 1 and any(len(records) > 1 for records in listed.values())
        return self.template("quantities.md.j2", groups=groups, headed=headed)

    def quantity_index(self, topic: str = "") -> str:
        """Every quantity by its plain name, linked to its entry: of all topics, or of one, with anchors."""
        return self._context.block(quantity_lists.quantity_index(self._context, topic))

    def exhibit_page(self, kind: addresses.ExhibitKind, name: str) -> str:
        """Everything about one figure or table."""
        return self.template("exhibit.md.j2", **exhibit_page.exhibit(self._context, kind, name, self._rendered_text))

    def changes(self, edition: str) -> str:
        """What changed between an edition and the one before it."""
        return self.template("changes.md.j2", changes=find(self._context.site.bundles, edition, "edition").changes)

    def cite_page(self) -> str:
        """How to cite the page itself."""
        citable = find(cite_this.citables(self._context.site), self._context.page, "citation")
        return cite_this.block(self._context, citable)

    def models_table(self) -> str:
        """Every notable model, to search, filter and sort."""
        return self._context.block(models_table.models_table(self._context))

    def own_run(self) -> str:
        """An estimate of a reader's own run, and its place among the models of the page."""
        return self._context.block(models_table.own_run(self._context))

    def what_if(self) -> str:
        """The panel that fits the trend anew under a reader's own assumptions, and estimates a reader's own run."""
        return what_if_panel.panel(self._context)

    def posts(self) -> list[dict[str, Any]]:
        """The posts of the edition: page, title, description, and what they show on the home page.

        Those that lead come first; else the oldest first.
        """
        return [
            {
                "page": page,
                "title": self._context.face.text(str(front["title"])),
                "description": self._context.face.text(str(front["description"])),
                "leads": bool(front.get("leads")),
                "headline": self._rendered_text(str(front.get("headline", ""))).strip(),
            }
            for page, front in sorted(
                self._context.site.posts.items(), key=lambda post: (not post[1].get("leads"), post[0])
            )
        ]

    def has(self, page: str) -> bool:
        """Whether this edition has a page."""
        return page in self._context.site.pages

    def ledger(self, name: str) -> str:
        """Every claim of one ledger next to our number."""
        groups = queries.ledger_groups(self._context.bundle, name)
        return self.template("ledger.md.j2", groups=groups, claims=self._claims)

    def ledger_index(self, name: str) -> str:
        """The publications of a ledger that has a page of its own, where the rows once were."""
        return self.template("ledger_index.md.j2", groups=queries.ledger_groups(self._context.bundle, name))

    def ledger_filters(self, *names: str) -> str:
        """What narrows the ledgers of a page, by publication among others."""
        listed = [claim for claim in self._context.bundle.ledger if claim.ledger in names]
        publications = [each for name in names for each in queries.ledger_groups(self._context.bundle, name)]
        verdicts = {counted_as(claim) for claim in listed}
        return self._context.block(quantity_lists.filters_of(self._context, "Publication", publications, verdicts))

    def ledger_bar(self, name: str, file: str = "") -> str:
        """How many results of a ledger, or of one of its files, have each verdict, as a stacked bar."""
        return self._context.block(verdict_bar.verdict_bar(self._context, name, file))

    def references(self) -> str:
        """The whole bibliography, each work with the pages that cite it and what names it as its source."""
        context = self._context
        return self.block(
            "references",
            keys=list(context.bundle.references),
            reference=partial(reference_text, context),
            cited=partial(backlinks.uses, context, "cited"),
            pages=lambda key: context.site.cited_on.get(key, []),
            sources=self._sources,
        )

    def exhibit_in(self, edition: str, kind: addresses.ExhibitKind, name: str) -> Markup:
        """A link to a figure or table of another edition, by the title that it has there."""
        bundle = self._context.site.bundles[edition]
        exhibits: Mapping[str, Figure | Table] = bundle.figures if kind == "figure" else bundle.tables
        title = self._context.face.text(find(exhibits, name, kind).title)
        return self.linked_in(edition, addresses.exhibit_page(kind, name), title)

    def linked_in(self, edition: str, place: str, text: str) -> Markup:
        """A link to a place of another edition."""
        link: Markup = self._context.face.inline.link(self._context.url(addresses.in_edition(edition, place)), text)
        return link

    def heading(self) -> Markup:
        """The title of a page that is made from records, which its source does not hold."""
        return self._context.face.text(str(self._context.meta["title"]))

    def template(self, name: str, **values: Any) -> str:
        """A part of a page with some values."""
        return self._environment.get_template(name).render(self._names, **values).strip()

    def _rendered_text(self, text: str) -> str:
        """A text with expressions, such as a caption of another page."""
        return self._environment.from_string(text).render(self._names)

    def _calculation_of(self, worked: Any) -> str:
        return self._context.block(calculation.calculation(self._context, worked))

    def _sources(self, key: str) -> list[Markup]:
        uses = queries.uses_of(self._context.bundle, key)
        return [linked(self._context, place, label) for label, place in uses]

    def _claim(self, claim_id: str) -> Claim:
        return find(self._claims, claim_id, "claim")


def _block_of_call(part: str) -> str:
    """A part that is written between tags, which take the end of their line with them, as a block of its own."""
    return f"{part}\n\n"
