"""What counts as an operation: how many a multiply-add makes, and which other work is counted with what weight.

The default counts only products, and a multiply-add as two FLOP. The presets are the conventions of
the two publications; one may make one's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from analysis.counting.layers.base import WORK
from analysis.errors import CountingError, UnknownNameError, did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """A rule for counting. `other_work` gives FLOP per element for kinds of work other than products.

    `passes` is how many forward passes a training step is taken for by the rule of thumb.
    """

    name: str
    summary: str
    flop_per_mac: int = 2
    passes: int = 3
    other_work: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if self.flop_per_mac not in (1, 2):
            raise CountingError(f"convention '{self.name}': flop_per_mac is {self.flop_per_mac}; expected 1 or 2")
        for work in self.other_work:
            if work not in WORK:
                raise CountingError(f"convention '{self.name}': unknown work '{work}'{did_you_mean(work, WORK)}")


PRODUCTS: Final = Convention(
    name="products",
    summary="a multiply-add is two FLOP; products with weights or of activations count, nothing else does",
)
EVERYTHING: Final = Convention(
    name="everything",
    summary="a multiply-add is two FLOP, and every element of all other work is one",
    # Looking a row up moves numbers, but computes none.
    other_work=MappingProxyType({work: 1.0 for work in WORK if work != "lookup"}),
)
AI_AND_COMPUTE: Final = Convention(
    name="ai-and-compute",
    summary="the 2018 appendix: a multiply-add is two FLOP, a training step three forward passes",
)
AI_AND_EFFICIENCY: Final = Convention(
    name="ai-and-efficiency",
    summary="the 2020 paper: a multiply-add is one operation, a training step three forward passes",
    flop_per_mac=1,
)
CONVENTIONS: Final = {
    convention.name: convention for convention in (PRODUCTS, EVERYTHING, AI_AND_COMPUTE, AI_AND_EFFICIENCY)
}


def convention(name: str) -> Convention:
    """A preset by name. Raises: UnknownNameError."""
    if name not in CONVENTIONS:
        raise UnknownNameError(
            f"no convention '{name}'{did_you_mean(name, CONVENTIONS)}; expected one of {', '.join(CONVENTIONS)}"
        )
    return CONVENTIONS[name]
