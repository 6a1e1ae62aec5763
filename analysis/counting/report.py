"""A breakdown as plain data and as lines for a terminal."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from analysis.counting.count import Breakdown, LayerCount
from analysis.counting.layers.base import Shape, spelled_shape
from analysis.numerals import grouped

# No axis of any network is longer, and converting a text of millions of digits would take minutes.
MOST_DIGITS: Final = 18


def record(breakdown: Breakdown) -> dict[str, Any]:
    """The totals of a breakdown, its convention and its layers, as JSON data. Counts of layers are for one example."""
    return {
        "input": list(breakdown.input_shape),
        "output": list(breakdown.output_shape),
        "batch": breakdown.batch,
        "convention": {"name": breakdown.convention.name, "summary": breakdown.convention.summary},
        **totals(breakdown),
        "layers": [layer_record(row) for row in breakdown.rows],
    }


def totals(breakdown: Breakdown) -> dict[str, float]:
    """Multiply-adds, parameters, and FLOP of a forward pass and of a training step, counted and by the rule."""
    return {
        "macs": breakdown.macs,
        "params": breakdown.params,
        "inference_flop": breakdown.inference_flop,
        "training_flop": breakdown.training_flop,
        "training_flop_by_rule": breakdown.training_flop_by_rule,
    }


def layer_record(row: LayerCount) -> dict[str, Any]:
    """One layer as JSON data; shapes are lists of sizes."""
    return {
        "path": row.path,
        "kind": row.kind,
        "detail": row.detail,
        "input": list(row.input_shape),
        "output": list(row.output_shape),
        "macs": row.macs,
        "training_macs": row.training_macs,
        "params": row.params,
    }


def layer_row(row: LayerCount) -> dict[str, Any]:
    """One layer as a row of a table; shapes are written out, such as `3x224x224`."""
    return {
        **layer_record(row),
        "input": spelled_shape(row.input_shape),
        "output": spelled_shape(row.output_shape),
    }


def summary_lines(title: str, breakdown: Breakdown) -> Iterator[str]:
    """Title, input, multiply-adds, parameters, FLOP of a forward pass, and the convention."""
    batch = f", batch of {grouped(breakdown.batch)}" if breakdown.batch > 1 else ""
    yield f"{title}, input {spelled_shape(breakdown.input_shape)}{batch}"
    yield f"  multiply-adds     {grouped(breakdown.macs)}"
    yield f"  parameters        {grouped(breakdown.params)}"
    yield f"  FLOP, inference   {breakdown.inference_flop:,.0f}"
    yield f"  convention        {breakdown.convention.name}: {breakdown.convention.summary}"


def training_lines(breakdown: Breakdown) -> Iterator[str]:
    """FLOP of a training step, counted exactly and by the rule of thumb."""
    passes = breakdown.convention.passes
    yield f"  FLOP, training    {breakdown.training_flop:,.0f} counted (no gradient for the input of first layers)"
    yield f"                    {breakdown.training_flop_by_rule:,.0f} by the rule of {passes} forward passes"


def layer_lines(breakdown: Breakdown) -> Iterator[str]:
    """A table of all layers in aligned columns."""
    rows = [("layer", "kind", "", "output", "multiply-adds", "parameters")]
    rows += [
        (
            row.path,
            row.kind.replace("_", " "),
            row.detail,
            spelled_shape(row.output_shape),
            grouped(row.macs),
            grouped(row.params),
        )
        for row in breakdown.rows
    ]
    yield from aligned(rows, right=(4, 5))


def aligned(rows: Sequence[tuple[str, ...]], right: tuple[int, ...]) -> Iterator[str]:
    """Rows of text with their columns under each other; those in `right` end at one place."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def shape_of(text: str) -> Shape | None:
    """A shape such as `3x192x192`, also with commas and in brackets, or None where the text is none."""
    bare = text.strip()
    if bare[:1] + bare[-1:] in ("()", "[]"):
        bare = bare[1:-1]
    marks = [mark for mark in (",", *"xX\u00d7") if mark in bare]
    # Only one kind of separator: in `1,024x3` the comma would group digits.
    if len(marks) > 1:
        return None
    parts = [part.strip() for part in (bare.split(marks[0]) if marks else [bare])]
    return tuple(map(int, parts)) if all(map(_is_size, parts)) else None


def _is_size(text: str) -> bool:
    """Whether a text is a size. One with a zero in front, as in `1,024`, is part of a number; no axis is so long."""
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS and (text == "0" or text[0] != "0")
