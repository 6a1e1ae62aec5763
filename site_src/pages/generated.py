"""The pages made from records: of systems, networks, benchmarks, figures, tables, editions and topics of quantities.

Each is source text like an authored page, so that all pages are rendered in one way.
"""

import sys
from collections.abc import Mapping
from functools import cache
from typing import Final

import yaml

from analysis.artifacts import Bundle
from analysis.contract import Figure, Table
from site_src import addresses
from site_src.pages import queries
from site_src.tracker import benchmarks

# What a page with entries of quantities calls.
QUANTITIES_CALL: Final = "quantities("


def generated_pages(bundles: Mapping[str, Bundle]) -> dict[str, str]:
    """Source text of every generated page by its path below docs/."""
    bundle = bundles[list(bundles)[-1]]
    pages = {
        addresses.FIGURES_PAGE: _page("Figures", "Every figure of this edition.", 'template("figures.md.j2")'),
        addresses.TABLES_PAGE: _page("Tables", "Every table of this edition.", 'template("tables.md.j2")'),
    }
    for topic in queries.topics(bundle):
        title = f"Quantities: {queries.topic_title(topic)}"
        description = f"Every named quantity that begins with {topic}."
        if topic not in addresses.DIVIDED_TOPICS:
            pages[addresses.topic_page(topic)] = _page(title, description, f'{QUANTITIES_CALL}"{topic}")')
            continue
        pages[addresses.topic_page(topic)] = _page(title, description, f'quantity_index("{topic}")')
        for group in queries.quantity_groups(bundle, topic):
            pages[addresses.group_page(group)] = _page(
                f"{title}, {queries.group_title(bundle, group)}",
                f"Every named quantity that begins with {group}.",
                f'{QUANTITIES_CALL}"{topic}", "{group}")',
            )
    exhibits: list[tuple[addresses.ExhibitKind, Figure | Table]] = [
        *(("figure", record) for record in bundle.figures.values()),
        *(("table", record) for record in bundle.tables.values()),
    ]
    for kind, record in exhibits:
        title = f"{kind.capitalize()} {record.number}: {record.title}"
        description = f"{title}, with data, downloads, sources and how to cite it."
        pages[addresses.exhibit_page(kind, record.name)] = _page(
            title, description, f'exhibit_page("{kind}", "{record.name}")'
        )
    for system in bundle.systems.values():
        description = f"Training compute of {system.name}: every estimate, factor by factor."
        pages[addresses.system_page(system.id)] = _page(system.name, description, f'system_page("{system.id}")')
    for network in bundle.architectures.values():
        description = f"Operations and parameters of {network.title}, layer by layer."
        pages[addresses.network_page(network.name)] = _page(
            network.title, description, f'network_page("{network.name}")'
        )
    for benchmark in benchmarks(bundle):
        description = f"{benchmark['title']}: every record, how fast they fall, and the rules."
        pages[addresses.benchmark_page(benchmark["benchmark"])] = _page(
            benchmark["title"], description, f'benchmark_page("{benchmark["benchmark"]}")'
        )
    for edition in list(bundles)[1:]:
        title = f"What changed in edition {edition}"
        description = (
            f"Every value that changed with edition {edition}, and every record that was added, changed or closed."
        )
        pages[addresses.changes_page(edition)] = _page(title, description, f'changes("{edition}")')
    return pages


def lists_uses(page: str, source: str) -> bool:
    """Whether a page lists for its numbers or works the pages that state or cite them."""
    return page == addresses.REFERENCES_PAGE or QUANTITIES_CALL in source


@cache
def _page(title: str, description: str, call: str) -> str:
    """The source of a page: its title and description are values, and `call` names records by their ids alone."""
    # The search knows these pages by their records.
    front = {"title": title, "description": description, "search": {"exclude": True}}
    written = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=sys.maxsize)
    return f"---\n{written}---\n\n# {{{{ heading() }}}}\n\n{{{{ {call} }}}}\n"
