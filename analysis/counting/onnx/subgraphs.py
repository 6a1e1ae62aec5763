"""Graphs inside nodes, such as the branches of an If, written out among the nodes around them under other names."""

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.counting.onnx.values import STANDARD


def subgraphs(node: Any) -> Iterator[Any]:
    """The graphs inside a node."""
    for attribute in node.attribute:
        if attribute.type == attribute.GRAPH:
            yield attribute.g
        yield from attribute.graphs


def subgraph(node: Any, name: str) -> Any:
    """The graph that an attribute of a node holds."""
    return next(attribute.g for attribute in node.attribute if attribute.name == name)


def written_out(
    graph: Any, *, home: str, run: str, bound: Mapping[str, str]
) -> tuple[list[Any], list[Any], dict[str, str]]:
    """The constants and nodes of a graph under names of their own, and the name outside of each name inside.

    `home` is put before what every run shares, which is constants, and `run` before everything else; `bound` are the
    names outside of the graph's inputs.
    """
    names = dict(bound)
    constants = [_copy(tensor) for tensor in graph.initializer]
    for tensor in constants:
        names[tensor.name] = tensor.name = f"{home}/{tensor.name}"
    nodes = []
    for node in graph.node:
        renamed = _renamed(node, names)
        prefix = home if node.op_type == "Constant" and node.domain in STANDARD else run
        renamed.name = f"{run}/{node.name or node.op_type}"
        for place, name in enumerate(node.output):
            if name:
                names[name] = renamed.output[place] = f"{prefix}/{name}"
        nodes.append(renamed)
    return constants, nodes, names


def outer_names(node: Any) -> list[str]:
    """What a node reads: its inputs, and what the graphs inside it take from around it."""
    found = [name for name in node.input if name]
    for graph in subgraphs(node):
        inside = {value.name for value in (*graph.input, *graph.initializer)}
        for inner in graph.node:
            found += [name for name in outer_names(inner) if name not in inside]
            inside.update(inner.output)
        found += [value.name for value in graph.output if value.name not in inside]
    return list(dict.fromkeys(found))


def _renamed(node: Any, names: Mapping[str, str]) -> Any:
    """A node that reads what it reads under other names, the graphs inside it too."""
    copy = _copy(node)
    copy.input[:] = [names.get(name, name) for name in node.input]
    for graph in subgraphs(copy):
        inside = {value.name for value in (*graph.input, *graph.initializer)}
        inside.update(name for inner in graph.node for name in inner.output)
        outside = {name: other for name, other in names.items() if name not in inside}
        for inner in graph.node:
            inner.CopyFrom(_renamed(inner, outside))
        for value in graph.output:
            value.name = outside.get(value.name, value.name)
    return copy


def _copy(message: Any) -> Any:
    copy = type(message)()
    copy.CopyFrom(message)
    return copy
