"""Folds the layers of a network for reading: identical consecutive blocks are shown once, with their number.

Only numbered parts are folded, such as the copies of a repeat; named parts are kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from analysis.counting.count import Breakdown, LayerCount


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
