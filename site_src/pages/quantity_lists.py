"""Lists of quantities to look one up in: all topics on one page, or all groups of one topic; and the filters of lists.

In: a bundle. Out: rows with a plain name that leads to the entry of the quantity, in the face of the page. What a
reader narrows a list by works with scripts alone; without them the list is whole.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from analysis.contract import Claim, Quantity
from site_src import addresses
from site_src.components.number import Number
from site_src.context import PageContext
from site_src.formatting import plain_name
from site_src.pages import queries

# What a reader can choose, by what a row is marked with.
VERDICTS: Final = {
    "agrees": "agrees",
    "consistent": "consistent",
    "differs": "differs",
    "inferred": "agrees only by an inferred input",
    "not testable": "not testable",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A quantity in a list, with the published statements about it, one for each verdict."""

    record: Quantity
    text: str
    words: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A folded part of a list: a topic or a group, its anchor, and the page with its entries, if it has one page."""

    title: str
    anchor: str
    page: str
    rows: tuple[Row, ...]


def quantity_index(context: PageContext, topic: str) -> Markup:
    """Every quantity of a topic by group, or, with no topic, of all topics by topic.

    The list of a topic is where its entries once were, so each row has the anchor of its entry and leads to it.
    """
    parts = tuple(_groups(context, topic) if topic else _topics(context))
    verdicts = {claim.verdict for part in parts for row in part.rows for claim in row.claims}
    filters = filters_of(context, "Group" if topic else "Topic", [part.title for part in parts], verdicts)
    return context.component("quantity_index", parts=parts, anchored=bool(topic), filters=filters)


def filters_of(context: PageContext, kind: str, groups: Iterable[str], verdicts: Collection[str]) -> Markup:
    """What narrows the lists of a page: words, one of their groups, one of the verdicts in them."""
    offered = {verdict: words for verdict, words in VERDICTS.items() if verdict in verdicts}
    return context.component("filters", kind=kind, groups=list(groups), verdicts=offered)


def _topics(context: PageContext) -> Iterator[Part]:
    for topic in queries.topics(context.bundle):
        records = [each for group in queries.quantity_groups(context.bundle, topic).values() for each in group]
        title = queries.topic_title(topic)
        yield Part(
            title=title[0].upper() + title[1:],
            anchor=f"topic-{topic}",
            page=addresses.topic_page(topic),
            rows=_rows(context, records),
        )


def _groups(context: PageContext, topic: str) -> Iterator[Part]:
    for group, records in queries.quantity_groups(context.bundle, topic).items():
        yield Part(
            title=queries.group_title(context.bundle, group),
            anchor=f"group-{group}",
            page=addresses.group_page(group),
            rows=_rows(context, records),
        )


def _rows(context: PageContext, records: Iterable[Quantity]) -> tuple[Row, ...]:
    compared = queries.verdicts(context.bundle)
    return tuple(
        Row(
            record=record,
            text=Number.of(context, record).text,
            words=plain_name(record),
            claims=tuple(compared.get(record.name, {}).values()),
        )
        for record in records
    )
