"""Which pages the browser opens: one of every kind, each width, each scheme."""

from typing import Literal

from tests.editions import EDITIONS

Scheme = Literal["light", "dark"]

WIDTHS = (1280, 360)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
# Every width and every scheme: colours do not depend on the width, nor places on the scheme.
VIEWS: tuple[tuple[int, Scheme], ...] = tuple(zip(WIDTHS, SCHEMES, strict=True))
KINDS = (
    "",
    "posts/2018-05-16-ai-and-compute/",
    "posts/2020-05-05-ai-and-efficiency/",
    "posts/2026-11-23-ai-and-compute-to-2026/",
    "models/",
    "appendix/ai-and-compute-methods/",
    "appendix/ai-and-efficiency-methods/",
    "methods/counting-operations/",
    "architectures/",
    "architectures/resnet152/",
    "notebooks/recompute_headline/",
    "results/",
    "results/compute/",
    "results/figures/",
    "results/tables/",
    "results/ledger/",
    "systems/alexnet/",
    "tracker/wmt14-gnmt-level/",
    "data/",
    "figures/compute-by-domain/",
    "tables/compute-systems/",
    "tables/data-ledger/",
    "editions/",
    "editions/2020-05/",
    "references/",
    "about/",
    "about/changelog/",
)
OLDER = EDITIONS[:-1]
TO_2026 = "posts/2026-11-23-ai-and-compute-to-2026/"
COMPUTE = "posts/2018-05-16-ai-and-compute/"
APPENDIX = "appendix/ai-and-compute-methods/"


def slug(place: str) -> str:
    """What a file about a page is called."""
    return place.strip("/").replace("/", "-") or "home"
