"""Folds the layers of a network for reading: identical consecutive blocks are shown once, with their number.

Only numbered parts are folded, such as the copies of a repeat; named parts are kept.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from analysis.counting.count import Breakdown, LayerCount

# Networks of more stages are drawn by stage, and no drawing has more parts.
FEW_STAGES: Final = 4
MOST_PARTS: Final = 10
# The share of a network's multiply-adds from which a stage is opened, and that of a stage's own that need no name.
BUSY: Final = 0.25
MOST_UNNAMED: Final = 0.02
# Names that say only that something is inside.
CONTAINERS: Final = frozenset({"body", "blocks"})
_BLOCKS: Final = re.compile(r" \d+ to \d+$")
_OWN_NUMBER: Final = re.compile(r" \d+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedLayer:
    """One layer for `copies` identical ones. `path` starts below its stage, with ranges such as `2 to 12`."""

    path: str
    copies: int
    layer: LayerCount


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of a network, the first part of its layers' paths. Counts are for one example."""

    name: str
    layers: tuple[LayerCount, ...]

    @property
    def macs(self) -> int:
        """Multiply-adds of a forward pass."""
        return sum(layer.macs for layer in self.layers)

    @property
    def params(self) -> int:
        """Trainable parameters."""
        return sum(layer.params for layer in self.layers)

    @property
    def folded(self) -> tuple[FoldedLayer, ...]:
        """The layers with weights or products, with identical blocks folded."""
        working = [layer for layer in self.layers if layer.macs or layer.params]
        return tuple(_folded([(layer.path.split(".")[1:], layer) for layer in working]))


def stages(breakdown: Breakdown) -> tuple[Stage, ...]:
    """The stages of a network in the order of the data."""
    grouped = groupby(breakdown.rows, key=lambda row: row.path.split(".")[0])
    return tuple(Stage(name=name, layers=tuple(rows)) for name, rows in grouped)


def opened(parts: Sequence[Stage]) -> tuple[Stage, ...]:
    """Few stages by what the busy ones are made of, such as the attention and the feed-forward parts of all blocks.

    A part is named after its stage too where two stages have a part of that name. Stages of too many parts are returned
    as they are.
    """
    whole = sum(stage.macs for stage in parts)
    inside = [(stage.name, _inside(stage) if stage.macs >= BUSY * whole else {"": stage.layers}) for stage in parts]
    if len(parts) > FEW_STAGES or all(len(found) == 1 for _, found in inside):
        return tuple(parts)
    uses = Counter(part or stage for stage, found in inside for part in found)
    made = (
        Stage(name=_name(stage, part, alone=len(found) == 1, unique=uses[part] == 1), layers=tuple(layers))
        for stage, found in inside
        for part, layers in found.items()
    )
    working = tuple(part for part in made if part.macs or part.params)
    return working if len(working) <= MOST_PARTS else tuple(parts)


def _inside(stage: Stage) -> dict[str, Sequence[LayerCount]]:
    """The layers of a stage by part, those without a name too; all as one where much has no name."""
    found: dict[str, list[LayerCount]] = {}
    for layer in stage.layers:
        found.setdefault(_part(layer.path), []).append(layer)
    unnamed = sum(layer.macs for layer in found.get("", ()))
    return {"": stage.layers} if unnamed > MOST_UNNAMED * stage.macs else dict(found)


def _name(stage: str, part: str, *, alone: bool, unique: bool) -> str:
    if not part:
        return stage if alone else f"rest of {stage}"
    return part if unique else f"{stage} {part}"


def _part(path: str) -> str:
    """The first name in a path below its stage that is not of repeated blocks, without a number of its own."""
    names = (name for name in path.split(".")[1:] if not (name.isdigit() or name in CONTAINERS or _BLOCKS.search(name)))
    return _OWN_NUMBER.sub("", next(names, ""))


_Entry = tuple[list[str], LayerCount]


def _folded(entries: Sequence[_Entry]) -> Iterator[FoldedLayer]:
    blocks = [list(block) for _, block in groupby(entries, key=lambda entry: entry[0][:1])]
    for _, run in groupby(blocks, key=_signature):
        alike = list(run)
        first, last = alike[0][0][0][:1], alike[-1][0][0][:1]
        if not first:
            yield from (FoldedLayer(path="", copies=1, layer=layer) for _, layer in alike[0])
            continue
        label = first[0] if first == last else f"{first[0]} to {last[0]}"
        for inner in _folded([(path[1:], layer) for path, layer in alike[0]]):
            path = f"{label}.{inner.path}" if inner.path else label
            yield FoldedLayer(path=path, copies=len(alike) * inner.copies, layer=inner.layer)


def _signature(block: list[_Entry]) -> tuple[Any, ...]:
    """What two identical blocks share: everything except a block number; different names are kept apart."""
    name = block[0][0][:1]
    return (
        [] if name and name[0].isdigit() else name,
        [
            (path[1:], row.kind, row.detail, row.input_shape, row.output_shape, row.macs, row.training_macs, row.params)
            for path, row in block
        ],
    )
