"""A worked calculation: its line of arithmetic, its factors with sources, and what was printed for it."""

from markupsafe import Markup

from analysis.contract import Calculation
from site_src.components.citation import one_way_back
from site_src.context import PageContext

ROLES = {"printed": "as printed", "charted": "behind the chart", "counted": "counted here", "variant": "variant"}


def calculation(context: PageContext, worked: Calculation) -> Markup:
    """One worked calculation, next to every published statement of its result."""
    compared = [claim for claim in context.bundle.ledger if claim.compares == worked.name]
    with one_way_back(context):
        return context.component("calculation", worked=worked, role=ROLES[worked.role], compared=compared)
