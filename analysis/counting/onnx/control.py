"""Choices and loops of an ONNX graph, replaced by the nodes that run where that is known.

A choice becomes the branch that its condition picks, or the first one where both do the same work. A loop becomes the
nodes of every run, one after another. Any other one cannot be counted.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from analysis.counting.onnx.operators import MOVES
from analysis.counting.onnx.subgraphs import subgraph, written_out
from analysis.counting.onnx.values import STANDARD, whole_sizes

if TYPE_CHECKING:
    from analysis.counting.onnx.shapes import Settled

CONTROL: Final = frozenset({"If", "Loop"})
# A loop over the steps of a sequence is shorter.
MOST_RUNS: Final = 1024


def without_control(before: "Settled", node: Any) -> "Settled | None":
    """What is known after the nodes that a choice or a loop stands for; none for another node, or where not known."""
    if node.domain not in STANDARD or node.op_type not in CONTROL or not _is_complete(node):
        return None
    return _chosen(before, node) if node.op_type == "If" else _unrolled(before, node)


def _is_complete(node: Any) -> bool:
    """Whether a node has the graphs and inputs of its operator, which a broken file may lack."""
    graphs = {attribute.name: attribute.g for attribute in node.attribute if attribute.type == attribute.GRAPH}
    if node.op_type == "If":
        return len(node.input) == 1 and {"then_branch", "else_branch"} <= graphs.keys()
    return len(node.input) > 1 and "body" in graphs and len(graphs["body"].output) >= len(node.input) - 1


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
        _stack(after, [row[place] for row in rows], output)
    return after


def _constant(after: "Settled", name: str, kind: str, *numbers: int, axes: int = 0) -> str:
    """A constant of whole numbers or truth values: one number, or several along an axis."""
    dims = [len(numbers)] * axes
    after.keep(after.onnx.helper.make_tensor(name, getattr(after.onnx.TensorProto, kind), dims, numbers))
    return name


def _stack(after: "Settled", rows: Sequence[str], output: str) -> None:
    """Puts tensors above each other along a new first axis, by operators that every version has."""
    shapes = [whole_sizes(after.types.get(row)) for row in rows]
    if not output or None in shapes:
        return
    flat = [f"{output}/{place}" for place in range(len(rows))]
    for row, shape, name in zip(rows, shapes, flat, strict=True):
        target = _constant(after, f"{name}/shape", "INT64", 1, *(shape or ()), axes=1)
        after.visit(after.onnx.helper.make_node("Reshape", [row, target], [name], name=name))
    after.visit(after.onnx.helper.make_node("Concat", flat, [output], name=output, axis=0))


def _name(node: Any) -> str:
    return str(node.name or node.op_type)
