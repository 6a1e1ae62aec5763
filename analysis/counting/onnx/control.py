"""Choices and loops of an ONNX graph, replaced by the nodes that run where that is known.

A choice becomes the branch that its condition picks, or the first one where both do the same work. A loop, or a scan
along an axis, becomes the nodes of every run, one after another. Any other one cannot be counted.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from analysis.counting.onnx.operators import MOVES
from analysis.counting.onnx.subgraphs import subgraph, written_out
from analysis.counting.onnx.values import STANDARD, whole_sizes

if TYPE_CHECKING:
    from analysis.counting.onnx.shapes import Settled

CONTROL: Final = frozenset({"If", "Loop", "Scan"})
# A loop over the steps of a sequence is shorter.
MOST_RUNS: Final = 1024


def without_control(before: "Settled", node: Any) -> "Settled | None":
    """What is known after the nodes that a choice or a loop stands for; none for another node, or where not known."""
    if node.domain not in STANDARD or node.op_type not in CONTROL or not _is_complete(node):
        return None
    return {"If": _chosen, "Loop": _unrolled, "Scan": _scanned}[node.op_type](before, node)


def _is_complete(node: Any) -> bool:
    """Whether a node has the graphs and inputs of its operator, which a broken file may lack."""
    graphs = {attribute.name: attribute.g for attribute in node.attribute if attribute.type == attribute.GRAPH}
    if node.op_type == "If":
        return len(node.input) == 1 and {"then_branch", "else_branch"} <= graphs.keys()
    if "body" not in graphs:
        return False
    if node.op_type == "Scan":
        body, scanned = graphs["body"], _whole(node, "num_scan_inputs")
        state = len(node.input) - scanned
        # The first version also took the lengths of sequences, as one more input.
        return scanned > 0 and len(node.input) == len(body.input) and 0 <= state <= len(body.output)
    return len(node.input) > 1 and len(graphs["body"].output) >= len(node.input) - 1


def _chosen(before: "Settled", node: Any) -> "Settled | None":
    condition = before.number(node.input[0])
    if condition is not None:
        return _branch(before, node, "then_branch" if condition else "else_branch")
    one, other = (_branch(before, node, name) for name in ("then_branch", "else_branch"))
    return one if _work(one, before, node.output) == _work(other, before, node.output) else None


def _branch(before: "Settled", node: Any, name: str) -> "Settled":
    after, graph = before.fork(), subgraph(node, name)
    home = f"{_name(node)}/{name.removesuffix('_branch')}"
    constants, nodes, names = written_out(graph, home=home, run=home, bound={})
    after.visit_all(constants, nodes)
    after.give([names.get(value.name, value.name) for value in graph.output], node.output)
    return after


def _work(after: "Settled", before: "Settled", outputs: Sequence[str]) -> list[Any]:
    """What the nodes between do: operators and attributes, with the shapes of what they get and give."""

    def known(names: Sequence[str]) -> list[Any]:
        return [(whole_sizes(after.types.get(name)), name in after.constants) for name in names]

    done = [
        (node.domain, node.op_type, sorted(map(str, node.attribute)), known(node.input), known(node.output))
        for node in after.nodes[len(before.nodes) :]
        if node.op_type not in MOVES
    ]
    return [*done, known(outputs)]


def _unrolled(before: "Settled", node: Any) -> "Settled | None":
    after, body, name = before.fork(), subgraph(node, "body"), _name(node)
    most = before.number(node.input[0]) if node.input[0] else MOST_RUNS + 1
    goes_on = before.number(node.input[1]) if node.input[1] else 1
    state = list(node.input[2:])
    rows: list[Sequence[str]] = []
    if most is None:
        return None
    while goes_on and len(rows) < most:
        if len(rows) == MOST_RUNS:
            return None
        run = f"{name}/{len(rows)}"
        given = [_constant(after, f"{run}/run", "INT64", len(rows)), _constant(after, f"{run}/on", "BOOL", 1), *state]
        bound = dict(zip((value.name for value in body.input), given, strict=False))
        constants, nodes, names = written_out(body, home=name, run=run, bound=bound)
        after.visit_all(constants, nodes)
        condition, *ends = (names.get(value.name, value.name) for value in body.output)
        goes_on = after.number(condition)
        rows.append(ends[len(state) :])
        state = ends[: len(state)]
    stacked = node.output[len(state) :]
    if goes_on is None or (stacked and not rows):
        return None
    after.give(state, node.output)
    for place, output in enumerate(stacked):
        _stack(after, [row[place] for row in rows], output, axis=0)
    return after


def _scanned(before: "Settled", node: Any) -> "Settled | None":
    """A scan over an axis, whose every step is a run. Source: the operator schema of ONNX, version 9 and later."""
    after, body, name = before.fork(), subgraph(node, "body"), _name(node)
    first = len(node.input) - _whole(node, "num_scan_inputs")
    state, scanned = list(node.input[:first]), node.input[first:]
    axes, backward = (_listed(node, f"scan_input_{kind}", len(scanned)) for kind in ("axes", "directions"))
    runs = _steps(before, scanned, axes)
    if not runs or runs > MOST_RUNS:
        return None
    rows: list[Sequence[str]] = []
    for number in range(runs):
        run = f"{name}/{number}"
        steps = [
            _step(after, tensor, f"{run}/step {place}", at=runs - 1 - number if backward[place] else number, axis=axis)
            for place, (tensor, axis) in enumerate(zip(scanned, axes, strict=True))
        ]
        bound = dict(zip((value.name for value in body.input), [*state, *steps], strict=True))
        constants, nodes, names = written_out(body, home=name, run=run, bound=bound)
        after.visit_all(constants, nodes)
        ends = [names.get(value.name, value.name) for value in body.output]
        state = ends[:first]
        rows.append(ends[first:])
    after.give(state, node.output)
    stacked = node.output[first:]
    axes, backward = (_listed(node, f"scan_output_{kind}", len(stacked)) for kind in ("axes", "directions"))
    for place, output in enumerate(stacked):
        column = [row[place] for row in rows]
        _stack(after, column[::-1] if backward[place] else column, output, axis=axes[place])
    return after


def _steps(before: "Settled", scanned: Sequence[str], axes: Sequence[int]) -> int | None:
    """How many steps the axes of all scanned tensors have, where that is known and one number."""
    shapes = [whole_sizes(before.types.get(tensor)) for tensor in scanned]
    found = {
        shape[axis] if shape is not None and -len(shape) <= axis < len(shape) else None
        for shape, axis in zip(shapes, axes, strict=True)
    }
    return found.pop() if len(found) == 1 else None


def _step(after: "Settled", tensor: str, name: str, *, at: int, axis: int) -> str:
    """A tensor at one place of an axis, without that axis."""
    index = _constant(after, f"{name}/at", "INT64", at)
    after.visit(after.onnx.helper.make_node("Gather", [tensor, index], [name], name=name, axis=axis))
    return name


def _whole(node: Any, name: str) -> int:
    """A whole number among the attributes, zero where it is not given."""
    return next((int(attribute.i) for attribute in node.attribute if attribute.name == name), 0)


def _listed(node: Any, name: str, number: int) -> list[int]:
    """So many whole numbers of an attribute, each zero where it is not given."""
    given = next((list(attribute.ints) for attribute in node.attribute if attribute.name == name), [])
    return (given + [0] * number)[:number]


def _constant(after: "Settled", name: str, kind: str, *numbers: int, axes: int = 0) -> str:
    """A constant of whole numbers or truth values: one number, or several along an axis."""
    dims = [len(numbers)] * axes
    after.keep(after.onnx.helper.make_tensor(name, getattr(after.onnx.TensorProto, kind), dims, numbers))
    return name


def _stack(after: "Settled", rows: Sequence[str], output: str, *, axis: int) -> None:
    """Puts tensors next to each other along a new axis, by operators that every version has."""
    shapes = [whole_sizes(after.types.get(row)) for row in rows]
    if not output or None in shapes:
        return
    flat = [f"{output}/{place}" for place in range(len(rows))]
    for row, shape, name in zip(rows, shapes, flat, strict=True):
        sizes = list(shape or ())
        sizes.insert(axis if axis >= 0 else len(sizes) + 1 + axis, 1)
        target = _constant(after, f"{name}/shape", "INT64", *sizes, axes=1)
        after.visit(after.onnx.helper.make_node("Reshape", [row, target], [name], name=name))
    after.visit(after.onnx.helper.make_node("Concat", flat, [output], name=output, axis=axis))


def _name(node: Any) -> str:
    return str(node.name or node.op_type)
