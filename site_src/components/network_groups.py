"""The rows of the table of networks: a table for each group, in which networks of one family are next to each other.

In: the table `counting.architectures` of a bundle. Out: rows with counts of three digits and a word for their size; the
copy in Markdown has exact counts.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from analysis.contract import Network, Table
from analysis.numerals import grouped, numeral, sized
from site_src import addresses
from site_src.citing.works import year_text
from site_src.components.citation import cites
from site_src.components.edition_links import linked
from site_src.context import PageContext
from site_src.errors import find
from site_src.formatting import COUNT_DIGITS

TABLE: Final = "counting.architectures"
OTHERS: Final = "Others"
# Where the name of a family ends in a title: "ResNet-50", "SqueezeNet 1.0", "MobileNetV2", "AlexNet, two groups".
FAMILY_END: Final = re.compile(r",|-|V\d| v?\d| \(| of ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A count: exact, and rounded as it is aligned in a column, by the digits before and after the point."""

    exact: int
    whole: str
    fraction: str
    size: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A network as it is written."""

    link: Markup
    macs: Count
    params: Count
    year: str
    example: str
    passes: str
    sources: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Networks of one family, the smallest first; the name is empty where a group has no families."""

    name: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of networks with its place on the page."""

    name: str
    anchor: str
    families: Sequence[Family]


def network_groups(context: PageContext, record: Table) -> Markup:
    """The networks of the edition by group and family."""
    rows: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in record.rows:
        network: Network = find(context.bundle.architectures, str(row["architecture"]), "network")
        rows[network.group].append(row)
    groups = [_group(context, name, of_group) for name, of_group in rows.items()]
    return context.component("network_groups", groups=groups)


def _group(context: PageContext, name: str, rows: Sequence[Mapping[str, Any]]) -> Group:
    families: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        families[family_name(context.bundle.architectures[row["architecture"]].title)].append(row)
    shown = sorted(
        ((family, found) for family, found in families.items() if len(found) > 1), key=lambda named: named[0].casefold()
    )
    alone = [row for found in families.values() if len(found) == 1 for row in found]
    if alone:
        shown.append((OTHERS if shown else "", alone))
    return Group(
        name=name[0].upper() + name[1:],
        anchor=f"networks-{name.replace(' ', '-')}",
        families=[
            Family(name=family, rows=[_row(context, row) for row in sorted(found, key=lambda row: row["macs"])])
            for family, found in shown
        ],
    )


def family_name(title: str) -> str:
    """The family of a network by its title: what is before its size, its version or its form."""
    return FAMILY_END.split(title, maxsplit=1)[0]


def _row(context: PageContext, row: Mapping[str, Any]) -> Row:
    network = context.bundle.architectures[row["architecture"]]
    return Row(
        link=linked(context, addresses.network_page(network.name), network.title),
        macs=_count(row["macs"]),
        params=_count(row["params"]),
        year=year_text(context.bundle.references[row["sources"][0]]),
        example=_example(network),
        passes=numeral(row["training_passes"], COUNT_DIGITS),
        sources=cites(context, *row["sources"]),
    )


def _count(exact: int) -> Count:
    number, size = sized(exact, COUNT_DIGITS)
    whole, point, fraction = number.partition(".")
    return Count(exact=exact, whole=whole, fraction=point + fraction, size=size)


def _example(network: Network) -> str:
    """What one pass is over, with its shape where that says more than the length of a text."""
    shape = network.input_shape
    if network.example.startswith(grouped(shape[0])):
        return network.example
    return f"{network.example}, {'×'.join(map(str, shape))}"
