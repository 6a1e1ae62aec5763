"""The pages that are stamped from records: one a system, one a topic of quantities, the lists of figures and tables.

Each is source text like an authored page, so that all pages are rendered in one way.
"""

import re
from typing import Any

from analysis.artifacts import Bundle

TOPIC_TITLES = {
    "compute": "Quantities: compute",
    "efficiency": "Quantities: efficiency",
    "counting": "Quantities: networks",
    "worked": "Quantities: worked calculations",
    "system": "Quantities: systems",
    "constant": "Quantities: assumptions and observations",
    "context": "Quantities: context",
    "units": "Quantities: units",
    "claims": "Quantities: claims",
}


def generated_pages(bundle: Bundle) -> dict[str, str]:
    """Source text of every generated page by its path below docs/."""
    pages = {
        "results/figures.md": _page("Figures", "Every figure of this edition.", 'template("figures.md.j2")'),
        "results/tables.md": _page("Tables", "Every table of this edition.", 'template("tables.md.j2")'),
    }
    for topic in topics(bundle):
        description = f"Every named quantity that begins with {topic}."
        pages[f"results/{topic}.md"] = _page(TOPIC_TITLES[topic], description, f'quantities("{topic}")')
    for system in bundle.systems.values():
        description = f"Training compute of {system['name']}: every estimate, factor by factor."
        pages[f"systems/{system['id']}.md"] = _page(system["name"], description, f'system_page("{system["id"]}")')
    for network in bundle.architectures.values():
        description = f"Operations and parameters of {network['title']}, layer by layer."
        pages[f"architectures/{network['name']}.md"] = _page(
            network["title"], description, f'network_page("{network["name"]}")'
        )
    return pages


def topics(bundle: Bundle) -> list[str]:
    """The first parts of all quantity names, in order."""
    return list(dict.fromkeys(name.split(".")[0] for name in bundle.results))


def quantity_groups(bundle: Bundle, topic: str) -> dict[str, list[tuple[dict[str, Any], str]]]:
    """The quantities of a topic, grouped by the first two parts of their names.

    Beside each stands the name of the first one of its group made from the very same inputs and sources, or nothing.
    """
    groups: dict[str, list[tuple[dict[str, Any], str]]] = {}
    first: dict[tuple[str, ...], str] = {}
    for name, record in bundle.results.items():
        if name.split(".")[0] == topic:
            group = ".".join(name.split(".")[:2])
            same_as = first.setdefault((group, *record["inputs"], *record["sources"]), name)
            groups.setdefault(group, []).append((record, "" if same_as == name else same_as))
    return groups


def ledger_groups(bundle: Bundle) -> dict[str, list[dict[str, Any]]]:
    """The claims by the publication that makes them, in order of the edition they came with."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for claim in sorted(bundle.ledger, key=lambda claim: str(claim["since"])):
        groups.setdefault(claim["publication"], []).append(claim)
    return groups


def calculation_groups(bundle: Bundle) -> list[dict[str, Any]]:
    """The systems that have a calculation, by date, each with its calculations."""
    groups = []
    for system in sorted(bundle.systems.values(), key=lambda system: (system["date"], system["id"])):
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


def cited_on(sources: dict[str, str]) -> dict[str, list[str]]:
    """For each work the pages whose source text cites it by name."""
    places: dict[str, list[str]] = {}
    for page, text in sources.items():
        calls = re.findall(r"\bcite\(([^)]*)\)", text)
        for key in dict.fromkeys(key for call in calls for key in re.findall(r"[\"']([^\"']+)[\"']", call)):
            places.setdefault(key, []).append(page)
    return places


def uses_of(bundle: Bundle, key: str, pages: list[str]) -> list[tuple[str, str]]:
    """What names a work as its source: label and target below docs/ of pages, systems, statements, quantities."""
    cited = [(page_label(page), f"{page}#ref-{key}") for page in pages]
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
    uses = cited + systems + networks
    if claims:
        uses.append((f"{len(claims)} published statements", f"results/ledger.md#{claims[0]['id']}"))
    if quantities:
        target = f"results/{quantities[0].split('.')[0]}.md#{quantities[0]}"
        uses.append((f"{len(quantities)} quantities, from {quantities[0]} on", target))
    return uses


def page_label(page: str) -> str:
    """A page in a list of places: its folder and name in words."""
    folder, _, name = page.removesuffix(".md").rpartition("/")
    words = re.sub(r"^\d{4}-\d{2}-\d{2}-", "", name).replace("-", " ").replace("index", "start")
    return f"{folder or 'site'}: {words}"


def _page(title: str, description: str, call: str) -> str:
    return f'---\ntitle: "{title}"\ndescription: "{description}"\n---\n\n# {title}\n\n{{{{ {call} }}}}\n'
