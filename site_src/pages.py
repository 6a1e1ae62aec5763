"""The pages that are stamped from records: one a system, network, figure, table, edition and topic of quantities.

Each is source text like an authored page, so that all pages are rendered in one way.
"""

import sys
from typing import Any

import yaml

from analysis.artifacts import Bundle
from site_src.context import Surroundings, ledger_row
from site_src.exhibits import page_of

# The topics whose name says too little for the title of a page; any other is called by its name.
TOPIC_WORDS = {
    "counting": "networks",
    "worked": "worked calculations",
    "system": "systems",
    "constant": "assumptions and observations",
}


def generated_pages(site: Surroundings) -> dict[str, str]:
    """Source text of every generated page by its path below docs/."""
    bundle = site.bundles[site.edition]
    pages = {
        "results/figures.md": _page("Figures", "Every figure of this edition.", 'template("figures.md.j2")'),
        "results/tables.md": _page("Tables", "Every table of this edition.", 'template("tables.md.j2")'),
    }
    for topic in topics(bundle):
        description = f"Every named quantity that begins with {topic}."
        pages[f"results/{topic}.md"] = _page(topic_title(topic), description, f'quantities("{topic}")')
    for kind, records in (("figure", bundle.figures), ("table", bundle.tables)):
        for record in records.values():
            title = f"{kind.capitalize()} {record['number']}: {record['title']}"
            description = f"{title}, with data, downloads, sources and how to cite it."
            pages[page_of(kind, record["name"])] = _page(
                title, description, f'exhibit_page("{kind}", "{record["name"]}")'
            )
    for system in bundle.systems.values():
        description = f"Training compute of {system['name']}: every estimate, factor by factor."
        pages[f"systems/{system['id']}.md"] = _page(system["name"], description, f'system_page("{system["id"]}")')
    for network in bundle.architectures.values():
        description = f"Operations and parameters of {network['title']}, layer by layer."
        pages[f"architectures/{network['name']}.md"] = _page(
            network["title"], description, f'network_page("{network["name"]}")'
        )
    for edition in list(site.bundles)[1:]:
        title = f"What changed in edition {edition}"
        description = f"Every number that moved with edition {edition}, and every record that came or went."
        pages[f"editions/{edition}.md"] = _page(title, description, f'changes("{edition}")')
    return pages


def topic_title(topic: str) -> str:
    """The title of the page of a topic, the first part of the names of its quantities."""
    return f"Quantities: {TOPIC_WORDS.get(topic, topic)}"


def topics(bundle: Bundle) -> list[str]:
    """The first parts of all quantity names, in order."""
    return list(dict.fromkeys(name.split(".")[0] for name in bundle.results))


def quantity_groups(bundle: Bundle, topic: str) -> dict[str, list[dict[str, Any]]]:
    """The quantities of a topic, grouped by the first two parts of their names."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for name, record in bundle.results.items():
        if name.split(".")[0] == topic:
            groups.setdefault(".".join(name.split(".")[:2]), []).append(record)
    return groups


def ledger_groups(bundle: Bundle, ledger: str) -> dict[str, list[dict[str, Any]]]:
    """The claims of a ledger by the publication that makes them, in order of the edition they came with."""
    groups: dict[str, list[dict[str, Any]]] = {}
    listed = [claim for claim in bundle.ledger if claim["ledger"] == ledger]
    for claim in sorted(listed, key=lambda claim: str(claim["since"])):
        groups.setdefault(claim["publication"], []).append(claim)
    return groups


def calculation_groups(bundle: Bundle) -> list[dict[str, Any]]:
    """The systems of the appendix that have a calculation, by date, each with its calculations."""
    groups = []
    appendix = (system for system in bundle.systems.values() if system["listing"] != "own")
    for system in sorted(appendix, key=lambda system: (system["date"], system["id"])):
        of_system = calculations_of(bundle, system["id"])
        calculations = [worked for worked in of_system if worked["method"] in ("operations", "gpu_time")]
        if calculations:
            groups.append({"system": system, "calculations": calculations})
    return groups


def calculations_of(bundle: Bundle, system: str) -> list[dict[str, Any]]:
    """Every calculation of a system, in the order of its record."""
    return [worked for worked in bundle.worked.values() if worked["system"] == system]


def claims_of_network(bundle: Bundle, network: str) -> list[dict[str, Any]]:
    """The published statements that are compared with a count of a network."""
    return [claim for claim in bundle.ledger if (claim["compares"] or "").startswith(f"counting.{network}.")]


def uses_of(bundle: Bundle, key: str) -> list[tuple[str, str]]:
    """What names a work as its source: label and target below docs/ of systems, networks, statements, quantities."""
    systems = [
        (system["name"], f"systems/{system['id']}.md")
        for system in bundle.systems.values()
        if key in (system["paper"], *system["sources"])
    ]
    networks = [
        (network["title"], f"architectures/{network['name']}.md")
        for network in bundle.architectures.values()
        if key in network["sources"]
    ]
    claims = [claim for claim in bundle.ledger if key in claim["sources"]]
    quantities = [name for name, record in bundle.results.items() if key in record["sources"]]
    uses = systems + networks
    if claims:
        uses.append((f"{len(claims)} published statements", ledger_row(claims[0])))
    if quantities:
        target = f"results/{quantities[0].split('.')[0]}.md#{quantities[0]}"
        uses.append((f"{len(quantities)} quantities, from {quantities[0]} on", target))
    return uses


def _page(title: str, description: str, call: str) -> str:
    """The source of a page: its title and description are values, and `call` names records by their ids alone."""
    # The search knows these pages by their records.
    front = {"title": title, "description": description, "search": {"exclude": True}}
    written = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=sys.maxsize)
    return f"---\n{written}---\n\n# {{{{ heading() }}}}\n\n{{{{ {call} }}}}\n"
