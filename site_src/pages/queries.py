"""What pages ask of a bundle: its records grouped, chosen and put in order."""

from functools import cache

from analysis.artifacts import Bundle
from analysis.contract import Calculation, Claim, Quantity, System
from site_src import addresses


@cache
def topics(bundle: Bundle) -> list[str]:
    """The first parts of all quantity names, in order."""
    return list(dict.fromkeys(name.split(".")[0] for name in bundle.results))


def quantity_groups(bundle: Bundle, topic: str) -> dict[str, list[Quantity]]:
    """The quantities of a topic, grouped by the first two parts of their names."""
    groups: dict[str, list[Quantity]] = {}
    for name, record in bundle.results.items():
        if name.split(".")[0] == topic:
            groups.setdefault(".".join(name.split(".")[:2]), []).append(record)
    return groups


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
        uses.append((f"{len(claims)} published statements", addresses.ledger_row(claims[0])))
    if quantities:
        uses.append((f"{len(quantities)} quantities, from {quantities[0]} on", addresses.quantity_row(quantities[0])))
    return uses
