"""What pages ask of a bundle: its records grouped, chosen and put in order."""

import re
from functools import cache
from typing import Final

from analysis.artifacts import Bundle
from analysis.contract import Calculation, Claim, Quantity, System
from site_src import addresses, tracker

# The topics whose name says too little; any other is called by its name.
TOPIC_WORDS: Final = {
    "compute": "training compute",
    "counting": "networks",
    "worked": "worked calculations",
    "system": "systems",
    "claims": "published statements",
    "constant": "assumptions and observations",
    "context": "other progress, for comparison",
    "forecast": "cost of the 2018 trend",
    "spending": "spending on training runs",
    "cost": "cost of training runs",
    "effective": "effective compute",
    "tracker": "efficiency records",
    "replication": "published trends refitted",
}
# Groups by their names, where the words of the name say too little.
GROUP_WORDS: Final = {
    "compute.modern": "the modern era",
    "compute.first": "the first era",
    "compute.whole": "both eras",
    "compute.field": "all notable models",
    "compute.frontier": "the largest models at their release",
    "compute.records": "record setters",
    "compute.thresholds": "models above legal thresholds",
    "compute.chart_over_table": "OpenAI’s chart over Epoch AI’s table",
    "compute.gpt_3_over_chart": "GPT-3 over systems of the chart",
    "compute.forecast": "the 2018 trend extended",
    "compute.costed": "runs of known cost",
    "compute.sevilla2022": "the systems of Sevilla et al.",
    "efficiency.alexnet": "AlexNet’s accuracy",
    "efficiency.alexnet_all_points": "AlexNet’s accuracy, all networks",
    "efficiency.alexnet_printed_totals": "AlexNet’s accuracy, totals as printed",
    "efficiency.alexnet_at_its_paper": "AlexNet’s accuracy, from the date of its paper",
    "efficiency.alexnet_stopped_early": "AlexNet’s accuracy, AlexNet stopped early",
    "efficiency.resnet50": "ResNet-50’s accuracy",
    "efficiency.go": "Go",
    "efficiency.dota": "Dota 2",
    "efficiency.language": "language models",
    "efficiency.vision2022": "image classifiers to 2022",
    "efficiency.speedrun_gpt2": "GPT-2 speedrun",
    "efficiency.optimiser": "optimisers alone",
}
_YEARS: Final = re.compile(r"(\d{4}) (\d{4})")


@cache
def topics(bundle: Bundle) -> list[str]:
    """The first parts of all quantity names, in order."""
    return list(dict.fromkeys(name.split(".")[0] for name in bundle.results))


@cache
def prefixes(bundle: Bundle) -> frozenset[str]:
    """Everything that the name of a quantity can begin with, up to one of its points."""
    parts = (name.split(".") for name in bundle.results)
    return frozenset(".".join(each[:end]) for each in parts for end in range(1, len(each)))


def topic_title(topic: str) -> str:
    """A topic in words."""
    return TOPIC_WORDS.get(topic, topic.replace("_", " "))


@cache
def quantity_groups(bundle: Bundle, topic: str) -> dict[str, list[Quantity]]:
    """The quantities of a topic by their group."""
    groups: dict[str, list[Quantity]] = {}
    for name, record in bundle.results.items():
        if name.split(".")[0] == topic:
            groups.setdefault(addresses.group(name), []).append(record)
    return groups


def group_title(bundle: Bundle, group: str) -> str:
    """A group of quantities by the name of its network or system, else in the words of its own name."""
    topic, _, name = group.partition(".")
    if topic == "counting" and name in bundle.architectures:
        return bundle.architectures[name].title
    if topic in ("system", "worked"):
        systems = {addresses.name_part(system.id): system.name for system in bundle.systems.values()}
        return systems.get(name, name)
    if topic == "tracker":
        titles = {addresses.name_part(each["benchmark"]): str(each["title"]) for each in tracker.benchmarks(bundle)}
        return titles.get(name, name)
    return GROUP_WORDS.get(group, _YEARS.sub(r"\1 to \2", name.replace("_", " ")))


@cache
def verdicts(bundle: Bundle) -> dict[str, dict[str, Claim]]:
    """By quantity and verdict, the first published statement with that verdict on it."""
    found: dict[str, dict[str, Claim]] = {}
    for claim in bundle.ledger:
        if claim.compares:
            found.setdefault(claim.compares, {}).setdefault(claim.verdict, claim)
    return found


def ledger_groups(bundle: Bundle, ledger: str) -> dict[str, list[Claim]]:
    """The claims of a ledger by the publication that makes them, in order of the edition that added them."""
    groups: dict[str, list[Claim]] = {}
    listed = [claim for claim in bundle.ledger if claim.ledger == ledger]
    for claim in sorted(listed, key=lambda claim: str(claim.since)):
        groups.setdefault(claim.publication, []).append(claim)
    return groups


def calculation_groups(bundle: Bundle) -> list[tuple[System, list[Calculation]]]:
    """The systems of the appendix that have a calculation, by date, each with its calculations."""
    groups = []
    appendix = (system for system in bundle.systems.values() if system.listing != "own")
    for system in sorted(appendix, key=lambda system: (system.date, system.id)):
        of_system = calculations_of(bundle, system.id)
        calculations = [worked for worked in of_system if worked.method in ("operations", "gpu_time")]
        if calculations:
            groups.append((system, calculations))
    return groups


def calculations_of(bundle: Bundle, system: str) -> list[Calculation]:
    """Every calculation of a system, in the order of its record."""
    return [worked for worked in bundle.worked.values() if worked.system == system]


def claims_of_network(bundle: Bundle, network: str) -> list[Claim]:
    """The published statements that are compared with a count of a network."""
    return [claim for claim in bundle.ledger if (claim.compares or "").startswith(f"counting.{network}.")]


def uses_of(bundle: Bundle, key: str) -> list[tuple[str, str]]:
    """What names a work as its source: label and target below docs/ of systems, networks, statements, quantities."""
    systems = [
        (system.name, addresses.system_page(system.id))
        for system in bundle.systems.values()
        if key in (system.paper, *system.sources)
    ]
    networks = [
        (network.title, addresses.network_page(network.name))
        for network in bundle.architectures.values()
        if key in network.sources
    ]
    claims = [claim for claim in bundle.ledger if key in claim.sources]
    quantities = [name for name, record in bundle.results.items() if key in record.sources]
    uses = systems + networks
    if claims:
        statements = "one published statement" if len(claims) == 1 else f"{len(claims)} published statements"
        uses.append((statements, addresses.ledger_row(claims[0])))
    if quantities:
        numbers = "one number" if len(quantities) == 1 else f"{len(quantities)} numbers"
        uses.append((numbers, addresses.quantity_row(quantities[0])))
    return uses
